/* torch.linalg, and torch's own names for the same (torch.inverse, torch.svd, ...). What one
 * factorisation does is an op here; what is made of several stands in
 * src/torch/torch.linalg._parts.py and is called by VIA, so that signatures, help and out= are of
 * one kind.
 */
#include "config.h"

#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "linalg/lapack.h"
#include "linalg/linalg.h"

/* ---- results ------------------------------------------------------------------------------ */

/* A tuple with named fields; takes over n tensors when ok. */
static bool named(bool ok, const ReturnKind *kind, Tensor **t, Value *out) {
    Value items[4];
    for (int i = 0; i < kind->n && ok; i++) items[i] = tensor_wrap_take(t[i]);
    if (ok) *out = return_tuple_take(kind, items);
    return ok;
}

/* The first of n outputs alone. */
static bool first_of(bool ok, Tensor **t, int n, Value *out) {
    for (int i = 1; i < n && ok; i++) tensor_release(t[i]);
    return tensor_return(ok, &t[0], out);
}

static bool wants_gradient(Tensor *a) {
    return grad_enabled() && grad_requires(a);
}

#define VIA(name, n)                                                                               \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        return import_call(in, "torch.linalg._parts", #name, args, n, out, err);                   \
    }
VIA(matrix_norm, 5)
VIA(norm, 5)
VIA(cond, 2)
VIA(matrix_rank, 5)
VIA(matrix_power, 2)
VIA(multi_dot, 1)
VIA(vecdot, 3)
VIA(vander, 2)
VIA(tensorinv, 2)
VIA(tensorsolve, 3)
VIA(matrix_exp, 1)
VIA(logdet, 1)
VIA(cholesky_inverse, 2)

/* ---- inverse, solve, determinants ------------------------------------------------------------ */

static const ReturnKind inv_kind = {"linalg_inv_ex", 2, {"inverse", "info"}},
                        chol_kind = {"linalg_cholesky_ex", 2, {"L", "info"}},
                        solve_kind = {"linalg_solve_ex", 2, {"result", "info"}},
                        linalg_slogdet_kind = {"linalg_slogdet", 2, {"sign", "logabsdet"}},
                        slogdet_kind = {"slogdet", 2, {"sign", "logabsdet"}};

static bool inverse(Tensor *a, bool check, Tensor **t, Err *err) {
    return op_apply(&CALL1(linalg_inv_ex, a, .flags = {check}), t, err);
}

static bool do_inverse(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *t[2];
    UNUSED(in);
    return ARG_TENSOR(0, &a) && first_of(inverse(a, true, t, err), t, 2, out);
}

static bool do_inv_ex(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *t[2];
    bool check;
    return ARG_TENSOR(0, &a) && ARG_BOOL(1, &check) &&
           named(inverse(a, check, t, err), &inv_kind, t, out);
}

static bool do_solve(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *t[2];
    bool left;
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b) || !ARG_BOOL(2, &left)) return false;
    return first_of(op_apply(&CALL2(linalg_solve_ex, a, b, .flags = {left, true}), t, err), t, 2,
                    out);
}

static bool do_solve_ex(Interp *in, Value *args, Value *out, Err *err) {
    enum { A, B, LEFT, CHECK_ERRORS };
    Tensor *a, *b, *t[2];
    bool left, check;
    if (!ARG_TENSOR(A, &a) || !ARG_TENSOR(B, &b) || !ARG_BOOL(LEFT, &left) ||
        !ARG_BOOL(CHECK_ERRORS, &check))
        return false;
    return named(op_apply(&CALL2(linalg_solve_ex, a, b, .flags = {left, check}), t, err),
                 &solve_kind, t, out);
}

static bool do_det(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &a) && tensor_return(op_unary(&opdef_linalg_det, a, &y, err), &y, out);
}

static bool slogdet(Value *args, const ReturnKind *kind, Value *out, Err *err) {
    Tensor *a, *t[2];
    return arg_tensor("do_slogdet", 0, args[0], &a, err) &&
           named(op_unary(&opdef_linalg_slogdet, a, t, err), kind, t, out);
}
static bool do_slogdet(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return slogdet(args, &slogdet_kind, out, err);
}
static bool do_linalg_slogdet(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return slogdet(args, &linalg_slogdet_kind, out, err);
}

/* ---- Cholesky and triangles ------------------------------------------------------------------ */

