/* An Interp from outside: life, running a text, limits, and where it stands. */
#include "config.h"

#include <stdarg.h>
#include <sys/resource.h>

#include "base/memory.h"
#include "base/stop.h"
#include "base/suggest.h"
#include "eval/builtin_types.h"
#include "eval/class.h"
#include "eval/compile.h"
#include "eval/seq.h"
#include "lang/ast.h"

enum {
    STACK_VALUES = 1 << 18, /* registers of all frames together; touched as used */
    POLL_EVERY = 512,
    MEASURE_EVERY = 128, /* polls */
    DEFAULT_FRAMES = 1000,
    GRACE_NS = 100000000 /* for cleanups after the time limit */
};

/* ---- life ----------------------------------------------------------------------------------- */

/* Three quarters of what the process may use, from where we are. */
static void note_stack(Interp *in) {
    struct rlimit r;
    size_t limit = 8u << 20;
    if (getrlimit(RLIMIT_STACK, &r) == 0 && r.rlim_cur != RLIM_INFINITY) limit = r.rlim_cur;
    limit = MIN(limit, (size_t)64 << 20);
    in->machine.stack_low = (char *)__builtin_frame_address(0) - limit / 4 * 3;
}

static bool limits_poll(Interp *in, Err *err);

static const MachineCalls machine_calls = {
    .poll = limits_poll,
    .poll_full = vm_poll,
    .getattr = value_getattr,
    .lookup = value_lookup,
    .raise_key = exc_raise_key,
};

Interp *interp_new(const InterpConfig *cfg) {
    Interp *in = mem_zero(sizeof *in);
    in->sink = cfg->sink;
    in->recursion_limit = cfg->recursion_limit ? cfg->recursion_limit : DEFAULT_FRAMES;
    in->time_limit_ns = cfg->time_limit_ns;
    in->output_limit = cfg->output_limit ? cfg->output_limit : (size_t)64 << 20;
    in->frames = mem_alloc((size_t)in->recursion_limit * sizeof *in->frames);
    in->stack = mem_zero(STACK_VALUES * sizeof *in->stack);
    in->stack_end = in->stack + STACK_VALUES;
    in->machine = (Machine){.calls = &machine_calls, .budget = POLL_EVERY};
    in->raised = VALUE_UNSET;
    in->builtins = dict_new();
    in->modules = dict_new();
    in->name_init = str_intern("__init__", 8);
    in->name_class = str_intern("__class__", 9);
    in->name_new = str_intern("__new__", 7);
    note_stack(in);
    builtin_types_install();
    object_install();
    builtins_install(in);
    return in;
}

void interp_free(Interp *in) {
    if (!in) return;
    value_release(in->raised);
    modules_free(in);
    dict_free(in->builtins);
    value_release(value_obj(in->name_init));
    value_release(value_obj(in->name_class));
    value_release(value_obj(in->name_new));
    type_cache_clear();
    gc_collect();
    mem_free(in->stack);
    mem_free(in->frames);
    mem_free(in);
}

Sink *interp_sink(Interp *in) {
    return in->sink;
}
void interp_sink_set(Interp *in, Sink *sink) {
    in->sink = sink;
}

int64_t interp_time_limit(const Interp *in) {
    return in->time_limit_ns;
}
void interp_time_limit_set(Interp *in, int64_t ns) {
    in->time_limit_ns = ns;
}

/* ---- running ------------------------------------------------------------------------------------
 */

static void begin(Interp *in) {
    if (in->depth) return; /* an import inside a run */
    note_stack(in);
    in->fatal = false;
    in->output_used = 0;
    in->nwarned = 0;
    in->began = clock_ns();
    in->cpu_began = in->time_limit_ns ? cpu_ns() : 0;
    in->deadline = in->time_limit_ns ? in->began + in->time_limit_ns : 0;
    stop_after(in->time_limit_ns);
}

static bool run_code(Interp *in, Code *code, Value module, Value *out, Err *err) {
    Value v = VALUE_UNSET;
    bool ok = code_run(in, code, NULL, (ModuleObj *)module.o, NULL, &v, err);
    if (ok && out)
        *out = v;
    else
        value_release(v);
    return ok;
}

