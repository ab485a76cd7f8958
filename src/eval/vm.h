/* What the files of the evaluator share: the interpreter's state, frames, functions.
 *
 * Dialect-to-dialect calls push a Frame inside one vm_run; only calls that go through C
 * (slots, natives that call back, generators) nest vm_run.
 *
 * Registers of running frames stand one after another in in->stack. Everything above the
 * innermost frame is UNSET, so a frame needs no set-up beyond its arguments.
 */
#ifndef QKV_EVAL_VM_H
#define QKV_EVAL_VM_H

#include "compile/code.h"
#include "value/dict.h"
#include "value/gc.h"
#include "eval/interp.h"
#include "value/obj.h"

/* ---- objects -------------------------------------------------------------------------- */

typedef struct ModuleObj {
    Obj head;
    StrObj *name;
    Dict *dict;
    const ModuleDef *def; /* NULL: text of the user's */
    Value doc;
} ModuleObj;

/* An unknown module's name: any use is the error. */
typedef struct StubObj {
    Obj head;
    StrObj *name;
    Err why; /* a name that a known module lacks: the ImportError; else empty */
} StubObj;
extern Type type_stub;

typedef struct CellObj {
    Obj head;
    Value v;
} CellObj;
extern Type type_cell;

typedef struct FuncObj {
    Obj head;
    Code *code;
    Value module;    /* ModuleObj */
    Value *defaults; /* ndefaults positional, then one per keyword-only parameter */
    int ndefaults;
    int nfree;
    CellObj **free;
    Value name, qualname, doc;
    Dict *dict;
} FuncObj;

typedef struct MethodObj {
    Obj head;
    Value func, self;
} MethodObj;

typedef struct PropertyObj {
    Obj head;
    Value get, set, del, doc;
} PropertyObj;

typedef struct NativeObj {
    Obj head;
    const NativeRow *row;
    struct Signature *sig; /* parsed at the first call */
    const char *module;
    Type *owner;  /* of a method: what self must be; NULL otherwise */
    bool numbers; /* a row of torch's: see native_number_register */
} NativeObj;

/* staticmethod and classmethod */
typedef struct WrapObj {
    Obj head;
    Value func;
} WrapObj;

typedef struct SuperObj {
    Obj head;
    Value type, self; /* attributes of self, looked up after `type` in its mro */
} SuperObj;

typedef struct ExcObj {
    Obj head;
    Dict *dict;
    Value args;           /* tuple */
    Value cause, context; /* None, or an exception */
    bool suppress;        /* __suppress_context__ */
    char *text; /* message of an error that C code raised: str() is this; NULL otherwise */
    char *hint;
    VEC(ErrFrame) frames; /* innermost first */
} ExcObj;

typedef struct GenObj GenObj;

/* ---- frames ------------------------------------------------------------------------------ */

enum {
    FRAME_ENTRY = 1u << 0, /* returning leaves vm_run */
    FRAME_INIT = 1u << 1,  /* an __init__: the result is the new instance */
    FRAME_GEN = 1u << 2,   /* registers are the generator's own */
    FRAME_BINARY = 1u << 3 /* a dunder of the left operand: the caller stands at the operator */
};

typedef struct Frame {
    Code *code;  /* borrowed from fn, or owned by interp_run */
    FuncObj *fn; /* owned; NULL for module code */
    Value *regs;
    const Ins *pc; /* the running instruction, whenever C code is called */
    Dict *globals;
    ModuleObj *module; /* borrowed: whose globals they are */
    Dict *names;       /* of a class body */
    Value made;        /* FRAME_INIT: the instance */
    uint32_t loops;    /* backward jumps taken: tells executions of a statement apart */
    uint64_t serial;
    uint16_t dst; /* register of the caller that gets the result */
    uint16_t flags;
} Frame;

typedef enum GenState { GEN_NEW, GEN_SUSPENDED, GEN_RUNNING, GEN_DONE } GenState;
struct GenObj {
    Obj head;
    Interp *in;
    GenState state;
    FuncObj *fn;
    const Ins *pc;
    Value result;     /* what `return` gave */
    uint16_t sent_to; /* register that the next send writes */
    int nregs;
    Value regs[];
};

