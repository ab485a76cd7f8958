/* Expressions: every value ends in a register, a local or a constant. */
#include "config.h"

#include "value/arith.h"
#include "compile/comp.h"
#include "value/complex.h"
#include "value/obj.h"

enum { EXPR_DEPTH_MAX = 2500 };

/* ---- constants ---------------------------------------------------------------------------- */

static bool fold_binary(const Node *n, Value *out) {
    Value a, b;
    if (!const_fold(n->bin.left, &a)) return false;
    if (!const_fold(n->bin.right, &b)) {
        value_release(a);
        return false;
    }
    bool ok = arith_binary(n->bin.op, a, b, out);
    value_release(a);
    value_release(b);
    return ok;
}

static bool fold_tuple(const Node *n, Value *out) {
    if (n->list.count > 256) return false;
    Value t = tuple_new(n->list.count);
    for (int i = 0; i < n->list.count; i++)
        if (!const_fold(n->list.items[i], &tuple_items(t)[i])) {
            value_release(t);
            return false;
        }
    *out = t;
    return true;
}

/* The value of a constant expression, owned; numbers fold where nothing can go wrong. */
bool const_fold(const Node *n, Value *out) {
    switch (n->kind) {
    case EX_NONE:
        *out = VALUE_NONE;
        return true;
    case EX_TRUE:
        *out = value_bool(true);
        return true;
    case EX_FALSE:
        *out = value_bool(false);
        return true;
    case EX_ELLIPSIS:
        *out = VALUE_ELLIPSIS;
        return true;
    case EX_INT:
        *out = value_int(n->i);
        return true;
    case EX_FLOAT:
        *out = value_float(n->f);
        return true;
    case EX_STR:
        *out = value_obj(str_intern(n->str.s, n->str.len));
        return true;
    case EX_TUPLE:
        return fold_tuple(n, out);
    case EX_BINARY:
        return fold_binary(n, out);
    case EX_UNARY: {
        Value v;
        if (n->bin.op != OP_NEG || !const_fold(n->bin.left, &v)) return false;
        if (v.tag == VT_INT && v.i != INT64_MIN)
            *out = value_int(-v.i);
        else if (v.tag == VT_FLOAT)
            *out = value_float(-v.f);
        else {
            value_release(v);
            return false;
        }
        return true;
    }
    case EX_IMAG:
        *out = complex_value(0, n->f);
        return true;
    default:
        return false;
    }
}

/* ---- places --------------------------------------------------------------------------------- */

int expr_temp(Comp *c, const Node *n) {
    int t = temp(c);
    expr_to(c, n, t);
    return t;
}

unsigned expr_rk(Comp *c, const Node *n) {
    Value v;
    if (const_fold(n, &v)) return rk_const(c, v);
    int local = local_of(c, n);
    if (local >= 0 && !c->scope->frame->walrus) return (unsigned)local;
    return (unsigned)expr_temp(c, n);
}

/* ---- operators ------------------------------------------------------------------------------ */

static void expr_binary(Comp *c, const Node *n, int dst) {
    unsigned l = expr_rk(c, n->bin.left), r = expr_rk(c, n->bin.right);
    c->span = n->span;
    uint32_t pc = emit(c, (InsCode)(I_ADD + n->bin.op), 0, (unsigned)dst, l, r);
    mark_operands(c, pc, 2, (Span[]){n->bin.left->span, n->bin.right->span});
}

static void expr_unary(Comp *c, const Node *n, int dst) {
    unsigned v = expr_rk(c, n->bin.left);
    c->span = n->span;
    mark_operands(c, emit(c, (InsCode)(I_ADD + n->bin.op), 0, (unsigned)dst, v, 0), 1,
                  &n->bin.left->span);
}

static uint32_t emit_compare(Comp *c, Op op, int dst, unsigned l, unsigned r, Span ls, Span rs) {
    uint32_t pc = emit(c, (InsCode)(I_ADD + op), 0, (unsigned)dst, l, r);
    mark_operands(c, pc, 2, (Span[]){ls, rs});
    return pc;
}

/* a < b < c: the middle is evaluated once; the chain stops at the first false one. */
static void expr_compare(Comp *c, const Node *n, int dst) {
    unsigned left = expr_rk(c, n->cmp.first);
    Span left_span = n->cmp.first->span;
    JumpList out = {0};
    int value = n->cmp.count > 1 && dst < c->code->nlocals ? temp(c) : dst;
    for (int i = 0; i < n->cmp.count; i++) {
        bool last = i + 1 == n->cmp.count;
        const Node *rn = n->cmp.rights[i];
        unsigned right = expr_rk(c, rn), shown = right;
        if (!last && right >= c->code->nlocals && !(right & RK_CONST)) {
            shown = (unsigned)temp(c);
            emit(c, I_MOVE, 1, shown, right, 0);
        }
        c->span = n->span;
        emit_compare(c, n->cmp.ops[i], value, left, shown, left_span, rn->span);
        if (!last) {
            uint32_t j = emit_jump(c, I_JF, (unsigned)value);
            c->code->ins.items[j].jx = 1;
            vec_push(&out, j);
        }
        left = right;
        left_span = rn->span;
    }
    patch_list(c, &out);
    if (value != dst) emit(c, I_MOVE, 0, (unsigned)dst, (unsigned)value, 0);
}