bool run_source(Interp *in, Source *src, Value module, unsigned compile_flags, Err *err) {
    Arena *arena = arena_new();
    Ast ast;
    Code *code = NULL;
    if (parse(src, PARSE_FILE, arena, &ast, err) == PARSE_OK)
        code = compile_module(&ast, src, arena, compile_flags, err);
    arena_free(arena);
    bool ok = code && run_code(in, code, module, NULL, err);
    code_release(code);
    return ok;
}

bool eval_text(Interp *in, const StrObj *text, Value module, Value *out, Err *err) {
    Source *src = source_new("annotation", text->s, text->len, 1);
    Arena *arena = arena_new();
    Ast ast;
    Code *code = NULL;
    if (parse(src, PARSE_FILE, arena, &ast, err) == PARSE_OK && ast.body.count == 1 &&
        ast.body.items[0]->kind == ST_EXPR)
        code = compile_module(&ast, src, arena, COMPILE_ECHO, err);
    arena_free(arena);
    source_release(src);
    bool ok = code && run_code(in, code, module, out, err);
    code_release(code);
    return ok;
}

bool interp_run(Interp *in, Source *src, Value module, unsigned flags, Value *out, bool *incomplete,
                Err *err) {
    Arena *arena = arena_new();
    Ast ast;
    Code *code = NULL;
    bool echo = false, ok = false;
    if (out) *out = VALUE_UNSET;
    if (incomplete) *incomplete = false;
    begin(in);
    switch (
        parse(src, flags & RUN_INTERACTIVE ? PARSE_INTERACTIVE : PARSE_FILE, arena, &ast, err)) {
    case PARSE_INCOMPLETE:
        ok = true;
        if (incomplete) *incomplete = true;
        break;
    case PARSE_OK:
        echo = (flags & RUN_ECHO) && ast.body.count &&
               ast.body.items[ast.body.count - 1]->kind == ST_EXPR;
        code = compile_module(&ast, src, arena, echo ? COMPILE_ECHO : 0, err);
        break;
    case PARSE_ERROR:
        break;
    }
    arena_free(arena);
    if (code) {
        value_retain(module);
        ok = run_code(in, code, module, echo ? out : NULL, err);
        value_release(module);
        code_release(code);
    }
    if (!ok) exc_finish(in, err);
    if (!in->depth) stop_after(0);
    return ok;
}

/* ---- limits
 * ------------------------------------------------------------------------------------------ */

/* The deadline has passed on the clock; what the run did not get of the processor it may have
 * still. */
static bool deadline_moves(Interp *in) {
    enum { PATIENCE = 10 };
    int64_t now = clock_ns(), left = in->time_limit_ns - (cpu_ns() - in->cpu_began);
    if (in->fatal || left <= 0 || now - in->began > PATIENCE * in->time_limit_ns) return false;
    in->deadline = now + left;
    return true;
}

/* An error after the deadline is the limit's: kernels that were stopped set it without us. */
bool interp_time_over(Interp *in) {
    bool said = in->deadline && !in->fatal && stop_time_said();
    if (said || (UNLIKELY(in->deadline && clock_ns() > in->deadline) && !deadline_moves(in))) {
        in->fatal = true;
        in->deadline = clock_ns() + GRACE_NS;
    }
    return in->fatal;
}

static bool out_of_time(Interp *in, Err *err) {
    interp_time_over(in);
    return stop_time_error(in->time_limit_ns, err);
}

static bool limits_poll(Interp *in, Err *err) {
    if (UNLIKELY(in->deadline && clock_ns() > in->deadline) && !deadline_moves(in))
        return out_of_time(in, err);
    return INTERRUPTED() ? interrupt_error(err, "%s", "") : true;
}

bool vm_poll(Interp *in, Err *err) {
    in->machine.budget = POLL_EVERY;
    bool full = memory_full();
    if (gc_wanted || full) gc_collect();
    if (full && memory_relax()) interrupt_pending = 0;
    if (in->polls++ % MEASURE_EVERY == 0) memory_look();
    return limits_poll(in, err);
}

static bool count_output(Interp *in, size_t n, Err *err) {
    if (n > in->output_limit - in->output_used) {
        in->fatal = true;
        err_set(err, ERR_RUNTIME, "more than %zu bytes were printed in one run", in->output_limit);
        return err_hint(err, "print less, or only every n-th time");
    }
    in->output_used += n;
    return true;
}

