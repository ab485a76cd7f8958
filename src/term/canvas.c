/* The grid of cells; see canvas.h. */
#include "config.h"

#include "term/canvas.h"

#include <stdarg.h>

#include "base/utf8.h"

struct Canvas {
    int width, rows, cap_rows;
    Cell *cells;    /* cap_rows * width, row by row; rows beyond `rows` are zero */
    uint8_t *roles; /* RowRole of each row, as many as cells has */
};

Canvas *canvas_new(int width) {
    if (width < 1) BUG("a canvas %d columns wide", width);
    Canvas *c = mem_zero(sizeof *c);
    c->width = width;
    return c;
}

void canvas_free(Canvas *c) {
    if (!c) return;
    mem_free(c->cells);
    mem_free(c->roles);
    mem_free(c);
}

int canvas_width(const Canvas *c) {
    return c->width;
}

int canvas_rows(const Canvas *c) {
    return c->rows;
}

void canvas_grow(Canvas *c, int rows) {
    if (rows > c->cap_rows) {
        int cap = MAX(rows, c->cap_rows ? c->cap_rows * 2 : 16);
        size_t row = (size_t)c->width * sizeof(Cell), bytes;
        if (!size_mul((size_t)cap, row, &bytes)) BUG("canvas of %d rows", rows);
        c->cells = mem_realloc(c->cells, bytes);
        memset((char *)c->cells + (size_t)c->cap_rows * row, 0, (size_t)(cap - c->cap_rows) * row);
        c->roles = mem_realloc(c->roles, (size_t)cap);
        memset(c->roles + c->cap_rows, ROW_PLAIN, (size_t)(cap - c->cap_rows));
        c->cap_rows = cap;
    }
    c->rows = MAX(c->rows, rows);
}

static Cell *cell_at(const Canvas *c, int row, int col) {
    if (row < 0 || row >= c->rows || col < 0 || col >= c->width) return NULL;
    return &c->cells[(size_t)row * (size_t)c->width + (size_t)col];
}

const Cell *canvas_cell(const Canvas *c, int row, int col) {
    return cell_at(c, row, col);
}

void canvas_row_text(const Canvas *c, int row, Str *out) {
    str_reset(out);
    for (int col = 0; col < c->width; col++) {
        const Cell *cell = canvas_cell(c, row, col);
        if (cell && cell->len)
            str_addn(out, cell->text, cell->len);
        else if (!cell || !cell->right_half)
            str_addc(out, ' ');
    }
    while (out->len && out->buf[out->len - 1] == ' ') out->buf[--out->len] = '\0';
}

/* Empties a cell, and the other half of a wide cluster that it is part of. */
static void cell_wipe(Canvas *c, int row, int col) {
    Cell *cell = cell_at(c, row, col);
    Cell *left = cell_at(c, row, col - 1), *right = cell_at(c, row, col + 1);
    if (cell->right_half && left) left->len = 0;
    if (right && right->right_half && cell->len) right->right_half = false;
    cell->len = 0;
    cell->right_half = false;
}

/* One cluster at (row, col); a wide one that does not fit entirely leaves a blank. */
static void put_cluster(Canvas *c, int row, int col, Style style, const char *s, int n, int width) {
    Cell *cell = cell_at(c, row, col);
    Cell *second = width == 2 ? cell_at(c, row, col + 1) : NULL;
    if (cell) {
        cell_wipe(c, row, col);
        cell->style = (uint8_t)style;
    }
    if (second) {
        cell_wipe(c, row, col + 1);
        second->style = (uint8_t)style;
    }
    if (!cell || (width == 2 && !second)) return;
    if (second) second->right_half = true;
    memcpy(cell->text, s, (size_t)n);
    cell->len = (uint8_t)n;
}

/* A combining mark joins the cluster that ends left of col. */
static void put_mark(Canvas *c, int row, int col, const char *s, int n) {
    Cell *cell = cell_at(c, row, col - 1);
    if (cell && cell->right_half) cell = cell_at(c, row, col - 2);
    if (!cell || cell->len == 0 || cell->len + n > CELL_BYTES) return;
    memcpy(cell->text + cell->len, s, (size_t)n);
    cell->len = (uint8_t)(cell->len + n);
}