typedef enum VmResult { VM_ERROR, VM_RETURN, VM_YIELD } VmResult;

struct Interp {
    Machine machine; /* what values see of it; first, see machine_of */
    Sink *sink;
    size_t output_limit, output_used;
    int64_t time_limit_ns, deadline;
    int64_t began, cpu_began; /* of the run: on the clock, in processor time */
    int recursion_limit;
    /* The dispatch loop (vm_run), for what pushes a frame and wants its result: runs the innermost
     * frame, which must be FRAME_ENTRY, until it returns or yields; it is popped then. */
    VmResult (*run)(Interp *in, Value *out, Err *err);
    /* interp_import, for names that a module makes when they are first asked for (late.c). */
    bool (*import)(Interp *in, const char *name, Value *out, Err *err);
    unsigned polls; /* full polls so far */
    bool fatal;     /* the error in flight cannot be caught */
    int c_depth;

    Frame *frames; /* frames[0 .. depth) are live */
    int depth, frames_cap;
    Value *stack, *stack_end;
    uint64_t serials;

    Value raised; /* the object of an Err of kind ERR_RAISED */
    Dict *builtins;
    Dict *at_hand; /* of the names at hand (interp.h) those that were used */
    Dict *modules; /* name -> ModuleObj */
    VEC(const ModuleDef *) defs;
    VEC(ModuleDef *) text_defs; /* owned: those of interp_modules_define's texts, by table */
    ModuleFinder finder;        /* may be NULL */
    void *finder_ctx;
    ModuleFinder home_finder; /* asked behind it; may be NULL */
    void *home_ctx;
    bool files;                                /* interp_files */
    VEC(char *) found;                         /* names of modules that the finder gave */
    StrObj *name_init, *name_new, *name_class; /* "__init__", "__new__", "__class__" */

    uint64_t warned[INTERP_WARNINGS]; /* places, see interp_warn */
    int nwarned;

    /* ledger: see interp_statement */
    uint64_t stmt_serial;
    uint32_t stmt_pc, stmt_loops;
    int stmt_number;
};

/* ---- vm.c ----------------------------------------------------------------------------------- */
VmResult vm_run(Interp *in, Value *out, Err *err); /* see Interp.run */

/* ---- stack.c ----------------------------------------------------------------------------- */
/* Pushes a frame with registers at `regs` (NULL: the free part of the stack, whose start is
 * returned in the frame). NULL with RecursionError. fn is retained. */
Frame *frame_push(Interp *in, Code *code, FuncObj *fn, ModuleObj *module, Value *regs, Err *err);
void frame_pop(Interp *in);
static inline Frame *frame_top(Interp *in) {
    return in->depth ? &in->frames[in->depth - 1] : NULL;
}
static inline uint32_t frame_pc(const Frame *f) {
    return (uint32_t)(f->pc - f->code->ins.items);
}
/* Where registers of the next frame start. */
Value *stack_top(Interp *in);

/* The fields of a frame but regs; nothing is retained. */
static inline Frame *frame_fill(Interp *in, Code *code, FuncObj *fn, ModuleObj *module,
                                Value *regs) {
    Frame *f = &in->frames[in->depth++];
    f->code = code;
    f->fn = fn;
    f->regs = regs;
    f->pc = code->ins.items;
    f->globals = module->dict;
    f->module = module;
    f->names = NULL;
    f->made.tag = VT_UNSET;
    f->loops = 0;
    f->serial = ++in->serials;
    f->dst = 0;
    f->flags = 0;
    return f;
}
void vm_drop(Value *regs, int n); /* releases and empties */
static inline void regs_drop(Value *regs, int n) {
    for (int i = 0; i < n; i++) {
        if (regs[i].tag == VT_OBJ) value_release(value_at(&regs[i]));
        regs[i].tag = VT_UNSET;
    }
}

