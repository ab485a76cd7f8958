/* See fill.h. */
#include "config.h"

#include "tutor/fill.h"

#include <ctype.h>

#include "base/utf8.h"
#include "value/ops.h"

/* What an expression of the lesson's text may take: it is read, not waited for. */
#define EXPR_LIMIT_NS ((int64_t)1000000000)

bool fill_expr(const Fill *f, const char *what, const char *s, size_t n, int line, UseValue use,
               void *ctx, Err *err) {
    enum { SHOWN = 60 };
    Source *src = source_new(lesson_file(f->lesson), s, n, line);
    bool ok = cell_within(f->in, EXPR_LIMIT_NS, src, f->scope, use, ctx, err);
    source_release(src);
    if (!ok && err->kind == ERR_TIMEOUT) {
        size_t cut = utf8_offset(s, n, SHOWN);
        err_clear(err);
        err_set(err, ERR_TIMEOUT, "%s:%d: %s took longer than %.3g s: %.*s%s", f->lesson->path,
                line, what, (double)EXPR_LIMIT_NS / 1e9, (int)cut, s, cut < n ? "…" : "");
        err_hint(err, "what takes time belongs in a cell");
    }
    return ok;
}

/* ---- needs: ----------------------------------------------------------------------------- */

static bool use_truth(Interp *in, Value v, void *met, Err *err) {
    return value_truth(in, v, met, err);
}

/* Does the expression use the name as a word of its own? */
static bool mentions(const char *expr, const char *name) {
    size_t n = strlen(name);
    for (const char *p = strstr(expr, name); p; p = strstr(p + 1, name)) {
        bool begins = p == expr || !(isalnum((unsigned char)p[-1]) || p[-1] == '_');
        if (begins && !isalnum((unsigned char)p[n]) && p[n] != '_') return true;
    }
    return false;
}

static bool need_unmet(const Lesson *l, char *const *args, const LessonTerm *need, Err *err) {
    Str got = STR_INIT;
    for (size_t i = 0; i < l->params.count; i++) {
        const char *name = l->params.items[i].name;
        if (mentions(need->name, name))
            str_printf(&got, "%s%s=%s", got.len ? " " : "", name, args[i]);
    }
    err_set(err, ERR_VALUE, "%s, got %s", need->text, str_cstr(&got));
    err_hint(err, "`help %s` lists the parameters", l->command);
    str_clear(&got);
    return false;
}

bool fill_needs(const Fill *f, char *const *args, Err *err) {
    for (size_t i = 0; i < f->lesson->needs.count; i++) {
        const LessonTerm *need = &f->lesson->needs.items[i];
        bool met = false;
        if (!fill_expr(f, "an expression of needs", need->name, strlen(need->name), need->line,
                       use_truth, &met, err))
            return false;
        if (!met) return need_unmet(f->lesson, args, need, err);
    }
    return true;
}

/* ---- {{...}} ---------------------------------------------------------------------------- */

bool fill_wanted(const LessonStep *step) {
    return step->kind == STEP_TEXT && memmem(step->text, step->len, "{{", 2);
}

/* Where `spec` begins in "expr:spec": the last colon outside brackets and quotes. */
static size_t spec_at(const char *s, size_t n) {
    int depth = 0;
    char quote = 0;
    size_t at = n;
    for (size_t i = 0; i < n; i++) {
        if (quote)
            quote = s[i] == quote ? 0 : quote;
        else if (s[i] == '"' || s[i] == '\'')
            quote = s[i];
        else if (strchr("([{", s[i]))
            depth++;
        else if (strchr(")]}", s[i]))
            depth--;
        else if (s[i] == ':' && depth == 0)
            at = i;
    }
    return at;
}

typedef struct Hole {
    const char *s; /* the inside of {{...}} */
    size_t n, colon;
    const char *path;
    int line;
    Str *out;
} Hole;

static bool use_hole(Interp *in, Value v, void *ctx, Err *err) {
    const Hole *h = ctx;
    if (v.tag == VT_UNSET)
        return err_set(err, ERR_SYNTAX, "%s:%d: {{%.*s}} is not an expression", h->path, h->line,
                       (int)h->n, h->s);
    bool spec = h->colon < h->n;
    return value_format(in, v, spec ? h->s + h->colon + 1 : "", spec ? h->n - h->colon - 1 : 0,
                        h->out, err);
}

/* Evaluates the inside of {{...}} and appends what it reads as. */
static bool fill_one(const Fill *f, const char *s, size_t n, int line, Str *out, Err *err) {
    Hole h = {s, n, spec_at(s, n), f->lesson->path, line, out};
    if (!fill_expr(f, "{{...}}", s, h.colon, line, use_hole, &h, err)) return false;
    if (out->len <= LESSON_LIMIT) return true;
    err_set(err, ERR_VALUE, "%s:%d: {{...}} makes the text longer than %zu MiB", f->lesson->path,
            line, LESSON_LIMIT >> 20);
    return err_hint(err, "print it in a cell");
}

bool fill_text(const Fill *f, const char *text, size_t len, int line, Str *out, Err *err) {
    for (const char *p = text, *end = text + len; p < end;) {
        const char *open = memmem(p, (size_t)(end - p), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        const char *stop = close ? open : end;
        str_addn(out, p, (size_t)(stop - p));
        for (; p < stop; p++) line += *p == '\n';
        if (!close) break;
        if (!fill_one(f, open + 2, (size_t)(close - open - 2), line, out, err)) return false;
        p = close + 2;
    }
    return true;
}
