/* Caret diagnostics and tracebacks; see diag.h. */
#include "config.h"

#include "lang/diag.h"

#include "base/utf8.h"

enum { LEAST_COLUMNS = 20, CODE_INDENT = 4, TAB = 4 };

/* Appends text under a role; a run of the same role grows. */
static void add(Diag *d, DiagRole role, const char *bytes, size_t n) {
    if (n == 0) return;
    str_addn(&d->text, bytes, n);
    uint32_t end = (uint32_t)d->text.len;
    if (d->runs.count && d->runs.items[d->runs.count - 1].role == role)
        d->runs.items[d->runs.count - 1].end = end;
    else
        vec_push(&d->runs, (DiagRun){.start = end - (uint32_t)n, .end = end, .role = role});
}

static void add_text(Diag *d, DiagRole role, const char *text) {
    add(d, role, text, strlen(text));
}

static void add_fill(Diag *d, DiagRole role, char c, int n) {
    Str s = STR_INIT;
    str_fill(&s, c, (size_t)MAX(n, 0));
    add(d, role, str_cstr(&s), s.len);
    str_clear(&s);
}

/* A message or hint may hold text of the user's and several lines. */
static void add_escaped(Diag *d, DiagRole role, const char *text, int indent) {
    for (const char *line = text;; line++) {
        size_t n = strcspn(line, "\n");
        Str s = STR_INIT;
        utf8_escape(&s, line, n, false);
        add(d, role, str_cstr(&s), s.len);
        str_clear(&s);
        line += n;
        if (*line == '\0') break;
        add_text(d, DIAG_PLAIN, "\n");
        add_fill(d, DIAG_PLAIN, ' ', indent);
    }
}

/* ---- the source line -------------------------------------------------------------------- */

/* The characters of a line as they are shown: a tab becomes blanks, what a terminal would act
 * on becomes visible. Appends the character at s, returns its bytes and sets *columns. */
static int show_char(const char *s, size_t n, Str *out, int *columns) {
    uint32_t cp;
    int bytes = utf8_decode(s, n, &cp);
    size_t before = out->len;
    if (cp == '\t')
        str_fill(out, ' ', TAB);
    else
        utf8_escape(out, s, (size_t)bytes, false);
    *columns = utf8_columns(str_cstr(out) + before, out->len - before);
    return bytes;
}

static int char_columns(const char *s, size_t n) {
    Str s_shown = STR_INIT;
    int columns;
    show_char(s, n, &s_shown, &columns);
    str_clear(&s_shown);
    return columns;
}

/* The first character from which [it, at) takes at most `budget` columns, not before `first`. */
static size_t back_by(const char *line, size_t first, size_t at, int budget) {
    while (at > first) {
        size_t prev = at - 1;
        while (prev > first && ((unsigned char)line[prev] & 0xc0) == 0x80) prev--;
        budget -= char_columns(line + prev, at - prev);
        if (budget < 0) break;
        at = prev;
    }
    return at;
}

/* Where the window on a line begins: at its first character that is not blank when the line
 * fits, or when at least EDGE columns of the span then show; else a third of the room is left
 * in front of the span. */
static size_t window_start(const char *line, size_t len, size_t from, int room) {
    enum { EDGE = 12, DOTS = 3 };
    size_t first = 0;
    while (first < from && first < len && (line[first] == ' ' || line[first] == '\t')) first++;
    if (back_by(line, first, len, room) == first) return first;
    if (back_by(line, first, from, room - MIN(EDGE, room / 2)) == first) return first;
    return back_by(line, first, from, room / 3 - DOTS);
}

static bool fits(const char *s, size_t n, int room) {
    while (n > 0 && room >= 0) {
        uint32_t cp;
        size_t bytes = (size_t)utf8_decode(s, n, &cp);
        room -= char_columns(s, n);
        s += bytes;
        n -= bytes;
    }
    return room >= 0;
}

typedef struct Window {
    Str text;
    int caret_from, caret_to; /* columns */
} Window;

/* Renders line[start..] into at most `room` columns; [from, to) is the span in it. */
static void render_window(Window *w, const char *line, size_t len, size_t start, size_t from,
                          size_t to, int room) {
    static const char dots[] = "...";
    int used = 0, edge = room - (int)strlen(dots);
    bool rest_fits = false;
    if (start > strspn(line, " \t")) {
        str_add(&w->text, dots);
        used = (int)strlen(dots);
    }
    w->caret_from = w->caret_to = -1;
    for (size_t at = start; at < len;) {
        if (at >= from && w->caret_from < 0) w->caret_from = used;
        if (at >= to && w->caret_to < 0) w->caret_to = used;
        int columns = char_columns(line + at, len - at);
        if (!rest_fits && used + columns > edge) {
            rest_fits = fits(line + at, len - at, room - used);
            if (!rest_fits) {
                str_add(&w->text, dots);
                used += (int)strlen(dots);
                break;
            }
        }
        at += (size_t)show_char(line + at, len - at, &w->text, &columns);
        used += columns;
    }
    if (w->caret_from < 0) w->caret_from = used;
    if (w->caret_to < 0) w->caret_to = used;
    if (w->caret_to <= w->caret_from) w->caret_to = w->caret_from + 1;
}

