/* a + b and its like on arrays and scalars: NumPy's promotion, its few dtype rules that PyTorch
 * has not (bool + bool is "or", int / int is float64, int // 0 is 0), its errors. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "numpy/numpy.h"
#include "grad/ops.h"
#include "tensor/copy.h"
#include "tensor/create.h"

/* ---- promotion --------------------------------------------------------------------- */

typedef enum Kind { KIND_BOOL, KIND_INT, KIND_FLOAT, KIND_COMPLEX } Kind;

static Kind kind_of(DType dt) {
    if (dtype_is_complex(dt)) return KIND_COMPLEX;
    if (dtype_is_float(dt)) return KIND_FLOAT;
    return dt == DT_BOOL ? KIND_BOOL : KIND_INT;
}

/* The narrowest float that holds every value of an integer type. */
static DType float_for(DType dt) {
    if (dt == DT_BOOL || dt == DT_U8 || dt == DT_I8) return DT_F16;
    return dt == DT_I16 ? DT_F32 : DT_F64;
}

DType np_promote(DType a, DType b) {
    DType lo = MIN(a, b), hi = MAX(a, b);
    if (kind_of(lo) < KIND_FLOAT && kind_of(hi) == KIND_FLOAT) return MAX(hi, float_for(lo));
    return dtype_promote(a, b);
}

/* The smallest type of its kind that holds the value. `beside`: the dtype it meets. */
static DType least(const Tensor *scalar, DType beside) {
    DType dt = (DType)scalar->dtype;
    if (dtype_is_float(dt)) {
        double v = fabs(tensor_get_f64(scalar, NULL));
        return !isfinite(v) || v < 65000 ? DT_F16 : v < 3.4e38 ? DT_F32 : DT_F64;
    }
    if (!dtype_is_int(dt)) return dt;
    int64_t v = tensor_get_i64(scalar, NULL);
    if (v >= 0 && v <= UINT8_MAX && (beside == DT_U8 || v > INT8_MAX)) return DT_U8;
    if (v >= INT8_MIN && v <= INT8_MAX) return DT_I8;
    if (v >= INT16_MIN && v <= INT16_MAX) return DT_I16;
    return v >= INT32_MIN && v <= INT32_MAX ? DT_I32 : DT_I64;
}

DType np_result_type(int n, Tensor *const *ts) {
    Kind arrays = KIND_BOOL, scalars = KIND_BOOL;
    DType dt = DT_COUNT, wide = DT_COUNT;
    for (int i = 0; i < n; i++) {
        Kind k = kind_of((DType)ts[i]->dtype);
        if (ts[i]->ndim) {
            arrays = MAX(arrays, k);
            wide = wide == DT_COUNT ? (DType)ts[i]->dtype : np_promote(wide, (DType)ts[i]->dtype);
        } else {
            scalars = MAX(scalars, k);
        }
    }
    bool by_value = wide != DT_COUNT && arrays >= scalars;
    for (int i = 0; i < n; i++) {
        DType own = by_value && !ts[i]->ndim ? least(ts[i], wide) : (DType)ts[i]->dtype;
        dt = dt == DT_COUNT ? own : np_promote(dt, own);
    }
    return dt;
}

/* ---- operands ---------------------------------------------------------------------------- */

bool np_operand(Interp *in, Value v, Tensor **out, Err *err) {
    Value np, made, *items;
    int64_t n;
    Tensor *t = value_array(v);
    *out = NULL;
    if (t) {
        *out = tensor_retain(t);
        return true;
    }
    if (v.tag == VT_BOOL) return tensor_scalar_i64(DT_BOOL, v.b, out, err);
    if (v.tag == VT_INT) return tensor_scalar_i64(DT_I64, v.i, out, err);
    if (v.tag == VT_FLOAT) return tensor_scalar_f64(DT_F64, v.f, out, err);
    if (!seq_items(v, &items, &n)) return true;
    if (!interp_import(in, "numpy", &np, err)) return false;
    bool ok = value_call_method(in, np, "asarray", &v, 1, &made, err);
    value_release(np);
    if (!ok) return false;
    *out = tensor_retain(value_array(made));
    value_release(made);
    return true;
}

void np_shape_str(Str *out, int ndim, const int64_t *shape) {
    str_addc(out, '(');
    for (int i = 0; i < ndim; i++) str_printf(out, "%s%lld", i ? "," : "", (long long)shape[i]);
    str_add(out, ndim == 1 ? ",)" : ")");
}

