/* Displays and comprehensions. A comprehension is a loop inside its frame; only a
 * generator expression is a function of its own. */
#include "config.h"

#include "compile/comp.h"
#include "value/obj.h"

enum { CHUNK = 64 }; /* items that stand in registers at once */

static bool has_star(const NodeList *l) {
    for (int i = 0; i < l->count; i++)
        if (l->items[i]->kind == EX_STARRED) return true;
    return false;
}

static void add_item(Comp *c, const Node *item, int list) {
    int mark = c->top;
    if (item->kind == EX_STARRED) {
        unsigned v = expr_rk(c, item->one);
        c->span = item->span;
        emit(c, I_EXTEND, 0, (unsigned)list, v, 0);
    } else {
        emit(c, I_APPEND, 0, (unsigned)list, expr_rk(c, item), 0);
    }
    c->top = mark;
}

void items_to_list(Comp *c, const NodeList *items, int dst) {
    emit(c, I_LIST, 0, (unsigned)dst, 0, 0);
    for (int i = 0; i < items->count; i++) add_item(c, items->items[i], dst);
}

static void items_to_set(Comp *c, const NodeList *items, int dst) {
    emit(c, I_SET, 0, (unsigned)dst, 0, 0);
    for (int i = 0; i < items->count; i++) {
        const Node *item = items->items[i];
        int mark = c->top;
        unsigned v = expr_rk(c, item->kind == EX_STARRED ? item->one : item);
        c->span = item->span;
        emit(c, item->kind == EX_STARRED ? I_SETUPDATE : I_SETADD, 0, (unsigned)dst, v, 0);
        c->top = mark;
    }
}

void expr_display(Comp *c, const Node *n, int dst) {
    const NodeList *l = &n->list;
    if (!has_star(l) && l->count <= CHUNK) {
        int first = c->top;
        for (int i = 0; i < l->count; i++) expr_temp(c, l->items[i]);
        InsCode op = n->kind == EX_TUPLE ? I_TUPLE : n->kind == EX_LIST ? I_LIST : I_SET;
        emit(c, op, 0, (unsigned)dst, (unsigned)first, (unsigned)l->count);
        return;
    }
    int t = temp(c);
    if (n->kind == EX_SET)
        items_to_set(c, l, t);
    else
        items_to_list(c, l, t);
    if (n->kind == EX_TUPLE) emit(c, I_LISTTUPLE, 0, (unsigned)t, 0, 0);
    emit(c, I_MOVE, 0, (unsigned)dst, (unsigned)t, 0);
}

void expr_dict(Comp *c, const Node *n, int dst) {
    int count = n->dict.count;
    bool merge = count > CHUNK;
    for (int i = 0; i < count; i++) merge |= n->dict.keys[i] == NULL;
    if (!merge) {
        int first = c->top;
        for (int i = 0; i < count; i++) {
            expr_temp(c, n->dict.keys[i]);
            expr_temp(c, n->dict.values[i]);
        }
        emit(c, I_DICT, 0, (unsigned)dst, (unsigned)first, (unsigned)count);
        return;
    }
    int t = temp(c);
    emit(c, I_DICT, 0, (unsigned)t, 0, 0);
    for (int i = 0; i < count; i++) {
        int mark = c->top;
        if (n->dict.keys[i]) {
            unsigned k = expr_rk(c, n->dict.keys[i]);
            emit(c, I_MAPADD, 0, (unsigned)t, k, expr_rk(c, n->dict.values[i]));
        } else {
            emit(c, I_MERGE, 0, (unsigned)t, expr_rk(c, n->dict.values[i]), 0);
        }
        c->top = mark;
    }
    emit(c, I_MOVE, 0, (unsigned)dst, (unsigned)t, 0);
}

/* ---- comprehensions ------------------------------------------------------------------------- */

static void add_element(Comp *c, const Node *n, int acc) {
    int mark = c->top;
    switch (n->kind) {
    case EX_LISTCOMP:
        emit(c, I_APPEND, 0, (unsigned)acc, expr_rk(c, n->comp.elt), 0);
        break;
    case EX_SETCOMP:
        emit(c, I_SETADD, 0, (unsigned)acc, expr_rk(c, n->comp.elt), 0);
        break;
    case EX_DICTCOMP: {
        unsigned k = expr_rk(c, n->comp.elt);
        emit(c, I_MAPADD, 0, (unsigned)acc, k, expr_rk(c, n->comp.value));
        break;
    }
    default: { /* a generator expression */
        int got = temp(c);
        emit(c, I_YIELD, 0, (unsigned)got, expr_rk(c, n->comp.elt), 0);
    }
    }
    c->top = mark;
}

