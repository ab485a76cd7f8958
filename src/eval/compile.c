/* The compiler's frame: emission, constants, jumps, and one Code per function. */
#include "config.h"

#include "eval/compile.h"

#include <stdarg.h>

#include "eval/comp.h"
#include "eval/dict.h"
#include "eval/obj.h"

bool comp_error(Comp *c, Span span, const char *fmt, ...) {
    if (c->err->kind) return false;
    Str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    err_set(c->err, ERR_SYNTAX, "%s", str_cstr(&text));
    err_frame(c->err, c->src, span, "<module>");
    str_clear(&text);
    return false;
}

/* ---- words --------------------------------------------------------------------------- */

static uint32_t emit_word(Comp *c, Ins word) {
    vec_push(&c->code->ins, word);
    vec_push(&c->code->spans, c->span);
    return (uint32_t)c->code->ins.count - 1;
}

uint32_t here(Comp *c) {
    return (uint32_t)c->code->ins.count;
}

uint32_t emit(Comp *c, InsCode op, unsigned x, unsigned a, unsigned b, unsigned cc) {
    return emit_word(c, (Ins){.op = (uint8_t)op,
                              .x = (uint8_t)x,
                              .a = (uint16_t)a,
                              .b = (uint16_t)b,
                              .c = (uint16_t)cc});
}

uint32_t emit_with(Comp *c, InsCode op, unsigned x, unsigned a, unsigned b, unsigned cc, int arg) {
    uint32_t pc = emit(c, op, x, a, b, cc);
    emit_word(c, (Ins){.arg = arg, .hint = 0});
    return pc;
}

uint32_t emit_jump(Comp *c, InsCode op, unsigned a) {
    return emit_word(c, (Ins){.jop = (uint8_t)op, .ja = (uint16_t)a, .off = 0});
}

void emit_loop(Comp *c, uint32_t target) {
    patch_to(c, emit_jump(c, I_LOOP, 0), target);
}

void patch_to(Comp *c, uint32_t jump, uint32_t target) {
    Ins *i = &c->code->ins.items[jump];
    switch (i->op) {
    case I_JMP:
    case I_LOOP:
    case I_JT:
    case I_JF:
        i->off = (int32_t)target - (int32_t)jump - 1;
        break;
    default: /* the target stands in the second word */
        i[1].arg = (int32_t)target - (int32_t)jump - 2;
    }
}

void patch_here(Comp *c, uint32_t jump) {
    patch_to(c, jump, here(c));
}

void patch_list(Comp *c, JumpList *l) {
    for (size_t i = 0; i < l->count; i++) patch_here(c, l->items[i]);
    vec_clear(l);
}

void mark_stmt(Comp *c, Span span) {
    c->span = span;
    vec_push(&c->code->stmts, (StmtMark){here(c), span});
}

void mark_operands(Comp *c, uint32_t pc, int n, const Span *spans) {
    Code *k = c->code;
    vec_push(&k->operands, (OperandMark){pc, (uint32_t)k->operand_spans.count, (uint32_t)n});
    for (int i = 0; i < n; i++) vec_push(&k->operand_spans, spans[i]);
}

int temps(Comp *c, int n) {
    int first = c->top;
    c->top += n;
    if (c->top > REG_MAX) {
        comp_error(c, c->span, "this statement is too large to be run; split it");
        c->top = first = c->code->nlocals;
    }
    if (c->top > c->code->nregs) c->code->nregs = (uint16_t)c->top;
    return first;
}

int temp(Comp *c) {
    return temps(c, 1);
}

/* ---- constants ---------------------------------------------------------------------------- */

/* Equal constants of one type share a slot; 0.0 and -0.0, 1 and 1.0 and True stay apart.
 * Strings are interned, so that identity decides; tuples are never shared. */
static bool same_const(Value a, Value b) {
    return a.tag == b.tag &&
           (a.tag == VT_BOOL ? a.b == b.b : a.tag == VT_NONE || a.tag == VT_ELLIPSIS || a.i == b.i);
}

static size_t const_slot(const Comp *c, Value v) {
    uint64_t h = v.tag == VT_BOOL                           ? v.b
                 : v.tag == VT_NONE || v.tag == VT_ELLIPSIS ? 0
                                                            : (uint64_t)v.i;
    size_t i = ((h + v.tag) * 0x9e3779b97f4a7c15u >> 24) & c->const_index.mask;
    for (; c->const_index.slots[i] >= 0; i = (i + 1) & c->const_index.mask)
        if (same_const(c->code->consts.items[c->const_index.slots[i]], v)) break;
    return i;
}

static void const_grow(Comp *c) {
    size_t n = c->const_index.slots ? (c->const_index.mask + 1) * 2 : 32;
    c->const_index.slots = arena_alloc(c->arena, n * sizeof *c->const_index.slots);
    c->const_index.mask = n - 1;
    memset(c->const_index.slots, 0xff, n * sizeof *c->const_index.slots);
    for (size_t i = 0; i < c->code->consts.count; i++)
        c->const_index.slots[const_slot(c, c->code->consts.items[i])] = (int32_t)i;
}

unsigned const_take(Comp *c, Value v) {
    if (!c->const_index.slots || (c->code->consts.count + 1) * 2 > c->const_index.mask)
        const_grow(c);
    size_t slot = const_slot(c, v);
    if (c->const_index.slots[slot] >= 0) {
        value_release(v);
    } else {
        c->const_index.slots[slot] = (int32_t)c->code->consts.count;
        vec_push(&c->code->consts, v);
    }
    return (unsigned)c->const_index.slots[slot];
}

