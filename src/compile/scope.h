/* Which variable a name means, worked out before any code is made.
 *
 * A frame scope (module, class body, function, lambda, generator expression) has
 * registers of its own; a comprehension is a block inside its frame whose names get
 * registers that nothing else uses. After scope_analyse every bound symbol of a frame
 * has a register, and every name used from an inner frame is a cell.
 *
 *     Scope *top;
 *     if (!scope_analyse(&ast, arena, &map, &top, err)) ...
 *     Binding b = scope_resolve(scope, "x");
 */
#ifndef QKV_COMPILE_SCOPE_H
#define QKV_COMPILE_SCOPE_H

#include "lang/ast.h"

enum {
    SYM_BOUND = 1u << 0,
    SYM_USED = 1u << 1,
    SYM_GLOBAL = 1u << 2,
    SYM_NONLOCAL = 1u << 3,
    SYM_PARAM = 1u << 4,
    SYM_CELL = 1u << 5,    /* used by an inner frame */
    SYM_FREE = 1u << 6,    /* belongs to an outer frame */
    SYM_ITERATED = 1u << 7 /* a target of a comprehension */
};

typedef struct Symbol {
    const char *name;
    unsigned flags;
    int reg;              /* of a local */
    int free;             /* number of a free variable */
    Span span;            /* where it was first seen */
    struct Symbol *chain; /* in its bucket */
    struct Symbol *next;  /* in order of appearance */
} Symbol;

typedef enum ScopeKind { SCOPE_MODULE, SCOPE_CLASS, SCOPE_FUNC, SCOPE_COMP } ScopeKind;

enum { SCOPE_BUCKETS = 16 };

typedef struct Scope {
    ScopeKind kind;
    const Node *node; /* NULL for a module */
    struct Scope *parent;
    struct Scope *frame;    /* itself, or what a comprehension runs in */
    struct Scope *next;     /* every scope of the text, outer before inner */
    const char *class_name; /* innermost class around it: private names are mangled */
    Symbol *buckets[SCOPE_BUCKETS];
    Symbol *first, *last;
    int nlocals, nfree; /* of a frame */
    bool generator;
    bool walrus; /* a frame with := somewhere: operands are copied before use */
} Scope;

typedef struct ScopeMap {
    struct {
        const Node *node;
        Scope *scope;
    } * slots;
    size_t mask, count;
} ScopeMap;

typedef enum BindKind { BIND_LOCAL, BIND_CELL, BIND_FREE, BIND_GLOBAL, BIND_NAME } BindKind;
typedef struct Binding {
    BindKind kind;
    int index;
} Binding;

/* Everything lives in the arena. ERR_SYNTAX with a frame where names are declared
 * against the rules or the tree is too deep. */
bool scope_analyse(const Ast *ast, Source *src, Arena *arena, ScopeMap *map, Scope **top, Err *err);
Scope *scope_of(const ScopeMap *map, const Node *node);
/* name must be as it stands in the source; mangling is applied. */
Binding scope_resolve(const Scope *s, const char *name);
/* Where an inner frame made in s takes its free variable from: a cell or a free variable.
 * name is mangled already. */
Binding scope_captured(const Scope *s, const char *name);
Symbol *scope_symbol(const Scope *s, const char *name);
/* `__x` inside class C is `_C__x`; other names as they are. The result lives in *room. */
const char *scope_mangle(const Scope *s, const char *name, char room[128]);

#endif