static void expr_boolop(Comp *c, const Node *n, int dst) {
    int value = dst < c->code->nlocals ? temp(c) : dst;
    JumpList out = {0};
    for (int i = 0; i < n->boolop.list.count; i++) {
        expr_to(c, n->boolop.list.items[i], value);
        if (i + 1 == n->boolop.list.count) break;
        c->span = n->boolop.list.items[i]->span;
        uint32_t j = emit_jump(c, n->boolop.is_or ? I_JT : I_JF, (unsigned)value);
        c->code->ins.items[j].jx = 1;
        vec_push(&out, j);
    }
    patch_list(c, &out);
    if (value != dst) emit(c, I_MOVE, 0, (unsigned)dst, (unsigned)value, 0);
}

static void expr_ifexp(Comp *c, const Node *n, int dst) {
    JumpList otherwise = {0};
    cond_jump(c, n->cond.test, false, &otherwise);
    expr_to(c, n->cond.then, dst);
    uint32_t end = emit_jump(c, I_JMP, 0);
    patch_list(c, &otherwise);
    expr_to(c, n->cond.other, dst);
    patch_here(c, end);
}

/* ---- conditions ----------------------------------------------------------------------------- */

static bool jump_compare(Comp *c, const Node *n, bool sense, JumpList *list) {
    Op op = n->cmp.ops[0];
    if (n->cmp.count != 1 || op == OP_IN || op == OP_NOT_IN) return false;
    unsigned l = expr_rk(c, n->cmp.first), r = expr_rk(c, n->cmp.rights[0]);
    c->span = n->span;
    bool negated = op == OP_IS_NOT;
    InsCode code = op == OP_IS || op == OP_IS_NOT ? I_JIS : (InsCode)(I_JEQ + (op - OP_EQ));
    uint32_t pc = emit_with(c, code, sense != negated, 0, l, r, 0);
    mark_operands(c, pc, 2, (Span[]){n->cmp.first->span, n->cmp.rights[0]->span});
    vec_push(list, pc);
    return true;
}

/* and-chains that jump when false, or-chains that jump when true: every part jumps alike.
 * Otherwise the parts before the last one skip over the last one's jump. */
static void jump_boolop(Comp *c, const Node *n, bool sense, JumpList *list) {
    const NodeList *l = &n->boolop.list;
    JumpList skip = {0};
    for (int i = 0; i < l->count; i++) {
        bool last = i + 1 == l->count;
        bool alike = n->boolop.is_or == sense;
        cond_jump(c, l->items[i], last || alike ? sense : !sense, last || alike ? list : &skip);
    }
    patch_list(c, &skip);
}

void cond_jump(Comp *c, const Node *n, bool sense, JumpList *list) {
    int mark = c->top;
    if (n->kind == EX_UNARY && n->bin.op == OP_NOT) {
        cond_jump(c, n->bin.left, !sense, list);
    } else if (n->kind == EX_BOOLOP) {
        jump_boolop(c, n, sense, list);
    } else if (n->kind != EX_COMPARE || !jump_compare(c, n, sense, list)) {
        unsigned v = expr_rk(c, n);
        c->span = n->span;
        vec_push(list, emit_jump(c, sense ? I_JT : I_JF, v));
    }
    c->top = mark;
}

/* ---- attributes, indexes, text -------------------------------------------------------------- */

static void expr_attr(Comp *c, const Node *n, int dst) {
    unsigned v = expr_rk(c, n->attr.value);
    c->span = n->span;
    uint32_t pc = emit_with(c, I_GETATTR, 0, (unsigned)dst, v, 0, (int)const_name(c, n->attr.name));
    mark_operands(c, pc, 1, &n->attr.value->span);
}

static void expr_index(Comp *c, const Node *n, int dst) {
    unsigned v = expr_rk(c, n->bin.left), key = expr_rk(c, n->bin.right);
    c->span = n->span;
    mark_operands(c, emit(c, I_GETINDEX, 0, (unsigned)dst, v, key), 2,
                  (Span[]){n->bin.left->span, n->bin.right->span});
}

void expr_slice(Comp *c, const Node *n, int dst) {
    const Node *parts[] = {n->slice.lower, n->slice.upper, n->slice.step};
    int first = temps(c, 3);
    for (int i = 0; i < 3; i++) {
        if (parts[i])
            expr_to(c, parts[i], first + i);
        else
            emit(c, I_MOVE, 0, (unsigned)(first + i), rk_const(c, VALUE_NONE), 0);
    }
    c->span = n->span;
    emit(c, I_SLICE, 0, (unsigned)dst, (unsigned)first, 0);
}