static bool cholesky(Value *args, bool old, Value *out, Err *err) {
    Tensor *a, *t[2];
    bool upper = args[1].tag == VT_BOOL && args[1].b;
    if (!arg_tensor("do_cholesky", 0, args[0], &a, err)) return false;
    OpCall call = CALL1(linalg_cholesky_ex, a, .flags = {upper, true, old});
    return first_of(op_apply(&call, t, err), t, 2, out);
}
static bool do_linalg_cholesky(Interp *in, Value *args, Value *out, Err *err) {
    bool upper;
    return ARG_BOOL(1, &upper) && cholesky(args, false, out, err);
}
static bool do_cholesky(Interp *in, Value *args, Value *out, Err *err) {
    bool upper;
    return ARG_BOOL(1, &upper) && cholesky(args, true, out, err);
}

static bool do_cholesky_ex(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *t[2];
    bool upper, check;
    if (!ARG_TENSOR(0, &a) || !ARG_BOOL(1, &upper) || !ARG_BOOL(2, &check)) return false;
    return named(op_apply(&CALL1(linalg_cholesky_ex, a, .flags = {upper, check}), t, err),
                 &chol_kind, t, out);
}

static bool do_cholesky_solve(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *b, *l, *y = NULL;
    bool upper;
    if (!ARG_TENSOR(0, &b) || !ARG_TENSOR(1, &l) || !ARG_BOOL(2, &upper)) return false;
    return tensor_return(op_apply(&CALL2(cholesky_solve, b, l, .flags = {upper}), &y, err), &y,
                         out);
}

static bool do_solve_triangular(Interp *in, Value *args, Value *out, Err *err) {
    enum { A, B, UPPER, LEFT, UNITRIANGULAR };
    Tensor *a, *b, *y = NULL;
    bool upper, left, unit;
    if (!ARG_TENSOR(A, &a) || !ARG_TENSOR(B, &b) || !ARG_BOOL(UPPER, &upper) ||
        !ARG_BOOL(LEFT, &left) || !ARG_BOOL(UNITRIANGULAR, &unit))
        return false;
    OpCall call = CALL2(linalg_solve_triangular, a, b, .flags = {upper, left, unit});
    return tensor_return(op_apply(&call, &y, err), &y, out);
}

/* triangular_solve(B, A, upper, transpose, unitriangular): the solution and A. */
static bool do_triangular_solve(Interp *in, Value *args, Value *out, Err *err) {
    enum { B, A, UPPER, TRANSPOSE, UNITRIANGULAR };
    static const ReturnKind kind = {"triangular_solve", 2, {"solution", "cloned_coefficient"}};
    Tensor *b, *a, *at = NULL, *t[2] = {NULL};
    bool upper, transpose, unit;
    if (!ARG_TENSOR(B, &b) || !ARG_TENSOR(A, &a) || !ARG_BOOL(UPPER, &upper) ||
        !ARG_BOOL(TRANSPOSE, &transpose) || !ARG_BOOL(UNITRIANGULAR, &unit))
        return false;
    if (transpose && a->ndim >= 2 && !op_transpose(a, -2, -1, &at, err)) return false;
    OpCall call =
        CALL2(linalg_solve_triangular, at ? at : a, b, .flags = {upper != transpose, true, unit});
    bool ok = op_apply(&call, &t[0], err);
    tensor_release(at);
    if (ok && !op_clone(a, &t[1], err)) {
        tensor_release(t[0]);
        return false;
    }
    return named(ok, &kind, t, out);
}

/* ---- factorisations ------------------------------------------------------------------------- */

static bool qr(Tensor *a, QrMode mode, const ReturnKind *kind, Value *out, Err *err) {
    Tensor *t[2];
    return named(op_apply(&CALL1(linalg_qr, a, CALL_INTS(mode)), t, err), kind, t, out);
}

static bool do_linalg_qr(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"linalg_qr", 2, {"Q", "R"}};
    static const char *const modes[] = {"reduced", "complete", "r"};
    Tensor *a;
    const char *mode;
    UNUSED(in);
    if (!ARG_TENSOR(0, &a) || !ARG_STR(1, &mode)) return false;
    for (size_t i = 0; i < ARRAY_LEN(modes); i++)
        if (!strcmp(mode, modes[i])) return qr(a, (QrMode)i, &kind, out, err);
    return err_set(err, ERR_RUNTIME,
                   "qr received unrecognized mode '%s' but expected one of 'reduced' (default), "
                   "'r', or 'complete'",
                   mode);
}

static bool do_qr(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"qr", 2, {"Q", "R"}};
    Tensor *a;
    bool some;
    if (!ARG_TENSOR(0, &a) || !ARG_BOOL(1, &some)) return false;
    return qr(a, some ? QR_REDUCED : QR_COMPLETE, &kind, out, err);
}

