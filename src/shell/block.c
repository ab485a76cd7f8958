/* See block.h. */
#include "config.h"

#include "shell/block.h"

#include "base/utf8.h"

enum { TAB_COLUMNS = 8, MARK_ROWS = 2 };

size_t block_lines(const char *text) {
    size_t n = 0;
    for (; (text = strchr(text, '\n')); text++) n++;
    return n;
}

size_t block_line_start(const char *text, size_t at) {
    while (at > 0 && text[at - 1] != '\n') at--;
    return at;
}

size_t block_line_end(const char *text, size_t at) {
    return at + strcspn(text + at, "\n");
}

/* Columns of one character, as readline draws it; *bytes: its length. At most what it may be. */
static int columns_of(const BlockArea *a, const char *p, size_t n, size_t *bytes) {
    unsigned char c = (unsigned char)*p;
    *bytes = 1;
    if (c == '\t') return TAB_COLUMNS;
    if (c < 0x20 || c == 0x7F) return 2;
    if (c < 0x80) return 1;
    if (!a->utf8) return 4;
    uint32_t cp;
    *bytes = (size_t)utf8_decode(p, n, &cp);
    return utf8_width(cp);
}

static int columns(const BlockArea *a, const char *p, size_t n) {
    int sum = 0;
    for (size_t i = 0, k; i < n; i += k) sum += columns_of(a, p + i, n - i, &k);
    return sum;
}

/* Lines from `first` up to (not with) `end`, and what they take. */
typedef struct Window {
    size_t first, end;
    int rows;
    size_t bytes;
} Window;

typedef struct Lines {
    const char *text;
    VEC(size_t) starts; /* and one behind the end */
} Lines;

static void split(Lines *l, const char *text) {
    l->text = text;
    vec_push(&l->starts, 0);
    for (const char *p = text; (p = strchr(p, '\n')); p++)
        vec_push(&l->starts, (size_t)(p - text) + 1);
    vec_push(&l->starts, strlen(text) + 1);
}

static size_t line_len(const Lines *l, size_t i) {
    return l->starts.items[i + 1] - l->starts.items[i] - 1;
}

/* Takes a line into the window if there is room. */
static bool take(const BlockArea *a, const Lines *l, Window *w, size_t i, int rows, size_t bytes) {
    int prompt = MAX(a->prompt, (int)strlen(a->more));
    size_t n = line_len(l, i);
    int high = 1 + (prompt + columns(a, l->text + l->starts.items[i], n)) / a->columns;
    size_t more = n + strlen(a->more) + 1;
    if (w->rows + high > rows || w->bytes + more > bytes) return false;
    w->rows += high;
    w->bytes += more;
    w->first = MIN(w->first, i);
    w->end = MAX(w->end, i + 1);
    return true;
}

/* As many lines as there is room for, the cursor's among them, as many above it as below. */
static Window choose(const BlockArea *a, const Lines *l, size_t cursor, int rows, size_t bytes) {
    Window w = {.first = cursor, .end = cursor};
    size_t count = l->starts.count - 1;
    if (!take(a, l, &w, cursor, rows, bytes)) {
        w.end = cursor + 1; /* the line by itself is too long: it is cut */
        return w;
    }
    for (bool up = !a->single, down = up; up || down;) {
        up = up && w.first > 0 && take(a, l, &w, w.first - 1, rows, bytes);
        down = down && w.end < count && take(a, l, &w, w.end, rows, bytes);
    }
    return w;
}

static void add_mark(const BlockArea *a, size_t lines, const char *where, BlockView *v) {
    str_printf(&v->text, "%s %zu line%s %s", a->utf8 ? "…" : "...", lines, lines == 1 ? "" : "s",
               where);
}

static void place(size_t offset, size_t start, size_t n, size_t at, size_t *out) {
    if (offset >= start && offset <= start + n) *out = at + (offset - start);
}

/* A line, or as much of it around the cursor as fits. */
static void add_line(const BlockArea *a, const char *text, size_t start, size_t n, size_t point,
                     size_t mark, int room, BlockView *v) {
    size_t from = start, to = start + n, limit = (size_t)MAX(room, 8);
    if (columns(a, text + start, n) > room) {
        size_t middle = MIN(MAX(point, start), start + n);
        from = middle - MIN(middle - start, limit / 2);
        while (from > start && ((unsigned char)text[from] & 0xC0) == 0x80) from--;
        size_t k;
        int wide = 0;
        for (to = from; to < start + n && wide < room - 8; to += k)
            wide += columns_of(a, text + to, start + n - to, &k);
    }
    if (from > start) str_addc(&v->text, '<');
    place(point, from, to - from, v->text.len, &v->point);
    place(mark, from, to - from, v->text.len, &v->mark);
    str_addn(&v->text, text + from, to - from);
    if (to < start + n) str_addc(&v->text, '>');
}

static void add_window(const BlockArea *a, const Lines *l, const Window *w, size_t point,
                       size_t mark, int room, BlockView *v) {
    size_t count = l->starts.count - 1;
    bool marks = !a->single;
    if (marks && w->first) add_mark(a, w->first, "above", v);
    for (size_t i = w->first; i < w->end; i++) {
        if (v->text.len) str_printf(&v->text, "\n%s", a->more);
        size_t start = l->starts.items[i];
        add_line(a, l->text, start, line_len(l, i), point, mark, room, v);
        if (mark > start + line_len(l, i)) v->mark = v->text.len;
    }
    if (marks && w->end < count) {
        str_printf(&v->text, "\n%s", a->more);
        add_mark(a, count - w->end, "below", v);
    }
}

void block_view(const BlockArea *a, const char *text, size_t point, size_t mark, BlockView *v) {
    Lines l = {0};
    split(&l, text);
    size_t cursor = 0, count = l.starts.count - 1;
    while (cursor + 1 < count && l.starts.items[cursor + 1] <= point) cursor++;
    int rows = a->single ? 1 : a->rows - 1;
    size_t bytes = (size_t)a->columns * (size_t)a->rows - 64;
    Window w = choose(a, &l, cursor, MAX(rows, 1), bytes);
    if (!a->single && (w.first || w.end < count))
        w = choose(a, &l, cursor, MAX(rows - MARK_ROWS, 1), bytes);
    int room = MAX(rows - MARK_ROWS, 1) * a->columns - MAX(a->prompt, (int)strlen(a->more));
    add_window(a, &l, &w, point, mark, room, v);
    vec_clear(&l.starts);
}

void block_view_clear(BlockView *v) {
    str_clear(&v->text);
}
