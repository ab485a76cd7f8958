/* Answers that are code: run on probes, held against a reference (_grader.py). What an answer does
 * is its verdict, not an error: it may raise, loop, take too much memory or print a lot. */
#include "config.h"

#include <ctype.h>

#include "base/memory.h"
#include "lang/lex.h"
#include "practice/graders.h"
#include "value/obj.h"

/* What an answer may take of the processor's time on one probe. */
#define PROBE_NS ((int64_t)5 * 1000000000)
/* And of memory. */
#define ANSWER_BYTES ((size_t)1 << 30)

#define MODULE "_grader"

/* ---- output ------------------------------------------------------------------------------- */

/* What code prints meanwhile is dropped, what it draws is kept. */
typedef struct Quiet {
    Sink sink; /* first */
    Verdict *out;
} Quiet;

static void drop_text(Sink *sink, const char *bytes, size_t n) {
    UNUSED(sink), UNUSED(bytes), UNUSED(n);
}

static void keep_view(Sink *sink, View *view) {
    Verdict *out = ((Quiet *)sink)->out;
    if (out) vec_push(&out->views, view_retain(view));
}

/* ---- the case ------------------------------------------------------------------------------ */

typedef struct Judge {
    const Asked *asked;
    Value kase;   /* _grader.Case; owned */
    Value answer; /* the module that the answer ran in; owned */
    const char *call;
    int64_t probe;
} Judge;

static bool run_text(Interp *in, const char *name, const char *text, int line, Value scope,
                     Err *err) {
    Source *src = source_new(name, text, strlen(text), line);
    bool ok = cell_within(in, PROBE_NS, src, scope, NULL, NULL, err);
    source_release(src);
    return ok;
}

static bool begin_scope(Interp *in, Value scope, Err *err) {
    Value none = VALUE_UNSET;
    bool ok = import_call(in, MODULE, "begin", &scope, 1, &none, err);
    value_release(none);
    return ok;
}

/* A module with the reference, and above it a mistake (NULL: none). */
static bool item_scope(const Asked *a, const ItemPair *mistake, Value *out, Err *err) {
    const Item *it = a->item;
    *out = interp_module_new(a->in, "__main__");
    return begin_scope(a->in, *out, err) &&
           run_text(a->in, it->lesson->path, it->reference, it->line, *out, err) &&
           (!mistake || run_text(a->in, it->lesson->path, mistake->text, mistake->line, *out, err));
}

static bool slips(const Asked *a, Value list, Err *err) {
    const Item *it = a->item;
    for (size_t i = 0; i < it->mistakes.count; i++) {
        Value scope;
        bool ok = item_scope(a, &it->mistakes.items[i], &scope, err);
        if (ok) {
            Value pair[] = {str_value_cstr(it->mistakes.items[i].name), scope};
            list_push_take(list, tuple_of(ARRAY_LEN(pair), pair));
            value_release(pair[0]);
        }
        value_release(scope);
        if (!ok) return false;
    }
    return true;
}

static bool build_case(Judge *j, Err *err) {
    const Asked *a = j->asked;
    const Item *it = a->item;
    Value scope, mistakes = list_new(), name = str_value_cstr(it->signature);
    bool ok = item_scope(a, NULL, &scope, err) &&
              run_text(a->in, it->lesson->path, it->probes, it->line, scope, err) &&
              slips(a, mistakes, err);
    Value args[] = {name, scope, mistakes};
    ok = ok && import_call(a->in, MODULE, "Case", args, ARRAY_LEN(args), &j->kase, err);
    value_release(scope);
    value_release(mistakes);
    value_release(name);
    return ok;
}

/* ---- calls of the case -------------------------------------------------------------------- */

static bool case_call(const Judge *j, const char *method, int64_t arg, Value *out, Err *err) {
    Value v = value_int(arg);
    return value_call_method(j->asked->in, j->kase, method, &v, arg < 0 ? 0 : 1, out, err);
}

static bool use_call(Interp *in, Value v, void *ctx, Err *err) {
    UNUSED(in), UNUSED(v);
    const Judge *j = ctx;
    Value got = VALUE_UNSET;
    bool ok = case_call(j, j->call, j->probe, &got, err);
    value_release(got);
    return ok;
}

static bool use_text(Interp *in, Value v, void *ctx, Err *err) {
    UNUSED(in), UNUSED(v);
    const Judge *j = ctx;
    Value got = VALUE_UNSET;
    bool ok = case_call(j, j->call, j->probe, &got, err);
    if (ok && got.tag == VT_OBJ && str_of(got)->len)
        ok = err_set(err, ERR_ASSERT, "%s", str_of(got)->s);
    value_release(got);
    return ok;
}

