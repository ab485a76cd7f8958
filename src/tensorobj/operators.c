/* Operators on tensors: a + b, a @ b, -a, a += b, comparisons; and shape errors
 * that name the operands as the user wrote them.
 *
 * Python numbers enter as wrapped 0-dim tensors, which broadcast like any other
 * and do not promote within their category.
 */
#include "config.h"

#include "tensorobj/args.h"
#include "grad/ops.h"

/* ---- which row an operator is -------------------------------------------------- */

/* add, sub and shifts by sign apart, an operator is one row of the op table. */
static const OpDef *op_row(Op op) {
    switch (op) {
    case OP_MUL:
        return &opdef_mul;
    case OP_DIV:
        return &opdef_div;
    case OP_FLOORDIV:
        return &opdef_floor_divide;
    case OP_MOD:
        return &opdef_remainder;
    case OP_POW:
        return &opdef_pow;
    case OP_MATMUL:
        return &opdef_matmul;
    case OP_AND:
        return &opdef_bitwise_and;
    case OP_OR:
        return &opdef_bitwise_or;
    case OP_XOR:
        return &opdef_bitwise_xor;
    case OP_LSHIFT:
        return &opdef_bitwise_left_shift;
    case OP_RSHIFT:
        return &opdef_bitwise_right_shift;
    case OP_EQ:
        return &opdef_eq;
    case OP_NE:
        return &opdef_ne;
    case OP_LT:
        return &opdef_lt;
    case OP_LE:
        return &opdef_le;
    case OP_GT:
        return &opdef_gt;
    case OP_GE:
        return &opdef_ge;
    default:
        return NULL;
    }
}

static const char *sign_text(Op op) {
    static const char *const signs[] = {
        [OP_ADD] = "+",       [OP_SUB] = "-", [OP_MUL] = "*",  [OP_DIV] = "/",
        [OP_FLOORDIV] = "//", [OP_MOD] = "%", [OP_POW] = "**", [OP_MATMUL] = "@",
        [OP_AND] = "&",       [OP_OR] = "|",  [OP_XOR] = "^",  [OP_LSHIFT] = "<<",
        [OP_RSHIFT] = ">>",   [OP_EQ] = "==", [OP_NE] = "!=",  [OP_LT] = "<",
        [OP_LE] = "<=",       [OP_GT] = ">",  [OP_GE] = ">=",
    };
    return (size_t)op < ARRAY_LEN(signs) && signs[op] ? signs[op] : "?";
}

/* ---- shape errors -------------------------------------------------------------------- */

typedef struct Operand {
    Str text, shape;
} Operand;

static void operand_read(Interp *in, int which, const Tensor *t, Operand *o) {
    *o = (Operand){STR_INIT, STR_INIT};
    if (!interp_operand_text(in, which, &o->text)) str_add(&o->text, which ? "right" : "left");
    shape_str(&o->shape, t->ndim, t->shape);
}

static void operand_clear(Operand *o) {
    str_clear(&o->text);
    str_clear(&o->shape);
}

/* a @ b does not fit: names both, the sizes that meet, and the transpose that would fit. */
COLD bool matmul_mismatch(Interp *in, const char *sign, Tensor *a, Tensor *b, Err *err) {
    Operand l, r;
    int64_t inner_a = a->shape[a->ndim - 1], inner_b = b->shape[b->ndim > 1 ? b->ndim - 2 : 0];
    operand_read(in, 0, a, &l);
    operand_read(in, 1, b, &r);
    err_set(err, ERR_RUNTIME, "%s %s %s: %s is %s, %s is %s; the inner sizes are %lld and %lld.",
            str_cstr(&l.text), sign, str_cstr(&r.text), str_cstr(&l.text), str_cstr(&l.shape),
            str_cstr(&r.text), str_cstr(&r.shape), (long long)inner_a, (long long)inner_b);
    if (b->ndim > 1 && b->shape[b->ndim - 1] == inner_a) {
        err_hint(err, "Did you mean %s.transpose(-2, -1)?", str_cstr(&r.text));
    } else if (a->ndim > 1 && a->shape[a->ndim - 2] == inner_b) {
        err_hint(err, "Did you mean %s.transpose(-2, -1)?", str_cstr(&l.text));
    } else {
        err_hint(err, "the last size of %s must equal the size before the last of %s",
                 str_cstr(&l.text), str_cstr(&r.text));
    }
    operand_clear(&l);
    operand_clear(&r);
    return false;
}