void diag_frame(Diag *d, const ErrFrame *frame, int indent, int columns) {
    int line, col;
    source_place(frame->src, frame->span.start, &line, &col);
    add_fill(d, DIAG_PLAIN, ' ', indent);
    add_escaped(d, DIAG_PLACE, source_name(frame->src), indent);
    Str place = STR_INIT;
    str_printf(&place, ", line %d", line);
    if (frame->where && strcmp(frame->where, "<module>") != 0)
        str_printf(&place, ", in %s", frame->where);
    add_escaped(d, DIAG_PLACE, str_cstr(&place), indent);
    str_clear(&place);
    add_text(d, DIAG_PLAIN, "\n");

    size_t len;
    const char *text = source_line(frame->src, frame->span.start, &len);
    size_t from = (size_t)(source_text(frame->src) + frame->span.start - text);
    from = MIN(from, len);
    size_t to = MIN(MAX(from + (frame->span.end - frame->span.start), from), len);
    while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\t')) to--;
    int room = MAX(columns, LEAST_COLUMNS) - indent - CODE_INDENT;
    Window w = {0};
    render_window(&w, text, len, window_start(text, len, from, room), from, to, room);
    if (w.text.len) {
        add_fill(d, DIAG_PLAIN, ' ', indent + CODE_INDENT);
        add(d, DIAG_SOURCE, w.text.buf, w.text.len);
        add_text(d, DIAG_PLAIN, "\n");
        add_fill(d, DIAG_PLAIN, ' ', indent + CODE_INDENT + w.caret_from);
        add_fill(d, DIAG_CARET, '^', w.caret_to - w.caret_from);
        add_text(d, DIAG_PLAIN, "\n");
    }
    str_clear(&w.text);
}

/* ---- the whole error ---------------------------------------------------------------------- */

static bool same_frame(const ErrFrame *a, const ErrFrame *b) {
    return a->src == b->src && a->span.start == b->span.start && a->span.end == b->span.end;
}

/* The period (1 or more frames) with which the frames before `at` (outermost first) repeat, and
 * how often they do beyond the first time; 0 when they do not at least three times more. */
static size_t repeats(const ErrFrame *items, size_t count, size_t at, size_t *period) {
    enum { LONGEST = 4, LEAST = 3 };
    for (*period = 1; *period <= LONGEST; ++*period) {
        size_t n = 0; /* frames from `at` on that equal the one a period earlier */
        if (at < *period) break;
        while (at + n < count &&
               same_frame(&items[count - 1 - at - n], &items[count - 1 - at - n + *period]))
            n++;
        if (n / *period >= LEAST) return n / *period;
    }
    return 0;
}

static void add_traceback(Diag *d, const Err *err, int columns) {
    const ErrFrame *items = err->frames.items; /* innermost first */
    size_t count = err->frames.count;
    add_text(d, DIAG_PLAIN, "Traceback, innermost last:\n");
    for (size_t i = 0; i < count;) {
        size_t period, times = repeats(items, count, i, &period);
        if (times == 0) {
            diag_frame(d, &items[count - 1 - i++], 2, columns);
            continue;
        }
        Str s = STR_INIT;
        if (period == 1)
            str_printf(&s, "  [the same frame %zu times more]\n", times);
        else
            str_printf(&s, "  [the same %zu frames %zu times more]\n", period, times);
        add(d, DIAG_PLAIN, s.buf, s.len);
        str_clear(&s);
        i += times * period;
    }
}

/* "KeyError: 'k'". An exception of a class of the dialect's own has its class's name in the
 * message already (interp_run in eval says so). */
static void add_message(Diag *d, const Err *err, const char *kind_name) {
    const char *msg = err->msg ? err->msg : "";
    if (err->kind == ERR_RAISED && *msg) {
        size_t n = strcspn(msg, ": ");
        add(d, DIAG_KIND, msg, n);
        if (str_starts(msg + n, ": ")) {
            add_text(d, DIAG_PLAIN, ": ");
            n += 2;
        }
        add_escaped(d, DIAG_MESSAGE, msg + n, 2);
        return;
    }
    add_escaped(d, DIAG_KIND, kind_name ? kind_name : err_kind_name(err->kind), 0);
    if (!*msg) return;
    add_text(d, DIAG_PLAIN, ": ");
    add_escaped(d, DIAG_MESSAGE, msg, 2);
}

void diag_build(Diag *d, const Err *err, const char *kind_name, int columns) {
    if (err->frames.count > 1)
        add_traceback(d, err, columns);
    else if (err->frames.count == 1)
        diag_frame(d, &err->frames.items[0], 0, columns);
    add_message(d, err, kind_name);
    add_text(d, DIAG_PLAIN, "\n");
    if (err->hint) {
        add_text(d, DIAG_PLAIN, "  ");
        add_text(d, DIAG_HINT, "hint: ");
        add_escaped(d, DIAG_HINT, err->hint, 2);
        add_text(d, DIAG_PLAIN, "\n");
    }
}

void diag_clear(Diag *d) {
    str_clear(&d->text);
    vec_clear(&d->runs);
}
