/* Wrapping; see flow.h. */
#include "config.h"

#include "view/flow.h"

#include "base/utf8.h"
#include "term/ascii.h"

enum { TAB = 4 };

static void push_atom(Flow *f, const char *s, int bytes, int width, Style style, char kind) {
    FlowAtom a = {(uint32_t)f->text.len, (uint32_t)bytes, (uint8_t)width, (uint8_t)style, kind};
    vec_push(&f->atoms, a);
    str_addn(&f->text, s, (size_t)bytes);
}

static void add_code_point(Flow *f, Style style, const char *s, int bytes, uint32_t cp) {
    int width = utf8_width(cp);
    if (cp == '\n') {
        push_atom(f, s, bytes, 0, style, '\n');
    } else if (cp == ' ') {
        push_atom(f, s, bytes, 1, style, ' ');
    } else if (cp == '\t') {
        for (int i = 0; i < TAB; i++) push_atom(f, " ", 1, 1, style, ' ');
    } else if (width == 0) {
        if (f->atoms.count == 0) return;
        f->atoms.items[f->atoms.count - 1].bytes += (uint32_t)bytes;
        str_addn(&f->text, s, (size_t)bytes);
    } else if (cp == 0xA0) {
        push_atom(f, " ", 1, 1, style, 'x');
    } else {
        push_atom(f, s, bytes, width, style, 'x');
    }
}

void flow_add(Flow *f, Style style, const char *text, size_t n) {
    Str safe = STR_INIT;
    utf8_escape(&safe, text, n, true);
    if (f->ascii) {
        Str plain = STR_INIT;
        ascii_text(str_cstr(&safe), safe.len, &plain);
        str_clear(&safe);
        safe = plain;
    }
    for (size_t i = 0; i < safe.len;) {
        uint32_t cp;
        int k = utf8_decode(safe.buf + i, safe.len - i, &cp);
        add_code_point(f, style, safe.buf + i, k, cp);
        i += (size_t)k;
    }
    str_clear(&safe);
}

void flow_adds(Flow *f, Style style, const char *text) {
    flow_add(f, style, text, strlen(text));
}

void flow_part(Flow *f, Style style, const char *text, int gap, int width) {
    size_t n = strlen(text);
    bool keep = utf8_columns(text, n) <= width;
    for (int i = 0; i < gap && f->atoms.count; i++) flow_adds(f, STYLE_PLAIN, " ");
    size_t first = f->atoms.count;
    flow_add(f, style, text, n);
    if (keep) flow_keep_spaces(f, first);
}

void flow_keep_spaces(Flow *f, size_t first) {
    for (size_t i = first; i < f->atoms.count; i++)
        if (f->atoms.items[i].kind == ' ') f->atoms.items[i].kind = 'x';
}

void flow_clear(Flow *f) {
    str_clear(&f->text);
    vec_clear(&f->atoms);
}

int flow_longest_line(const Flow *f) {
    int longest = 0, now = 0;
    for (size_t i = 0; i < f->atoms.count; i++) {
        now = f->atoms.items[i].kind == '\n' ? 0 : now + f->atoms.items[i].width;
        longest = MAX(longest, now);
    }
    return longest;
}

/* May a line end before atom i? Not at its own first atom, not before a space. */
static bool may_break_before(const Flow *f, size_t i) {
    const FlowAtom *a = &f->atoms.items[i], *before = a - 1;
    if (i == 0 || a->kind == ' ') return false;
    return before->kind != 'x' || a->width == 2 || before->width == 2;
}

int flow_longest_word(const Flow *f) {
    int longest = 0, now = 0;
    for (size_t i = 0; i < f->atoms.count; i++) {
        const FlowAtom *a = &f->atoms.items[i];
        if (a->kind != 'x' || may_break_before(f, i)) now = 0;
        if (a->kind == 'x') now += a->width;
        longest = MAX(longest, now);
    }
    return longest;
}

/* The last place to break in front of atom `end`, behind `from`; `end` when there is none. */
static size_t prose_break(const Flow *f, size_t from, size_t end) {
    for (size_t i = end; i > from; i--)
        if (may_break_before(f, i)) return i;
    return end;
}

static char atom_char(const Flow *f, size_t i) {
    return f->text.buf[f->atoms.items[i].offset];
}

/* The same for code: a space, else behind a bracket or a comma or before a dot, as long as that
 * fills half of the room behind the indentation; else any space. */
static size_t code_break(const Flow *f, size_t from, size_t end) {
    const FlowAtom *a = f->atoms.items;
    size_t deep = from;
    while (deep < end && a[deep].kind == ' ') deep++;
    size_t half = deep + (end - deep) / 2;
    for (size_t i = end; i > half; i--)
        if (a[i].kind == ' ') return i;
    for (size_t i = end; i > half; i--) {
        char before = atom_char(f, i - 1);
        bool number = before >= '0' && before <= '9';
        if (strchr("([{,", before) || (atom_char(f, i) == '.' && !number)) return i;
    }
    for (size_t i = half; i > deep; i--)
        if (a[i].kind == ' ') return i;
    return end;
}

typedef struct Line {
    size_t from, end; /* atoms; spaces at a break belong to no line */
    size_t next;      /* where the following line begins */
    int used;         /* columns */
} Line;

/* The line that begins at atom `from` of a flow that is `width` wide. */
static Line line_at(const Flow *f, size_t from, int width) {
    const FlowAtom *a = f->atoms.items;
    size_t n = f->atoms.count, i = from;
    int room = from ? MAX(width - f->hang, 1) : width, used = 0;
    for (; i < n && a[i].kind != '\n'; i++) {
        if (used + a[i].width > room && a[i].kind != ' ') break;
        used += a[i].width;
    }
    bool whole = i == n || a[i].kind == '\n';
    if (!whole) i = f->code ? code_break(f, from, i) : prose_break(f, from, i);
    if (!whole && i == from) i++; /* wider than a whole line */
    Line line = {.from = from, .end = i, .next = i};
    while (f->code && !whole && line.next < n && a[line.next].kind == ' ') line.next++;
    if (i < n && a[i].kind == '\n') line.next = i + 1;
    while (line.end > from && a[line.end - 1].kind == ' ') line.end--;
    for (size_t k = from; k < line.end; k++) line.used += a[k].width;
    return line;
}

int flow_draw(const Flow *f, Canvas *c, int row, int col, int width, ViewAlign align) {
    int rows = 0;
    size_t next = 0;
    do {
        Line line = line_at(f, next, width);
        int slack = MAX(width - line.used, 0), at = col + (rows ? f->hang : 0);
        at += align == VIEW_RIGHT ? slack : align == VIEW_CENTER ? slack / 2 : 0;
        canvas_grow(c, row + rows + 1);
        for (size_t i = line.from; i < line.end; i++) {
            const FlowAtom *a = &f->atoms.items[i];
            at = canvas_putn(c, row + rows, at, (Style)a->style, f->text.buf + a->offset, a->bytes);
        }
        next = line.next;
        rows++;
    } while (next < f->atoms.count);
    return rows;
}

void flow_text(const Flow *f, int width, Str *out) {
    size_t next = 0;
    do {
        Line line = line_at(f, next, width);
        if (next) {
            str_addc(out, '\n');
            str_fill(out, ' ', (size_t)f->hang);
        }
        for (size_t i = line.from; i < line.end; i++)
            str_addn(out, f->text.buf + f->atoms.items[i].offset, f->atoms.items[i].bytes);
        next = line.next;
    } while (next < f->atoms.count);
}
