/* Running lessons; see run.h. */
#include "config.h"

#include "tutor/run.h"

#include <ctype.h>

#include "base/suggest.h"
#include "base/utf8.h"
#include "value/obj.h"
#include "rng/rng.h"
#include "toolkit/qkv.h"
#include "tutor/cell.h"
#include "tutor/param.h"

struct LessonRun {
    Interp *in;
    const Lesson *lesson;
    VEC(char *) args; /* the value of every parameter, as typed */
    Value scope;
    size_t at;
    StepBegin begin;
    void *begin_ctx;
    int64_t cell_ns; /* what a cell may take; 0: what the interpreter has */
};

/* ---- parameters ----------------------------------------------------------------------- */

static bool unknown_param(const Lesson *l, const char *name, Err *err) {
    Suggest near = suggest_for(name);
    Str list = STR_INIT;
    for (size_t i = 0; i < l->params.count; i++) {
        suggest_offer(&near, l->params.items[i].name);
        str_printf(&list, "%s%s", i ? ", " : "", l->params.items[i].name);
    }
    err_set(err, ERR_NAME, "%s has no parameter '%s'", l->command, name);
    if (near.best)
        err_hint(err, "did you mean %s?", near.best);
    else if (list.len)
        err_hint(err, "it has %s", str_cstr(&list));
    else
        err_hint(err, "it takes none");
    str_clear(&list);
    return false;
}

/* Which parameter "name=value" sets; -1 with err set when it is not one. */
static int param_index(const Lesson *l, const char *arg, const char **value, Err *err) {
    const char *equals = strchr(arg, '=');
    if (!equals) {
        err_set(err, ERR_VALUE, "'%s' is not name=value", arg);
        err_hint(err, "parameters are given as in: %s %s", l->command,
                 l->params.count ? l->params.items[0].name : "");
        return -1;
    }
    char *name = mem_strndup(arg, (size_t)(equals - arg));
    const LessonParam *p = lesson_param(l, name);
    if (!p) unknown_param(l, name, err);
    mem_free(name);
    *value = equals + 1;
    return p ? (int)(p - l->params.items) : -1;
}

