/* The session's output and its errors, whatever they become; see out.h. */
#include "config.h"

#include "shell/out.h"

#include <limits.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/utf8.h"
#include "shell/file.h"
#include "shell/keys.h"
#include "shell/report.h"
#include "shell/session.h"

void out_open(Session *s) {
    s->out = s->opt.json ? json_out(s) : people_out(s);
}

void out_close(Session *s) {
    s->out->kind->free(s->out);
}

void out_flush(Session *s) {
    s->out->kind->flush(s->out);
}

void out_text(Session *s, const char *text) {
    s->out->sink.text(&s->out->sink, text, strlen(text));
}

void out_print(Session *s, const char *fmt, ...) {
    Str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    out_text(s, str_cstr(&text));
    str_clear(&text);
}

void out_view_take(Session *s, View *v) {
    s->out->sink.show(&s->out->sink, v);
    view_release(v);
}

static bool ledger_whole(const Session *s) {
    if (!s->out->kind->prompts || s->set.ledger == LEDGER_FULL) return true;
    return s->set.ledger != LEDGER_LINE && !s->facts.tty;
}

void out_ledger_take(Session *s, View *ledger) {
    view_release(s->ledger);
    s->ledger = view_retain(ledger);
    Str line = STR_INIT;
    if (ledger_whole(s) || !view_ledger_line(ledger, s->out->sink.masked, &line)) {
        out_view_take(s, ledger);
        return;
    }
    bool reading = s->lesson && !s->playing && s->facts.tty;
    str_printf(&line, "; %s shows them", reading ? reader_key_name(s, "l") : "`ledger`");
    out_view_take(s, view_text(STYLE_FAINT, str_cstr(&line)));
    str_clear(&line);
    view_release(ledger);
}

void out_markdown(Session *s, const char *text) {
    out_view_take(s, view_markdown(text));
}

void out_progress(Session *s, const char *what, double fraction) {
    s->out->sink.progress(&s->out->sink, what, fraction);
}

void out_code(Session *s, const char *text, size_t n, CodeForm form) {
    s->out->kind->code(s->out, text, n, form);
}

void out_gap(Session *s) {
    s->out->kind->gap(s->out);
}

bool out_page_begin(Session *s) {
    return s->out->kind->page_begin(s->out);
}

void out_page_end(Session *s) {
    s->out->kind->page_end(s->out);
}

/* ---- screens ------------------------------------------------------------------------------ */

void out_screen_begin(Session *s, const char *title, int below) {
    bool off = s->set.pager && strcmp(s->set.pager, "off") == 0;
    out_screen_drop(s);
    out_flush(s);
    if (s->out->pages && s->facts.tty && s->facts.cursor && !off && !s->set.wide)
        pages_begin(s->out->pages, s->facts.lines - below, title);
}

void out_screen_cell(Session *s, bool runs) {
    Pages *p = s->out->pages;
    s->out->cell = runs;
    out_flush(s);
    if (p && p->on) pages_cell(p, runs);
}

void out_screen_end(Session *s) {
    Pages *p = s->out->pages;
    if (!p || !p->on) return;
    out_gap(s);
    pages_end(p);
}

bool out_screen_left(const Session *s) {
    const Pages *p = s->out->pages;
    return p && pages_left(p);
}

void out_screen_next(Session *s, int below) {
    pages_next(s->out->pages, s->facts.lines - below, &s->facts);
}

void out_screen_rest(Session *s) {
    if (out_screen_left(s)) pages_next(s->out->pages, INT_MAX / 2, &s->facts);
}

int out_screen_drop(Session *s) {
    return s->out->pages ? pages_drop(s->out->pages) : 0;
}

/* ---- steps ------------------------------------------------------------------------------ */

void out_step_begin(Session *s, const char *kind, const char *title) {
    s->out->kind->step_begin(s->out, kind, title);
}

void out_step_text(Session *s, const char *key, const char *text, size_t n) {
    s->out->kind->step_text(s->out, key, text, n);
}

void out_step_number(Session *s, const char *key, int64_t n) {
    s->out->kind->step_number(s->out, key, n);
}

void out_object(Session *s, const char *line) {
    s->out->kind->object(s->out, line);
}

void out_step_json(Session *s, const char *key, const char *json) {
    s->out->kind->step_json(s->out, key, json);
}

static void settle(Session *s, Err *err) {
    s->status = err->kind == ERR_INTERRUPT ? EXIT_INTERRUPTED : EXIT_ERROR;
    err_clear(err);
}

void out_step_end(Session *s, Err *err) {
    if (err && err->kind != ERR_OK && s->out->kind->step_error(s->out, err)) settle(s, err);
    s->out->kind->step_end(s->out);
}

/* ---- errors ------------------------------------------------------------------------------ */

/* exit(), sys.exit's exception: a script ends with its status, or with its text and 1. The prompt
 * stays: it may have come out of something pasted. */
static void report_exit(Session *s, Err *err) {
    const char *text = err->msg ? err->msg : "";
    char *end;
    long status = strtol(text, &end, 10);
    bool number = *text && !*end, none = !*text || strcmp(text, "None") == 0;
    Str line = STR_INIT, safe = STR_INIT;
    if (s->prompt)
        str_printf(&line, "SystemExit%s%s (`quit` leaves qkv)\n", *text ? ": " : "", text);
    else if (!number && !none)
        str_printf(&line, "%s\n", text);
    utf8_escape(&safe, line.buf, line.len, true);
    file_put(STDERR_FILENO, safe.buf, safe.len);
    str_clear(&line);
    str_clear(&safe);
    s->status = number ? (int)(status & 255) : none ? EXIT_DONE : EXIT_ERROR;
    s->quit = !s->prompt;
    err_clear(err);
}

void report(Session *s, Err *err) {
    out_flush(s);
    if (!s->out->kind->step_error(s->out, err)) {
        if (err->kind == ERR_EXIT && !s->lesson) {
            report_exit(s, err);
            return;
        }
        Str text = STR_INIT;
        report_text(s->in, err, &s->err_facts, &text);
        file_put(STDERR_FILENO, text.buf, text.len);
        str_clear(&text);
    }
    settle(s, err);
}

void report_usage(Session *s, Err *err) {
    report(s, err);
    s->status = EXIT_USAGE;
}

void report_expected(Session *s, Err *err) {
    s->out->kind->expected(s->out, err);
}

void warn_line(Session *s, const char *fmt, ...) {
    Str text = STR_INIT, line = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    report_warning(str_cstr(&text), &s->err_facts, &line);
    file_put(STDERR_FILENO, line.buf, line.len);
    str_clear(&line);
    str_clear(&text);
}
