/* Pointwise operations with attributes of their own: clamp, where, round,
 * masked_fill, lerp, addcmul, complex numbers.
 */
#include "config.h"

#include <math.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "tensor/convert.h"
#include "tensor/copy.h"

static bool self_again(bool ok, Value *args, Value *out) {
    if (ok) *out = value_retain(args[0]);
    return ok;
}

/* The Python numbers among some operands fit the dtype that the result will have. */
static bool numbers_fit(Tensor *const *ts, int n, Err *err) {
    DType dt = tensor_result_type(n, ts);
    for (int i = 0; i < n; i++)
        if (ts[i]->wrapped && !number_fits(dt, ts[i], err)) return false;
    return true;
}

/* ---- clamp ------------------------------------------------------------------------- */

/* Bounds: numbers, tensors or None; owned. Tensors of both kinds make the tensor form. */
static bool bounds(const char *fn, Value *args, Tensor **lo, Tensor **hi, Err *err) {
    *lo = *hi = NULL;
    if (args[1].tag != VT_NONE && !arg_operand(NULL, fn, 1, args[1], lo, err)) return false;
    if (args[2].tag != VT_NONE && !arg_operand(NULL, fn, 2, args[2], hi, err)) {
        tensor_release(*lo);
        return false;
    }
    if (*lo || *hi) {
        Tensor *ts[] = {value_tensor(args[0]), *lo ? *lo : *hi, *hi ? *hi : *lo};
        if (numbers_fit(ts, 3, err)) return true;
        tensor_release(*lo);
        tensor_release(*hi);
        return false;
    }
    return err_set(err, ERR_RUNTIME,
                   "torch.clamp: At least one of 'min' or 'max' must not be None");
}

static bool do_clamp(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *lo, *hi, *y = NULL;
    bool ok, tensors;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !bounds(__func__, args, &lo, &hi, err)) return false;
    tensors = (lo && !lo->wrapped) || (hi && !hi->wrapped);
    ok = tensors ? op_clamp_tensor(x, lo, hi, &y, err) : op_clamp(x, lo, hi, &y, err);
    tensor_release(lo);
    tensor_release(hi);
    return tensor_return(ok, &y, out);
}

static bool do_clamp_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *lo, *hi;
    bool ok, tensors;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !bounds(__func__, args, &lo, &hi, err)) return false;
    tensors = (lo && !lo->wrapped) || (hi && !hi->wrapped);
    ok = tensors ? op_clamp_tensor_(x, lo, hi, err) : op_clamp_(x, lo, hi, err);
    tensor_release(lo);
    tensor_release(hi);
    return self_again(ok, args, out);
}

#define ONE_BOUND(name)                                                                            \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x, *b, *y = NULL;                                                                  \
        bool ok;                                                                                   \
        if (!ARG_TENSOR(0, &x) || !ARG_OPERAND(1, &b)) return false;                               \
        ok = numbers_fit((Tensor *[]){x, b}, 2, err) && op_##name(x, b, &y, err);                  \
        tensor_release(b);                                                                         \
        return tensor_return(ok, &y, out);                                                         \
    }                                                                                              \
    static bool do_##name##_(Interp *in, Value *args, Value *out, Err *err) {                      \
        Tensor *x, *b;                                                                             \
        bool ok;                                                                                   \
        if (!ARG_TENSOR(0, &x) || !ARG_OPERAND(1, &b)) return false;                               \
        ok = numbers_fit((Tensor *[]){x, b}, 2, err) && op_##name##_(x, b, err);                   \
        tensor_release(b);                                                                         \
        return self_again(ok, args, out);                                                          \
    }
ONE_BOUND(clamp_min)
ONE_BOUND(clamp_max)

/* ---- round, nan_to_num --------------------------------------------------------------------- */

static bool do_round(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    int64_t digits;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &digits) &&
           tensor_return(op_round(x, (int)digits, &y, err), &y, out);
}

static bool do_round_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    int64_t digits;
    return ARG_TENSOR(0, &x) && ARG_INT(1, &digits) &&
           self_again(op_round_(x, (int)digits, err), args, out);
}