static Value param_value(Interp *in, const ParamValue *v) {
    UNUSED(in);
    switch (v->type) {
    case PT_INT:
        return value_int(v->i);
    case PT_BOOL:
        return value_bool(v->i != 0);
    case PT_FLOAT:
        return value_float(v->f);
    case PT_STR:
    case PT_CHOICE:
        return str_value_cstr(v->s);
    case PT_INTS:
        break;
    }
    Value list = list_new();
    for (size_t i = 0; i < v->ints.count; i++) list_push_take(list, value_int(v->ints.items[i]));
    return list;
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

static bool need_unmet(const LessonRun *r, const LessonTerm *need, Err *err) {
    Str got = STR_INIT;
    for (size_t i = 0; i < r->args.count; i++) {
        const char *name = r->lesson->params.items[i].name;
        if (mentions(need->name, name))
            str_printf(&got, "%s%s=%s", got.len ? " " : "", name, r->args.items[i]);
    }
    err_set(err, ERR_VALUE, "%s, got %s", need->text, str_cstr(&got));
    err_hint(err, "`help %s` lists the parameters", r->lesson->command);
    str_clear(&got);
    return false;
}

/* ---- limits --------------------------------------------------------------------------- */

/* What an expression of the lesson's text may take: it is read, not waited for. */
#define EXPR_LIMIT_NS ((int64_t)1000000000)

/* Runs an expression of the lesson's text and hands over its value; one that takes too long is
 * named. */
static bool expr_run(LessonRun *r, const char *what, const char *s, size_t n, int line, Value scope,
                     UseValue use, void *ctx, Err *err) {
    enum { SHOWN = 60 };
    Source *src = source_new(lesson_file(r->lesson), s, n, line);
    bool ok = cell_within(r->in, EXPR_LIMIT_NS, src, scope, use, ctx, err);
    source_release(src);
    if (!ok && err->kind == ERR_TIMEOUT) {
        size_t cut = utf8_offset(s, n, SHOWN);
        err_clear(err);
        err_set(err, ERR_TIMEOUT, "%s:%d: %s took longer than %.3g s: %.*s%s", r->lesson->path,
                line, what, (double)EXPR_LIMIT_NS / 1e9, (int)cut, s, cut < n ? "…" : "");
        err_hint(err, "what takes time belongs in a cell");
    }
    return ok;
}

static bool use_truth(Interp *in, Value v, void *met, Err *err) {
    return value_truth(in, v, met, err);
}

/* What the parameters must be together: `needs:` of the front matter. */
static bool check_needs(LessonRun *r, Value scope, Err *err) {
    for (size_t i = 0; i < r->lesson->needs.count; i++) {
        const LessonTerm *need = &r->lesson->needs.items[i];
        bool met = false;
        if (!expr_run(r, "an expression of needs", need->name, strlen(need->name), need->line,
                      scope, use_truth, &met, err))
            return false;
        if (!met) return need_unmet(r, need, err);
    }
    return true;
}

/* A fresh scope with the parameters as variables, and a generator that begins anew. */
static bool bind(LessonRun *r, Err *err) {
    Value scope = interp_module_new(r->in, "__main__");
    for (size_t i = 0; i < r->lesson->params.count; i++) {
        const LessonParam *p = &r->lesson->params.items[i];
        ParamValue pv;
        if (!param_read(p, r->args.items[i], &pv, err)) {
            value_release(scope);
            return false;
        }
        Value v = param_value(r->in, &pv);
        module_set(r->in, scope, p->name, v);
        value_release(v);
        param_value_clear(&pv);
    }
    if (!check_needs(r, scope, err)) {
        value_release(scope);
        return false;
    }
    rng_seed(rng_default(), 0);
    value_set_take(&r->scope, scope);
    return true;
}

/* `lib.NAME` is lib/NAME.py beside the lesson's file: code that lessons share. */
static bool find_lib(void *ctx, const char *name, Source **out, Err *err) {
    const LessonRun *r = ctx;
    const char *path = r->lesson->path, *slash = strrchr(path, '/');
    if (!str_starts(name, "lib.") || strchr(name + 4, '.')) return true;
    Str file = STR_INIT, text = STR_INIT;
    str_printf(&file, "%.*slib/%s.py", slash ? (int)(slash + 1 - path) : 0, path, name + 4);
    bool ok = lesson_file_read(str_cstr(&file), &text, err);
    if (ok)
        *out = source_new(str_cstr(&file), str_cstr(&text), text.len, 1);
    else if (err->kind == ERR_FILENOTFOUND) {
        err_clear(err);
        err_set(err, ERR_MODULE, "No module named '%s': there is no %s", name, str_cstr(&file));
    }
    str_clear(&text);
    str_clear(&file);
    return ok;
}

bool lesson_run_new(Interp *in, const Lesson *l, int nargs, char *const *args, LessonRun **out,
                    Err *err) {
    LessonRun *r = mem_zero(sizeof *r);
    r->in = in;
    r->lesson = l;
    r->scope = VALUE_UNSET;
    for (size_t i = 0; i < l->params.count; i++)
        vec_push(&r->args, mem_strdup(l->params.items[i].deflt));
    bool ok = true;
    for (int i = 0; ok && i < nargs; i++) {
        const char *value = NULL;
        int at = param_index(l, args[i], &value, err);
        ok = at >= 0;
        if (!ok) break;
        mem_free(r->args.items[at]);
        r->args.items[at] = mem_strdup(value);
    }
    ok = ok && bind(r, err);
    if (ok) {
        interp_finder_set(in, find_lib, r);
        *out = r;
    } else
        lesson_run_free(r);
    return ok;
}

void lesson_run_free(LessonRun *r) {
    if (!r) return;
    interp_finder_drop(r->in, r);
    for (size_t i = 0; i < r->args.count; i++) mem_free(r->args.items[i]);
    vec_clear(&r->args);
    value_release(r->scope);
    mem_free(r);
}

/* ---- text ------------------------------------------------------------------------------- */

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
static bool fill_one(LessonRun *r, const char *s, size_t n, int line, Str *out, Err *err) {
    Hole h = {s, n, spec_at(s, n), r->lesson->path, line, out};
    if (!expr_run(r, "{{...}}", s, h.colon, line, r->scope, use_hole, &h, err)) return false;
    if (out->len <= LESSON_LIMIT) return true;
    err_set(err, ERR_VALUE, "%s:%d: {{...}} makes the text longer than %zu MiB", r->lesson->path,
            line, LESSON_LIMIT >> 20);
    return err_hint(err, "print it in a cell");
}

static bool fill_text(LessonRun *r, const LessonStep *step, Str *out, Err *err) {
    int line = step->line;
    for (const char *p = step->text, *end = step->text + step->len; p < end;) {
        const char *open = memmem(p, (size_t)(end - p), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        const char *stop = close ? open : end;
        str_addn(out, p, (size_t)(stop - p));
        for (; p < stop; p++) line += *p == '\n';
        if (!close) break;
        if (!fill_one(r, open + 2, (size_t)(close - open - 2), line, out, err)) return false;
        p = close + 2;
    }
    return true;
}

/* ---- cells --------------------------------------------------------------------------------- */

/* A `raises` cell must fail, and by its own code. */
static bool settle_expected(LessonRun *r, const LessonStep *step, bool ok, StepResult *res,
                            Err *err) {
    if (ok)
        return err_set(err, ERR_VALUE, "%s:%d: this cell is marked `raises`, but it ran",
                       r->lesson->path, step->line);
    if (err->kind == ERR_INTERRUPT || err->kind == ERR_TIMEOUT) return false;
    err_move(&res->expected, err);
    return true;
}

static bool run_cell(LessonRun *r, const LessonStep *step, StepResult *res, Err *err) {
    if (r->begin) r->begin(r->begin_ctx, step);
    if (step->flags & CELL_NORUN) return true;
    /* A row for every op adds up where a cell trains: no ledger, no trace. */
    CellRun how = {.scope = r->scope,
                   .echo = ECHO_PICTURE,
                   .ledger = !(step->flags & CELL_NOLEDGER),
                   .ns = r->cell_ns};
    Source *src = source_new(lesson_file(r->lesson), step->text, step->len, step->line);
    bool ok = cell_run(r->in, src, &how, &res->ledger, err);
    source_release(src);
    return step->flags & CELL_RAISES ? settle_expected(r, step, ok, res, err) : ok;
}

/* ---- moving ---------------------------------------------------------------------------------- */

bool lesson_run_step(LessonRun *r, StepResult *res, Err *err) {
    if (r->at >= r->lesson->steps.count) BUG("a step beyond the lesson's end");
    const LessonStep *step = &r->lesson->steps.items[r->at];
    *res = (StepResult){.step = step};
    bool ok =
        step->kind == STEP_CELL ? run_cell(r, step, res, err) : fill_text(r, step, &res->text, err);
    if (ok)
        r->at++;
    else
        step_result_clear(res);
    return ok;
}

void step_result_clear(StepResult *res) {
    str_clear(&res->text);
    view_release(res->ledger);
    err_clear(&res->expected);
    *res = (StepResult){0};
}

void lesson_run_cell_limit(LessonRun *r, int64_t ns) {
    r->cell_ns = ns;
}

void lesson_run_on_begin(LessonRun *r, StepBegin fn, void *ctx) {
    r->begin = fn;
    r->begin_ctx = ctx;
}

size_t lesson_run_at(const LessonRun *r) {
    return r->at;
}

size_t lesson_run_count(const LessonRun *r) {
    return r->lesson->steps.count;
}

void lesson_run_seek(LessonRun *r, size_t step) {
    r->at = MIN(step, r->lesson->steps.count);
}

bool lesson_run_restart(LessonRun *r, Err *err) {
    r->at = 0;
    return bind(r, err);
}

Value lesson_run_scope(LessonRun *r) {
    return r->scope;
}

const Lesson *lesson_run_lesson(const LessonRun *r) {
    return r->lesson;
}

/* Values with blanks are quoted, so that the text can be typed again. */
void lesson_run_params(const LessonRun *r, Str *out) {
    for (size_t i = 0; i < r->args.count; i++) {
        const char *v = r->args.items[i];
        const char *quote = strchr(v, ' ') ? "\"" : "";
        str_printf(out, "%s%s=%s%s%s", i ? " " : "", r->lesson->params.items[i].name, quote, v,
                   quote);
    }
}