static bool matmul_fits(const Tensor *a, const Tensor *b) {
    if (a->ndim == 0 || b->ndim == 0) return true; /* the op's own words */
    return a->shape[a->ndim - 1] == b->shape[b->ndim > 1 ? b->ndim - 2 : 0];
}

/* PyTorch's words stay the message; the hint says which tensors they are about. */
static COLD bool broadcast_hint(Interp *in, Op op, Tensor *a, Tensor *b, Err *err) {
    int n;
    int64_t shape[TENSOR_MAX_DIM];
    Err probe = {0};
    Operand l, r;
    if (err->kind != ERR_RUNTIME) return false;
    if (shape_broadcast(a->ndim, a->shape, b->ndim, b->shape, &n, shape, &probe)) return false;
    err_clear(&probe);
    operand_read(in, 0, a, &l);
    operand_read(in, 1, b, &r);
    err_hint(err, "%s %s %s: %s is %s, %s is %s; counted from the right, sizes must be equal or 1",
             str_cstr(&l.text), sign_text(op), str_cstr(&r.text), str_cstr(&l.text),
             str_cstr(&l.shape), str_cstr(&r.text), str_cstr(&r.shape));
    operand_clear(&l);
    operand_clear(&r);
    return false;
}

/* ---- slots -------------------------------------------------------------------------------- */

static bool operands(Value a, Value b, Tensor **x, Tensor **y, Err *err) {
    *x = *y = NULL;
    if (!value_operand(a, x, err) || !value_operand(b, y, err)) {
        tensor_release(*x);
        return false;
    }
    return true;
}

bool tensor_slot_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Tensor *x, *y, *t = NULL;
    const OpDef *row = op_row(op);
    bool ok = true;
    if (!operands(a, b, &x, &y, err)) return false;
    if (!x || !y || (!row && op != OP_ADD && op != OP_SUB)) {
        *out = VALUE_NOTIMPL;
    } else if (op == OP_MATMUL && !matmul_fits(x, y)) {
        ok = matmul_mismatch(in, "@", x, y, err);
    } else {
        if (op == OP_ADD)
            ok = op_add(x, y, 1, &t, err);
        else if (op == OP_SUB && x->wrapped && !y->wrapped)
            ok = op_rsub(y, x, 1, &t, err);
        else if (op == OP_SUB)
            ok = op_sub(x, y, 1, &t, err);
        else if (op == OP_DIV && x->wrapped && !y->wrapped)
            ok = op_rdiv(y, x, &t, err);
        else
            ok = op_binary(row, x, y, &t, err);
        if (ok)
            *out = tensor_wrap_take(t);
        else
            broadcast_hint(in, op, x, y, err);
    }
    tensor_release(x);
    tensor_release(y);
    return ok;
}

bool tensor_slot_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Tensor *x = value_tensor(a), *y;
    const OpDef *row = op_row(op);
    bool ok;
    *out = VALUE_NOTIMPL;
    if (!x || op == OP_MATMUL || (!row && op != OP_ADD && op != OP_SUB)) return true;
    if (!value_operand(b, &y, err)) return false;
    if (!y) return true;
    if (op == OP_ADD)
        ok = op_add_(x, y, 1, err);
    else if (op == OP_SUB)
        ok = op_sub_(x, y, 1, err);
    else
        ok = op_binary_(row, x, y, err);
    if (ok)
        *out = value_retain(a);
    else
        broadcast_hint(in, op, x, y, err);
    tensor_release(y);
    return ok;
}

bool tensor_slot_unary(Interp *in, Op op, Value a, Value *out, Err *err) {
    Tensor *x = value_tensor(a), *y = NULL;
    UNUSED(in);
    switch (op) {
    case OP_NEG:
        return tensor_return(op_neg(x, &y, err), &y, out);
    case OP_INVERT:
        return tensor_return(op_bitwise_not(x, &y, err), &y, out);
    case OP_POS:
        *out = value_retain(a);
        return true;
    default:
        *out = VALUE_NOTIMPL;
        return true;
    }
}