unsigned rk_const(Comp *c, Value v) {
    unsigned k = const_take(c, v);
    if (k < REG_MAX) return k | RK_CONST;
    int t = temp(c);
    emit_with(c, I_LOADK, 0, (unsigned)t, 0, 0, (int)k);
    return (unsigned)t;
}

unsigned const_name(Comp *c, const char *name) {
    char room[128];
    name = scope_mangle(c->scope, name, room);
    return const_take(c, value_obj(str_intern(name, strlen(name))));
}

unsigned const_text(Comp *c, const char *s, size_t n) {
    return rk_const(c, value_obj(str_intern(s, n)));
}

/* ---- one code object ----------------------------------------------------------------------- */

static void start(Comp *c, Comp *outer, Scope *scope, const char *name) {
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
}

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

static void count_params(Comp *c, const Node *n) {
    Code *k = c->code;
    for (int i = 0; i < n->func.nparams; i++) {
        const Param *p = &n->func.params[i];
        if (!p->name) continue;
        switch (p->kind) {
        case PARAM_POS_ONLY:
            k->npos_only++;
            k->npos++;
            break;
        case PARAM_NORMAL:
            k->npos++;
            break;
        case PARAM_KW_ONLY:
            k->nkwonly++;
            break;
        case PARAM_VARARGS:
            k->flags |= CODE_VARARGS;
            break;
        case PARAM_KWARGS:
            k->flags |= CODE_KWARGS;
            break;
        }
    }
}

/* Annotations are kept as text: they are not run. */
static void keep_annotation(Comp *c, const char *name, const Node *annotation) {
    if (!annotation) return;
    Span s = annotation->span;
    if (!c->code->annotations) c->code->annotations = dict_new();
    Value text = str_value(source_text(c->src) + s.start, s.end - s.start);
    dict_set_cstr(c->code->annotations, name, text);
    value_release(text);
}

static void function_body(Comp *c, const Node *n) {
    count_params(c, n);
    for (int i = 0; i < n->func.nparams; i++)
        if (n->func.params[i].name)
            keep_annotation(c, n->func.params[i].name, n->func.params[i].annotation);
    keep_annotation(c, "return", n->func.returns);
    if (n->func.doc) c->code->doc = str_value_cstr(n->func.doc);
    if (n->kind == EX_LAMBDA) {
        mark_stmt(c, n->func.body.items[0]->span);
        emit(c, I_RETURN, 0, expr_rk(c, n->func.body.items[0]), 0, 0);
    } else {
        compile_suite(c, &n->func.body);
    }
}

static void class_body(Comp *c, const Node *n) {
    c->code->flags |= CODE_CLASS;
    if (n->klass.doc) c->code->doc = str_value_cstr(n->klass.doc);
    compile_suite(c, &n->klass.body);
    /* The CLASS instruction fills the cell that super() and __class__ read. */
    Symbol *cell = scope_symbol(c->scope, "__class__");
    if (cell && (cell->flags & SYM_CELL)) emit(c, I_RETURN, 0, (unsigned)cell->reg, 0, 0);
}

static void finish(Comp *c) {
    emit(c, I_RETURN, 0, rk_const(c, VALUE_NONE), 0, 0);
    if (c->code->ins.count > INT32_MAX / 2)
        comp_error(c, c->span, "the text is too long to be run");
}

Code *compile_function(Comp *outer, const Node *n, const char *name) {
    Comp c;
    start(&c, outer, scope_of(outer->map, n), name);
    if (c.scope->generator) c.code->flags |= CODE_GENERATOR;
    name_all_locals(&c);
    list_free(&c);
    c.span = c.code->span = n->span;
    make_cells(&c);
    switch (n->kind) {
    case ST_CLASS:
        class_body(&c, n);
        break;
    case EX_GENERATOR:
        c.code->npos = 1;
        mark_stmt(&c, n->span);
        compile_genexp_body(&c, n);
        break;
    default:
        function_body(&c, n);
    }
    finish(&c);
    if (!(c.code->flags & (CODE_VARARGS | CODE_KWARGS | CODE_GENERATOR)) && !c.code->nkwonly)
        c.code->flags |= CODE_PLAIN;
    return c.code;
}

void compile_suite(Comp *c, const NodeList *body) {
    for (int i = 0; i < body->count; i++) compile_stmt(c, body->items[i]);
}

static void module_body(Comp *c, const Ast *ast, unsigned flags) {
    int n = ast->body.count;
    bool echo = (flags & COMPILE_ECHO) && n && ast->body.items[n - 1]->kind == ST_EXPR;
    for (int i = 0; i < n - echo; i++) compile_stmt(c, ast->body.items[i]);
    if (!echo) return;
    const Node *last = ast->body.items[n - 1];
    mark_stmt(c, last->span);
    emit(c, I_RETURN, 1, expr_rk(c, last->one), 0, 0);
}

Code *compile_module(const Ast *ast, Source *src, Arena *arena, unsigned flags, Err *err) {
    ScopeMap map;
    Scope *top;
    if (!scope_analyse(ast, src, arena, &map, &top, err)) return NULL;
    Comp root = {.arena = arena, .src = src, .map = &map, .flags = flags, .err = err}, c;
    start(&c, &root, top, "<module>");
    c.code->flags |= CODE_MODULE;
    name_all_locals(&c);
    module_body(&c, ast, flags);
    finish(&c);
    if (!err->kind) return c.code;
    code_release(c.code);
    return NULL;
}
