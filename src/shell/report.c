/* Errors for people: carets and hints on stderr, an object in JSON, the exit status. */
#include "config.h"

#include <stdarg.h>
#include <unistd.h>

#include "base/utf8.h"
#include "eval/obj.h"
#include "lang/diag.h"
#include "shell/session.h"

static void utf8_escape_text(Str *out, const char *text) {
    utf8_escape(out, text, strlen(text), true);
}

static Style role_style(DiagRole role) {
    switch (role) {
    case DIAG_PLACE:
        return STYLE_FAINT;
    case DIAG_SOURCE:
        return STYLE_CODE;
    case DIAG_CARET:
    case DIAG_KIND:
        return STYLE_ERROR;
    case DIAG_HINT:
        return STYLE_NOTE;
    case DIAG_PLAIN:
    case DIAG_MESSAGE:
        break;
    }
    return STYLE_PLAIN;
}

/* Newlines stay outside the styles: style_emit would escape them. */
static void emit_run(const Diag *d, const DiagRun *r, const TermFacts *facts, Str *out) {
    for (const char *p = d->text.buf + r->start, *end = d->text.buf + r->end; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = nl ? (size_t)(nl - p) : (size_t)(end - p);
        char *part = mem_strndup(p, n);
        if (n) style_emit(role_style(r->role), part, facts, out);
        mem_free(part);
        if (nl) str_addc(out, '\n');
        p += n + (nl != NULL);
    }
}

/* An exception of the dialect says its class and text itself. */
static char *raised_name(Session *s, Err *err) {
    if (err->kind != ERR_RAISED || !s->in) return NULL;
    Value e = interp_exception(s->in, err);
    char *name = mem_strdup(value_type(e)->name);
    if (!err->msg) {
        Str text = STR_INIT;
        Err ignored = {0}; /* a __str__ that fails leaves the class name alone */
        if (!value_str(s->in, e, &text, &ignored)) str_reset(&text);
        err_clear(&ignored);
        err->msg = str_detach(&text);
    }
    value_release(e);
    return name;
}

static void build(Session *s, Err *err, const TermFacts *facts, Str *out) {
    Diag d = {0};
    char *name = raised_name(s, err);
    if (err->frames.count || err->kind == ERR_RAISED)
        diag_build_named(&d, err, name, facts->columns);
    mem_free(name);
    for (size_t i = 0; i < d.runs.count; i++) emit_run(&d, &d.runs.items[i], facts, out);
    if (!d.text.len) {
        style_emit(STYLE_ERROR, "qkv:", facts, out);
        str_addc(out, ' ');
        utf8_escape_text(out, err->msg ? err->msg : err_kind_name(err->kind));
        str_addc(out, '\n');
        if (err->hint) {
            style_emit(STYLE_NOTE, "  hint:", facts, out);
            str_addc(out, ' ');
            utf8_escape_text(out, err->hint);
            str_addc(out, '\n');
        }
    }
    diag_clear(&d);
}

static json_t *error_json(Session *s, Err *err) {
    char *name = raised_name(s, err);
    json_t *j = json_pack("{s:s, s:s}", "kind", name ? name : err_kind_name(err->kind), "message",
                          err->msg ? err->msg : "");
    mem_free(name);
    if (!j) return json_pack("{s:s, s:s}", "kind", "Exception", "message", "(not UTF-8)");
    if (err->hint) json_object_set_new(j, "hint", json_string(err->hint));
    if (err->frames.count) {
        const ErrFrame *f = &err->frames.items[0];
        int line, col;
        source_place(f->src, f->span.start, &line, &col);
        json_object_set_new(j, "source", json_string(source_name(f->src)));
        json_object_set_new(j, "line", json_integer(line));
        json_object_set_new(j, "column", json_integer(col));
    }
    return j;
}

static void to_stderr(Str *text) {
    for (size_t at = 0; at < text->len;) {
        ssize_t n = write(STDERR_FILENO, text->buf + at, text->len - at);
        if (n <= 0) break;
        at += (size_t)n;
    }
    str_clear(text);
}

/* exit(), sys.exit's exception: a script ends with its status, or with its text and 1. The prompt
 * stays: it may have come out of something pasted. */
static void report_exit(Session *s, Err *err) {
    const char *text = err->msg ? err->msg : "";
    char *end;
    long status = strtol(text, &end, 10);
    bool number = *text && !*end, none = !*text || strcmp(text, "None") == 0;
    Str line = STR_INIT;
    if (s->prompt)
        str_printf(&line, "SystemExit%s%s (`quit` leaves qkv)\n", *text ? ": " : "", text);
    else if (!number && !none)
        str_printf(&line, "%s\n", text);
    Str safe = STR_INIT;
    utf8_escape_text(&safe, str_cstr(&line));
    to_stderr(&safe);
    str_clear(&line);
    s->status = number ? (int)(status & 255) : none ? EXIT_DONE : EXIT_ERROR;
    s->quit = !s->prompt;
    err_clear(err);
}

void report(Session *s, Err *err) {
    out_flush(s);
    if (err->kind == ERR_EXIT && !s->opt.json && !s->lesson) {
        report_exit(s, err);
        return;
    }
    if (s->opt.json && s->sink.step)
        json_step_set(s, "error", error_json(s, err));
    else {
        Str text = STR_INIT;
        build(s, err, &s->err_facts, &text);
        to_stderr(&text);
    }
    s->status = err->kind == ERR_INTERRUPT ? EXIT_INTERRUPTED : EXIT_ERROR;
    err_clear(err);
}

void report_usage(Session *s, Err *err) {
    report(s, err);
    s->status = EXIT_USAGE;
}

void report_expected(Session *s, const Err *err) {
    if (s->opt.json) {
        json_step_set(s, "raises", error_json(s, (Err *)err));
        return;
    }
    Str text = STR_INIT;
    build(s, (Err *)err, &s->facts, &text);
    if (s->sink.last == LAST_VIEW) str_addc(&s->sink.pending, '\n'); /* the code above it */
    out_flush(s);
    str_addn(&s->sink.pending, text.buf, text.len);
    out_flush(s);
    str_clear(&text);
}

void warn_line(Session *s, const char *fmt, ...) {
    Str text = STR_INIT, line = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    style_emit(STYLE_WARNING, "qkv:", &s->err_facts, &line);
    str_addc(&line, ' ');
    utf8_escape_text(&line, str_cstr(&text));
    str_addc(&line, '\n');
    to_stderr(&line);
    str_clear(&text);
}
