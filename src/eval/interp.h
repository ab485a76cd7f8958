/* The evaluator seen from outside: an Interp runs source text in a module's
 * scope. Everything it shows goes to a Sink; it never touches a terminal.
 *
 *     Interp *in = interp_new(&(InterpConfig){.sink = &sink});
 *     Value scope = interp_module_new(in, "__main__");
 *     Value last = VALUE_UNSET;
 *     if (!interp_run(in, src, scope, RUN_ECHO, &last, &err)) ...
 *     value_release(last); value_release(scope); interp_free(in);
 */
#ifndef QKV_EVAL_INTERP_H
#define QKV_EVAL_INTERP_H

#include "eval/native.h"
#include "value/ops.h"

struct View; /* view/view.h: a picture to be drawn; eval only hands it on */

typedef struct Sink {
    void (*text)(struct Sink *s, const char *bytes, size_t n); /* what print writes */
    void (*show)(struct Sink *s, struct View *view);           /* borrowed; NULL: not shown */
    /* A line that is written over; text NULL takes it away. May be NULL. */
    void (*progress)(struct Sink *s, const char *text, double fraction);
    void (*warn)(struct Sink *s, const char *text); /* what a person should hear of; may be NULL */
    /* Text for standard error (logging, warnings, tracebacks); may be NULL. */
    void (*aside)(struct Sink *s, const char *bytes, size_t n);
    bool masked; /* what was measured reads "(measured)", so that two runs show the same */
} Sink;

typedef struct InterpConfig {
    Sink *sink;          /* borrowed, outlives the Interp; NULL: output is dropped */
    size_t output_limit; /* bytes that may be printed in one run; 0 = 64 MiB */
    /* A run that takes more processor time, or ten times as long on the clock, fails with
     * TimeoutError; 0 = none. A busy machine is not the code's fault. */
    int64_t time_limit_ns;
    int recursion_limit; /* 0 = 1000 */
} InterpConfig;

Interp *interp_new(const InterpConfig *cfg);
void interp_free(Interp *in); /* frees cycles too: nothing leaks */
Sink *interp_sink(Interp *in);
void interp_sink_set(Interp *in, Sink *sink);
/* The limit of the runs that begin from now on. */
int64_t interp_time_limit(const Interp *in);
void interp_time_limit_set(Interp *in, int64_t ns);

enum {
    RUN_ECHO = 1u << 0, /* *out = value of the last statement if it is an expression, else UNSET */
    RUN_INTERACTIVE = 1u << 1 /* parse as a prompt line (PARSE_INTERACTIVE) */
};
/* May code read and write files (NATIVE_FILES)? Off at first; whoever runs what a person wrote or
 * named turns it on for that run. */
bool interp_files(const Interp *in);
void interp_files_set(Interp *in, bool on);

/* Runs a text in a module's scope. On an error the traceback is in err->frames and
 * variables are as the last finished statement left them. An uncaught exception of a class
 * of Python's comes out as that kind with str(e) as the message; one of the dialect's own
 * classes as ERR_RAISED with "ClassName: text". *out is owned; may be NULL.
 * *incomplete (may be NULL) is set, with no error, when RUN_INTERACTIVE wants more lines. */
bool interp_run(Interp *in, Source *src, Value module, unsigned flags, Value *out, bool *incomplete,
                Err *err);

/* ---- modules and names ------------------------------------------------------- */

/* A new empty module scope, not registered; owned. */
Value interp_module_new(Interp *in, const char *name);
bool module_get(Value module, const char *name, Value *out);               /* owned */
void module_set(Interp *in, Value module, const char *name, Value v);      /* v borrowed */
void module_set_take(Interp *in, Value module, const char *name, Value v); /* takes v over */
bool module_del(Value module, const char *name);
/* Names in definition order; borrowed until the module changes. */
int module_count(Value module);
const char *module_name_at(Value module, int i, Value *borrowed);

/* A file of the dialect that is compiled in (build-aux/texts.sh makes tables of them). */
typedef struct ModuleText {
    const char *name; /* the module's, dotted */
    const char *doc;  /* the first paragraph of its docstring */
    const char *late; /* what other modules and types find in it (late.c); NULL: nothing */
    const char *text;
} ModuleText;
/* Registers a module that `import NAME` finds. rows end with a NULL sig; init (may be
 * NULL) adds what rows cannot say; prelude (may be NULL) is dialect source run in the
 * module's scope after init. All happens at first import, not at registration. */
typedef struct ModuleDef {
    const char *name; /* dotted: "torch.nn.functional" */
    const NativeRow *rows;
    bool (*init)(Interp *in, Value module, Err *err);
    const char *doc;
    const char *prelude, *late;
} ModuleDef;
/* Registers a module for each text and each of defs that is none of them; defs (which outlive the
 * Interp) have the C half of those that are, without a doc. Both end with a NULL name. */
void interp_modules_define(Interp *in, const ModuleText *texts, const ModuleDef *defs);
/* Imports by dotted name; parents get the child as attribute. ERR_MODULE when unknown. */
bool interp_import(Interp *in, const char *name, Value *out, Err *err);
/* Imports module and calls its function `name`. */
bool import_call(Interp *in, const char *module, const char *name, const Value *pos, int n,
                 Value *out, Err *err);