int canvas_putn(Canvas *c, int row, int col, Style style, const char *text, size_t n) {
    if (row < 0) BUG("canvas row %d", row);
    canvas_grow(c, row + 1);
    Str safe = STR_INIT;
    utf8_escape(&safe, text, n, false);
    const int start = col;
    for (size_t i = 0; i < safe.len;) {
        uint32_t cp;
        int k = utf8_decode(safe.buf + i, safe.len - i, &cp);
        int width = utf8_width(cp);
        if (width == 0 && col > start)
            put_mark(c, row, col, safe.buf + i, k);
        else if (width > 0)
            put_cluster(c, row, col, style, safe.buf + i, k, width);
        col += width;
        i += (size_t)k;
    }
    str_clear(&safe);
    return col;
}

int canvas_put(Canvas *c, int row, int col, Style style, const char *text) {
    return canvas_putn(c, row, col, style, text, strlen(text));
}

int canvas_printf(Canvas *c, int row, int col, Style style, const char *fmt, ...) {
    Str s = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&s, fmt, ap);
    va_end(ap);
    col = canvas_putn(c, row, col, style, str_cstr(&s), s.len);
    str_clear(&s);
    return col;
}

void canvas_repeat(Canvas *c, int row, int col, Style style, uint32_t cp, int n) {
    char utf8[4];
    int bytes = utf8_encode(cp, utf8);
    if (n <= 0) return;
    canvas_grow(c, row + 1);
    for (int i = 0; i < n; i++) put_cluster(c, row, col + i, style, utf8, bytes, 1);
}

void canvas_bg(Canvas *c, int row, int col, int n, Rgb bg) {
    canvas_grow(c, row + 1);
    for (int i = 0; i < n; i++) {
        Cell *cell = cell_at(c, row, col + i);
        if (!cell) continue;
        cell->bg = bg;
        cell->has_bg = true;
    }
}

void canvas_fg(Canvas *c, int row, int col, int n, Rgb fg) {
    canvas_grow(c, row + 1);
    for (int i = 0; i < n; i++) {
        Cell *cell = cell_at(c, row, col + i);
        if (!cell) continue;
        cell->fg = fg;
        cell->has_fg = true;
    }
}

void canvas_role(Canvas *c, int from, int to, RowRole role) {
    canvas_grow(c, to);
    for (int row = from; row < to; row++) c->roles[row] = (uint8_t)role;
}

RowRole canvas_row_role(const Canvas *c, int row) {
    return row >= 0 && row < c->rows ? (RowRole)c->roles[row] : ROW_PLAIN;
}

static bool cell_blank(const Cell *cell) {
    return (cell->len == 0 || (cell->len == 1 && cell->text[0] == ' ')) && !cell->right_half &&
           !cell->has_bg && !style_look((Style)cell->style)->reverse;
}

void canvas_paste(Canvas *dst, int row, int col, const Canvas *src) {
    canvas_grow(dst, row + src->rows);
    for (int r = 0; r < src->rows; r++) {
        if (src->roles[r] != ROW_PLAIN) dst->roles[row + r] = src->roles[r];
        for (int k = 0; k < src->width; k++) {
            const Cell *from = cell_at(src, r, k);
            Cell *to = cell_at(dst, row + r, col + k);
            if (!to || cell_blank(from)) continue;
            cell_wipe(dst, row + r, col + k);
            *to = *from;
            /* a wide cluster cut in half by the edge would stick out */
            const Cell *next = cell_at(src, r, k + 1);
            if (next && next->right_half && !cell_at(dst, row + r, col + k + 1)) to->len = 0;
        }
    }
}

int canvas_used_width(const Canvas *c) {
    int used = 0;
    for (int r = 0; r < c->rows; r++)
        for (int k = c->width; k > used; k--)
            if (!cell_blank(cell_at(c, r, k - 1))) used = k;
    return used;
}