static bool no_driver(Value driver, Err *err) {
    if (driver.tag == VT_NONE) return true;
    return err_set(err, ERR_RUNTIME,
                   "torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs "
                   "with cuSOLVER backend.");
}

static bool do_linalg_svd(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"linalg_svd", 3, {"U", "S", "Vh"}};
    Tensor *a, *t[3];
    bool full;
    if (!ARG_TENSOR(0, &a) || !ARG_BOOL(1, &full) || !no_driver(args[2], err)) return false;
    return named(op_apply(&CALL1(linalg_svd, a, .flags = {full, true}), t, err), &kind, t, out);
}

/* The singular values alone, unless a gradient will ask for the vectors. */
static bool do_svdvals(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *t[3];
    UNUSED(in);
    if (!ARG_TENSOR(0, &a) || !no_driver(args[1], err)) return false;
    OpCall call = CALL1(linalg_svd, a, .flags = {false, wants_gradient(a)});
    if (!op_apply(&call, t, err)) return false;
    tensor_release(t[0]);
    tensor_release(t[2]);
    return tensor_return(true, &t[1], out);
}

/* torch.svd: V and not Vᵀ; zeros where no vectors are wanted. */
static bool do_svd(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"svd", 3, {"U", "S", "V"}};
    Tensor *a, *t[3], *v = NULL;
    bool some, vectors;
    if (!ARG_TENSOR(0, &a) || !ARG_BOOL(1, &some) || !ARG_BOOL(2, &vectors)) return false;
    if (!op_apply(&CALL1(linalg_svd, a, .flags = {!some || !vectors, true}), t, err)) return false;
    bool ok = op_transpose(t[2], -2, -1, &v, err);
    tensor_release(t[2]);
    t[2] = v;
    ok = ok && (vectors || (op_zero_(t[0], err) && op_zero_(t[2], err)));
    for (int i = 0; i < 3 && !ok; i++) tensor_release(t[i]);
    return named(ok, &kind, t, out);
}

static bool triangle(Value uplo, bool *upper, Err *err) {
    const char *s;
    if (!arg_str("do_eigh", 1, uplo, &s, err)) return false;
    *upper = !strcmp(s, "U") || !strcmp(s, "u");
    return *upper || !strcmp(s, "L") || !strcmp(s, "l") ||
           err_set(err, ERR_RUNTIME, "Expected UPLO argument to be 'L' or 'U', but got %s", s);
}

static bool do_eigh(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"linalg_eigh", 2, {"eigenvalues", "eigenvectors"}};
    Tensor *a, *t[2];
    bool upper;
    UNUSED(in);
    if (!ARG_TENSOR(0, &a) || !triangle(args[1], &upper, err)) return false;
    return named(op_apply(&CALL1(linalg_eigh, a, .flags = {upper, true}), t, err), &kind, t, out);
}

static bool do_eigvalsh(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *t[2];
    bool upper;
    UNUSED(in);
    if (!ARG_TENSOR(0, &a) || !triangle(args[1], &upper, err)) return false;
    OpCall call = CALL1(linalg_eigh, a, .flags = {upper, wants_gradient(a)});
    return first_of(op_apply(&call, t, err), t, 2, out);
}

static bool do_symeig(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"symeig", 2, {"eigenvalues", "eigenvectors"}};
    Tensor *a, *t[2];
    bool vectors, upper;
    if (!ARG_TENSOR(0, &a) || !ARG_BOOL(1, &vectors) || !ARG_BOOL(2, &upper)) return false;
    return named(op_apply(&CALL1(linalg_eigh, a, .flags = {upper, vectors}), t, err), &kind, t,
                 out);
}

/* What an expanded tensor repeats is looked at once. */
static bool all_finite(const Tensor *a) {
    int64_t n = 1, sizes[TENSOR_MAX_DIM];
    for (int d = 0; d < a->ndim; d++) {
        sizes[d] = a->stride[d] == 0 ? MIN(a->shape[d], (int64_t)1) : a->shape[d];
        n *= sizes[d];
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t index[TENSOR_MAX_DIM], rest = i;
        for (int d = a->ndim - 1; d >= 0; d--) index[d] = rest % sizes[d], rest /= sizes[d];
        double x = tensor_get_f64(a, index);
        if (x - x != 0) return false;
    }
    return true;
}

