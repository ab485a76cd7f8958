/* Where output goes: text and views to the terminal, or everything into one JSON
 * object per step. The only file besides report.c and loop.c that writes. */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "base/utf8.h"
#include "shell/session.h"
#include "term/canvas.h"
#include "view/markdown.h"

int out_width(const Session *s) {
    return s->set.width ? s->set.width : s->facts.columns;
}

ViewStyle out_style(const Session *s) {
    ViewStyle style = view_style(&s->facts);
    style.theme = s->set.theme;
    style.wide = s->set.wide;
    style.precision_set = s->set.precision >= 0;
    style.precision = s->set.precision;
    if (s->facts.tty && !s->lesson) /* a bare tensor's head stays on the screen */
        style.max_rows = MAX(8, MIN(s->facts.lines - 6, 24));
    style.mask_times = getenv("QKV_MASK_TIMES") != NULL; /* goldens */
    return style;
}

/* Interrupted writes go on; a reader that went away ends them. */
static void write_all(int fd, const char *p, size_t n) {
    while (n) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return;
        p += k;
        n -= (size_t)k;
    }
}

static void progress_clear(ShellSink *k) {
    if (!k->progress) return;
    k->progress = false;
    Str blank = STR_INIT;
    str_addc(&blank, '\r');
    str_fill(&blank, ' ', (size_t)MAX(k->session->err_facts.columns - 1, 1));
    str_addc(&blank, '\r');
    write_all(STDERR_FILENO, blank.buf, blank.len);
    str_clear(&blank);
}

void out_flush(Session *s) {
    ShellSink *k = &s->sink;
    progress_clear(k);
    if (!k->pending.len || k->paging || s->opt.json) return;
    write_all(STDOUT_FILENO, k->pending.buf, k->pending.len);
    str_reset(&k->pending);
}

/* On a terminal nothing that it would act on gets through, but for \r, which
 * training loops use to write over their own line. */
static void add_safe(Str *out, const char *p, size_t n, bool tty) {
    while (tty && n) {
        const char *cr = memchr(p, '\r', n);
        size_t part = cr ? (size_t)(cr - p) : n;
        utf8_escape(out, p, part, true);
        if (cr) str_addc(out, '\r');
        p += part + (cr != NULL);
        n -= part + (cr != NULL);
    }
    if (n) str_addn(out, p, n);
}

/* In a lesson a blank line stands around every picture; printed lines stay together. */
static void gap(ShellSink *k, int next) {
    bool wanted = k->session->lesson && !k->session->opt.json && k->last != LAST_NOTHING &&
                  (k->last == LAST_VIEW || next == LAST_VIEW);
    if (wanted) str_addc(&k->pending, '\n');
    k->last = next;
}

/* Where a line that has room for `room` characters is cut: at its last blank there, if any. */
static size_t text_cut(const char *p, size_t n, size_t room) {
    size_t cut = utf8_offset(p, n, room), at = cut;
    if (cut >= n) return n;
    while (at > 0 && p[at] != ' ') at--;
    return at ? at : cut;
}

/* A printed line without its end; one that is too wide goes on below, a little deeper. */
static void add_line(ShellSink *k, const char *p, size_t n, bool tty) {
    size_t width = (size_t)MAX(out_width(k->session), 12), deep = strspn(p, " ") + 2;
    if (deep > width / 2) deep = 2;
    for (size_t room = width;; room = width - deep) {
        size_t cut = text_cut(p, n, room);
        add_safe(&k->pending, p, cut, tty);
        if (cut >= n) return;
        while (cut < n && p[cut] == ' ') cut++;
        p += cut;
        n -= cut;
        str_addc(&k->pending, '\n');
        str_fill(&k->pending, ' ', deep);
    }
}

/* Whole lines are wrapped; what a cell prints in pieces, or writes over itself, is not. */
static void add_lines(ShellSink *k, const char *p, size_t n, bool tty) {
    while (n) {
        const char *nl = memchr(p, '\n', n);
        size_t line = nl ? (size_t)(nl - p) : n;
        if (nl && !k->mid_line && !memchr(p, '\r', line))
            add_line(k, p, line, tty);
        else
            add_safe(&k->pending, p, line, tty);
        if (nl) str_addc(&k->pending, '\n');
        k->mid_line = nl == NULL;
        p += line + (nl != NULL);
        n -= line + (nl != NULL);
    }
}

static void sink_text(Sink *base, const char *bytes, size_t n) {
    ShellSink *k = (ShellSink *)base;
    Session *s = k->session;
    bool tty = s->facts.tty && !s->opt.json;
    gap(k, LAST_TEXT);
    if (k->wrap && !s->opt.json)
        add_lines(k, bytes, n, tty);
    else
        add_safe(&k->pending, bytes, n, tty);
    bool line_done = n && memchr(bytes, '\n', n);
    if ((s->facts.tty && (line_done || memchr(bytes, '\r', n))) || k->pending.len > 1 << 16)
        out_flush(s);
}