static bool do_nan_to_num(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    double nan = 0, pos = 0, neg = 0;
    bool has_pos = args[2].tag != VT_NONE, has_neg = args[3].tag != VT_NONE;
    if (!ARG_TENSOR(0, &x) || (args[1].tag != VT_NONE && !ARG_FLOAT(1, &nan)) ||
        (has_pos && !ARG_FLOAT(2, &pos)) || (has_neg && !ARG_FLOAT(3, &neg))) {
        return false;
    }
    return tensor_return(op_nan_to_num(x, nan, pos, neg, has_pos, has_neg, &y, err), &y, out);
}

/* ---- choosing by a condition ---------------------------------------------------------------- */

/* where(cond, a, b); where(cond) is nonzero as a tuple. */
static bool do_where(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *cond, *a = NULL, *b = NULL, *y = NULL;
    bool ok;
    if (!ARG_TENSOR(0, &cond)) return false;
    if (args[1].tag == VT_UNSET) {
        return value_call_method(in, args[0], "nonzero", (Value[]){value_bool(true)}, 1, out, err);
    }
    if (args[2].tag == VT_UNSET)
        return err_set(
            err, ERR_TYPE,
            "where() received an invalid combination of arguments - got (Tensor, %s), but "
            "expected (Tensor condition), or (Tensor condition, Tensor input, Tensor other)",
            value_type(args[1])->name);
    ok = ARG_OPERAND(1, &a) && ARG_OPERAND(2, &b) && numbers_fit((Tensor *[]){a, b}, 2, err) &&
         op_where(cond, a, b, &y, err);
    tensor_release(a);
    tensor_release(b);
    return tensor_return(ok, &y, out);
}

/* The method's order: self.where(cond, other). */
static bool do_where_method(Interp *in, Value *args, Value *out, Err *err) {
    return do_where(in, (Value[]){args[1], args[0], args[2]}, out, err);
}

/* Integers are a mask where they are 0 and 1, as PyTorch 1.13 has it; floats, which it reads as if
 * they were bytes and 2.x refuses, are none. */
static bool check_mask(const char *fn, Tensor *mask, Err *err) {
    DType dt = (DType)mask->dtype;
    Tensor *bits = NULL, *same = NULL, *flat = NULL;
    bool all = true;
    if (dt == DT_BOOL || dt == DT_U8) return true;
    if (dtype_is_float(dt) || dtype_is_complex(dt)) {
        err_set(err, ERR_RUNTIME, "%s only supports boolean masks, but got mask with dtype %s", fn,
                dtype_name(dt));
        return err_hint(err, "compare it: mask == 0 or mask != 0, whichever says what is meant");
    }
    bool ok = tensor_cast(mask, DT_BOOL, &bits, err) && op_eq(mask, bits, &same, err) &&
              tensor_contiguous(same, &flat, err);
    for (int64_t i = 0, n = ok ? tensor_numel(flat) : 0; i < n && all; i++)
        all = ((const uint8_t *)tensor_data(flat))[i] != 0;
    tensor_release(bits);
    tensor_release(same);
    tensor_release(flat);
    return ok && (all || err_set(err, ERR_RUNTIME, "Mask tensor can take 0 and 1 values only"));
}

static bool do_masked_fill(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *mask, *value, *y = NULL;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_TENSOR(1, &mask) || !ARG_OPERAND(2, &value)) return false;
    ok = check_mask("masked_fill", mask, err) && number_fits((DType)x->dtype, value, err) &&
         op_masked_fill(x, mask, value, &y, err);
    tensor_release(value);
    return tensor_return(ok, &y, out);
}

static bool do_masked_fill_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *mask, *value;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !ARG_TENSOR(1, &mask) || !ARG_OPERAND(2, &value)) return false;
    ok = check_mask("masked_fill_", mask, err) && number_fits((DType)x->dtype, value, err) &&
         op_masked_fill_(x, mask, value, err);
    tensor_release(value);
    return self_again(ok, args, out);
}

/* ---- erfinv: for truncated normals; no gradient --------------------------------------------- */