static bool eig(Tensor *a, bool vectors, Tensor **t, Err *err) {
    if (linalg_square(a, vectors ? "linalg.eig" : "linalg.eigvals", "A", err) && !all_finite(a))
        return err_set(err, ERR_RUNTIME,
                       "torch.linalg.eig: input tensor should not contain infs or NaNs.");
    return err->kind == ERR_OK && op_apply(&CALL1(linalg_eig, a, .flags = {vectors}), t, err);
}
static bool do_eig(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {"linalg_eig", 2, {"eigenvalues", "eigenvectors"}};
    Tensor *a, *t[2];
    UNUSED(in);
    return ARG_TENSOR(0, &a) && named(eig(a, true, t, err), &kind, t, out);
}
static bool do_eigvals(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *t[2];
    UNUSED(in);
    return ARG_TENSOR(0, &a) && first_of(eig(a, false, t, err), t, 2, out);
}

/* ---- pseudo-inverse, least squares ---------------------------------------------------------- */

static double default_rtol(const Tensor *a) {
    double eps = a->dtype == DT_F64 ? 2.220446049250313e-16 : 1.1920928955078125e-07;
    if (a->ndim < 2) return eps;
    return eps * (double)MAX(a->shape[a->ndim - 1], a->shape[a->ndim - 2]);
}

/* args: A, rcond or rtol, atol, hermitian. Symmetric matrices take the same way. */
static bool do_pinv(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *y = NULL;
    bool hermitian;
    if (!ARG_TENSOR(0, &a) || !ARG_BOOL(3, &hermitian)) return false;
    if (hermitian && !linalg_square(a, "linalg.pinv", "A", err)) return false;
    double atol = 0, rtol = default_rtol(a);
    if (args[2].tag != VT_NONE && !ARG_FLOAT(2, &atol)) return false;
    if (args[1].tag != VT_NONE ? !ARG_FLOAT(1, &rtol) : false) return false;
    if (args[1].tag == VT_NONE && atol > 0) rtol = 0;
    OpCall call = CALL1(linalg_pinv, a, .reals = {atol, rtol});
    return tensor_return(op_apply(&call, &y, err), &y, out);
}

static bool do_linalg_pinv(Interp *in, Value *args, Value *out, Err *err) {
    enum { A, RCOND, HERMITIAN, ATOL, RTOL };
    Value four[] = {args[A], args[RCOND].tag != VT_NONE ? args[RCOND] : args[RTOL], args[ATOL],
                    args[HERMITIAN]};
    return do_pinv(in, four, out, err);
}

static bool do_pinverse(Interp *in, Value *args, Value *out, Err *err) {
    return do_pinv(in, (Value[]){args[0], args[1], VALUE_NONE, value_bool(false)}, out, err);
}

static bool driver_of(Value v, LeastSquares *driver, Err *err) {
    static const char *const names[] = {"gels", "gelsy", "gelsd", "gelss"};
    *driver = LS_GELSY;
    if (v.tag == VT_NONE) return true;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_cstr(v, names[i])) {
            *driver = (LeastSquares)i;
            return true;
        }
    return err_set(err, ERR_RUNTIME,
                   "torch.linalg.lstsq: parameter `driver` should be one of "
                   "(gels, gelsy, gelsd, gelss)");
}

static bool lstsq_shapes(const Tensor *a, const Tensor *b, bool *vector, Err *err) {
    const char *who = "torch.linalg.lstsq";
    if (a->ndim < 2)
        return err_set(err, ERR_RUNTIME, "%s: input must have at least 2 dimensions.", who);
    if (b->ndim < 1)
        return err_set(err, ERR_RUNTIME, "%s: other must have at least 1 dimension.", who);
    int gap = a->ndim - b->ndim;
    if (gap < 0 || gap > 1)
        return err_set(err, ERR_RUNTIME,
                       "%s: input.dim() must be greater or equal to other.dim() and (input.dim() - "
                       "other.dim()) <= 1",
                       who);
    if (a->dtype != b->dtype)
        return err_set(err, ERR_RUNTIME, "%s: input and other must have the same dtype", who);
    *vector = gap == 1;
    int rows = b->ndim - (gap == 1 ? 1 : 2);
    if (a->shape[a->ndim - 2] == b->shape[rows]) return true;
    return err_set(err, ERR_RUNTIME, "%s: input.size(-2) should match other.size(-%d)", who,
                   gap == 1 ? 1 : 2);
}