/* Where source for names that no ModuleDef has comes from (a lesson's own library): *out is a new
 * Source, or NULL when it has none by this name. Setting one forgets what the one before found. */
typedef bool (*ModuleFinder)(void *ctx, const char *name, Source **out, Err *err);
void interp_finder_set(Interp *in, ModuleFinder find, void *ctx);
/* The finder that is asked behind it, and stays. */
void interp_finder_home_set(Interp *in, ModuleFinder find, void *ctx);
/* Unsets the finder, unless another with its own ctx was set since. */
void interp_finder_drop(Interp *in, void *ctx);
/* Names that every scope sees (print, len, int, ...). */
void interp_builtin_set(Interp *in, const char *name, Value v);
/* Names that pasted code may use and that are missing here on purpose: fn answers what to use
 * instead ("" where there is nothing), NULL for a name it does not know. where is a module's or a
 * type's name. The AttributeError then says so. Process-wide. */
typedef const char *(*MissingNameFn)(const char *where, const char *name);
void interp_missing_names(MissingNameFn fn);
bool interp_builtin_get(Interp *in, const char *name, Value *out);
void interp_builtin_names(Interp *in, void (*offer)(void *ctx, const char *name), void *ctx);
/* Names that code of a typed Source (base/source.h) has without an import: torch, nn, F, math, np.
 * They stand behind variables and builtins and are imported when they are first asked for. *out is
 * owned; false with ERR_OK: this name is none of them. */
bool interp_at_hand(Interp *in, const char *name, Value *out, Err *err);
void interp_at_hand_names(void (*offer)(void *ctx, const char *name), void *ctx);
/* The import statements of those that were used: what the code lacks that stands alone. */
void interp_at_hand_imports(Interp *in, Str *out);
/* Every registered definition, for help, completion and tests. */
int interp_module_defs(Interp *in, const ModuleDef *const **out);

/* ---- types as values --------------------------------------------------------- */

extern Type type_type, type_function, type_native, type_method, type_generator, type_module,
    type_property, type_staticmethod, type_classmethod, type_super;
/* The exception classes, by ErrKind: exc_types[ERR_VALUE] is ValueError. */
extern Type exc_types[ERR_KIND_COUNT];
Value type_value(Type *t); /* the type as a value; owned */
void type_ready(Type *t);  /* makes mro and attrs once; every entry point calls it as needed */
/* A class attribute by the mro, borrowed, unbound; UNSET: none. */
Value type_find(Type *t, StrObj *name);

/* ---- attributes, for C code; other operations on values are in ops.h ------------- */

bool value_getattr(Interp *in, Value v, StrObj *name, Value *out, Err *err);
bool value_getattr_cstr(Interp *in, Value v, const char *name, Value *out, Err *err);
/* *out UNSET instead of AttributeError. */
bool value_lookup(Interp *in, Value v, const char *name, Value *out, Err *err);
bool value_setattr(Interp *in, Value v, StrObj *name, Value to, Err *err);
/* Calls v.name(pos...). */
bool value_call_method(Interp *in, Value v, const char *name, const Value *pos, int n, Value *out,
                       Err *err);
/* What dir() lists: for completion and nearest names. */
void value_dir(Interp *in, Value v, void (*offer)(void *ctx, const char *name), void *ctx);

bool interp_print(Interp *in, const char *bytes, size_t n, Err *err); /* counts against the limit */
bool interp_aside(Interp *in, const char *bytes, size_t n,
                  Err *err); /* the same to standard error */

/* Where the evaluator stands: source and span of the running instruction's statement, and
 * of the innermost expression; false when nothing runs. Borrowed. */
bool interp_where(Interp *in, Source **src, Span *stmt, Span *expr);
/* Tells the sink "line 3: ...": code that runs, but hardly as it was meant. Once a run for each
 * place and at most INTERP_WARNINGS times; where the module warnings is loaded, what its filters
 * say goes first: then false is the UserWarning that one of them makes of it. */
enum { INTERP_WARNINGS = 16 };
bool interp_warn(Interp *in, Err *err, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* A number that differs between two executions of the user's statements and is the same
 * within one: what folds the rows of a ledger. */
int interp_statement(Interp *in);
/* Source texts of the two operands of the running binary operator or of the running call's
 * arguments, as the user wrote them ("q", "k.transpose(-2, -1)"); NULL when unknown. For errors. */
bool interp_operand_text(Interp *in, int which, Str *out);

/* Raises an exception object (or class): err becomes ERR_RAISED. Always false. */
bool interp_raise(Interp *in, Value exc, Err *err);
/* StopIteration for an iterator that is at its end, with a generator's result. Always false. */
bool interp_stop_iteration(Interp *in, Value it, Err *err);

/* The text that a function, method or class of the dialect was written as; false for anything
 * else. src is borrowed. */
bool value_source(Value v, Source **src, Span *span);

/* The exception object of an Err (made from kind and msg when C code raised it), owned. */
Value interp_exception(Interp *in, Err *err);

#endif