/* A start by Giles 2010 (single precision), then two Newton steps on erf in double. */
static double erfinv(double x) {
    double w, y;
    if (x <= -1 || x >= 1) return x == 1 ? INFINITY : x == -1 ? -INFINITY : NAN;
    w = -log((1 - x) * (1 + x));
    if (w < 5) {
        static const double c[] = {2.81022636e-08,  3.43273939e-07, -3.5233877e-06,
                                   -4.39150654e-06, 0.00021858087,  -0.00125372503,
                                   -0.00417768164,  0.246640727,    1.50140941};
        y = c[0];
        for (size_t i = 1; i < ARRAY_LEN(c); i++) y = c[i] + y * (w - 2.5);
    } else {
        static const double c[] = {-0.000200214257, 0.000100950558, 0.00134934322,
                                   -0.00367342844,  0.00573950773,  -0.0076224613,
                                   0.00943887047,   1.00167406,     2.83297682};
        y = c[0];
        for (size_t i = 1; i < ARRAY_LEN(c); i++) y = c[i] + y * (sqrt(w) - 3);
    }
    y *= x;
    for (int i = 0; i < 2; i++) y -= (erf(y) - x) / (1.1283791670955126 * exp(-y * y));
    return y;
}

/* For float32 the rational start and the Newton steps that PyTorch takes in float, to the bit, so
 * that trunc_normal_ gives its weights; libm's erff, and every product of a sum fused. */
static float erfinv_f32(float x) {
    float a = fabsf(x), y;
    if (!(a < 1)) return x == 1 ? INFINITY : x == -1 ? -INFINITY : NAN;
    if (a <= 0.7F) {
        float z = x * x;
        float num =
            fmaf(fmaf(fmaf(-0.140543331F, z, 0.914624893F), z, -1.645349621F), z, 0.886226899F);
        float den =
            fmaf(fmaf(fmaf(0.012229801F, z, -0.329097515F), z, 1.442710462F), z, -2.118377725F);
        y = x * num / fmaf(den, z, 1);
    } else {
        float z = sqrtf(-logf((1 - a) / 2));
        float num =
            fmaf(fmaf(fmaf(1.641345311F, z, 3.429567803F), z, -1.624906493F), z, -1.970840454F);
        y = copysignf(num, x) / fmaf(fmaf(1.637067800F, z, 3.543889200F), z, 1);
    }
    for (int i = 0; i < 2; i++) y -= (erff(y) - x) / (0x1.20dd74p+0F * expf(-y * y));
    return y;
}

static bool do_erfinv_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    int64_t index[TENSOR_MAX_DIM] = {0};
    UNUSED(in);
    if (!ARG_TENSOR(0, &x)) return false;
    for (int64_t i = tensor_numel(x); i > 0; i--) {
        double v = tensor_get_f64(x, index);
        tensor_set_f64(x, index, x->dtype == DT_F64 ? erfinv(v) : (double)erfinv_f32((float)v));
        for (int d = x->ndim - 1; d >= 0 && ++index[d] == x->shape[d]; d--) index[d] = 0;
    }
    x->st->version++;
    *out = value_retain(args[0]);
    return true;
}

static bool do_erfinv(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    Value copy, same;
    bool ok;
    if (!ARG_TENSOR(0, &x) || !tensor_clone(x, &y, err)) return false;
    copy = tensor_wrap_take(y);
    ok = do_erfinv_(in, &copy, &same, err);
    if (ok) value_release(same);
    if (ok)
        *out = copy;
    else
        value_release(copy);
    return ok;
}

/* ---- three tensors -------------------------------------------------------------------------- */

static bool do_lerp(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *w, *y = NULL;
    bool ok;
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b) || !ARG_OPERAND(2, &w)) return false;
    ok = number_fits((DType)a->dtype, w, err) && op_lerp(a, b, w, &y, err);
    tensor_release(w);
    return tensor_return(ok, &y, out);
}

static bool do_lerp_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *w;
    bool ok;
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b) || !ARG_OPERAND(2, &w)) return false;
    ok = number_fits((DType)a->dtype, w, err) && op_lerp_(a, b, w, err);
    tensor_release(w);
    return self_again(ok, args, out);
}

static bool scale_fits(Tensor *x, Tensor *a, Tensor *b, double v, Err *err) {
    return number_fits_f64(tensor_result_type(3, (Tensor *[]){x, a, b}), v, err);
}

