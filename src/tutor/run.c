/* Running lessons; see run.h. */
#include "config.h"

#include "tutor/run.h"

#include "value/obj.h"
#include "rng/rng.h"
#include "tutor/cell.h"
#include "tutor/fill.h"
#include "tutor/hand.h"
#include "tutor/param.h"
#include "tutor/quiet.h"
#include "view/view.h"

struct LessonRun {
    Interp *in;
    const Lesson *lesson;
    VEC(char *) args; /* the value of every parameter, as typed */
    Value scope;
    Place place;
    size_t at;      /* the step that comes next */
    size_t settled; /* steps before it have run, or were skipped */
    Hand hand;
    Typed typed;
    Str failed; /* what of it failed when it ran again, a line for each */
    Rng rng;    /* of the lesson while nobody is in it, of the others while somebody is */
    bool entered;
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

/* The parameters as variables of a scope. */
static bool set_params(LessonRun *r, Value scope, Err *err) {
    for (size_t i = 0; i < r->lesson->params.count; i++) {
        const LessonParam *p = &r->lesson->params.items[i];
        ParamValue pv;
        if (!param_read(p, r->args.items[i], &pv, err)) return false;
        Value v = param_value(r->in, &pv);
        module_set(r->in, scope, p->name, v);
        value_release(v);
        param_value_clear(&pv);
    }
    return true;
}

/* Everything as if no cell had run. fresh: in a scope of its own; else in the one that there is,
 * where what the lesson does not set stays. */
static bool bind(LessonRun *r, bool fresh, Err *err) {
    Value scope = interp_module_new(r->in, "__main__");
    bool ok = set_params(r, scope, err) &&
              fill_needs(&(Fill){r->in, r->lesson, scope}, r->args.items, err);
    if (ok && fresh) {
        value_set_take(&r->scope, scope);
        scope = VALUE_UNSET;
        hand_clear(&r->hand);
        typed_clear(&r->typed);
    } else if (ok)
        hand_look(&r->hand, r->scope, true);
    value_release(scope);
    if (!ok) return false;
    if (!fresh && !set_params(r, r->scope, err)) BUG("parameters that were read before");
    hand_look(&r->hand, r->scope, false);
    rng_seed(r->entered ? rng_default() : &r->rng, 0);
    r->settled = 0;
    return true;
}

/* Binds with other parameters; what was before stays where they are wrong. */
static bool rebind(LessonRun *r, int nargs, char *const *args, bool fresh, Err *err) {
    VEC(char *) old = {0};
    bool ok = true;
    for (size_t i = 0; i < r->args.count; i++) vec_push(&old, mem_strdup(r->args.items[i]));
    for (int i = 0; ok && i < nargs; i++) {
        const char *value = NULL;
        if (!strchr(args[i], '=')) {
            ok = param_unnamed(r->lesson, nargs, args, err);
            break;
        }
        int at = param_index(r->lesson, args[i], &value, err);
        ok = at >= 0;
        if (!ok) break;
        mem_free(r->args.items[at]);
        r->args.items[at] = mem_strdup(value);
    }
    ok = ok && bind(r, fresh, err);
    for (size_t i = 0; i < old.count; i++) {
        char **unwanted = ok ? &old.items[i] : &r->args.items[i], *kept = old.items[i];
        mem_free(*unwanted);
        if (!ok) r->args.items[i] = kept;
    }
    vec_clear(&old);
    return ok;
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

/* ---- coming and going ----------------------------------------------------------------- */

static void swap_generators(LessonRun *r) {
    Rng other = *rng_default();
    *rng_default() = r->rng;
    r->rng = other;
}

void lesson_run_enter(LessonRun *r) {
    if (r->entered) return;
    r->entered = true;
    swap_generators(r);
    interp_finder_set(r->in, find_lib, r);
}

void lesson_run_leave(LessonRun *r) {
    if (!r->entered) return;
    r->entered = false;
    swap_generators(r);
    interp_finder_drop(r->in, r);
}

bool lesson_run_new(Interp *in, const Lesson *l, int nargs, char *const *args, LessonRun **out,
                    Err *err) {
    LessonRun *r = mem_zero(sizeof *r);
    r->in = in;
    r->lesson = l;
    r->scope = VALUE_UNSET;
    for (size_t i = 0; i < l->params.count; i++)
        vec_push(&r->args, mem_strdup(l->params.items[i].deflt));
    place_begin(&r->place, l);
    if (!rebind(r, nargs, args, true, err)) {
        lesson_run_free(r);
        return false;
    }
    lesson_run_enter(r);
    *out = r;
    return true;
}

void lesson_run_free(LessonRun *r) {
    if (!r) return;
    lesson_run_leave(r);
    for (size_t i = 0; i < r->args.count; i++) mem_free(r->args.items[i]);
    vec_clear(&r->args);
    hand_clear(&r->hand);
    typed_clear(&r->typed);
    str_clear(&r->failed);
    place_clear(&r->place);
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

/* A ledger is made where one can be taken (ledger may be NULL). */
static bool run_code(LessonRun *r, const LessonStep *step, View **ledger, Err *err) {
    /* A row for every op adds up where a cell trains: no ledger, no trace. */
    CellRun how = {.scope = r->scope,
                   .echo = ECHO_PICTURE,
                   .ledger = ledger && !(step->flags & CELL_NOLEDGER),
                   .ns = r->cell_ns};
    Source *src = source_new(lesson_file(r->lesson), step->text, step->len, step->line);
    hand_look(&r->hand, r->scope, true);
    bool ok = cell_run(r->in, src, &how, ledger, err);
    hand_look(&r->hand, r->scope, false);
    source_release(src);
    return ok;
}

static bool run_cell(LessonRun *r, const LessonStep *step, StepResult *res, Err *err) {
    if (r->begin) r->begin(r->begin_ctx, step);
    if (step->flags & CELL_NORUN) return true;
    bool ok = run_code(r, step, &res->ledger, err);
    return step->flags & CELL_RAISES ? settle_expected(r, step, ok, res, err) : ok;
}

/* ---- cells that nobody sees ----------------------------------------------------------------- */

/* What may take this long goes on without a word. */
#define UNSEEN_NS ((int64_t)300000000)

static bool runs(const LessonStep *step) {
    return step->kind == STEP_CELL && !(step->flags & CELL_NORUN);
}

static bool run_unseen(LessonRun *r, const LessonStep *step, Err *err) {
    if (!runs(step)) return true;
    StepResult res = {0};
    bool ok = run_code(r, step, NULL, err);
    if (step->flags & CELL_RAISES) ok = settle_expected(r, step, ok, &res, err);
    step_result_clear(&res);
    return ok;
}

static void note_failure(LessonRun *r, const char *code, Err *err) {
    const char *msg = err->msg ? err->msg : "it was stopped";
    str_printf(&r->failed, "typed before, failed now: %.*s (%s)\n", (int)strcspn(code, "\n"), code,
               msg);
}

/* What was typed in an earlier run before a step or above it. A failure is noted, and no more. */
static void run_recalled(LessonRun *r, size_t step) {
    for (const char *code; (code = typed_due(&r->typed, step));) {
        CellRun how = {.scope = r->scope, .echo = ECHO_NOT, .keeps = true, .ns = r->cell_ns};
        Source *src = source_new("typed before", code, strlen(code), 1);
        View *none = NULL;
        Err err = {0};
        hand_look(&r->hand, r->scope, false);
        if (!cell_run(r->in, src, &how, &none, &err)) note_failure(r, code, &err);
        hand_look(&r->hand, r->scope, true);
        err_clear(&err);
        source_release(src);
    }
}

static void run_recalled_unseen(LessonRun *r) {
    Quiet q;
    if (!typed_waits(&r->typed, r->at)) return;
    quiet_begin(&q, r->in);
    run_recalled(r, r->at);
    quiet_end(&q);
}

/* The cells above the next step that did not run. */
static bool catch_up(LessonRun *r, Err *err) {
    const LessonStep *steps = r->lesson->steps.items;
    if (r->settled >= r->at) return true;
    Quiet q;
    int64_t began = clock_ns();
    bool ok = true, told = false;
    quiet_begin(&q, r->in);
    for (size_t from = r->settled; ok && r->settled < r->at; r->settled += ok) {
        double done = (double)(r->settled - from) / (double)(r->at - from);
        told = clock_ns() - began > UNSEEN_NS;
        if (told) quiet_progress(&q, "the cells before this part", done);
        run_recalled(r, r->settled);
        ok = run_unseen(r, &steps[r->settled], err);
    }
    if (told) quiet_progress(&q, NULL, 0);
    quiet_end(&q);
    return ok;
}

bool lesson_run_short(LessonRun *r, Err *err) {
    StepResult res = {0};
    r->at = r->lesson->brief_at;
    bool ok = catch_up(r, err) && run_cell(r, &r->lesson->brief, &res, err);
    step_result_clear(&res);
    return ok;
}

/* ---- what was typed ---------------------------------------------------------------------------
 */

bool lesson_run_typed(LessonRun *r, const char *code) {
    bool changed = hand_look(&r->hand, r->scope, true);
    if (!changed && !strpbrk(code, "=(")) return true; /* looked at, and no more */
    return typed_add(&r->typed, r->at, code, false);
}

void lesson_run_recall(LessonRun *r, size_t step, const char *code) {
    typed_add(&r->typed, MIN(step, r->lesson->steps.count), code, true);
}

const Typed *lesson_run_kept(const LessonRun *r) {
    return &r->typed;
}

void lesson_run_failed(LessonRun *r, Str *out) {
    str_add(out, str_cstr(&r->failed));
    str_reset(&r->failed);
}

/* ---- moving ---------------------------------------------------------------------------------- */

bool lesson_run_step(LessonRun *r, StepResult *res, Err *err) {
    if (r->at >= r->lesson->steps.count) BUG("a step beyond the lesson's end");
    const LessonStep *step = &r->lesson->steps.items[r->at];
    Fill fill = {r->in, r->lesson, r->scope};
    bool computes = runs(step) || fill_wanted(step) || typed_waits(&r->typed, r->at + 1);
    *res = (StepResult){.step = step};
    bool ok = !computes || catch_up(r, err);
    if (ok) run_recalled_unseen(r);
    ok = ok && (step->kind == STEP_CELL
                    ? run_cell(r, step, res, err)
                    : fill_text(&fill, step->text, step->len, step->line, &res->text, err));
    if (!ok) {
        step_result_clear(res);
        return false;
    }
    if (r->settled == r->at) r->settled++;
    r->at++;
    run_recalled_unseen(r);
    return true;
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

void lesson_run_skip(LessonRun *r, size_t step) {
    r->at = MIN(step, r->lesson->steps.count);
    r->settled = MAX(r->settled, r->at);
}

size_t lesson_run_settled(const LessonRun *r) {
    return r->settled;
}

bool lesson_run_set(LessonRun *r, int nargs, char *const *args, Err *err) {
    return rebind(r, nargs, args, false, err);
}

bool lesson_run_restart(LessonRun *r, int nargs, char *const *args, Err *err) {
    if (!rebind(r, nargs, args, true, err)) return false;
    r->at = 0;
    place_restart(&r->place);
    return true;
}

Place *lesson_run_place(LessonRun *r) {
    return &r->place;
}

void lesson_run_by_hand(LessonRun *r, Str *out) {
    hand_look(&r->hand, r->scope, true);
    hand_names(&r->hand, out);
}

Value lesson_run_scope(LessonRun *r) {
    return r->scope;
}

const Lesson *lesson_run_lesson(const LessonRun *r) {
    return r->lesson;
}

const char *lesson_run_arg(const LessonRun *r, size_t i) {
    return r->args.items[i];
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
