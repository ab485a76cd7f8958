/* See gist.h. */
#include "config.h"

#include "lang/gist.h"

#include "lang/ast.h"

/* A line of the code. */
typedef struct Line {
    size_t start, end; /* its newline included */
    bool blank, comment, shown;
} Line;

typedef struct Gist {
    Source *src;
    const char *code;
    size_t len;
    VEC(Line) lines;
} Gist;

/* ---- lines ------------------------------------------------------------------------------ */

static void find_lines(Gist *g) {
    for (size_t at = 0; at < g->len;) {
        const char *nl = memchr(g->code + at, '\n', g->len - at);
        size_t end = nl ? (size_t)(nl - g->code) + 1 : g->len, ink = at;
        while (ink < end && strchr(" \t\r\n", g->code[ink])) ink++;
        vec_push(&g->lines, ((Line){.start = at,
                                    .end = end,
                                    .blank = ink == end,
                                    .comment = ink < end && g->code[ink] == '#'}));
        at = end;
    }
}

/* Index of the line that a byte stands in. */
static int line_of(const Gist *g, uint32_t offset) {
    int line, col;
    source_place(g->src, offset, &line, &col);
    return MIN(line - 1, (int)g->lines.count - 1);
}

static int first_line(const Gist *g, const Node *n) {
    return line_of(g, n->span.start);
}

static int last_line(const Gist *g, const Node *n) {
    return line_of(g, n->span.end > n->span.start ? n->span.end - 1 : n->span.start);
}

/* The first line of the comment that stands on a line, or the line itself. */
static int with_comment(const Gist *g, int line) {
    while (line > 0 && g->lines.items[line - 1].comment) line--;
    return line;
}

/* Shows lines [from, to]; returns how many. */
static int show(Gist *g, int from, int to) {
    for (int i = from; i <= to; i++) g->lines.items[i].shown = true;
    return MAX(to - from + 1, 0);
}

/* ---- what matters ------------------------------------------------------------------------ */

static const NodeList *body_of(const Node *n) {
    switch (n->kind) {
    case ST_IF:
    case ST_WHILE:
    case ST_FOR:
        return &n->flow.body;
    case ST_WITH:
        return &n->with.body;
    case ST_TRY:
        return &n->tryst.body;
    case ST_DEF:
        return &n->func.body;
    case ST_CLASS:
        return &n->klass.body;
    default:
        return NULL;
    }
}

/* Does the statement print or draw? */
static bool tells(const Gist *g, const Node *n) {
    size_t len = n->span.end - n->span.start;
    const char *text = g->code + n->span.start;
    return memmem(text, len, "print(", 6) || memmem(text, len, "qkv.", 4);
}

static bool prepares(const Gist *g, const Node *n) {
    if (n->kind == ST_IMPORT || n->kind == ST_FROM || n->kind == ST_DEF || n->kind == ST_CLASS)
        return true;
    return body_of(n) && !tells(g, n);
}

static int choose(Gist *g, const NodeList *list, int room);

/* The statement that the others lead to: whole, or as much of it as there is room for. */
static int choose_last(Gist *g, const Node *n, int room) {
    int from = first_line(g, n), to = last_line(g, n);
    const NodeList *body = body_of(n);
    if (to - from < room) return show(g, from, to);
    if (!body || !body->count) return show(g, from, from + MAX(room, 1) - 1);
    int head = MAX(first_line(g, body->items[0]) - from, 1);
    return show(g, from, from + head - 1) + choose(g, body, MAX(room - head, 1));
}

/* Shows what matters of statements in about `room` lines; returns how many it took. */
static int choose(Gist *g, const NodeList *list, int room) {
    const Node *last = list->items[list->count - 1];
    int took = choose_last(g, last, room), top = first_line(g, last);
    for (int i = list->count - 2; i >= 0 && !prepares(g, list->items[i]); i--) {
        int from = with_comment(g, first_line(g, list->items[i]));
        if (took + top - from > room) break;
        took += show(g, from, top - 1);
        top = MIN(from, top);
    }
    return took;
}

/* ---- pieces ------------------------------------------------------------------------------ */

/* Lines of a run of lines that are not blank; *to is behind it. */
static int run_from(const Gist *g, size_t from, size_t *to) {
    int lines = 0;
    for (*to = from; *to < g->lines.count; ++*to) {
        const Line *l = &g->lines.items[*to];
        if (l->shown != g->lines.items[from].shown) break;
        lines += !l->blank;
    }
    return lines;
}

/* A single line left out would save nothing; blank lines beside what is left out go with it. */
static void settle(Gist *g) {
    size_t n = g->lines.count;
    for (size_t i = 0, to; i < n; i = to) {
        int lines = run_from(g, i, &to);
        if (g->lines.items[i].shown || lines > 1) continue;
        for (size_t k = i; k < to; k++) g->lines.items[k].shown = true;
    }
    for (size_t i = 1; i < n; i++)
        if (g->lines.items[i].blank && !g->lines.items[i - 1].shown)
            g->lines.items[i].shown = false;
    for (size_t i = n; i-- > 1;)
        if (g->lines.items[i - 1].blank && !g->lines.items[i].shown)
            g->lines.items[i - 1].shown = false;
}

static void cut(const Gist *g, GistPieces *out) {
    for (size_t i = 0, to; i < g->lines.count; i = to) {
        int lines = run_from(g, i, &to);
        vec_push(out, ((GistPiece){.start = g->lines.items[i].start,
                                   .end = g->lines.items[to - 1].end,
                                   .lines = lines,
                                   .shown = g->lines.items[i].shown}));
    }
}

static void choose_all(Gist *g, int room) {
    Arena *arena = arena_new();
    Ast ast;
    Err err = {0};
    int n = (int)g->lines.count;
    if (parse(g->src, PARSE_FILE, arena, &ast, &err) == PARSE_OK && ast.body.count)
        choose(g, &ast.body, room);
    else
        show(g, MAX(n - room, 0), n - 1);
    err_clear(&err);
    arena_free(arena);
}

void gist(const char *code, size_t len, int whole, int room, GistPieces *out) {
    while (len && strchr(" \t\r\n", code[len - 1])) len--;
    Gist g = {.src = source_new("gist", code, len, 1), .code = code, .len = len};
    find_lines(&g);
    if ((int)g.lines.count <= whole)
        show(&g, 0, (int)g.lines.count - 1);
    else if (room > 0)
        choose_all(&g, room);
    settle(&g);
    cut(&g, out);
    vec_clear(&g.lines);
    source_release(g.src);
}