/* (x, rank) of the op; the rest is made in src/torch/torch.linalg._parts.py. */
static bool do__lstsq(Interp *in, Value *args, Value *out, Err *err) {
    enum { A, B, RCOND, DRIVER };
    Tensor *a, *b, *column = NULL, *x = NULL, *t[2];
    LeastSquares driver;
    bool vector;
    if (!ARG_TENSOR(A, &a) || !ARG_TENSOR(B, &b)) return false;
    double rcond = default_rtol(a);
    if (!driver_of(args[DRIVER], &driver, err) || !lstsq_shapes(a, b, &vector, err)) return false;
    if (args[RCOND].tag != VT_NONE && !ARG_FLOAT(RCOND, &rcond)) return false;
    if (vector && !op_unsqueeze(b, -1, &column, err)) return false;
    OpCall call = CALL2(linalg_lstsq, a, column ? column : b, CALL_INTS(driver), .reals = {rcond});
    bool ok = op_apply(&call, t, err);
    tensor_release(column);
    if (!ok) return false;
    if (vector) {
        ok = op_squeeze_dim(t[0], -1, &x, err);
        tensor_release(t[0]);
        t[0] = x;
        if (!ok) tensor_release(t[1]);
    }
    if (ok) *out = tensors_tuple_take(2, t);
    return ok;
}

static bool do_lstsq(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kind = {
        "linalg_lstsq", 4, {"solution", "residuals", "rank", "singular_values"}};
    Value four, items[4], *made;
    int64_t n;
    if (!import_call(in, "torch.linalg._parts", "lstsq", args, 4, &four, err)) return false;
    bool ok = seq_items(four, &made, &n) && n == 4;
    for (int i = 0; i < 4 && ok; i++) items[i] = value_retain(made[i]);
    value_release(four);
    if (ok) *out = return_tuple_take(&kind, items);
    return ok;
}

/* ---- vector norms --------------------------------------------------------------------------- */

static bool do_vector_norm(Interp *in, Value *args, Value *out, Err *err) {
    enum { X, ORD, DIM, KEEPDIM, DTYPE };
    Tensor *x, *cast = NULL, *y = NULL;
    Dims d;
    double p = 2;
    bool keepdim;
    DType dt;
    if (!ARG_TENSOR(X, &x) || !ARG_DIMS(DIM, &d) || !ARG_BOOL(KEEPDIM, &keepdim) ||
        !ARG_DTYPE(DTYPE, &dt))
        return false;
    if (args[ORD].tag == VT_OBJ && !value_tensor(args[ORD]))
        return err_set(err, ERR_TYPE,
                       "linalg_vector_norm(): argument 'ord' (position 2) must be Number, not %s",
                       value_type(args[ORD])->name);
    if (!ARG_FLOAT(ORD, &p)) return false;
    if (!dtype_is_float((DType)x->dtype) && !dtype_is_complex((DType)x->dtype) && dt == DT_NONE)
        return err_set(err, ERR_RUNTIME,
                       "linalg.vector_norm: Expected a floating point or complex tensor as input. "
                       "Got %s",
                       dtype_class_name((DType)x->dtype));
    if (dt != DT_NONE && !op_to(x, dt, &cast, err)) return false;
    bool ok = op_vector_norm(cast ? cast : x, p, MAX(d.n, 0), d.d, keepdim, &y, err);
    tensor_release(cast);
    return tensor_return(ok, &y, out);
}

/* ---- what is gone --------------------------------------------------------------------------- */

static bool gone(const char *use, Err *err) {
    return err_set(err, ERR_RUNTIME,
                   "This function was deprecated since version 1.9 and is now removed. Please use "
                   "the `torch.linalg.%s` function instead.",
                   use);
}
#define GONE(name)                                                                                 \
    static bool do_gone_##name(Interp *in, Value *args, Value *out, Err *err) {                    \
        UNUSED(in), UNUSED(args), UNUSED(out);                                                     \
        return gone(#name, err);                                                                   \
    }
GONE(eig)
GONE(solve)
GONE(lstsq)
GONE(matrix_rank)

#define O NATIVE_OUT
#define A ">>> A = torch.tensor([[2., 1.], [1., 3.]])\n"