bool interp_print(Interp *in, const char *bytes, size_t n, Err *err) {
    if (!count_output(in, n, err)) return false;
    if (in->sink && in->sink->text) in->sink->text(in->sink, bytes, n);
    return true;
}

bool interp_aside(Interp *in, const char *bytes, size_t n, Err *err) {
    if (!count_output(in, n, err)) return false;
    if (in->sink && in->sink->aside) in->sink->aside(in->sink, bytes, n);
    return true;
}

/* ---- names that every scope sees
 * ------------------------------------------------------------------------ */

void interp_builtin_set(Interp *in, const char *name, Value v) {
    StrObj *key = str_intern(name, strlen(name));
    dict_set_str(in->builtins, key, v);
    value_release(value_obj(key));
}

bool interp_builtin_get(Interp *in, const char *name, Value *out) {
    Value v = dict_get_cstr(in->builtins, name);
    if (v.tag == VT_UNSET) return false;
    *out = value_retain(v);
    return true;
}

static void offer_keys(const Dict *d, void (*offer)(void *, const char *), void *ctx) {
    Value k, v;
    for (size_t i = 0; dict_next(d, &i, &k, &v);)
        if (value_is(k, &type_str)) offer(ctx, str_of(k)->s);
}

void interp_builtin_names(Interp *in, void (*offer)(void *ctx, const char *name), void *ctx) {
    offer_keys(in->builtins, offer, ctx);
}

static void offer_near(void *ctx, const char *name) {
    if (strncmp(name, "__", 2) != 0) suggest_offer(ctx, name);
}