#define COMBINE(name)                                                                              \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x, *a, *b, *y = NULL;                                                              \
        double v;                                                                                  \
        return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &a) && ARG_TENSOR(2, &b) && ARG_FLOAT(3, &v) &&  \
               scale_fits(x, a, b, v, err) &&                                                      \
               tensor_return(op_##name(x, a, b, v, &y, err), &y, out);                             \
    }                                                                                              \
    static bool do_##name##_(Interp *in, Value *args, Value *out, Err *err) {                      \
        Tensor *x, *a, *b;                                                                         \
        double v;                                                                                  \
        return ARG_TENSOR(0, &x) && ARG_TENSOR(1, &a) && ARG_TENSOR(2, &b) && ARG_FLOAT(3, &v) &&  \
               scale_fits(x, a, b, v, err) &&                                                      \
               self_again(op_##name##_(x, a, b, v, err), args, out);                               \
    }
COMBINE(addcmul)
COMBINE(addcdiv)

/* ---- complex numbers ------------------------------------------------------------------------ */

static bool do_polar(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &a) && ARG_TENSOR(1, &b) &&
           tensor_return(op_polar(a, b, &y, err), &y, out);
}

static bool do_complex(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &a) && ARG_TENSOR(1, &b) &&
           tensor_return(op_complex(a, b, &y, err), &y, out);
}

#define ONE(name)                                                                                  \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x, *y = NULL;                                                                      \
        UNUSED(in);                                                                                \
        return ARG_TENSOR(0, &x) && tensor_return(op_##name(x, &y, err), &y, out);                 \
    }
ONE(real)
ONE(imag)
ONE(view_as_real)
ONE(view_as_complex)

#define B TORCH_BOTH_OUT
#define F TORCH_FN_OUT
#define M TORCH_METHOD
#define MM (TORCH_METHOD | NATIVE_MUTATES)
#define X3 ">>> x = torch.tensor([-1., 0.5, 3.])\n"