const NativeRow linalg_rows[] = {
    {"inv(A: Tensor) -> Tensor", do_inverse, O, "The inverse of each matrix.",
     A ">>> torch.linalg.inv(A)\n"
       "tensor([[ 0.6000, -0.2000],\n"
       "        [-0.2000,  0.4000]])"},
    {"inv_ex(A: Tensor, *, check_errors: bool = False)", do_inv_ex, O,
     "The inverse and LAPACK's info, which is not 0 where there is none.",
     A ">>> torch.linalg.inv_ex(A).info\n"
       "tensor(0, dtype=torch.int32)"},
    {"solve(A: Tensor, B: Tensor, *, left: bool = True) -> Tensor", do_solve, O,
     "The X of AX = B (left) or XA = B.",
     A ">>> torch.linalg.solve(A, torch.tensor([3., 4.]))\n"
       "tensor([1., 1.])"},
    {"solve_ex(A: Tensor, B: Tensor, *, left: bool = True, check_errors: bool = False)",
     do_solve_ex, O, "The X of AX = B and LAPACK's info.",
     A ">>> torch.linalg.solve_ex(A, torch.tensor([3., 4.])).info\n"
       "tensor(0, dtype=torch.int32)"},
    {"solve_triangular(A: Tensor, B: Tensor, *, upper: bool, left: bool = True, unitriangular: "
     "bool "
     "= False) -> Tensor",
     do_solve_triangular, O, "The X of AX = B for a triangular A.",
     A ">>> torch.linalg.solve_triangular(A, torch.tensor([[2.], [4.]]), upper=False)\n"
       "tensor([[1.],\n"
       "        [1.]])"},
    {"det(A: Tensor) -> Tensor", do_det, O, "The determinant of each matrix.",
     A ">>> torch.linalg.det(A)\n"
       "tensor(5.)"},
    {"slogdet(A: Tensor)", do_linalg_slogdet, O, "Sign and log|det| of each matrix.",
     A ">>> torch.linalg.slogdet(A).logabsdet\n"
       "tensor(1.6094)"},
    {"cholesky(A: Tensor, *, upper: bool = False) -> Tensor", do_linalg_cholesky, O,
     "The triangular L of A = L Lᵀ.",
     A ">>> torch.linalg.cholesky(A)\n"
       "tensor([[1.4142, 0.0000],\n"
       "        [0.7071, 1.5811]])"},
    {"cholesky_ex(A: Tensor, *, upper: bool = False, check_errors: bool = False)", do_cholesky_ex,
     O, "L and LAPACK's info.",
     A ">>> torch.linalg.cholesky_ex(-A).info\n"
       "tensor(1, dtype=torch.int32)"},
    {"qr(A: Tensor, mode: str = 'reduced')", do_linalg_qr, O,
     "A = QR, Q with orthonormal columns, R upper triangular; mode 'reduced', 'complete' or 'r'.",
     A ">>> torch.linalg.qr(A).R\n"
       "tensor([[-2.2361, -2.2361],\n"
       "        [ 0.0000,  2.2361]])"},
    {"svd(A: Tensor, full_matrices: bool = True, *, driver=None)", do_linalg_svd, O,
     "A = U diag(S) Vh, S falling.",
     A ">>> torch.linalg.svd(A).S\n"
       "tensor([3.6180, 1.3820])"},
    {"svdvals(A: Tensor, *, driver=None) -> Tensor", do_svdvals, O, "The singular values, falling.",
     A ">>> torch.linalg.svdvals(A)\n"
       "tensor([3.6180, 1.3820])"},
    {"eigh(A: Tensor, UPLO: str = 'L')", do_eigh, O,
     "Eigenvalues, rising, and eigenvectors (columns) of symmetric matrices.",
     A ">>> torch.linalg.eigh(A).eigenvalues\n"
       "tensor([1.3820, 3.6180])"},
    {"eigvalsh(A: Tensor, UPLO: str = 'L') -> Tensor", do_eigvalsh, O,
     "Eigenvalues of symmetric matrices, rising.",
     A ">>> torch.linalg.eigvalsh(A)\n"
       "tensor([1.3820, 3.6180])"},
    {"eig(A: Tensor)", do_eig, O, "Eigenvalues and right eigenvectors, complex.",
     A ">>> torch.linalg.eig(A).eigenvalues\n"
       "tensor([1.3820+0.j, 3.6180+0.j])"},
    {"eigvals(A: Tensor) -> Tensor", do_eigvals, O, "Eigenvalues, complex.",
     ">>> torch.linalg.eigvals(torch.tensor([[0., -1.], [1., 0.]]))\n"
     "tensor([0.+1.j, 0.-1.j])"},
    {"pinv(A: Tensor, rcond=None, hermitian: bool = False, *, atol=None, rtol=None) -> Tensor",
     do_linalg_pinv, O, "The pseudo-inverse (Moore and Penrose) by singular values.",
     ">>> torch.linalg.pinv(torch.ones(2, 1))\n"
     "tensor([[0.5000, 0.5000]])"},
    {"lstsq(A: Tensor, B: Tensor, rcond=None, *, driver=None)", do_lstsq, 0,
     "The X of least |AX - B|.",
     ">>> torch.linalg.lstsq(torch.ones(2, 1), torch.tensor([[1.], [3.]])).solution\n"
     "tensor([[2.0000]])"},
    {"norm(A: Tensor, ord=None, dim=None, keepdim: bool = False, *, dtype: dtype = None) -> Tensor",
     do_norm, O, "A vector norm, or where dim or ord say so a matrix norm.",
     ">>> torch.linalg.norm(torch.tensor([3., 4.]))\n"
     "tensor(5.)"},
    {"vector_norm(x: Tensor, ord=2, dim=None, keepdim: bool = False, *, dtype: dtype = None) -> "
     "Tensor",
     do_vector_norm, O, "(sum |x|^ord)^(1/ord) over dims.",
     ">>> torch.linalg.vector_norm(torch.tensor([[3., 4.]]), dim=1)\n"
     "tensor([5.])"},
    {"matrix_norm(A: Tensor, ord='fro', dim=None, keepdim: bool = False, *, dtype: dtype = None) "
     "-> "
     "Tensor",
     do_matrix_norm, O, "'fro', 'nuc', ±1, ±2 or ±inf of each matrix.",
     ">>> torch.linalg.matrix_norm(torch.eye(2))\n"
     "tensor(1.4142)"},
    {"cond(A: Tensor, p=None) -> Tensor", do_cond, O, "|A| |A⁻¹| in a matrix norm; None: 2.",
     ">>> torch.linalg.cond(torch.tensor([[2., 0.], [0., 1.]]))\n"
     "tensor(2.)"},
    {"matrix_rank(A: Tensor, tol=None, hermitian: bool = False, *, atol=None, rtol=None) -> Tensor",
     do_matrix_rank, O, "Singular values that are not 0.",
     ">>> torch.linalg.matrix_rank(torch.ones(3, 3))\n"
     "tensor(1)"},
    {"matrix_power(A: Tensor, n: int) -> Tensor", do_matrix_power, O,
     "A to the n by squaring; negative n by the inverse.",
     ">>> torch.linalg.matrix_power(torch.tensor([[1., 1.], [0., 1.]]), 3)\n"
     "tensor([[1., 3.],\n"
     "        [0., 1.]])"},
    {"multi_dot(tensors) -> Tensor", do_multi_dot, O,
     "The product of several matrices in the cheapest order.",
     ">>> torch.linalg.multi_dot([torch.eye(2), torch.ones(2, 3), torch.ones(3)])\n"
     "tensor([3., 3.])"},
    {"vecdot(x: Tensor, y: Tensor, *, dim: int = -1) -> Tensor", do_vecdot, O,
     "The sum of products along dim.",
     ">>> torch.linalg.vecdot(torch.ones(3), torch.ones(3))\n"
     "tensor(3.)"},
    {"vander(x: Tensor, N: int = None) -> Tensor", do_vander, 0,
     "Powers 0 to N - 1 of each element, as rows.",
     ">>> torch.linalg.vander(torch.tensor([1, 2, 3]))\n"
     "tensor([[1, 1, 1],\n"
     "        [1, 2, 4],\n"
     "        [1, 3, 9]])"},
    {"tensorinv(A: Tensor, ind: int = 2) -> Tensor", do_tensorinv, O,
     "The inverse for tensordot over ind dims.",
     ">>> torch.linalg.tensorinv(torch.eye(4).view(2, 2, 4), ind=2).shape\n"
     "torch.Size([4, 2, 2])"},
    {"tensorsolve(A: Tensor, B: Tensor, dims=None) -> Tensor", do_tensorsolve, O,
     "The X of tensordot(A, X) = B.",
     ">>> torch.linalg.tensorsolve(torch.eye(4).view(2, 2, 4), torch.ones(2, 2))\n"
     "tensor([1., 1., 1., 1.])"},
    {"matrix_exp(A: Tensor) -> Tensor", do_matrix_exp, 0, "The sum of Aⁿ / n!.",
     ">>> torch.linalg.matrix_exp(torch.zeros(2, 2))\n"
     "tensor([[1., 0.],\n"
     "        [0., 1.]])"},
    {"_lstsq(A: Tensor, B: Tensor, rcond, driver) -> tuple", do__lstsq, 0,
     "Solution and rank: the op behind lstsq.", NULL},
    {0},
};

