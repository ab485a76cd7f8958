/* Two tensors (or a tensor and a number) in, one out, broadcast: arithmetic,
 * comparisons, logic. One line of BINARY is the function, the method and, where
 * PyTorch has it, the in-place method.
 */
#include "config.h"

#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "tensor/convert.h"
#include "tensor/pointwise.h"

#define AB ">>> a, b = torch.tensor([1., 2.]), torch.tensor([4., 2.])\n"
#define BITS ">>> a, b = torch.tensor([True, True]), torch.tensor([True, False])\n"

/* X(name, op, doc, example): op_OP and op_OP_. */
#define BINARY(X)                                                                                  \
    X(mul, mul, "a * b",                                                                           \
      AB ">>> torch.mul(a, b)\n"                                                                   \
         "tensor([4., 4.])")                                                                       \
    X(floor_divide, floor_divide, "a / b, rounded down.",                                          \
      AB ">>> torch.floor_divide(b, a)\n"                                                          \
         "tensor([4., 1.])")                                                                       \
    X(remainder, remainder, "a - b * floor(a / b): the sign of b, as Python's %.",                 \
      ">>> torch.remainder(torch.tensor([-3., 3.]), 2)\n"                                          \
      "tensor([1., 1.])")                                                                          \
    X(fmod, fmod, "The rest of the division, with the sign of a.",                                 \
      ">>> torch.fmod(torch.tensor([-3., 3.]), 2)\n"                                               \
      "tensor([-1.,  1.])")                                                                        \
    X(pow, pow, "a to the power of b.",                                                            \
      AB ">>> torch.pow(a, 2)\n"                                                                   \
         "tensor([1., 4.])")                                                                       \
    X(atan2, atan2, "Angle of the point (b, a).",                                                  \
      AB ">>> torch.atan2(a, b)\n"                                                                 \
         "tensor([0.2450, 0.7854])")                                                               \
    X(hypot, hypot, "sqrt(a² + b²)",                                                               \
      AB ">>> torch.hypot(a, b)\n"                                                                 \
         "tensor([4.1231, 2.8284])")                                                               \
    X(xlogy, xlogy, "a log(b), 0 where a is 0.",                                                   \
      AB ">>> torch.xlogy(a, b)\n"                                                                 \
         "tensor([1.3863, 1.3863])")                                                               \
    X(eq, eq, "a == b",                                                                            \
      AB ">>> torch.eq(a, b)\n"                                                                    \
         "tensor([False,  True])")                                                                 \
    X(ne, ne, "a != b",                                                                            \
      AB ">>> torch.ne(a, b)\n"                                                                    \
         "tensor([ True, False])")                                                                 \
    X(lt, lt, "a < b",                                                                             \
      AB ">>> torch.lt(a, b)\n"                                                                    \
         "tensor([ True, False])")                                                                 \
    X(le, le, "a <= b",                                                                            \
      AB ">>> torch.le(a, b)\n"                                                                    \
         "tensor([True, True])")                                                                   \
    X(gt, gt, "a > b",                                                                             \
      AB ">>> torch.gt(a, b)\n"                                                                    \
         "tensor([False, False])")                                                                 \
    X(ge, ge, "a >= b",                                                                            \
      AB ">>> torch.ge(a, b)\n"                                                                    \
         "tensor([False,  True])")                                                                 \
    X(logical_and, logical_and, "Both not 0.",                                                     \
      BITS ">>> torch.logical_and(a, b)\n"                                                         \
           "tensor([ True, False])")                                                               \
    X(logical_or, logical_or, "Either not 0.",                                                     \
      BITS ">>> torch.logical_or(a, b)\n"                                                          \
           "tensor([True, True])")                                                                 \
    X(logical_xor, logical_xor, "One of them not 0.",                                              \
      BITS ">>> torch.logical_xor(a, b)\n"                                                         \
           "tensor([False,  True])")                                                               \
    X(bitwise_and, bitwise_and, "a & b",                                                           \
      BITS ">>> torch.bitwise_and(a, b)\n"                                                         \
           "tensor([ True, False])")                                                               \
    X(bitwise_or, bitwise_or, "a | b",                                                             \
      BITS ">>> torch.bitwise_or(a, b)\n"                                                          \
           "tensor([True, True])")                                                                 \
    X(bitwise_xor, bitwise_xor, "a ^ b",                                                           \
      BITS ">>> torch.bitwise_xor(a, b)\n"                                                         \
           "tensor([False,  True])")                                                               \
    X(bitwise_left_shift, bitwise_left_shift, "a << b",                                            \
      ">>> torch.bitwise_left_shift(torch.tensor([1]), 3)\n"                                       \
      "tensor([8])")                                                                               \
    X(bitwise_right_shift, bitwise_right_shift, "a >> b",                                          \
      ">>> torch.bitwise_right_shift(torch.tensor([8]), 2)\n"                                      \
      "tensor([2])")