/* A method that runs the answer, within the limit of time. */
static bool within(Judge *j, const char *method, int64_t probe, UseValue use, Err *err) {
    Source *src = source_new("answer", "0", 1, 1);
    j->call = method;
    j->probe = probe;
    bool ok = cell_within(j->asked->in, PROBE_NS, src, j->answer, use, j, err);
    source_release(src);
    return ok;
}

static bool case_int(const Judge *j, const char *method, int64_t *out, Err *err) {
    Value got = VALUE_UNSET;
    bool ok = case_call(j, method, -1, &got, err);
    *out = ok ? got.i : 0;
    value_release(got);
    return ok;
}

/* Appends a paragraph that a method says; "" and None are none. */
static bool case_say(const Judge *j, const char *method, int64_t arg, Verdict *out, bool *said,
                     Err *err) {
    Value got = VALUE_UNSET;
    bool ok = case_call(j, method, arg, &got, err);
    *said = ok && got.tag != VT_NONE && str_of(got)->len;
    if (*said) str_printf(&out->shown, "%s%s", out->shown.len ? "\n\n" : "", str_of(got)->s);
    value_release(got);
    return ok;
}

/* ---- what an answer may not use ------------------------------------------------------------ */

static bool name_is(const char *text, Token t, const char *name, size_t n) {
    return t.kind == TOK_NAME && t.span.end - t.span.start == n &&
           memcmp(text + t.span.start, name, n) == 0;
}

/* Is the last token the end of the forbidden name? ".softmax" is an attribute or an import of
 * anything, "einsum" a name. */
static bool ends_forbidden(const char *text, Token before, Token t, bool imports,
                           const char *name) {
    bool dotted = *name == '.';
    size_t n = strlen(name + dotted);
    return name_is(text, t, name + dotted, n) && (!dotted || before.kind == TOK_DOT || imports);
}

/* Modules of the grader's own: what an answer does to them would outlive it. */
static const char *const private_modules[] = {"_grader", "_mistakes", "_practice", "_bug"};

static const char *private_name(const char *text, Token t) {
    for (size_t i = 0; i < ARRAY_LEN(private_modules); i++)
        if (name_is(text, t, private_modules[i], strlen(private_modules[i])))
            return private_modules[i];
    return NULL;
}

/* The first forbidden name that the answer uses, or NULL. Comments and texts are not looked at. */
static const char *forbidden(const Item *it, Source *src, Err *err) {
    Arena *arena = arena_new();
    Lexer lx;
    const char *found = NULL;
    bool imports = false;
    Token before = {.kind = TOK_NEWLINE};
    lex_init(&lx, src, arena, err);
    for (Token t = lex_next(&lx); t.kind > TOK_END && !found; before = t, t = lex_next(&lx)) {
        if (t.kind == TOK_NEWLINE) imports = false;
        if (t.kind == KW_IMPORT) imports = true;
        found = private_name(source_text(src), t);
        for (size_t i = 0; i < it->forbid.count && !found; i++)
            if (ends_forbidden(source_text(src), before, t, imports, it->forbid.items[i]))
                found = it->forbid.items[i];
    }
    arena_free(arena);
    return found;
}

/* ---- the answer ----------------------------------------------------------------------------- */

/* A mistake in reading it is no verdict: nothing was answered. */
static bool unreadable(const Err *err) {
    return err->kind == ERR_SYNTAX || err->kind == ERR_INDENT || err->kind == ERR_INTERRUPT;
}

/* An exception of the dialect as an error of its own: it is shown after others were raised. */
static void settle(Interp *in, Err *err) {
    if (err->kind != ERR_RAISED) return;
    Value e = interp_exception(in, err);
    const char *name = value_type(e)->name;
    Str text = STR_INIT;
    Err ignored = {0};
    if (!value_str(in, e, &text, &ignored)) str_reset(&text);
    err_clear(&ignored);
    err->kind = ERR_EXCEPTION;
    for (int k = 1; k < ERR_RAISED; k++)
        if (k != ERR_INTERRUPT && strcmp(err_kind_name((ErrKind)k), name) == 0)
            err->kind = (ErrKind)k;
    Str said = STR_INIT;
    if (err->kind == ERR_EXCEPTION && strcmp(name, "Exception") != 0)
        str_printf(&said, "%s%s", name, text.len ? ": " : "");
    str_add(&said, str_cstr(&text));
    mem_free(err->msg);
    err->msg = str_detach(&said);
    str_clear(&text);
    value_release(e);
}