/* One `for` of the comprehension and all that are inside it. state: where its iteration
 * state stands, set up already for the first one. */
static void comp_loop(Comp *c, const Node *n, int level, int state, int acc) {
    const CompFor *f = &n->comp.fors[level];
    int local = local_of(c, f->target);
    int item = local >= 0 ? local : temp(c);
    JumpList again = {0};
    uint32_t top = here(c);
    c->span = f->iter->span;
    uint32_t next = emit_with(c, I_FORITER, 0, (unsigned)item, (unsigned)state, 0, 0);
    if (local < 0) assign_from(c, f->target, (unsigned)item);
    for (int i = 0; i < f->conds.count; i++) cond_jump(c, f->conds.items[i], false, &again);
    if (level + 1 < n->comp.nfors) {
        int inner = temps(c, 3);
        const Node *iter = n->comp.fors[level + 1].iter;
        unsigned v = expr_rk(c, iter);
        c->span = iter->span;
        emit(c, I_ITER, 0, (unsigned)inner, v, 0);
        comp_loop(c, n, level + 1, inner, acc);
    } else {
        add_element(c, n, acc);
    }
    patch_list(c, &again);
    emit_loop(c, top);
    patch_here(c, next);
}

static void clear_scope(Comp *c, const Scope *s, bool cells) {
    for (const Symbol *y = s->first; y; y = y->next) {
        if (y->reg < 0) continue;
        emit(c, I_CLEAR, 0, (unsigned)y->reg, 0, 0);
        if (cells && (y->flags & SYM_CELL)) emit(c, I_NEWCELL, 0, (unsigned)y->reg, 0, 0);
    }
}

static bool has_cells(const Scope *s) {
    for (const Symbol *y = s->first; y; y = y->next)
        if (y->reg >= 0 && (y->flags & SYM_CELL)) return true;
    return false;
}

static void generator_body(Comp *c, const Node *n) {
    c->code->npos = 1; /* the iterator is the only parameter */
    mark_stmt(c, n->span);
    int state = temps(c, 3);
    emit(c, I_ITER, 0, (unsigned)state, 0, 0);
    comp_loop(c, n, 0, state, -1);
}

static void generator_expression(Comp *c, const Node *n, int dst) {
    int base = temps(c, 2);
    Code *code = compile_inner(c, n, "<genexpr>", generator_body);
    emit_with(c, I_FUNC, 0, (unsigned)base, 0, 0, code_child(c, code));
    unsigned iter = expr_rk(c, n->comp.fors[0].iter);
    c->span = n->comp.fors[0].iter->span;
    emit(c, I_GETITER, 0, (unsigned)(base + 1), iter, 0);
    c->span = n->span;
    emit_with(c, I_CALL, 0, (unsigned)base, 1, (unsigned)dst, -1);
}

void expr_comp(Comp *c, const Node *n, int dst) {
    if (n->kind == EX_GENERATOR) {
        generator_expression(c, n, dst);
        return;
    }
    int acc = temp(c), state = temps(c, 3);
    InsCode make = n->kind == EX_LISTCOMP ? I_LIST : n->kind == EX_SETCOMP ? I_SET : I_DICT;
    emit(c, make, 0, (unsigned)acc, 0, 0);
    unsigned iter = expr_rk(c, n->comp.fors[0].iter);
    c->span = n->comp.fors[0].iter->span;
    emit(c, I_ITER, 0, (unsigned)state, iter, 0);
    Scope *outer = c->scope;
    c->scope = scope_of(c->map, n);
    if (has_cells(c->scope)) clear_scope(c, c->scope, true);
    comp_loop(c, n, 0, state, acc);
    clear_scope(c, c->scope, false);
    c->scope = outer;
    emit(c, I_MOVE, 0, (unsigned)dst, (unsigned)acc, 0);
}