/* What a name that nobody defined usually is. */
static const char *usual_import(Interp *in, const char *name) {
    static const struct {
        const char *name, *import;
    } usual[] = {
        {"np", "import numpy as np"},
        {"nn", "import torch.nn as nn"},
        {"F", "import torch.nn.functional as F"},
        {"rearrange", "from einops import rearrange"},
        {"plt", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(usual); i++)
        if (strcmp(usual[i].name, name) == 0) return usual[i].import;
    for (size_t i = 0; i < in->defs.count; i++)
        if (strcmp(in->defs.items[i]->name, name) == 0) return "";
    return NULL;
}

/* The module that has a function of this name, of those that attention code imports from. */
static const char *module_with(Interp *in, const StrObj *name) {
    static const char *const modules[] = {"math", "torch", "torch.nn.functional"};
    for (size_t m = 0; m < ARRAY_LEN(modules); m++)
        for (size_t i = 0; i < in->defs.count; i++) {
            const ModuleDef *def = in->defs.items[i];
            if (strcmp(def->name, modules[m]) != 0) continue;
            for (const NativeRow *r = def->rows; r && r->sig; r++)
                if (strlen(name->s) == strcspn(r->sig, "(") && str_starts(r->sig, name->s))
                    return modules[m];
        }
    return NULL;
}

bool name_error(Interp *in, const Frame *f, const StrObj *name, Err *err) {
    err_set(err, ERR_NAME, "name '%s' is not defined", name->s);
    const char *import = usual_import(in, name->s);
    if (import) {
        if (*import)
            err_hint(err, "%s", import);
        else
            err_hint(err, "import %s", name->s);
        return false;
    }
    const char *module = module_with(in, name);
    if (module) return err_hint(err, "from %s import %s", module, name->s);
    if (name->len < 2) return false; /* every other letter is near */
    Suggest near = suggest_for(name->s);
    for (int i = 0; i < f->code->nlocals; i++)
        if (f->code->local_names[i] && f->regs[i].tag != VT_UNSET)
            suggest_offer(&near, f->code->local_names[i]->s);
    offer_keys(f->globals, offer_near, &near);
    offer_keys(in->builtins, offer_near, &near);
    if (near.best) err_hint(err, "did you mean %s?", near.best);
    return false;
}

bool unbound_error(const StrObj *name, bool free, Err *err) {
    const char *s = name ? name->s : "?";
    if (free)
        return err_set(err, ERR_NAME,
                       "cannot access free variable '%s' where it is not associated with "
                       "a value in enclosing scope",
                       s);
    err_set(err, ERR_UNBOUND,
            "cannot access local variable '%s' where it is not associated with a "
            "value",
            s);
    return err_hint(err,
                    "a name that is assigned to anywhere in a function is local in all of it; "
                    "assign it first, or say `global %s`",
                    s);
}

/* ---- where it stands
 * ----------------------------------------------------------------------------------------- */

/* The innermost frame of the user's text: qkv's own prelude is skipped. */
static Frame *user_frame(Interp *in) {
    for (int i = in->depth - 1; i >= 0; i--)
        if (!(in->frames[i].code->flags & CODE_PRELUDE)) return &in->frames[i];
    return frame_top(in);
}

static uint32_t frame_pc(const Frame *f) {
    return (uint32_t)(f->pc - f->code->ins.items);
}

bool interp_where(Interp *in, Source **src, Span *stmt, Span *expr) {
    Frame *f = user_frame(in);
    if (!f) return false;
    *src = f->code->src;
    *stmt = code_stmt(f->code, frame_pc(f));
    *expr = code_span(f->code, frame_pc(f));
    return true;
}

/* warnings._of_engine(text, filename, line): is it to be shown? */
static bool warning_filtered(Interp *in, const Source *src, int line, const Str *text, bool *show,
                             Err *err) {
    Value module = dict_get_cstr(in->modules, "warnings"), ask, got;
    *show = true;
    if (module.tag == VT_UNSET) return true;
    if (!value_getattr_cstr(in, module, "_of_engine", &ask, err)) return false;
    Value args[] = {str_value(str_cstr(text), text->len), str_value_cstr(source_name(src)),
                    value_int(line)};
    bool ok = value_call_pos(in, ask, args, ARRAY_LEN(args), &got, err);
    if (ok) {
        ok = value_truth(in, got, show, err);
        value_release(got);
    }
    value_release(args[0]);
    value_release(args[1]);
    value_release(ask);
    return ok;
}

/* Once for each place, and not too often. */
static bool warning_is_new(Interp *in, const Source *src, Span expr) {
    uint64_t place = (uint64_t)(uintptr_t)src * 31 + expr.start;
    if (in->nwarned == INTERP_WARNINGS) return false;
    for (int i = 0; i < in->nwarned; i++)
        if (in->warned[i] == place) return false;
    in->warned[in->nwarned++] = place;
    return true;
}

bool interp_warn(Interp *in, Err *err, const char *fmt, ...) {
    Source *src;
    Span stmt, expr;
    int line, col;
    bool show;
    if (!interp_where(in, &src, &stmt, &expr)) return true;
    source_place(src, expr.start, &line, &col);
    Str said = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&said, fmt, ap);
    va_end(ap);
    bool ok = warning_filtered(in, src, line, &said, &show, err);
    if (ok && show && in->sink && in->sink->warn && warning_is_new(in, src, expr)) {
        Str text = STR_INIT;
        str_printf(&text, "line %d: %s", line, str_cstr(&said));
        in->sink->warn(in->sink, str_cstr(&text));
        str_clear(&text);
    }
    str_clear(&said);
    return ok;
}

int interp_statement(Interp *in) {
    Frame *f = user_frame(in);
    if (!f) return in->stmt_number;
    uint32_t stmt = code_stmt(f->code, frame_pc(f)).start;
    if (f->serial != in->stmt_serial || stmt != in->stmt_pc || f->loops != in->stmt_loops) {
        in->stmt_serial = f->serial;
        in->stmt_pc = stmt;
        in->stmt_loops = f->loops;
        in->stmt_number++;
    }
    return in->stmt_number;
}

bool interp_operand_text(Interp *in, int which, Str *out) {
    Frame *f = frame_top(in);
    if (!f || (f->code->flags & CODE_PRELUDE)) return false;
    int count;
    const Span *spans = code_operands(f->code, frame_pc(f), &count);
    if (!spans || which < 0 || which >= count) return false;
    str_addn(out, source_text(f->code->src) + spans[which].start,
             spans[which].end - spans[which].start);
    return true;
}

bool value_source(Value v, Source **src, Span *span) {
    if (value_is(v, &type_method)) v = ((MethodObj *)v.o)->func;
    Code *code = NULL;
    if (value_is(v, &type_function))
        code = ((FuncObj *)v.o)->code;
    else if (value_is(v, &type_type) && (((Type *)v.o)->flags & TYPE_HEAP))
        code = ((HeapType *)v.o)->code;
    if (!code) return false;
    *src = code->src;
    *span = code->span;
    return true;
}