/* The fault is the answer's: it becomes part of the verdict, without the frames that called it. */
static void keep_fault(Interp *in, Err *err, Verdict *out) {
    settle(in, err);
    if (err->kind == ERR_TIMEOUT ||
        err->kind == ERR_MEMORY) { /* they speak of the session's limits */
        mem_free(err->hint);
        err->hint = NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < err->frames.count; i++) {
        ErrFrame f = err->frames.items[i];
        if (strcmp(source_name(f.src), MODULE) == 0) {
            source_release(f.src);
            mem_free(f.where);
        } else
            err->frames.items[kept++] = f;
    }
    err->frames.count = kept;
    err_move(&out->fault, err);
}

/* False: it is no fault of the answer's. */
static bool blame(Interp *in, Verdict *out, Err *err) {
    if (err->kind == ERR_INTERRUPT) return false;
    keep_fault(in, err, out);
    return true;
}

/* Runs what was typed. False with err unset: the verdict is there. */
static bool define(Judge *j, Source *src, Verdict *out, Err *err) {
    const Asked *a = j->asked;
    const char *no = forbidden(a->item, src, err);
    if (err->kind != ERR_OK) return false;
    if (no) {
        str_printf(&out->shown, "This is to be written without `%s`.", no + (*no == '.'));
        return false;
    }
    j->answer = interp_module_new(a->in, "__main__");
    if (!begin_scope(a->in, j->answer, err)) return false;
    if (!cell_within(a->in, PROBE_NS, src, j->answer, NULL, NULL, err)) {
        if (!unreadable(err)) blame(a->in, out, err);
        return false;
    }
    Value said = VALUE_UNSET;
    bool ok = value_call_method(a->in, j->kase, "take", &j->answer, 1, &said, err);
    if (ok) str_add(&out->shown, str_of(said)->s);
    value_release(said);
    return ok && !out->shown.len;
}

/* Marks the probe as failed; the first failure is kept. */
static bool probe_failed(Judge *j, Err *raised, Verdict *out, Err *err) {
    Value none = VALUE_UNSET;
    bool ok = case_call(j, "raised", -1, &none, err);
    value_release(none);
    if (ok && out->fault.kind == ERR_OK)
        keep_fault(j->asked->in, raised, out);
    else
        err_clear(raised);
    return ok;
}

/* The answer on each probe. One that takes too long is not waited for again. */
static bool run_probes(Judge *j, Verdict *out, Err *err) {
    int64_t n = 0;
    bool late = false;
    if (!case_int(j, "count", &n, err)) return false;
    for (int64_t i = 0; i < n; i++) {
        Err raised = {0};
        if (!late && within(j, "run", i, use_call, &raised)) continue;
        settle(j->asked->in, &raised);
        late = late || raised.kind == ERR_TIMEOUT;
        if (raised.kind == ERR_INTERRUPT) {
            err_move(err, &raised);
            return false;
        }
        if (!probe_failed(j, &raised, out, err)) return false;
    }
    return true;
}

/* ---- the verdict --------------------------------------------------------------------------- */

static bool take_id(Value v, Verdict *out) {
    if (v.tag == VT_NONE) return false;
    mem_free(out->diagnosis);
    out->diagnosis = mem_strdup(str_of(v)->s);
    return true;
}

static bool explain(const Judge *j, Verdict *out, Err *err) {
    Value id = str_value_cstr(out->diagnosis), text = VALUE_UNSET;
    bool ok = import_call(j->asked->in, MODULE, "catalogue", &id, 1, &text, err);
    if (ok) str_printf(&out->shown, "\n\n**%s** %s", out->diagnosis, str_of(text)->s);
    value_release(id);
    value_release(text);
    return ok;
}

/* The name of what is wrong: from the catalogue, else a property of the outputs. */
static bool diagnose(Judge *j, int64_t at, Verdict *out, Err *err) {
    Value id = VALUE_UNSET;
    bool ok = case_call(j, "mistake", -1, &id, err);
    bool named = ok && take_id(id, out);
    value_release(id);
    id = VALUE_UNSET;
    if (ok && !named) {
        ok = case_call(j, "kind_of_difference", at, &id, err);
        named = ok && take_id(id, out);
        value_release(id);
    }
    if (!ok || named) return ok && explain(j, out, err);
    Value property = VALUE_UNSET;
    Err failed = {0};
    if (case_call(j, "property", -1, &property, &failed)) {
        const Value *v = tuple_items(property);
        const char *text = str_of(v[1])->s;
        if (take_id(v[0], out))
            str_printf(&out->shown, "\n\n**%s** %s", out->diagnosis, text);
        else if (*text)
            str_printf(&out->shown, "\n\n%s", text);
    }
    value_release(property);
    if (failed.kind == ERR_INTERRUPT) err_move(err, &failed);
    err_clear(&failed);
    return err->kind == ERR_OK;
}