#define BINARY_ONLY(X)                                                                             \
    X(maximum, maximum, "The greater of both, nan if one is.",                                     \
      AB ">>> torch.maximum(a, b)\n"                                                               \
         "tensor([4., 2.])")                                                                       \
    X(minimum, minimum, "The lesser of both, nan if one is.",                                      \
      AB ">>> torch.minimum(a, b)\n"                                                               \
         "tensor([1., 2.])")                                                                       \
    X(fmax, fmax, "The greater of both, ignoring nan.",                                            \
      AB ">>> torch.fmax(a, b)\n"                                                                  \
         "tensor([4., 2.])")                                                                       \
    X(fmin, fmin, "The lesser of both, ignoring nan.",                                             \
      AB ">>> torch.fmin(a, b)\n"                                                                  \
         "tensor([1., 2.])")                                                                       \
    X(logaddexp, logaddexp, "log(exp(a) + exp(b)) without overflow.",                              \
      AB ">>> torch.logaddexp(a, b)\n"                                                             \
         "tensor([4.0486, 2.6931])")

#define BINARY_ALIAS(X)                                                                            \
    X(arctan2, atan2)                                                                              \
    X(multiply, mul)                                                                               \
    X(greater, gt)                                                                                 \
    X(greater_equal, ge)                                                                           \
    X(less, lt)                                                                                    \
    X(less_equal, le)                                                                              \
    X(not_equal, ne)                                                                               \
    X(__mul__, mul)                                                                                \
    X(__eq__, eq)                                                                                  \
    X(__pow__, pow)

static bool two(const char *fn, Value *args, Tensor **a, Tensor **b, Err *err) {
    *a = *b = NULL;
    if (!arg_operand(NULL, fn, 0, args[0], a, err)) return false;
    if (arg_operand(NULL, fn, 1, args[1], b, err)) return true;
    tensor_release(*a);
    return false;
}

static bool apply(const char *fn, const OpDef *row, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *y = NULL;
    bool ok;
    if (!two(fn, args, &a, &b, err)) return false;
    ok = op_binary(row, a, b, &y, err);
    tensor_release(a);
    tensor_release(b);
    return tensor_return(ok, &y, out);
}

static bool apply_(const char *fn, const OpDef *row, Value *args, Value *out, Err *err) {
    Tensor *a, *b;
    bool ok;
    if (!two(fn, args, &a, &b, err)) return false;
    ok = op_binary_(row, a, b, err);
    tensor_release(a);
    tensor_release(b);
    if (ok) *out = value_retain(args[0]);
    return ok;
}

#define PLAIN(name, op, doc, example)                                                              \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        UNUSED(in);                                                                                \
        return apply(__func__, &opdef_##op, args, out, err);                                       \
    }
BINARY(PLAIN)
BINARY_ONLY(PLAIN)

#define IN_PLACE(name, op, doc, example)                                                           \
    static bool do_##name##_(Interp *in, Value *args, Value *out, Err *err) {                      \
        UNUSED(in);                                                                                \
        return apply_(__func__, &opdef_##op, args, out, err);                                      \
    }
BINARY(IN_PLACE)

/* ---- add and sub with alpha, div with rounding_mode ------------------------------------ */

