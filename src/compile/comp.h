/* What the files of the compiler share. A Comp makes one Code; functions inside it get
 * Comps of their own.
 *
 * Errors: the first one is kept in c->err and everything goes on without harm; only
 * compile_module looks.
 */
#ifndef QKV_COMPILE_COMP_H
#define QKV_COMPILE_COMP_H

#include "compile/code.h"
#include "compile/scope.h"

typedef VEC(uint32_t) JumpList; /* instructions whose target is still open */

typedef struct Segment {
    uint32_t start, end;
} Segment;

typedef enum BlockKind {
    BLOCK_LOOP,
    BLOCK_EXCEPT,  /* the body of a try with handlers */
    BLOCK_FINALLY, /* what a finally clause guards */
    BLOCK_WITH,
    BLOCK_HANDLER /* inside an except clause */
} BlockKind;

/* A construct that break, continue, return or raise may leave. */
typedef struct Block {
    BlockKind kind;
    struct Block *outer;
    JumpList *breaks;      /* loop */
    uint32_t again;        /* loop: where continue goes */
    int reg;               /* with: exit method; handler: the exception; for: the iterator or -1 */
    const NodeList *final; /* finally */
    const char *name;      /* handler: `as` name or NULL */
    uint32_t open;         /* guarded region: start of the running segment */
    VEC(Segment) segments;
} Block;

typedef struct Comp {
    struct Comp *outer;
    Arena *arena;
    Source *src;
    ScopeMap *map;
    Scope *scope;
    Code *code;
    int top; /* next free temporary */
    Block *blocks;
    Span span; /* what emitted instructions are blamed on */
    unsigned flags;
    int depth;
    bool catches_import; /* inside a try that has a handler for ImportError */
    struct {
        int32_t *slots;
        size_t mask;
    } const_index;
    Err *err;
} Comp;

/* ---- emit.c -------------------------------------------------------------------------- */
uint32_t emit(Comp *c, InsCode op, unsigned x, unsigned a, unsigned b, unsigned cc);
uint32_t emit_with(Comp *c, InsCode op, unsigned x, unsigned a, unsigned b, unsigned cc, int arg);
uint32_t here(Comp *c);
uint32_t emit_jump(Comp *c, InsCode op, unsigned a); /* JMP, JT, JF with an open target */
void emit_loop(Comp *c, uint32_t target);
void patch_here(Comp *c, uint32_t jump);
void patch_list(Comp *c, JumpList *l); /* all to here; empties the list */
void patch_to(Comp *c, uint32_t jump, uint32_t target);
void mark_stmt(Comp *c, Span span);
void mark_operands(Comp *c, uint32_t pc, int n, const Span *spans);
int temp(Comp *c);                              /* a new temporary */
int temps(Comp *c, int n);                      /* the first of n consecutive ones */
unsigned const_take(Comp *c, Value v);          /* number of a constant; takes over v */
unsigned rk_const(Comp *c, Value v);            /* RK operand for a constant; takes over v */
unsigned const_name(Comp *c, const char *name); /* interned, mangled */
unsigned const_text(Comp *c, const char *s, size_t n);
bool comp_error(Comp *c, Span span, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* ---- unit.c: one Code ------------------------------------------------------------- */
/* c makes the Code of `scope` from here on: named within outer's, its locals named. */
void code_begin(Comp *c, Comp *outer, Scope *scope, const char *name);
void code_end(Comp *c); /* returns None where nothing else returned */
/* Emits what a function, class or generator expression n does: c is its Comp, whose cells are
 * made; parameters and flags of the Code are the body's to set. */
typedef void (*CompBody)(Comp *c, const Node *n);
/* The Code of n, which stands inside outer's; owned. */
Code *compile_inner(Comp *outer, const Node *n, const char *name, CompBody body);
int code_child(Comp *c, Code *child); /* takes over child; its number, for I_FUNC */

/* ---- name.c: storing and loading names ------------------------------------------------ */
void load_name(Comp *c, const char *name, int dst);
int local_of(Comp *c, const Node *n); /* register of a plain local name, or -1 */
void store_name(Comp *c, const char *name, unsigned rk);
void delete_name(Comp *c, const char *name);
void assign_from(Comp *c, const Node *target, unsigned rk);
void compile_assign(Comp *c, const Node *n);
void compile_augmented(Comp *c, const Node *n);
void compile_delete(Comp *c, const Node *n);

/* ---- expr.c ------------------------------------------------------------------------- */
unsigned expr_rk(Comp *c, const Node *n); /* where the value is: constant, local or new temporary */
void expr_to(Comp *c, const Node *n, int dst); /* dst is written last, and only on success */
int expr_temp(Comp *c, const Node *n);         /* into a new temporary */
/* Jumps that are taken when the truth of n is `sense`; falls through otherwise. */
void cond_jump(Comp *c, const Node *n, bool sense, JumpList *list);
bool const_fold(const Node *n, Value *out);
void expr_slice(Comp *c, const Node *n, int dst);

/* ---- call.c ----------------------------------------------------------------------------- */
void expr_call(Comp *c, const Node *n, int dst);

/* ---- function.c ------------------------------------------------------------------------------ */
void func_head(Comp *c, const Node *n); /* parameters, annotations and docstring go into the Code */
/* The function n with its default values; body as in compile_inner, beginning with func_head. */
void expr_function(Comp *c, const Node *n, const char *name, CompBody body, int dst);
void expr_lambda(Comp *c, const Node *n, int dst);

/* ---- comprehension.c: comprehensions and displays ------------------------------------------- */
void expr_comp(Comp *c, const Node *n, int dst);
void expr_display(Comp *c, const Node *n, int dst); /* tuple, list, set */
void expr_dict(Comp *c, const Node *n, int dst);
void items_to_list(Comp *c, const NodeList *items, int dst); /* with stars and any number */

/* ---- stmt.c, flow.c, def.c ------------------------------------------------------ */
void compile_stmt(Comp *c, const Node *n);
void compile_suite(Comp *c, const NodeList *body);
void compile_def(Comp *c, const Node *n);
void compile_class(Comp *c, const Node *n);
void compile_if(Comp *c, const Node *n);
void compile_while(Comp *c, const Node *n);
void compile_for(Comp *c, const Node *n);
void compile_try(Comp *c, const Node *n);
void compile_with(Comp *c, const Node *n);
void compile_return(Comp *c, const Node *n);
void compile_leave_loop(Comp *c, const Node *n); /* break, continue */
void compile_raise(Comp *c, const Node *n);

#endif
