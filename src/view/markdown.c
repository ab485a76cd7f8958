/* Markdown on a canvas; see markdown.h. Blocks are drawn one under another within a
 * left edge and a width; inline text is gathered into a Flow, which wraps it. */
#include "config.h"

#include "view/markdown.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>

#include "base/utf8.h"
#include "view/grid.h"
#include "view/view.h"

enum {
    DEPTH_MAX = 48,    /* of nested blocks or spans; a hostile text may have any number */
    WIDTH_MIN = 8,     /* deeper blocks are no longer indented */
    PAGE_ROWS = 10000, /* of one text: nobody reads more, and a cell of the canvas takes 27 bytes */
    TABLE_CELLS = 20000, /* of a table that is drawn */
};

typedef struct Page {
    Canvas *canvas;
    int row; /* the next free one */
    int list_depth;
    bool ascii, full;
} Page;

/* The page is full: says so once, in a row of its own. */
static bool page_full(Page *p, int left) {
    if (p->row < PAGE_ROWS) return false;
    if (!p->full)
        canvas_printf(p->canvas, p->row++, left, STYLE_FAINT,
                      "… this text has more than %d rows; the rest is not shown", PAGE_ROWS);
    return p->full = true;
}

/* ---- inline ------------------------------------------------------------------------------ */

static void add_inlines(Flow *f, cmark_node *parent, Style style, int depth);

static void add_literal(Flow *f, cmark_node *node, Style style) {
    const char *text = cmark_node_get_literal(node);
    if (text) flow_adds(f, style, text);
}

/* Backticks stay: without colour nothing else says that this is code. */
static void add_code(Flow *f, cmark_node *node) {
    flow_adds(f, STYLE_CODE, "`");
    add_literal(f, node, STYLE_CODE);
    flow_adds(f, STYLE_CODE, "`");
}

static void add_link(Flow *f, cmark_node *node, int depth) {
    const char *url = cmark_node_get_url(node);
    size_t from = f->text.len;
    add_inlines(f, node, STYLE_LINK, depth + 1);
    if (!url || !*url) return;
    const char *text = str_cstr(&f->text) + from;
    bool same = f->text.len > from && strstr(url, text);
    if (same) return;
    flow_adds(f, STYLE_FAINT, f->text.len > from ? " (" : "(");
    flow_adds(f, STYLE_FAINT, url);
    flow_adds(f, STYLE_FAINT, ")");
}

static Style nested(Style outer, Style inner) {
    return outer == STYLE_PLAIN || outer == STYLE_EMPHASIS ? inner : outer;
}

static void add_inline(Flow *f, cmark_node *node, Style style, int depth) {
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE) {
        add_literal(f, node, style);
    } else if (type == CMARK_NODE_SOFTBREAK) {
        flow_adds(f, style, " ");
    } else if (type == CMARK_NODE_LINEBREAK) {
        flow_adds(f, style, "\n");
    } else if (type == CMARK_NODE_CODE) {
        add_code(f, node);
    } else if (type == CMARK_NODE_EMPH) {
        add_inlines(f, node, nested(style, STYLE_EMPHASIS), depth + 1);
    } else if (type == CMARK_NODE_STRONG) {
        add_inlines(f, node, nested(style, STYLE_STRONG), depth + 1);
    } else if (type == CMARK_NODE_LINK) {
        add_link(f, node, depth);
    } else if (type == CMARK_NODE_IMAGE) {
        flow_adds(f, STYLE_FAINT, "[picture: ");
        add_inlines(f, node, STYLE_FAINT, depth + 1);
        flow_adds(f, STYLE_FAINT, "]");
    } else if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0) {
        flow_adds(f, STYLE_STRIKE, "~~");
        add_inlines(f, node, STYLE_STRIKE, depth + 1);
        flow_adds(f, STYLE_STRIKE, "~~");
    } else {
        add_inlines(f, node, style, depth + 1);
    }
}

static void add_inlines(Flow *f, cmark_node *parent, Style style, int depth) {
    if (depth > DEPTH_MAX) {
        flow_adds(f, STYLE_FAINT, "…");
        return;
    }
    for (cmark_node *n = cmark_node_first_child(parent); n; n = cmark_node_next(n))
        add_inline(f, n, style, depth);
}

/* ---- blocks -------------------------------------------------------------------------------- */

static void draw_blocks(Page *p, cmark_node *parent, int left, int width, bool tight, int depth);