bool np_broadcast_check(const Tensor *a, const Tensor *b, Err *err) {
    int n;
    int64_t shape[TENSOR_MAX_DIM];
    Err probe = {0};
    Str text = STR_INIT;
    if (shape_broadcast(a->ndim, a->shape, b->ndim, b->shape, &n, shape, &probe)) return true;
    err_clear(&probe);
    np_shape_str(&text, a->ndim, a->shape);
    str_addc(&text, ' ');
    np_shape_str(&text, b->ndim, b->shape);
    err_set(err, ERR_VALUE, "operands could not be broadcast together with shapes %s ",
            str_cstr(&text));
    err_hint(err, "counted from the right, sizes must be equal or 1; a[:, None] adds an axis");
    str_clear(&text);
    return false;
}

/* ---- products ------------------------------------------------------------------------------- */

static bool matmul_check(const Tensor *a, const Tensor *b, Err *err) {
    static const char core[] = "gufunc signature (n?,k),(k,m?)->(n?,m?)";
    for (int i = 0; i < 2; i++) {
        if ((i ? b : a)->ndim > 0) continue;
        return err_set(err, ERR_VALUE,
                       "matmul: Input operand %d does not have enough dimensions (has 0, gufunc "
                       "core with signature (n?,k),(k,m?)->(n?,m?) requires 1)",
                       i);
    }
    int64_t left = a->shape[a->ndim - 1], right = b->shape[b->ndim > 1 ? b->ndim - 2 : 0];
    if (left == right) return true;
    err_set(err, ERR_VALUE,
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with %s (size %lld is "
            "different from %lld)",
            core, (long long)right, (long long)left);
    if (b->ndim > 1 && b->shape[b->ndim - 1] == left)
        err_hint(err, "the right side fits transposed: .T, or .swapaxes(-1, -2) with more axes");
    return false;
}

/* ---- one operation
 * --------------------------------------------------------------------------------
 */

typedef struct UfuncName {
    const OpDef *row;
    const char *name;
} UfuncName;

static const UfuncName ufuncs[OP_COUNT] = {
    [OP_ADD] = {&opdef_add, "add"},
    [OP_SUB] = {&opdef_sub, "subtract"},
    [OP_MUL] = {&opdef_mul, "multiply"},
    [OP_DIV] = {&opdef_div, "divide"},
    [OP_FLOORDIV] = {&opdef_floor_divide, "floor_divide"},
    [OP_MOD] = {&opdef_remainder, "remainder"},
    [OP_POW] = {&opdef_pow, "power"},
    [OP_MATMUL] = {&opdef_matmul, "matmul"},
    [OP_AND] = {&opdef_bitwise_and, "bitwise_and"},
    [OP_OR] = {&opdef_bitwise_or, "bitwise_or"},
    [OP_XOR] = {&opdef_bitwise_xor, "bitwise_xor"},
    [OP_LSHIFT] = {&opdef_bitwise_left_shift, "left_shift"},
    [OP_RSHIFT] = {&opdef_bitwise_right_shift, "right_shift"},
    [OP_EQ] = {&opdef_eq, "equal"},
    [OP_NE] = {&opdef_ne, "not_equal"},
    [OP_LT] = {&opdef_lt, "less"},
    [OP_LE] = {&opdef_le, "less_equal"},
    [OP_GT] = {&opdef_gt, "greater"},
    [OP_GE] = {&opdef_ge, "greater_equal"},
};

/* x op y for ints where y has zeros: those give 0. */
static bool over_zeros(const OpDef *row, Tensor *x, Tensor *y, Tensor **out, Err *err) {
    Tensor *zero = NULL, *one = NULL, *is_zero = NULL, *safe = NULL, *full = NULL;
    bool ok = tensor_scalar_i64((DType)y->dtype, 0, &zero, err) &&
              tensor_scalar_i64((DType)y->dtype, 1, &one, err) && op_eq(y, zero, &is_zero, err) &&
              op_where(is_zero, one, y, &safe, err) && op_binary(row, x, safe, &full, err) &&
              op_where(is_zero, zero, full, out, err);
    tensor_release(zero);
    tensor_release(one);
    tensor_release(is_zero);
    tensor_release(safe);
    tensor_release(full);
    return ok;
}

/* a ** number in the cases that NumPy computes otherwise than by pow(). *done false: none. */
static bool power_fast(Tensor *x, const Tensor *y, DType dt, bool *done, Tensor **out, Err *err) {
    double p = y->ndim ? 0 : tensor_get_f64(y, NULL);
    *done = !y->ndim && x->ndim && (p == 2 || (dtype_is_float(dt) && (p == 0.5 || p == -1)));
    if (!*done) return true;
    return p == 2  ? op_square(x, out, err)
           : p < 0 ? op_reciprocal(x, out, err)
                   : op_sqrt(x, out, err);
}

static bool power(Tensor *x, Tensor *y, DType dt, Tensor **out, Err *err) {
    Tensor *zero = NULL, *neg = NULL, *any = NULL;
    bool done;
    if (!power_fast(x, y, dt, &done, out, err) || done) return !err->kind;
    if (dtype_is_int(dt)) {
        bool ok = tensor_scalar_i64(dt, 0, &zero, err) && op_lt(y, zero, &neg, err) &&
                  op_any(neg, 0, NULL, false, &any, err);
        if (ok && tensor_get_i64(any, NULL))
            ok = err_set(err, ERR_VALUE, "Integers to negative integer powers are not allowed.");
        tensor_release(zero);
        tensor_release(neg);
        tensor_release(any);
        if (!ok) return false;
    }
    return op_pow(x, y, out, err);
}

static bool refuse_types(const char *name, Err *err) {
    return err_set(err, ERR_TYPE,
                   "ufunc '%s' not supported for the input types, and the inputs could not be "
                   "safely coerced to any supported types according to the casting rule ''safe''",
                   name);
}

/* x and y are of dtype dt and broadcast. */
static bool compute(Op op, Tensor *x, Tensor *y, DType dt, Tensor **out, Err *err) {
    if (dt == DT_BOOL && op == OP_ADD) return op_logical_or(x, y, out, err);
    if (dt == DT_BOOL && op == OP_MUL) return op_logical_and(x, y, out, err);
    if (dt == DT_BOOL && op == OP_SUB) {
        return err_set(err, ERR_TYPE,
                       "numpy boolean subtract, the `-` operator, is not supported, use the "
                       "bitwise_xor, the `^` operator, or the logical_xor function instead.");
    }
    switch (op) {
    case OP_ADD:
        return op_add(x, y, 1, out, err);
    case OP_SUB:
        return op_sub(x, y, 1, out, err);
    case OP_POW:
        return power(x, y, dt, out, err);
    case OP_FLOORDIV:
    case OP_MOD:
        if (op_binary(ufuncs[op].row, x, y, out, err)) return true;
        if (!err->msg || strcmp(err->msg, "ZeroDivisionError") != 0)
            return false; /* as torch says */
        err_clear(err);
        return over_zeros(ufuncs[op].row, x, y, out, err);
    default:
        return op_binary(ufuncs[op].row, x, y, out, err);
    }
}

/* The dtype that an operation computes in. */
static bool loop_dtype(Op op, Tensor *x, Tensor *y, DType *dt, Err *err) {
    *dt = np_result_type(2, (Tensor *[]){x, y});
    Kind k = kind_of(*dt);
    bool bits = op == OP_AND || op == OP_OR || op == OP_XOR,
         shift = op == OP_LSHIFT || op == OP_RSHIFT;
    if ((bits || shift) && k >= KIND_FLOAT) return refuse_types(ufuncs[op].name, err);
    if (op == OP_DIV && k < KIND_FLOAT) *dt = DT_F64;
    if (k == KIND_BOOL && (op == OP_FLOORDIV || op == OP_MOD || op == OP_POW || shift)) *dt = DT_I8;
    return true;
}

static bool matmul(Tensor *x, Tensor *y, Tensor **out, Err *err) {
    return matmul_check(x, y, err) && op_matmul(x, y, out, err);
}

/* A bool product is "any of both". */
static bool matmul_bool(Tensor *x, Tensor *y, Tensor **out, Err *err) {
    Tensor *a = NULL, *b = NULL, *c = NULL;
    bool ok = tensor_cast(x, DT_I64, &a, err) && tensor_cast(y, DT_I64, &b, err) &&
              matmul(a, b, &c, err) && tensor_cast(c, DT_BOOL, out, err);
    tensor_release(a);
    tensor_release(b);
    tensor_release(c);
    return ok;
}

static bool binary(Op op, Tensor *a, Tensor *b, Tensor **out, Err *err) {
    Tensor *x = NULL, *y = NULL;
    DType dt;
    bool ok = (op == OP_MATMUL || np_broadcast_check(a, b, err)) &&
              loop_dtype(op, a, b, &dt, err) && tensor_cast(a, dt, &x, err) &&
              tensor_cast(b, dt, &y, err);
    if (ok && op == OP_MATMUL)
        ok = dt == DT_BOOL ? matmul_bool(x, y, out, err) : matmul(x, y, out, err);
    else if (ok)
        ok = compute(op, x, y, dt, out, err);
    tensor_release(x);
    tensor_release(y);
    return ok;
}

/* ---- slots
 * -------------------------------------------------------------------------------------------
 */

/* [0] * np.int64(2) repeats the list. */
static bool is_repeat(Value seq, Value count) {
    const Tensor *t = value_is_np_scalar(count) ? value_array(count) : NULL;
    return t && dtype_is_int((DType)t->dtype) &&
           (value_isinstance(seq, &type_list) || value_isinstance(seq, &type_tuple) ||
            value_isinstance(seq, &type_str));
}

static bool repeat(Interp *in, Value seq, Value count, Value *out, Err *err) {
    return value_binary(in, OP_MUL, seq, value_int(tensor_get_i64(value_array(count), NULL)), out,
                        err);
}

/* a == None, a != "x": no element is. */
static bool equals_no_number(Op op, Tensor *x, Value *out, Err *err) {
    Tensor *t = NULL;
    return array_return(tensor_full_i64(DT_BOOL, x->ndim, x->shape, op == OP_NE, &t, err), &t, out);
}

bool np_slot_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Tensor *x = NULL, *y = NULL, *t = NULL;
    *out = VALUE_NOTIMPL;
    if (!ufuncs[op].row) return true;
    if (op == OP_MUL && is_repeat(a, b)) return repeat(in, a, b, out, err);
    if (op == OP_MUL && is_repeat(b, a)) return repeat(in, b, a, out, err);
    bool ok = np_operand(in, a, &x, err) && (!x || np_operand(in, b, &y, err));
    if (ok && x && y)
        ok = array_return(binary(op, x, y, &t, err), &t, out);
    else if (ok && x && b.tag == VT_NONE && (op == OP_EQ || op == OP_NE))
        ok = equals_no_number(op, x, out, err);
    tensor_release(x);
    tensor_release(y);
    return ok;
}