/* Appends b's arrays to a's and its text behind a's. */
static void json_merge(json_t *a, json_t *b) {
    const char *key;
    json_t *v;
    json_object_foreach(b, key, v) {
        json_t *old = json_object_get(a, key);
        if (!old)
            json_object_set(a, key, v);
        else if (json_is_array(old) && json_is_array(v))
            json_array_extend(old, v);
        else if (json_is_string(old) && json_is_string(v) && strcmp(key, "text") == 0 &&
                 json_string_length(v)) {
            json_t *both = json_sprintf("%s%s%s", json_string_value(old),
                                        json_string_length(old) ? "\n" : "", json_string_value(v));
            json_object_set_new(a, key, both);
        }
    }
}

static void sink_show(Sink *base, View *view) {
    ShellSink *k = (ShellSink *)base;
    Session *s = k->session;
    if (s->opt.json) {
        json_t *j = view_json(view);
        if (k->step) json_merge(k->step, j);
        json_decref(j);
        return;
    }
    gap(k, LAST_VIEW);
    ViewStyle style = out_style(s);
    Canvas *c = view_draw(view, out_width(s), &style);
    bool paged = canvas_used_width(c) > s->facts.columns && page_begin(s);
    canvas_emit(c, &s->facts, &k->pending);
    canvas_free(c);
    if (paged) page_end(s);
    if (s->facts.tty || k->pending.len > 1 << 16) out_flush(s);
}

static void sink_progress(Sink *base, const char *text, double fraction) {
    ShellSink *k = (ShellSink *)base;
    Session *s = k->session;
    if (s->opt.json || !s->err_facts.tty || !s->err_facts.cursor) return;
    if (!text) {
        progress_clear(k);
        return;
    }
    if (!k->progress) out_flush(s);
    Str line = STR_INIT;
    str_printf(&line, "%3.0f%%  %s", fraction * 100, text);
    int room = s->err_facts.columns - 1;
    size_t keep = utf8_offset(line.buf, line.len, (size_t)MAX(room, 1));
    Str out = STR_INIT;
    str_addc(&out, '\r');
    utf8_escape(&out, line.buf, keep, false);
    int pad = room - utf8_columns(line.buf, keep);
    if (pad > 0) str_fill(&out, ' ', (size_t)pad);
    write_all(STDERR_FILENO, out.buf, out.len);
    k->progress = true;
    str_clear(&line);
    str_clear(&out);
}

/* In a lesson it belongs to what the cell gave; elsewhere it must not mix with the output. */
static void sink_warn(Sink *base, const char *text) {
    Session *s = ((ShellSink *)base)->session;
    if (s->lesson || s->opt.json)
        out_view_take(s, view_note(VIEW_WARNING, text));
    else {
        out_flush(s);
        warn_line(s, "%s", text);
    }
}

/* The same rule for what code itself writes to standard error. */
static void sink_aside(Sink *base, const char *bytes, size_t n) {
    Session *s = ((ShellSink *)base)->session;
    if (s->lesson || s->opt.json) {
        sink_text(base, bytes, n);
        return;
    }
    Str safe = STR_INIT;
    out_flush(s);
    add_safe(&safe, bytes, n, s->err_facts.tty);
    write_all(STDERR_FILENO, safe.buf, safe.len);
    str_clear(&safe);
}

void sink_init(ShellSink *sink, Session *s) {
    *sink = (ShellSink){.base = {sink_text, sink_show, sink_progress, sink_warn, sink_aside},
                        .session = s};
}

void out_text(Session *s, const char *text) {
    sink_text(&s->sink.base, text, strlen(text));
}

void out_view_take(Session *s, View *v) {
    sink_show(&s->sink.base, v);
    view_release(v);
}

void out_markdown(Session *s, const char *text) {
    out_view_take(s, view_markdown(text));
}

void json_step_begin(Session *s, const char *kind, const char *title) {
    if (!s->opt.json) return;
    str_reset(&s->sink.pending);
    s->sink.step =
        json_pack("{s:i, s:s, s:s, s:s, s:[], s:[], s:[], s:[]}", "step", s->step, "kind", kind,
                  "title", title, "text", "", "tensors", "tables", "series", "ledger");
}

void json_step_set(Session *s, const char *key, json_t *v) {
    if (s->sink.step)
        json_object_set_new(s->sink.step, key, v);
    else
        json_decref(v);
}

void json_step_end(Session *s) {
    json_t *step = s->sink.step;
    if (!step) return;
    Str clean = STR_INIT; /* what a cell printed may not be UTF-8 */
    for (size_t i = 0; i < s->sink.pending.len;) {
        uint32_t cp;
        char bytes[4];
        i += (size_t)utf8_decode(s->sink.pending.buf + i, s->sink.pending.len - i, &cp);
        str_addn(&clean, bytes, (size_t)utf8_encode(cp, bytes));
    }
    json_object_set_new(step, "output", json_stringn(str_cstr(&clean), clean.len));
    str_clear(&clean);
    char *line = json_dumps(step, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (line) {
        write_all(STDOUT_FILENO, line, strlen(line));
        write_all(STDOUT_FILENO, "\n", 1);
        free(line);
    }
    json_decref(step);
    s->sink.step = NULL;
    str_reset(&s->sink.pending);
    s->step++;
}