static void draw_flow(Page *p, const Flow *f, int left, int width) {
    p->row += flow_draw(f, p->canvas, p->row, left, width, VIEW_LEFT);
}

static void draw_paragraph(Page *p, cmark_node *node, int left, int width) {
    Flow f = {.ascii = p->ascii};
    add_inlines(&f, node, STYLE_PLAIN, 0);
    draw_flow(p, &f, left, width);
    flow_clear(&f);
}

/* The first two levels are underlined by a row of their own, the others marked. */
static void draw_heading(Page *p, cmark_node *node, int left, int width) {
    int level = cmark_node_get_heading_level(node);
    Style style = level == 1 ? STYLE_HEADING : STYLE_SUBHEADING;
    Flow f = {.ascii = p->ascii};
    if (level > 2) flow_adds(&f, style, "▸ ");
    add_inlines(&f, node, style, 0);
    int top = p->row;
    draw_flow(p, &f, left, width);
    canvas_role(p->canvas, top, p->row, ROW_LEAD);
    int under = MIN(flow_longest_line(&f), width);
    if (level <= 2) {
        canvas_repeat(p->canvas, p->row++, left, style, level == 1 ? 0x2550 : 0x2500, under);
        canvas_role(p->canvas, p->row - 1, p->row, ROW_RULE);
    }
    flow_clear(&f);
}

/* Lines as they are, set in by two columns; one too long goes on in the next row. */
static void draw_literal(Page *p, cmark_node *node, Style style, int left, int width) {
    const char *text = cmark_node_get_literal(node);
    size_t n = text ? strlen(text) : 0;
    while (n && text[n - 1] == '\n') n--;
    Flow f = {.ascii = p->ascii};
    flow_add(&f, style, text, n);
    flow_keep_spaces(&f, 0);
    int indent = width > WIDTH_MIN + 2 ? 2 : 0;
    draw_flow(p, &f, left + indent, width - indent);
    flow_clear(&f);
}

static void draw_quote(Page *p, cmark_node *node, int left, int width, int depth) {
    int from = p->row, indent = width > WIDTH_MIN + 2 ? 2 : 0;
    draw_blocks(p, node, left + indent, width - indent, false, depth + 1);
    for (int row = from; indent && row < p->row; row++)
        canvas_put(p->canvas, row, left, STYLE_QUOTE, "│");
}

/* "•", "◦", "▪" by depth, or the item's number, right-aligned among its siblings. */
static void item_marker(cmark_node *list, int number, int widest, int list_depth, Str *out) {
    static const char *const bullets[] = {"•", "◦", "▪"};
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
        str_add(out, bullets[MIN(list_depth - 1, 2)]);
        return;
    }
    bool paren = cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM;
    str_printf(out, "%*d%c", widest, number, paren ? ')' : '.');
}

static int digits_of(int n) {
    char buf[16];
    return snprintf(buf, sizeof buf, "%d", n);
}

static void draw_list(Page *p, cmark_node *list, int left, int width, int depth) {
    bool tight = cmark_node_get_list_tight(list);
    int number = MAX(cmark_node_get_list_start(list), 0), items = 0;
    for (cmark_node *i = cmark_node_first_child(list); i; i = cmark_node_next(i)) items++;
    int widest = digits_of(number + MAX(items - 1, 0));
    p->list_depth++;
    for (cmark_node *i = cmark_node_first_child(list); i && !page_full(p, left);
         i = cmark_node_next(i), number++) {
        Str marker = STR_INIT;
        item_marker(list, number, widest, p->list_depth, &marker);
        int indent = utf8_columns(marker.buf, marker.len) + 1;
        if (width - indent < WIDTH_MIN) indent = 0;
        int row = p->row;
        canvas_grow(p->canvas, row + 1);
        draw_blocks(p, i, left + indent, width - indent, tight, depth + 1);
        if (indent) canvas_put(p->canvas, row, left, STYLE_FAINT, str_cstr(&marker));
        if (p->row == row) p->row++;
        if (!tight && cmark_node_next(i)) p->row++;
        str_clear(&marker);
    }
    p->list_depth--;
}

static ViewAlign align_of(uint8_t letter) {
    return letter == 'r' ? VIEW_RIGHT : letter == 'c' ? VIEW_CENTER : VIEW_LEFT;
}

