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

void flow_reset(Flow *f) {
    str_reset(&f->text);
    f->atoms.count = 0;
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

/* One line from atom `from`: sets *end to the atom after its last and *next to
 * where the following line begins. Spaces at a break belong to neither. */
static int next_line(const Flow *f, size_t from, int width, size_t *end, size_t *next) {
    size_t n = f->atoms.count, i = from, fallback = 0;
    int used = 0;
    for (; i < n && f->atoms.items[i].kind != '\n'; i++) {
        const FlowAtom *a = &f->atoms.items[i];
        if (i > from && may_break_before(f, i)) fallback = i;
        if (used + a->width > width && a->kind != ' ') {
            if (fallback > from) i = fallback;
            break;
        }
        used += a->width;
    }
    if (i == from && i < n && f->atoms.items[i].kind != '\n') i++; /* wider than a whole line */
    *end = i;
    *next = i < n && f->atoms.items[i].kind == '\n' ? i + 1 : i;
    while (*end > from && f->atoms.items[*end - 1].kind == ' ') (*end)--;
    used = 0;
    for (size_t k = from; k < *end; k++) used += f->atoms.items[k].width;
    return used;
}

int flow_rows(const Flow *f, int width) {
    int rows = 0;
    size_t end, next = 0;
    do {
        next_line(f, next, width, &end, &next);
        rows++;
    } while (next < f->atoms.count);
    return rows;
}

int flow_draw(const Flow *f, Canvas *c, int row, int col, int width, ViewAlign align) {
    int rows = 0;
    size_t from = 0, end, next;
    do {
        int used = next_line(f, from, width, &end, &next);
        int slack = MAX(width - used, 0);
        int at = col + (align == VIEW_RIGHT ? slack : align == VIEW_CENTER ? slack / 2 : 0);
        canvas_grow(c, row + rows + 1);
        for (size_t i = from; i < end; i++) {
            const FlowAtom *a = &f->atoms.items[i];
            at = canvas_putn(c, row + rows, at, (Style)a->style, f->text.buf + a->offset, a->bytes);
        }
        from = next;
        rows++;
    } while (from < f->atoms.count);
    return rows;
}