static bool not_right(Judge *j, int64_t at, Verdict *out, Err *err) {
    bool said;
    Value none = VALUE_UNSET, raises = VALUE_UNSET;
    bool ok = case_call(j, "raises", at, &raises, err);
    if (ok && !raises.i) err_clear(&out->fault);
    ok = ok && case_say(j, "said", at, out, &said, err) && diagnose(j, at, out, err) &&
         case_call(j, "show", at, &none, err);
    value_release(none);
    return ok;
}

/* Outputs are right: types, inputs left alone, gradients, memory. */
static bool finer(Judge *j, Verdict *out, Err *err) {
    Value pair = VALUE_UNSET;
    bool said = false;
    int64_t n = 0;
    out->result = RESULT_RIGHT;
    if (!case_call(j, "partly", -1, &pair, err)) return false;
    if (pair.tag != VT_NONE) {
        take_id(tuple_items(pair)[0], out);
        str_add(&out->shown, str_of(tuple_items(pair)[1])->s);
        out->result = RESULT_PARTLY;
    }
    value_release(pair);
    if (out->diagnosis && !explain(j, out, err)) return false;
    if (!case_say(j, "remarks", -1, out, &said, err)) return false;
    if (said) out->result = RESULT_PARTLY;
    if (!case_say(j, "roomy", -1, out, &said, err) || !case_int(j, "count", &n, err)) return false;
    if (said) {
        out->result = RESULT_PARTLY;
        mem_free(out->diagnosis);
        out->diagnosis = mem_strdup("quadratic");
        if (!explain(j, out, err)) return false;
    }
    for (int64_t i = 0; i < n && out->result == RESULT_RIGHT; i++) {
        Value wanted = VALUE_UNSET;
        if (!case_call(j, "gradient_wanted", i, &wanted, err)) return false;
        if (wanted.tag != VT_BOOL || !wanted.i) continue;
        if (within(j, "gradient_run", i, use_text, err)) continue;
        if (err->kind == ERR_INTERRUPT) return false;
        out->result = RESULT_PARTLY;
        str_add(&out->shown, "The values are right. ");
        if (err->kind == ERR_ASSERT) {
            str_add(&out->shown, err->msg);
            err_clear(err);
        } else
            str_add(&out->shown, "With gradients on it fails:"), blame(j->asked->in, out, err);
    }
    return out->result != RESULT_RIGHT || case_say(j, "timing", -1, out, &said, err);
}

static bool judge(Judge *j, Source *src, Verdict *out, Err *err) {
    int64_t at = -1;
    if (!define(j, src, out, err)) return err->kind == ERR_OK;
    if (!run_probes(j, out, err) || !case_int(j, "first", &at, err)) return false;
    return at < 0 ? finer(j, out, err) : not_right(j, at, out, err);
}

/* What the answer may have changed is given back, whatever came of it. */
static bool close_case(const Judge *j, Err *err) {
    Value none = VALUE_UNSET;
    bool ok = case_call(j, "close", -1, &none, err);
    value_release(none);
    return ok;
}

bool grade_code(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err) {
    Judge j = {.asked = a, .kase = VALUE_UNSET, .answer = VALUE_UNSET};
    Quiet quiet = {.sink = {.text = drop_text, .show = keep_view}, .out = out};
    Sink *sink = interp_sink(a->in);
    Source *src = source_new("answer", answer, n, 1);
    interp_sink_set(a->in, &quiet.sink);
    size_t limit = memory_limit();
    memory_limit_set(MIN(limit, memory_held() + ANSWER_BYTES));
    bool ok = build_case(&j, err);
    if (ok) {
        ok = judge(&j, src, out, err);
        Err late = {0};
        ok = close_case(&j, ok ? err : &late) && ok;
        err_clear(&late);
    }
    memory_limit_set(limit);
    interp_sink_set(a->in, sink);
    source_release(src);
    value_release(j.kase);
    value_release(j.answer);
    return ok;
}
