/* See report.h. */
#include "config.h"

#include "shell/report.h"

#include "base/utf8.h"
#include "value/obj.h"
#include "lang/diag.h"
#include "term/canvas.h"

/* "qkv: TEXT" and a newline. */
static void labelled(Style style, const char *label, const char *text, const TermFacts *facts,
                     Str *out) {
    style_emit(style, label, facts, out);
    str_addc(out, ' ');
    utf8_escape(out, text, strlen(text), true);
    str_addc(out, '\n');
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
char *report_raised(Interp *in, Err *err) {
    if (err->kind != ERR_RAISED || !in) return NULL;
    Value e = interp_exception(in, err);
    char *name = mem_strdup(value_type(e)->name);
    if (!err->msg) {
        Str text = STR_INIT;
        Err ignored = {0}; /* a __str__ that fails leaves the class name alone */
        if (!value_str(in, e, &text, &ignored)) str_reset(&text);
        err_clear(&ignored);
        err->msg = str_detach(&text);
    }
    value_release(e);
    return name;
}

void report_text(Interp *in, Err *err, const TermFacts *facts, Str *out) {
    Diag d = {0};
    char *name = report_raised(in, err);
    if (err->frames.count || err->kind == ERR_RAISED) diag_build(&d, err, name, facts->columns);
    mem_free(name);
    for (size_t i = 0; i < d.runs.count; i++) emit_run(&d, &d.runs.items[i], facts, out);
    if (!d.text.len) {
        labelled(STYLE_ERROR, "qkv:", err->msg ? err->msg : err_kind_name(err->kind), facts, out);
        if (err->hint) labelled(STYLE_NOTE, "  hint:", err->hint, facts, out);
    }
    diag_clear(&d);
}

void report_warning(const char *text, const TermFacts *facts, Str *out) {
    labelled(STYLE_WARNING, "qkv:", text, facts, out);
}
