/* Running lessons; see run.h. */
#include "config.h"

#include "tutor/run.h"

#include "value/obj.h"
#include "rng/rng.h"
#include "toolkit/qkv.h"
#include "tutor/cell.h"
#include "tutor/fill.h"
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
    if (!fill_needs(&(Fill){r->in, r->lesson, scope}, r->args.items, err)) {
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
        if (!strchr(args[i], '=')) {
            ok = param_unnamed(l, nargs, args, err);
            break;
        }
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
    Fill fill = {r->in, r->lesson, r->scope};
    bool ok = step->kind == STEP_CELL ? run_cell(r, step, res, err)
                                      : fill_text(&fill, step, &res->text, err);
    if (ok)
        r->at++;
    else
        step_result_clear(res);
    return ok;
}

static void drop_text(Sink *s, const char *bytes, size_t n) {
    UNUSED(s), UNUSED(bytes), UNUSED(n);
}

bool lesson_run_short(LessonRun *r, Err *err) {
    const LessonStep *brief = &r->lesson->brief;
    Sink silent = {.text = drop_text}, *loud = interp_sink(r->in);
    StepResult res = {0};
    bool ok = true;
    interp_sink_set(r->in, &silent);
    for (r->at = 0; ok && r->at < r->lesson->brief_at; r->at++) {
        const LessonStep *step = &r->lesson->steps.items[r->at];
        ok = step->kind == STEP_TEXT || run_cell(r, step, &res, err);
        step_result_clear(&res);
    }
    interp_sink_set(r->in, loud);
    ok = ok && run_cell(r, brief, &res, err);
    step_result_clear(&res);
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