typedef bool (*ScaledFn)(Tensor *a, Tensor *b, double alpha, Tensor **out, Err *err);
typedef bool (*ScaledInFn)(Tensor *a, Tensor *b, double alpha, Err *err);

/* Which alpha the operands' dtype takes. */
static bool alpha_fits(Value alpha, Tensor *a, Tensor *b, Err *err) {
    DType dt = tensor_result_type(2, (Tensor *[]){a, b});
    if (alpha.tag == VT_BOOL && dt != DT_BOOL)
        return err_set(err, ERR_RUNTIME, "Boolean alpha only supported for Boolean results.");
    if (alpha.tag == VT_FLOAT && dt <= DT_I64)
        return err_set(err, ERR_RUNTIME,
                       "For integral input tensors, argument alpha must not be a floating point "
                       "number.");
    return alpha.tag == VT_FLOAT ? number_fits_f64(dt, alpha.f, err)
           : alpha.tag == VT_INT ? number_fits_i64(dt, alpha.i, err)
                                 : true;
}

static bool scaled(const char *fn, ScaledFn op, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *y = NULL;
    double alpha;
    bool ok;
    if (!arg_float(NULL, fn, 2, args[2], &alpha, err) || !two(fn, args, &a, &b, err)) return false;
    ok = alpha_fits(args[2], a, b, err) && op(a, b, alpha, &y, err);
    tensor_release(a);
    tensor_release(b);
    return tensor_return(ok, &y, out);
}

static bool scaled_(const char *fn, ScaledInFn op, Value *args, Value *out, Err *err) {
    Tensor *a, *b;
    double alpha;
    bool ok;
    if (!arg_float(NULL, fn, 2, args[2], &alpha, err) || !two(fn, args, &a, &b, err)) return false;
    ok = alpha_fits(args[2], a, b, err) && op(a, b, alpha, err);
    tensor_release(a);
    tensor_release(b);
    if (ok) *out = value_retain(args[0]);
    return ok;
}

#define SCALED(name)                                                                               \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        UNUSED(in);                                                                                \
        return scaled(__func__, op_##name, args, out, err);                                        \
    }                                                                                              \
    static bool do_##name##_(Interp *in, Value *args, Value *out, Err *err) {                      \
        UNUSED(in);                                                                                \
        return scaled_(__func__, op_##name##_, args, out, err);                                    \
    }
SCALED(add)
SCALED(sub)

static bool do_rsub(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return scaled(__func__, op_rsub, args, out, err);
}

static const OpDef *div_row(Value mode, Err *err) {
    if (mode.tag == VT_NONE) return &opdef_div;
    if (str_eq_cstr(mode, "floor")) return &opdef_div_floor;
    if (str_eq_cstr(mode, "trunc")) return &opdef_div_trunc;
    err_set(err, ERR_RUNTIME, "div expected rounding_mode to be one of None, 'trunc', or 'floor'");
    return NULL;
}

static bool do_div(Interp *in, Value *args, Value *out, Err *err) {
    const OpDef *row = div_row(args[2], err);
    UNUSED(in);
    return row && apply(__func__, row, args, out, err);
}

static bool do_div_(Interp *in, Value *args, Value *out, Err *err) {
    const OpDef *row = div_row(args[2], err);
    UNUSED(in);
    return row && apply_(__func__, row, args, out, err);
}

/* ---- whole comparisons --------------------------------------------------------------------- */

static bool do_equal(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b;
    bool same;
    UNUSED(in);
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b) || !tensor_equal(a, b, &same, err)) return false;
    *out = value_bool(same);
    return true;
}

static bool close(const char *fn, Value *args, Tensor **y, Err *err) {
    Tensor *a, *b;
    double rtol, atol;
    bool equal_nan;
    return arg_tensor(fn, 0, args[0], &a, err) && arg_tensor(fn, 1, args[1], &b, err) &&
           arg_float(NULL, fn, 2, args[2], &rtol, err) &&
           arg_float(NULL, fn, 3, args[3], &atol, err) &&
           arg_bool(NULL, fn, 4, args[4], &equal_nan, err) &&
           tensor_isclose(a, b, rtol, atol, equal_nan, y, err);
}