static void expr_field(Comp *c, const Node *n, int dst) {
    char conv = n->field.conv;
    if (n->field.debug && !conv && !n->field.spec) conv = 'r';
    unsigned v = expr_rk(c, n->field.value);
    unsigned spec = n->field.spec ? expr_rk(c, n->field.spec) : rk_const(c, VALUE_NONE);
    c->span = n->span;
    emit(c, I_FORMAT, (unsigned char)conv, (unsigned)dst, v, spec);
}

static void expr_fstring(Comp *c, const Node *n, int dst) {
    int parts = 0;
    int mark = c->top;
    for (int i = 0; i < n->list.count; i++) {
        const Node *p = n->list.items[i];
        if (p->kind == EX_FIELD && p->field.debug) {
            unsigned text = const_text(c, p->field.text, strlen(p->field.text));
            emit(c, I_MOVE, 0, (unsigned)temp(c), text, 0);
            parts++;
        }
        int t = temp(c);
        if (p->kind == EX_FIELD)
            expr_field(c, p, t);
        else
            expr_to(c, p, t);
        c->top = t + 1;
        parts++;
        if (parts >= 100 && i + 1 < n->list.count) { /* long texts are joined in pieces */
            emit(c, I_CONCAT, 0, (unsigned)mark, (unsigned)mark, (unsigned)parts);
            c->top = mark + 1;
            parts = 1;
        }
    }
    c->span = n->span;
    emit(c, I_CONCAT, 0, (unsigned)dst, (unsigned)mark, (unsigned)parts);
}

static void expr_yield(Comp *c, const Node *n, int dst) {
    if (n->kind == EX_YIELD) {
        unsigned v = n->one ? expr_rk(c, n->one) : rk_const(c, VALUE_NONE);
        c->span = n->span;
        emit(c, I_YIELD, 0, (unsigned)dst, v, 0);
        return;
    }
    int iter = temp(c), got = temp(c);
    emit(c, I_GETITER, 0, (unsigned)iter, expr_rk(c, n->one), 0);
    c->span = n->span;
    emit(c, I_MOVE, 0, (unsigned)got, rk_const(c, VALUE_NONE), 0);
    emit(c, I_YIELDFROM, 0, (unsigned)got, (unsigned)iter, 0);
    emit(c, I_MOVE, 0, (unsigned)dst, (unsigned)got, 0);
}

static void expr_named(Comp *c, const Node *n, int dst) {
    int value = expr_temp(c, n->assign.value), copy = temp(c);
    emit(c, I_MOVE, 1, (unsigned)copy, (unsigned)value, 0);
    assign_from(c, n->assign.targets.items[0], (unsigned)copy);
    emit(c, I_MOVE, 0, (unsigned)dst, (unsigned)value, 0);
}

static void expr_any(Comp *c, const Node *n, int dst) {
    Value v;
    if (const_fold(n, &v)) {
        emit(c, I_MOVE, 0, (unsigned)dst, rk_const(c, v), 0);
        return;
    }
    switch (n->kind) {
    case EX_NAME:
        load_name(c, n->name, dst);
        break;
    case EX_FSTRING:
        expr_fstring(c, n, dst);
        break;
    case EX_FIELD:
        expr_field(c, n, dst);
        break;
    case EX_TUPLE:
    case EX_LIST:
    case EX_SET:
        expr_display(c, n, dst);
        break;
    case EX_DICT:
        expr_dict(c, n, dst);
        break;
    case EX_BINARY:
        expr_binary(c, n, dst);
        break;
    case EX_UNARY:
        expr_unary(c, n, dst);
        break;
    case EX_COMPARE:
        expr_compare(c, n, dst);
        break;
    case EX_BOOLOP:
        expr_boolop(c, n, dst);
        break;
    case EX_IFEXP:
        expr_ifexp(c, n, dst);
        break;
    case EX_NAMED:
        expr_named(c, n, dst);
        break;
    case EX_LAMBDA:
        expr_lambda(c, n, dst);
        break;
    case EX_CALL:
        expr_call(c, n, dst);
        break;
    case EX_ATTR:
        expr_attr(c, n, dst);
        break;
    case EX_INDEX:
        expr_index(c, n, dst);
        break;
    case EX_SLICE:
        expr_slice(c, n, dst);
        break;
    case EX_LISTCOMP:
    case EX_SETCOMP:
    case EX_DICTCOMP:
    case EX_GENERATOR:
        expr_comp(c, n, dst);
        break;
    case EX_YIELD:
    case EX_YIELD_FROM:
        expr_yield(c, n, dst);
        break;
    case EX_STARRED:
        comp_error(c, n->span, "a starred expression cannot stand here");
        break;
    default:
        BUG("not an expression: %d", (int)n->kind);
    }
}

void expr_to(Comp *c, const Node *n, int dst) {
    int mark = c->top;
    Span outer = c->span;
    if (++c->depth > EXPR_DEPTH_MAX)
        comp_error(c, n->span, "this nests too deeply to be run; name its parts");
    if (!c->err->kind) {
        c->span = n->span;
        expr_any(c, n, dst);
    }
    c->depth--;
    c->span = outer;
    c->top = mark;
}