/* ---- bind.c, enter.c, func.c, descr.c ----------------------------------------------------- */
/* Binds args to fn's parameters into regs (all UNSET before); retains. */
bool func_bind(Interp *in, FuncObj *fn, const CallArgs *args, Value *regs, Err *err);
bool func_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err);
/* Runs module or class-body code to its end. names: class body, else NULL. */
bool code_run(Interp *in, Code *code, FuncObj *fn, ModuleObj *module, Dict *names, Value *out,
              Err *err);
Value func_new(Code *code, ModuleObj *module); /* retains both; the caller fills the rest */
Value method_new(Value func, Value self);      /* borrows */
Value cell_new(Value v);                       /* borrows */

/* ---- generator.c ---------------------------------------------------------------------------- */
/* A generator over a frame whose arguments are bound in regs (moved out of it). */
Value generator_new(Interp *in, FuncObj *fn, Value *regs);
/* *out UNSET at the end; g->result is what was returned. */
bool generator_send(Interp *in, GenObj *g, Value sent, Value *out, Err *err);

/* ---- native.c ------------------------------------------------------------------------------- */
/* Calls a native with n positional arguments that stand in a row; nothing is consumed. */
bool native_call_pos(Interp *in, Value f, const Value *pos, int n, Value *out, Err *err);
bool native_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err);
const char *native_name(Value f);
/* A method of t: its first argument must be a t. */
Value native_method_new(const NativeRow *row, Type *t);

/* ---- attr.c
 * ------------------------------------------------------------------------------------------------
 */
/* The class attribute behind v.name when it is a plain function or method that takes v as
 * its first argument (borrowed), so that no bound method need be made; UNSET otherwise. */
Value attr_method(Value v, StrObj *name);
bool attr_get(Interp *in, Value v, StrObj *name, Value *out, Err *err); /* UNSET: none */
/* object's own way, whatever __getattribute__ and __getattr__ the class has. */
bool attr_get_plain(Interp *in, Value v, StrObj *name, Value *out, Err *err);
bool overlay_getattribute(Interp *in, Value self, StrObj *name, Value *out, Err *err);
/* A dict value over an object's own attributes, which keeps the object alive. */
Value dict_value_wrap(Dict *d, Value owner);
/* What reading a class attribute through an instance gives. */
bool attr_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err);
/* Setting (to UNSET: deleting) past a dialect __setattr__. */
bool attr_set_generic(Interp *in, Value v, StrObj *name, Value to, Err *err);
bool overlay_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err);
/* suggest_offer for names without two underscores in front; ctx is the Suggest. */
void offer_near(void *ctx, const char *name);
bool attr_error(Interp *in, Value v, const StrObj *name, Err *err);
/* A name that a module of that title, or a type or a base of it, has late: *out UNSET when there is
 * no such one. */
bool late_in_module(Interp *in, const char *title, StrObj *name, Value *out, Err *err);
bool late_in_type(Interp *in, Type *t, StrObj *name, Value *out, Err *err);
/* Offers all of them. */
void late_list_module(Interp *in, const char *title, void (*offer)(void *ctx, const char *name),
                      void *ctx);
void late_list_type(Interp *in, Type *t, void (*offer)(void *ctx, const char *name), void *ctx);

/* ---- class.c, overlay.c --------------------------------------------------------------------- */
/* The bases, and behind them nkw names and values by turns, for __init_subclass__. */
bool class_new(Interp *in, Value body, const Value *bases, int n, int nkw, Value *out, Err *err);
/* Makes a class from parts, as type(name, bases, dict) does. */
bool class_make(Interp *in, StrObj *name, const Value *bases, int n, Dict *attrs,
                const CallArgs *keywords, Value *out, Err *err);