static void draw_table(Page *p, cmark_node *table, int left, int width) {
    size_t columns = cmark_gfm_extensions_get_table_columns(table), rows = 0;
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(table);
    for (cmark_node *r = cmark_node_first_child(table); r; r = cmark_node_next(r)) rows++;
    if (columns == 0 || rows == 0) return;
    size_t all = rows, most = MAX(TABLE_CELLS / columns, 2); /* BARS_MAX bounds the columns */
    rows = MIN(rows, most);
    Grid g;
    grid_init(&g, rows, columns, p->ascii);
    for (size_t k = 0; k < columns; k++) g.align[k] = align_of(align[k]);
    size_t row = 0;
    for (cmark_node *r = cmark_node_first_child(table); r && row < rows;
         r = cmark_node_next(r), row++) {
        size_t k = 0;
        for (cmark_node *cell = cmark_node_first_child(r); cell && k < columns;
             cell = cmark_node_next(cell), k++)
            add_inlines(grid_cell(&g, row, k), cell, row == 0 ? STYLE_NAME : STYLE_PLAIN, 0);
    }
    p->row += grid_draw(&g, p->canvas, p->row, left, width);
    grid_clear(&g);
    if (all > rows)
        canvas_printf(p->canvas, p->row++, left, STYLE_FAINT,
                      "… %zu more rows: a table of more than %d cells is not shown whole",
                      all - rows, TABLE_CELLS);
}

static void draw_block(Page *p, cmark_node *node, int left, int width, int depth) {
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING)
        draw_heading(p, node, left, width);
    else if (type == CMARK_NODE_CODE_BLOCK)
        draw_literal(p, node, STYLE_CODE, left, width);
    else if (type == CMARK_NODE_HTML_BLOCK)
        draw_literal(p, node, STYLE_PLAIN, left, width);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        canvas_repeat(p->canvas, p->row++, left, STYLE_FAINT, 0x2500, width);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        draw_quote(p, node, left, width, depth);
    else if (type == CMARK_NODE_LIST)
        draw_list(p, node, left, width, depth);
    else if (strcmp(cmark_node_get_type_string(node), "table") == 0)
        draw_table(p, node, left, width);
    else
        draw_paragraph(p, node, left, width);
}

/* A blank row between blocks; in a tight list none. */
static void draw_blocks(Page *p, cmark_node *parent, int left, int width, bool tight, int depth) {
    if (depth > DEPTH_MAX) {
        canvas_put(p->canvas, p->row++, left, STYLE_FAINT, "…");
        return;
    }
    for (cmark_node *n = cmark_node_first_child(parent); n && !page_full(p, left);
         n = cmark_node_next(n)) {
        if (n != cmark_node_first_child(parent) && !tight) p->row++;
        draw_block(p, n, left, width, depth);
    }
}

/* ---- parsing ------------------------------------------------------------------------------- */

/* A line of very many bars: cmark-gfm takes time in the square of them, so that it stays text. */
static bool bars_without_end(const char *text, size_t len) {
    enum { BARS_MAX = 1000 };
    int bars = 0;
    for (size_t i = 0; i < len; i++) {
        bars = text[i] == '\n' ? 0 : bars + (text[i] == '|');
        if (bars > BARS_MAX) return true;
    }
    return false;
}

static cmark_node *parse(const char *text, size_t len) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    static const char *const wanted[] = {"table", "strikethrough"};
    for (size_t i = bars_without_end(text, len) ? 1 : 0; i < ARRAY_LEN(wanted); i++) {
        cmark_syntax_extension *e = cmark_find_syntax_extension(wanted[i]);
        if (e) cmark_parser_attach_syntax_extension(parser, e);
    }
    cmark_parser_feed(parser, text, len);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

void view_markdown_html(const char *text, Str *out) {
    cmark_node *root = parse(text, strlen(text));
    char *html = cmark_render_html(root, CMARK_OPT_DEFAULT, NULL);
    str_add(out, html);
    free(html);
    cmark_node_free(root);
}

Canvas *markdown_draw(const char *text, size_t len, int width, bool ascii) {
    Page page = {.canvas = canvas_new(MAX(width, 20)), .ascii = ascii};
    cmark_node *root = parse(text, len);
    draw_blocks(&page, root, 0, MAX(width, 20), false, 0);
    cmark_node_free(root);
    return page.canvas;
}

void markdown_cell(Str *out, const char *text) {
    for (const char *p = text; *p; p++) {
        if (*p == '|') str_addc(out, '\\');
        str_addc(out, *p);
    }
}