const NativeRow torch_pointwise_rows[] = {
    {"clamp(input: Tensor, min=None, max=None) -> Tensor", do_clamp, B,
     "At least min, at most max; numbers or tensors.",
     X3 ">>> torch.clamp(x, 0, 1)\n"
        "tensor([0.0000, 0.5000, 1.0000])"},
    {"clip(input: Tensor, min=None, max=None) -> Tensor", do_clamp, B, "Same as clamp.", NULL},
    {"clamp_(self, min=None, max=None) -> Tensor", do_clamp_, MM, "clamp in place.",
     X3 ">>> x.clamp_(min=0)\n"
        "tensor([0.0000, 0.5000, 3.0000])"},
    {"clip_(self, min=None, max=None) -> Tensor", do_clamp_, MM, "Same as clamp_.", NULL},
    {"clamp_min(input: Tensor, min) -> Tensor", do_clamp_min, B, "At least min.",
     X3 ">>> x.clamp_min(0)\n"
        "tensor([0.0000, 0.5000, 3.0000])"},
    {"clamp_max(input: Tensor, max) -> Tensor", do_clamp_max, B, "At most max.",
     X3 ">>> x.clamp_max(1)\n"
        "tensor([-1.0000,  0.5000,  1.0000])"},
    {"clamp_min_(self, min) -> Tensor", do_clamp_min_, MM, "clamp_min in place.", NULL},
    {"clamp_max_(self, max) -> Tensor", do_clamp_max_, MM, "clamp_max in place.", NULL},
    {"round(input: Tensor, *, decimals: int = 0) -> Tensor", do_round, B,
     "To the nearest integer, halves to even.",
     ">>> torch.round(torch.tensor([0.5, 1.5, 2.6]))\n"
     "tensor([0., 2., 3.])"},
    {"round_(self, *, decimals: int = 0) -> Tensor", do_round_, MM, "round in place.", NULL},
    {"nan_to_num(input: Tensor, nan: float = 0.0, posinf: float = None, neginf: float = None) -> "
     "Tensor",
     do_nan_to_num, B, "nan and infinities replaced (by 0 and the largest numbers).",
     ">>> torch.nan_to_num(torch.tensor([float('nan'), 1.]))\n"
     "tensor([0., 1.])"},
    {"where(condition: Tensor, input=..., other=...) -> Tensor", do_where, F,
     "input where condition is true, else other.",
     X3 ">>> torch.where(x > 0, x, 0.)\n"
        "tensor([0.0000, 0.5000, 3.0000])"},
    {"where(self, condition: Tensor, other) -> Tensor", do_where_method, M,
     "self where condition is true, else other.",
     X3 ">>> x.where(x > 0, torch.zeros(3))\n"
        "tensor([0.0000, 0.5000, 3.0000])"},
    {"masked_fill(input: Tensor, mask: Tensor, value) -> Tensor", do_masked_fill, B,
     "value where mask is true; mask broadcasts.",
     X3 ">>> x.masked_fill(x > 0, float('-inf'))\n"
        "tensor([-1., -inf, -inf])"},
    {"masked_fill_(self, mask: Tensor, value) -> Tensor", do_masked_fill_, MM,
     "masked_fill in place.",
     X3 ">>> x.masked_fill_(x > 0, 0)\n"
        "tensor([-1.,  0.,  0.])"},
    {"erfinv(input: Tensor) -> Tensor", do_erfinv, B, "The inverse of erf; no gradient.",
     ">>> torch.erfinv(torch.tensor([0., 0.5]))\n"
     "tensor([0.0000, 0.4769])"},
    {"erfinv_(self) -> Tensor", do_erfinv_, MM, "erfinv in place.", NULL},
    {"lerp(input: Tensor, end: Tensor, weight) -> Tensor", do_lerp, B,
     "input + weight (end - input)",
     ">>> torch.lerp(torch.zeros(2), torch.ones(2), 0.25)\n"
     "tensor([0.2500, 0.2500])"},
    {"lerp_(self, end: Tensor, weight) -> Tensor", do_lerp_, MM, "lerp in place.", NULL},
    {"addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value=1) -> Tensor", do_addcmul,
     B, "input + value tensor1 tensor2",
     X3 ">>> torch.addcmul(x, x, x, value=2)\n"
        "tensor([ 1.,  1., 21.])"},
    {"addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value=1) -> Tensor", do_addcdiv,
     B, "input + value tensor1 / tensor2",
     X3 ">>> torch.addcdiv(x, x, x)\n"
        "tensor([0.0000, 1.5000, 4.0000])"},
    {"addcmul_(self, tensor1: Tensor, tensor2: Tensor, *, value=1) -> Tensor", do_addcmul_, MM,
     "addcmul in place.", NULL},
    {"addcdiv_(self, tensor1: Tensor, tensor2: Tensor, *, value=1) -> Tensor", do_addcdiv_, MM,
     "addcdiv in place.", NULL},
    {"polar(abs: Tensor, angle: Tensor) -> Tensor", do_polar, F,
     "abs e^(i angle), complex64: the rotations of RoPE.",
     ">>> torch.polar(torch.ones(1), torch.zeros(1))\n"
     "tensor([1.+0.j])"},
    {"complex(real: Tensor, imag: Tensor) -> Tensor", do_complex, F, "real + i imag",
     ">>> torch.complex(torch.tensor([1.]), torch.tensor([2.]))\n"
     "tensor([1.+2.j])"},
    {"real(input: Tensor) -> Tensor", do_real, F, "The real part.",
     ">>> torch.real(torch.tensor([1., 2.]))\n"
     "tensor([1., 2.])"},
    {"imag(input: Tensor) -> Tensor", do_imag, F, "The imaginary part.",
     ">>> torch.imag(torch.complex(torch.ones(2), torch.tensor([3., 4.])))\n"
     "tensor([3., 4.])"},
    {"view_as_real(input: Tensor) -> Tensor", do_view_as_real, F,
     "complex64 (...) as float32 (..., 2), sharing storage.",
     ">>> torch.view_as_real(torch.complex(torch.tensor([1.]), torch.tensor([2.])))\n"
     "tensor([[1., 2.]])"},
    {"view_as_complex(input: Tensor) -> Tensor", do_view_as_complex, F,
     "float32 (..., 2) as complex64 (...), sharing storage.",
     ">>> torch.view_as_complex(torch.tensor([[1., 2.]]))\n"
     "tensor([1.+2.j])"},
    {0},
};