bool type_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err);
void overlay_slots(Type *t); /* from the dunders that its mro defines; again after one was set */
Value overlay_call_method(Type *t); /* its __call__, borrowed; UNSET: called in C or not at all */
/* The dialect's own dunder for the left operand of an arithmetic operator, borrowed, or UNSET. */
Value overlay_operator(Type *t, Op op);
/* The function behind an instance's dunder, borrowed; UNSET when the class comes without. */
Value overlay_find(Type *t, const char *dunder);
bool overlay_call(Interp *in, Value self, const char *dunder, const Value *pos, int n, Value *out,
                  Err *err); /* *out UNSET: no such method */

/* ---- type.c
 * --------------------------------------------------------------------------------------------------------
 */
void typedict_install(Type *meta); /* the type of all types: before any is asked for */
void type_changed(void);           /* empties the method cache */
void type_cache_clear(void);
Value type_own(Type *t, StrObj *name); /* without bases; borrowed */

/* ---- exc.c
 * ------------------------------------------------------------------------------------------------------------
 */
static inline ExcObj *exc_of(Value v) {
    return (ExcObj *)v.o;
}
void exc_drop_frames(ExcObj *e); /* exc_types.c */
/* Turns the set Err into its exception object (owned); err is cleared. */
Value exc_take(Interp *in, Err *err);
/* The reverse for a known object, frames and all (moved out of it). */
bool exc_throw(Interp *in, Value exc, Err *err);
bool exc_raise(Interp *in, Value exc, Value cause, Err *err);
/* KeyError(key): always false. */
bool exc_raise_key(Interp *in, Value key, Err *err);
/* RuntimeError(text) caused by the error that is set: always false. */
bool exc_raise_from(Interp *in, const char *text, Err *err);
/* The exception that is being handled, borrowed; UNSET: none. */
Value exc_handled(const Interp *in);
/* Makes what is being handled the __context__ of the error that is set. */
void exc_chain(Interp *in, Err *err);
/* Is exc an instance of `type` (a class or a tuple of them)? */
bool exc_match(Interp *in, Value exc, Value type, bool *hit, Err *err);
/* Is the set Err of this kind or a subclass of it? */
bool err_is(Interp *in, const Err *err, ErrKind kind);
/* Replaces ERR_RAISED by what the outside is to read; see interp_run. */
void exc_finish(Interp *in, Err *err);

/* ---- stub.c ----------------------------------------------------------------------------- */
Value stub_new(const char *name);
bool stub_error(Value stub, Err *err); /* the error that its use is; always false */

/* ---- module.c
 * ---------------------------------------------------------------------------------------------------------------
 */
bool import_dotted(Interp *in, StrObj *name, unsigned flags, Value *out, Err *err);
bool import_from(Interp *in, Value module, StrObj *name, unsigned flags, Value *out, Err *err);
bool import_star(Interp *in, Value module, Dict *into, Err *err);
void modules_free(Interp *in);

/* ---- builtins_obj.c, run.c, limits.c, names.c ------------------------------------------------ */
void builtins_install(Interp *in);
/* Parses, compiles and runs a whole text; compile_flags as in compile.h. */
bool run_source(Interp *in, Source *src, Value module, unsigned compile_flags, Err *err);
/* The value of an expression's text in a module's scope. */
bool eval_text(Interp *in, const StrObj *text, Value module, Value *out, Err *err);
void limits_start(Interp *in); /* of a new Interp */
void limits_begin(Interp *in); /* of a run that is about to begin; nothing inside another */
void limits_end(Interp *in);
bool limits_poll(Interp *in, Err *err); /* see MachineCalls.poll */
bool interp_time_over(Interp *in);      /* then only cleanups run on */
bool vm_poll(Interp *in, Err *err);     /* the full poll: interrupt, time, cycles */
/* A name that neither a scope nor the builtins have: what code of a typed Source has at hand
 * (*out, borrowed), else a NameError with a name that is near. */
bool name_missing(Interp *in, const Frame *f, const StrObj *name, Value *out, Err *err);
bool name_error(Interp *in, const Frame *f, const StrObj *name, Err *err);
/* UnboundLocalError or NameError for an empty register or cell. */
bool unbound_error(const StrObj *name, bool free, Err *err);

#endif