/* The result of dtype `from` cannot go into the array of dtype `to`. */
static bool cast_error(Op op, DType from, DType to, Err *err) {
    err_set(err, ERR_TYPE,
            "Cannot cast ufunc '%s' output from dtype('%s') to dtype('%s') with casting rule "
            "'same_kind'",
            ufuncs[op].name, dtype_name(from), dtype_name(to));
    return err_hint(err, "write a = a + b for a new array, or a.astype(float) first");
}

static bool shape_error(const Tensor *a, const Tensor *result, Err *err) {
    Str have = STR_INIT, want = STR_INIT;
    np_shape_str(&have, a->ndim, a->shape);
    np_shape_str(&want, result->ndim, result->shape);
    err_set(err, ERR_VALUE,
            "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s",
            str_cstr(&have), str_cstr(&want));
    str_clear(&have);
    str_clear(&want);
    return false;
}

bool np_slot_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Tensor *x = value_array(a), *y = NULL, *t = NULL;
    *out = VALUE_NOTIMPL;
    if (!value_is(a, &type_ndarray) || !ufuncs[op].row || op >= OP_COUNT) return true;
    if (!np_operand(in, b, &y, err)) return false;
    if (!y) return true;
    bool ok = binary(op, x, y, &t, err);
    if (ok && kind_of((DType)t->dtype) > kind_of((DType)x->dtype))
        ok = cast_error(op, (DType)t->dtype, (DType)x->dtype, err);
    if (ok && !tensor_same_shape(t, x)) ok = shape_error(x, t, err);
    ok = ok && op_copy_(x, t, err);
    if (ok) *out = value_retain(a);
    tensor_release(t);
    tensor_release(y);
    return ok;
}

bool np_slot_unary(Interp *in, Op op, Value a, Value *out, Err *err) {
    Tensor *x = value_array(a), *y = NULL;
    UNUSED(in);
    switch (op) {
    case OP_NEG:
        if (x->dtype == DT_BOOL) {
            return err_set(err, ERR_TYPE,
                           "The numpy boolean negative, the `-` operator, is not supported, use "
                           "the `~` operator or the logical_not function instead.");
        }
        return array_return(op_neg(x, &y, err), &y, out);
    case OP_INVERT:
        if (kind_of((DType)x->dtype) >= KIND_FLOAT) return refuse_types("invert", err);
        return array_return(op_bitwise_not(x, &y, err), &y, out);
    case OP_POS:
        *out = value_retain(a);
        return true;
    default:
        *out = VALUE_NOTIMPL;
        return true;
    }
}
