/* Names and targets: loading, storing, deleting, unpacking. */
#include "config.h"

#include "compile/comp.h"
#include "value/obj.h"

int local_of(Comp *c, const Node *n) {
    if (n->kind != EX_NAME) return -1;
    Binding b = scope_resolve(c->scope, n->name);
    return b.kind == BIND_LOCAL ? b.index : -1;
}

void load_name(Comp *c, const char *name, int dst) {
    Binding b = scope_resolve(c->scope, name);
    unsigned d = (unsigned)dst, index = (unsigned)b.index;
    switch (b.kind) {
    case BIND_LOCAL:
        emit(c, I_MOVE, 0, d, index, 0);
        break;
    case BIND_CELL:
        emit(c, I_GETCELL, 0, d, index, 0);
        break;
    case BIND_FREE:
        emit(c, I_GETCELL, 1, d, index, 0);
        break;
    case BIND_GLOBAL:
        emit_with(c, I_GETGLOBAL, 0, d, 0, 0, (int)const_name(c, name));
        break;
    case BIND_NAME:
        emit_with(c, I_GETNAME, 0, d, 0, 0, (int)const_name(c, name));
        break;
    }
}

void store_name(Comp *c, const char *name, unsigned rk) {
    Binding b = scope_resolve(c->scope, name);
    unsigned index = (unsigned)b.index;
    switch (b.kind) {
    case BIND_LOCAL:
        if (rk != index) emit(c, I_MOVE, 0, index, rk, 0);
        break;
    case BIND_CELL:
        emit(c, I_SETCELL, 0, index, rk, 0);
        break;
    case BIND_FREE:
        emit(c, I_SETCELL, 1, index, rk, 0);
        break;
    case BIND_GLOBAL:
        emit_with(c, I_SETGLOBAL, 0, 0, rk, 0, (int)const_name(c, name));
        break;
    case BIND_NAME:
        emit_with(c, I_SETNAME, 0, 0, rk, 0, (int)const_name(c, name));
        break;
    }
}

void delete_name(Comp *c, const char *name) {
    Binding b = scope_resolve(c->scope, name);
    unsigned index = (unsigned)b.index;
    switch (b.kind) {
    case BIND_LOCAL:
        emit(c, I_DELLOCAL, 0, index, 0, 0);
        break;
    case BIND_CELL:
        emit(c, I_DELCELL, 0, index, 0, 0);
        break;
    case BIND_FREE:
        emit(c, I_DELCELL, 1, index, 0, 0);
        break;
    case BIND_GLOBAL:
        emit_with(c, I_DELGLOBAL, 0, 0, 0, 0, (int)const_name(c, name));
        break;
    case BIND_NAME:
        emit_with(c, I_DELNAME, 0, 0, 0, 0, (int)const_name(c, name));
        break;
    }
}

/* ---- targets ------------------------------------------------------------------------------ */

static int star_at(const NodeList *l) {
    for (int i = 0; i < l->count; i++)
        if (l->items[i]->kind == EX_STARRED) return i;
    return -1;
}

static void unpack_from(Comp *c, const Node *target, unsigned rk) {
    const NodeList *l = &target->list;
    int star = star_at(l), n = l->count;
    int first = temps(c, n);
    if (star < 0) {
        emit(c, I_UNPACK, 0, (unsigned)first, rk, (unsigned)n);
    } else {
        if (n - star - 1 > 255)
            comp_error(c, target->span, "too many targets after the starred one");
        emit(c, I_UNPACKEX, (unsigned)(n - star - 1), (unsigned)first, rk, (unsigned)star);
    }
    for (int i = 0; i < n; i++) {
        const Node *t = l->items[i];
        assign_from(c, t->kind == EX_STARRED ? t->one : t, (unsigned)(first + i));
    }
}

void assign_from(Comp *c, const Node *t, unsigned rk) {
    int mark = c->top;
    Span outer = c->span;
    switch (t->kind) {
    case EX_NAME:
        store_name(c, t->name, rk);
        break;
    case EX_ATTR: {
        unsigned obj = expr_rk(c, t->attr.value);
        c->span = t->span;
        emit_with(c, I_SETATTR, 0, obj, rk, 0, (int)const_name(c, t->attr.name));
        break;
    }
    case EX_INDEX: {
        unsigned obj = expr_rk(c, t->bin.left), key = expr_rk(c, t->bin.right);
        c->span = t->span;
        mark_operands(c, emit(c, I_SETINDEX, 0, obj, key, rk), 2,
                      (Span[]){t->bin.left->span, t->bin.right->span});
        break;
    }
    case EX_TUPLE:
    case EX_LIST:
        c->span = t->span;
        unpack_from(c, t, rk);
        break;
    default:
        comp_error(c, t->span, "cannot assign to this expression");
        break;
    }
    c->span = outer;
    c->top = mark;
}