const NativeRow torch_factor_rows[] = {
    {"inverse(input: Tensor) -> Tensor", do_inverse, TORCH_BOTH_OUT, "The inverse of each matrix.",
     A ">>> torch.inverse(A)\n"
       "tensor([[ 0.6000, -0.2000],\n"
       "        [-0.2000,  0.4000]])"},
    {"det(input: Tensor) -> Tensor", do_det, TORCH_BOTH_OUT, "The determinant of each matrix.",
     A ">>> torch.det(A)\ntensor(5.)"},
    {"logdet(input: Tensor) -> Tensor", do_logdet, TORCH_BOTH_OUT,
     "log det; nan where the determinant is negative.", A ">>> torch.logdet(A)\ntensor(1.6094)"},
    {"slogdet(input: Tensor)", do_slogdet, TORCH_BOTH_OUT, "Sign and log|det| of each matrix.",
     A ">>> torch.slogdet(A).sign\ntensor(1.)"},
    {"svd(input: Tensor, some: bool = True, compute_uv: bool = True)", do_svd, TORCH_BOTH_OUT,
     "input = U diag(S) Vᵀ; torch.linalg.svd gives Vᵀ instead.",
     A ">>> torch.svd(A).S\ntensor([3.6180, 1.3820])"},
    {"qr(input: Tensor, some: bool = True)", do_qr, TORCH_BOTH_OUT, "As torch.linalg.qr.",
     A ">>> torch.qr(A).R\n"
       "tensor([[-2.2361, -2.2361],\n"
       "        [ 0.0000,  2.2361]])"},
    {"cholesky(input: Tensor, upper: bool = False) -> Tensor", do_cholesky, TORCH_BOTH_OUT,
     "As torch.linalg.cholesky.",
     A ">>> torch.cholesky(A, upper=True)\n"
       "tensor([[1.4142, 0.7071],\n"
       "        [0.0000, 1.5811]])"},
    {"cholesky_solve(input: Tensor, input2: Tensor, upper: bool = False) -> Tensor",
     do_cholesky_solve, TORCH_BOTH_OUT, "The X of (L Lᵀ) X = input, L = input2.",
     A ">>> torch.cholesky_solve(torch.tensor([[3.], [4.]]), torch.linalg.cholesky(A))\n"
       "tensor([[1.0000],\n"
       "        [1.0000]])"},
    {"cholesky_inverse(input: Tensor, upper: bool = False) -> Tensor", do_cholesky_inverse,
     TORCH_BOTH_OUT, "The inverse of L Lᵀ.",
     ">>> torch.cholesky_inverse(torch.eye(2) * 2)\n"
     "tensor([[0.2500, 0.0000],\n"
     "        [0.0000, 0.2500]])"},
    {"pinverse(input: Tensor, rcond: float = 1e-15) -> Tensor", do_pinverse, TORCH_BOTH_OUT,
     "As torch.linalg.pinv.",
     ">>> torch.pinverse(torch.ones(2, 1))\n"
     "tensor([[0.5000, 0.5000]])"},
    {"triangular_solve(b: Tensor, A: Tensor, upper: bool = True, transpose: bool = False, "
     "unitriangular: bool = False)",
     do_triangular_solve, TORCH_BOTH_OUT, "The X of AX = b for a triangular A; and A.",
     ">>> torch.triangular_solve(torch.ones(2, 1), torch.eye(2)).solution\n"
     "tensor([[1.],\n"
     "        [1.]])"},
    {"matrix_power(input: Tensor, n: int) -> Tensor", do_matrix_power, TORCH_BOTH_OUT,
     "As torch.linalg.matrix_power.",
     ">>> torch.matrix_power(2 * torch.eye(2), 2)\n"
     "tensor([[4., 0.],\n"
     "        [0., 4.]])"},
    {"matrix_exp(input: Tensor) -> Tensor", do_matrix_exp, TORCH_BOTH_OUT, "The sum of Aⁿ / n!.",
     ">>> torch.matrix_exp(torch.zeros(1, 1))\ntensor([[1.]])"},
    {"symeig(input: Tensor, eigenvectors: bool = False, upper: bool = True)", do_symeig,
     TORCH_BOTH_OUT, "As torch.linalg.eigh, of the upper triangle.",
     A ">>> torch.symeig(A).eigenvalues\n"
       "tensor([1.3820, 3.6180])"},
    {"eig(input: Tensor, eigenvectors: bool = False)", do_gone_eig, TORCH_BOTH_OUT,
     "Gone from PyTorch: torch.linalg.eig.", NULL},
    {"solve(input: Tensor, A: Tensor)", do_gone_solve, TORCH_BOTH_OUT,
     "Gone from PyTorch: torch.linalg.solve.", NULL},
    {"lstsq(input: Tensor, A: Tensor)", do_gone_lstsq, TORCH_BOTH_OUT,
     "Gone from PyTorch: torch.linalg.lstsq.", NULL},
    {"matrix_rank(input: Tensor, tol=None, symmetric: bool = False)", do_gone_matrix_rank,
     TORCH_FN_OUT, "Gone from PyTorch: torch.linalg.matrix_rank.", NULL},
    {0},
};
