/* One Code of its own for a function, a class body, a generator expression or a module: its
 * names, its cells, and where its free variables come from. */
#include "config.h"

#include "compile/comp.h"
#include "compile/compile.h"
#include "value/obj.h"

static void name_locals(Comp *c, const Scope *s) {
    for (const Symbol *y = s->first; y; y = y->next)
        if (y->reg >= 0 && !c->code->local_names[y->reg])
            c->code->local_names[y->reg] = str_intern(y->name, strlen(y->name));
}

static bool is_within(const Scope *s, const Scope *outer) {
    while (s && s != outer) s = s->parent;
    return s != NULL;
}

/* Names of this frame and of the comprehensions that run in it. */
static void name_all_locals(Comp *c) {
    name_locals(c, c->scope);
    for (const Scope *s = c->scope->next; s && is_within(s, c->scope); s = s->next)
        if (s->kind == SCOPE_COMP && s->frame == c->scope) name_locals(c, s);
}

void code_begin(Comp *c, Comp *outer, Scope *scope, const char *name) {
    *c = (Comp){.outer = outer,
                .arena = outer->arena,
                .src = outer->src,
                .map = outer->map,
                .scope = scope,
                .flags = outer->flags,
                .err = outer->err,
                .span = outer->span,
                .depth = outer->depth};
    Code *k = c->code = code_new(c->src);
    k->name = str_intern(name, strlen(name));
    k->nlocals = k->nregs = (uint16_t)scope->nlocals;
    c->top = k->nlocals;
    if (c->flags & COMPILE_PRELUDE) k->flags |= CODE_PRELUDE;
    Str q = STR_INIT;
    if (outer->code && !(outer->code->flags & CODE_MODULE)) {
        str_add(&q, outer->code->qualname->s);
        str_add(&q, outer->code->flags & CODE_CLASS ? "." : ".<locals>.");
    }
    str_add(&q, name);
    k->qualname = str_intern(str_cstr(&q), q.len);
    str_clear(&q);
    k->local_names = mem_zero((size_t)MAX(k->nlocals, 1) * sizeof *k->local_names);
    name_all_locals(c);
}

static void make_cells(Comp *c) {
    for (const Symbol *y = c->scope->first; y; y = y->next)
        if ((y->flags & SYM_CELL) && y->reg >= 0) emit(c, I_NEWCELL, 0, (unsigned)y->reg, 0, 0);
}

/* Where the enclosing frame finds each of this one's free variables. */
static void list_free(Comp *c) {
    Code *k = c->code;
    k->nfree = c->scope->nfree;
    k->free_from = mem_zero((size_t)MAX(k->nfree, 1) * sizeof *k->free_from);
    k->free_names = mem_zero((size_t)MAX(k->nfree, 1) * sizeof *k->free_names);
    for (const Symbol *y = c->scope->first; y; y = y->next) {
        if (!(y->flags & SYM_FREE)) continue;
        Binding b = scope_captured(c->outer->scope, y->name);
        k->free_from[y->free] = (FreeFrom){b.kind == BIND_FREE, (uint16_t)b.index};
        k->free_names[y->free] = str_intern(y->name, strlen(y->name));
    }
}

void code_end(Comp *c) {
    emit(c, I_RETURN, 0, rk_const(c, VALUE_NONE), 0, 0);
    if (c->code->ins.count > INT32_MAX / 2)
        comp_error(c, c->span, "the text is too long to be run");
}

Code *compile_inner(Comp *outer, const Node *n, const char *name, CompBody body) {
    Comp c;
    code_begin(&c, outer, scope_of(outer->map, n), name);
    if (c.scope->generator) c.code->flags |= CODE_GENERATOR;
    list_free(&c);
    c.span = c.code->span = n->span;
    make_cells(&c);
    body(&c, n);
    code_end(&c);
    if (!(c.code->flags & (CODE_VARARGS | CODE_KWARGS | CODE_GENERATOR)) && !c.code->nkwonly)
        c.code->flags |= CODE_PLAIN;
    return c.code;
}

int code_child(Comp *c, Code *child) {
    vec_push(&c->code->children, child);
    return (int)c->code->children.count - 1;
}