static bool do_isclose(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *y = NULL;
    UNUSED(in);
    return tensor_return(close(__func__, args, &y, err), &y, out);
}

static bool do_allclose(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *y = NULL, *all = NULL;
    bool ok;
    UNUSED(in);
    if (!close(__func__, args, &y, err)) return false;
    ok = op_all(y, 0, NULL, false, &all, err);
    tensor_release(y);
    if (!ok) return false;
    *out = value_bool(tensor_get_i64(all, NULL) != 0);
    tensor_release(all);
    return true;
}

#define ROW(name, op, doc, example)                                                                \
    {#name "(input, other) -> Tensor", do_##name, TORCH_BOTH_OUT, doc, example},
#define ROW_(name, op, doc, example)                                                               \
    {#name "_(self, other) -> Tensor", do_##name##_, TORCH_METHOD | NATIVE_MUTATES,                \
     doc " In place.", NULL},
#define ALIAS(name, of)                                                                            \
    {#name "(input, other) -> Tensor", do_##of, TORCH_BOTH_OUT, "Same as " #of ".", NULL},
#define B TORCH_BOTH_OUT
#define MM (TORCH_METHOD | NATIVE_MUTATES)
#define TOL "rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False"

const NativeRow torch_binary_rows[] = {
    {"add(input, other, *, alpha=1) -> Tensor", do_add, B, "a + alpha b",
     AB ">>> torch.add(a, b, alpha=10)\n"
        "tensor([41., 22.])"},
    {"sub(input, other, *, alpha=1) -> Tensor", do_sub, B, "a - alpha b",
     AB ">>> torch.sub(a, b)\n"
        "tensor([-3.,  0.])"},
    {"subtract(input, other, *, alpha=1) -> Tensor", do_sub, B, "Same as sub.", NULL},
    {"rsub(input, other, *, alpha=1) -> Tensor", do_rsub, TORCH_FN_OUT, "b - alpha a",
     AB ">>> torch.rsub(a, b)\n"
        "tensor([3., 0.])"},
    {"add_(self, other, *, alpha=1) -> Tensor", do_add_, MM, "a + alpha b, in place.",
     AB ">>> a.add_(b)\n"
        "tensor([5., 4.])\n"
        ">>> a\n"
        "tensor([5., 4.])"},
    {"sub_(self, other, *, alpha=1) -> Tensor", do_sub_, MM, "a - alpha b, in place.",
     AB ">>> a.sub_(b)\n"
        "tensor([-3.,  0.])"},
    {"div(input, other, *, rounding_mode: str = None) -> Tensor", do_div, B,
     "a / b; rounding_mode 'floor' or 'trunc' rounds.",
     AB ">>> torch.div(b, a)\n"
        "tensor([4., 1.])"},
    {"divide(input, other, *, rounding_mode: str = None) -> Tensor", do_div, B, "Same as div.",
     NULL},
    {"true_divide(input, other, *, rounding_mode: str = None) -> Tensor", do_div, B, "Same as div.",
     NULL},
    {"div_(self, other, *, rounding_mode: str = None) -> Tensor", do_div_, MM, "a / b, in place.",
     AB ">>> b.div_(a)\n"
        "tensor([4., 1.])"},
    {"equal(input: Tensor, other: Tensor) -> bool", do_equal, B,
     "Whether shapes and all elements are equal.",
     AB ">>> torch.equal(a, a.clone())\n"
        "True"},
    {"isclose(input: Tensor, other: Tensor, " TOL ") -> Tensor", do_isclose, B,
     "|a - b| <= atol + rtol |b|, for every element.",
     AB ">>> torch.isclose(a, a + 1e-9)\n"
        "tensor([True, True])"},
    {"allclose(input: Tensor, other: Tensor, " TOL ") -> bool", do_allclose, B,
     "Whether isclose holds everywhere.",
     AB ">>> torch.allclose(a, b)\n"
        "False"},
    BINARY(ROW) BINARY_ONLY(ROW) BINARY(ROW_) BINARY_ALIAS(ALIAS){0},
};