/* a, b = b, a without making the tuple: every value is a temporary before the first store. */
static bool assign_pairwise(Comp *c, const Node *n) {
    const Node *t = n->assign.targets.items[0], *v = n->assign.value;
    if (n->assign.targets.count != 1 || (t->kind != EX_TUPLE && t->kind != EX_LIST)) return false;
    if (v->kind != EX_TUPLE || v->list.count != t->list.count || v->list.count > 64) return false;
    if (star_at(&t->list) >= 0 || star_at(&v->list) >= 0) return false;
    int first = temps(c, v->list.count);
    for (int i = 0; i < v->list.count; i++) expr_to(c, v->list.items[i], first + i);
    for (int i = 0; i < v->list.count; i++) assign_from(c, t->list.items[i], (unsigned)(first + i));
    return true;
}

void compile_assign(Comp *c, const Node *n) {
    const NodeList *targets = &n->assign.targets;
    if (assign_pairwise(c, n)) return;
    if (targets->count == 1) {
        int local = local_of(c, targets->items[0]);
        if (local >= 0)
            expr_to(c, n->assign.value, local);
        else
            assign_from(c, targets->items[0], expr_rk(c, n->assign.value));
        return;
    }
    int value = expr_temp(c, n->assign.value);
    for (int i = 0; i < targets->count; i++) {
        int copy = value;
        if (i + 1 < targets->count) {
            copy = temp(c);
            emit(c, I_MOVE, 1, (unsigned)copy, (unsigned)value, 0);
        }
        assign_from(c, targets->items[i], (unsigned)copy);
    }
}

/* ---- augmented assignment: the target's parts are evaluated once ---------------------------- */

static unsigned augment(Comp *c, const Node *n, unsigned left, int dst) {
    unsigned right = expr_rk(c, n->bin.right);
    c->span = n->span;
    uint32_t pc = emit(c, (InsCode)(I_ADD + n->bin.op), 1, (unsigned)dst, left, right);
    mark_operands(c, pc, 2, (Span[]){n->bin.left->span, n->bin.right->span});
    return (unsigned)dst;
}

/* A register that holds the value of e and that reading does not use up. */
static int keep(Comp *c, const Node *e) {
    int local = local_of(c, e);
    return local >= 0 ? local : expr_temp(c, e);
}

static unsigned reread(Comp *c, int reg) {
    if (reg < c->code->nlocals) return (unsigned)reg;
    int copy = temp(c);
    emit(c, I_MOVE, 1, (unsigned)copy, (unsigned)reg, 0);
    return (unsigned)copy;
}

void compile_augmented(Comp *c, const Node *n) {
    const Node *t = n->bin.left;
    int local = local_of(c, t);
    if (local >= 0) {
        augment(c, n, (unsigned)local, local);
    } else if (t->kind == EX_NAME) {
        int value = expr_temp(c, t);
        store_name(c, t->name, augment(c, n, (unsigned)value, value));
    } else if (t->kind == EX_ATTR) {
        int obj = keep(c, t->attr.value), value = temp(c);
        int name = (int)const_name(c, t->attr.name);
        c->span = t->span;
        emit_with(c, I_GETATTR, 0, (unsigned)value, reread(c, obj), 0, name);
        augment(c, n, (unsigned)value, value);
        emit_with(c, I_SETATTR, 0, (unsigned)obj, (unsigned)value, 0, name);
    } else if (t->kind == EX_INDEX) {
        int obj = keep(c, t->bin.left), key = keep(c, t->bin.right), value = temp(c);
        c->span = t->span;
        Span spans[] = {t->bin.left->span, t->bin.right->span};
        unsigned o = reread(c, obj), k = reread(c, key);
        mark_operands(c, emit(c, I_GETINDEX, 0, (unsigned)value, o, k), 2, spans);
        augment(c, n, (unsigned)value, value);
        mark_operands(c, emit(c, I_SETINDEX, 0, (unsigned)obj, (unsigned)key, (unsigned)value), 2,
                      spans);
    } else {
        comp_error(c, t->span, "this expression cannot be the target of an augmented assignment");
    }
}

void compile_delete(Comp *c, const Node *n) {
    for (int i = 0; i < n->list.count; i++) {
        const Node *t = n->list.items[i];
        int mark = c->top;
        c->span = t->span;
        switch (t->kind) {
        case EX_NAME:
            delete_name(c, t->name);
            break;
        case EX_ATTR:
            emit_with(c, I_DELATTR, 0, expr_rk(c, t->attr.value), 0, 0,
                      (int)const_name(c, t->attr.name));
            break;
        case EX_INDEX: {
            unsigned obj = expr_rk(c, t->bin.left), key = expr_rk(c, t->bin.right);
            c->span = t->span;
            emit(c, I_DELINDEX, 0, obj, key, 0);
            break;
        }
        case EX_TUPLE:
        case EX_LIST:
            compile_delete(c, t);
            break;
        default:
            comp_error(c, t->span, "cannot delete this expression");
        }
        c->top = mark;
    }
}
