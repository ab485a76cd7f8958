/* Shapes, broadcasting and checks of matrix products; the arithmetic is gemm.c's. */
#include "config.h"

#include "tensor/matmul.h"

#include "tensor/convert.h"
#include "tensor/ewise.h"
#include "tensor/copy.h"
#include "tensor/gemm.h"
#include "tensor/pointwise.h"
#include "tensor/poll.h"
#include "tensor/view.h"

/* Multiply-adds between two looks at the interrupt flag: 20 ms at 32 Gflop/s. */
#define SLICE ((int64_t)1 << 28)

/* A stack of products: batch dims in front, strides in elements, C contiguous. */
typedef struct Product {
    int nb;
    int64_t batch[TENSOR_MAX_DIM], a_bs[TENSOR_MAX_DIM], b_bs[TENSOR_MAX_DIM];
    int64_t m, n, k;
    int64_t ars, acs, brs, bcs;
    bool add, batched; /* batched: both operands have leading dimensions, PyTorch's bmm */
} Product;

/* Below this many multiplications PyTorch's bmm uses loops of its own instead of BLAS. */
#define PLAIN_BELOW 400

/* ---- running ---------------------------------------------------------------------- */

/* Rows at a time, so that a Ctrl-C acts between the slices. */
static bool run_one(const Product *p, GemmFn gemm, size_t esize, const char *a, const char *b,
                    char *c, Err *err) {
    int64_t per_row = MAX(p->n * p->k, 1), rows = MAX(SLICE / per_row, 4) & ~(int64_t)3;
    for (int64_t i = 0; i < p->m; i += rows) {
        if (INTERRUPTED()) return tensor_interrupted(err);
        gemm(MIN(rows, p->m - i), p->n, p->k, a + (size_t)(i * p->ars) * esize, p->ars, p->acs, b,
             p->brs, p->bcs, c + (size_t)(i * p->n) * esize, p->n, p->add);
    }
    return true;
}

static bool run(const Product *p, DType dt, const char *a, const char *b, char *c, Err *err) {
    GemmFn gemm = gemm_for(dt, p->batched && p->m * p->n * p->k < PLAIN_BELOW);
    size_t esize = dtype_size(dt);
    int64_t index[TENSOR_MAX_DIM] = {0}, count = 1;
    for (int d = 0; d < p->nb; d++) count *= p->batch[d];
    for (int64_t left = count; left > 0; left--) {
        if (!run_one(p, gemm, esize, a, b, c, err)) return false;
        c += (size_t)(p->m * p->n) * esize;
        for (int d = p->nb - 1; d >= 0; d--) {
            a += p->a_bs[d] * (int64_t)esize;
            b += p->b_bs[d] * (int64_t)esize;
            if (++index[d] < p->batch[d]) break;
            a -= p->a_bs[d] * p->batch[d] * (int64_t)esize;
            b -= p->b_bs[d] * p->batch[d] * (int64_t)esize;
            index[d] = 0;
        }
    }
    return true;
}

/* One B for all (a linear layer): when A's batches follow each other like rows, they are rows. */
static void fold_batches(Product *p) {
    while (p->nb > 0 && p->b_bs[p->nb - 1] == 0) {
        int64_t n = p->batch[p->nb - 1];
        if (n != 1 && p->m != 1 && p->a_bs[p->nb - 1] != p->m * p->ars) return;
        if (p->m == 1) p->ars = p->a_bs[p->nb - 1];
        p->m *= n;
        p->nb--;
    }
}

/* The dtype that a product of dt computes in. */
static DType compute_dtype(DType dt) {
    return dt == DT_F16 || dt == DT_BF16 ? DT_F32 : dt <= DT_I64 ? DT_I64 : dt;
}

/* ---- shapes -------------------------------------------------------------------------- */

static bool inner_mismatch(int64_t m, int64_t k, const Tensor *b, Err *err) {
    int64_t rows = b->shape[b->ndim - 2], cols = b->shape[b->ndim - 1];
    err_set(err, ERR_RUNTIME, "mat1 and mat2 shapes cannot be multiplied (%lldx%lld and %lldx%lld)",
            (long long)m, (long long)k, (long long)rows, (long long)cols);
    if (k == cols)
        return err_hint(err,
                        "the inner sizes are %lld and %lld; did you mean the second one's "
                        ".transpose(-2, -1)?",
                        (long long)k, (long long)rows);
    return err_hint(err, "the inner sizes, %lld and %lld, must be equal", (long long)k,
                    (long long)rows);
}

static int64_t count_range(const Tensor *t, int from, int to) {
    int64_t n = 1;
    for (int d = from; d < to; d++) n *= t->shape[d];
    return n;
}

/* The words that PyTorch has for a mismatch of the inner sizes; they depend on how it would have
 * folded the operands. */
static bool matmul_mismatch(const Tensor *a, const Tensor *b, Err *err) {
    int64_t k = a->shape[a->ndim - 1];
    if (a->ndim == 1 && b->ndim == 1)
        return err_set(err, ERR_RUNTIME,
                       "inconsistent tensor size, expected tensor [%lld] and src [%lld] to have "
                       "the same number of elements, but got %lld and %lld elements respectively",
                       (long long)k, (long long)b->shape[0], (long long)k, (long long)b->shape[0]);
    if (b->ndim == 1) {
        int64_t rows = count_range(a, 0, a->ndim - 1);
        return err_set(err, ERR_RUNTIME, "size mismatch, got %lld, %lldx%lld,%lld", (long long)rows,
                       (long long)rows, (long long)k, (long long)b->shape[0]);
    }
    if (a->ndim <= 2 || b->ndim == 2)
        return inner_mismatch(count_range(a, 0, a->ndim - 1), k, b, err);
    int nb = MAX(a->ndim, b->ndim) - 2, n;
    int64_t batch[TENSOR_MAX_DIM], count = 1;
    if (!shape_broadcast(a->ndim - 2, a->shape, b->ndim - 2, b->shape, &n, batch, err))
        return false;
    for (int d = 0; d < nb; d++) count *= batch[d];
    err_set(err, ERR_RUNTIME,
            "Expected size for first two dimensions of batch2 tensor to be: [%lld, %lld] but got: "
            "[%lld, %lld].",
            (long long)count, (long long)k, (long long)count, (long long)b->shape[b->ndim - 2]);
    if (k == b->shape[b->ndim - 1])
        return err_hint(err,
                        "the inner sizes are %lld and %lld; did you mean the second one's "
                        ".transpose(-2, -1)?",
                        (long long)k, (long long)b->shape[b->ndim - 2]);
    return err_hint(err, "the inner sizes, %lld and %lld, must be equal", (long long)k,
                    (long long)b->shape[b->ndim - 2]);
}

/* Strides of t's leading dimensions against the broadcast batch: 0 where t has size 1. */
static void batch_strides(const Tensor *t, int own, int nb, int64_t *out) {
    for (int d = 0; d < nb; d++) {
        int at = d - (nb - own);
        out[d] = at < 0 || t->shape[at] == 1 ? 0 : t->stride[at];
    }
}

/* Fills p and the result's shape. A vector on the left is a row, on the right a column; that
 * dimension is not in the result. */
static bool plan(const Tensor *a, const Tensor *b, Product *p, int *ndim, int64_t *shape,
                 Err *err) {
    if (a->ndim == 0 || b->ndim == 0)
        return err_set(err, ERR_RUNTIME,
                       "both arguments to matmul need to be at least 1D, but they are %dD and %dD",
                       a->ndim, b->ndim);
    int la = a->ndim - 1, lb = b->ndim - 1, na = MAX(a->ndim - 2, 0), nb = MAX(b->ndim - 2, 0);
    p->m = a->ndim == 1 ? 1 : a->shape[la - 1];
    p->ars = a->ndim == 1 ? 0 : a->stride[la - 1];
    p->k = a->shape[la];
    p->acs = a->stride[la];
    p->n = b->ndim == 1 ? 1 : b->shape[lb];
    p->bcs = b->ndim == 1 ? 0 : b->stride[lb];
    p->brs = b->ndim == 1 ? b->stride[0] : b->stride[lb - 1];
    int64_t bk = b->ndim == 1 ? b->shape[0] : b->shape[lb - 1];
    if (p->k != bk) return matmul_mismatch(a, b, err);
    if (!shape_broadcast(na, a->shape, nb, b->shape, &p->nb, p->batch, err)) return false;
    batch_strides(a, na, p->nb, p->a_bs);
    batch_strides(b, nb, p->nb, p->b_bs);
    p->batched = a->ndim > 2 && b->ndim > 2;
    int n = p->nb;
    memcpy(shape, p->batch, sizeof *shape * (size_t)n);
    if (a->ndim > 1) shape[n++] = p->m;
    if (b->ndim > 1) shape[n++] = p->n;
    *ndim = n;
    return true;
}

static bool same_dtype(const Tensor *a, const Tensor *b, Err *err) {
    if (a->dtype == b->dtype) return true;
    if (a->ndim == 1 && b->ndim == 1)
        err_set(err, ERR_RUNTIME,
                "dot : expected both vectors to have same dtype, but found %s and %s",
                dtype_class_name((DType)a->dtype), dtype_class_name((DType)b->dtype));
    else
        err_set(err, ERR_RUNTIME, "expected scalar type %s but found %s",
                dtype_class_name((DType)a->dtype), dtype_class_name((DType)b->dtype));
    return err_hint(err, "convert one of them: .to(torch.%s)", dtype_name((DType)a->dtype));
}

static bool not_for_bool(const Tensor *a, const char *kernel, Err *err) {
    if (a->dtype != DT_BOOL) return true;
    err_set(err, ERR_RUNTIME, "\"%s\" not implemented for 'Bool'", kernel);
    return err_hint(err, "convert to numbers first: .float()");
}

bool matmul_shape(const Tensor *a, const Tensor *b, int *ndim, int64_t *shape, double *flops,
                  Err *err) {
    Product p = {0};
    if (!plan(a, b, &p, ndim, shape, err)) return false;
    if (flops) {
        *flops = 2.0 * (double)p.m * (double)p.n * (double)p.k;
        for (int d = 0; d < p.nb; d++) *flops *= (double)p.batch[d];
    }
    return true;
}

/* ---- products --------------------------------------------------------------------------- */

/* PyTorch folds the batch dimensions into one. Where b's strides do not allow that (heads made by a
 * transposition) it multiplies by a copy, whose rows are contiguous, and that sums in another order
 * than transposed columns do. */
static bool multiplies_copy(const Product *p) {
    int64_t run = 0;
    bool folds = true;
    for (int d = p->nb - 1, inner = -1; d >= 0; d--) {
        if (p->batch[d] == 1) continue;
        if (inner >= 0 && p->b_bs[d] != run) folds = false;
        run = p->b_bs[d] * p->batch[d];
        inner = d;
    }
    return p->batched && !folds && p->brs == 1 && p->bcs != 1;
}

/* a and b are of a dtype that products compute in. */
static bool product(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    Product p = {0};
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    if (!plan(a, b, &p, &ndim, shape, err)) return false;
    Tensor *c = NULL;
    if (multiplies_copy(&p)) {
        Tensor *dense = NULL;
        bool ok = tensor_contiguous(b, &dense, err) && product(a, dense, out, err);
        tensor_release(dense);
        return ok;
    }
    if (!tensor_empty((DType)a->dtype, ndim, shape, &c, err)) return false;
    fold_batches(&p);
    bool ok = run(&p, (DType)a->dtype, tensor_data(a), tensor_data(b), tensor_data(c), err);
    if (ok)
        *out = c;
    else
        tensor_release(c);
    return ok;
}

/* In PyTorch's order: the dtypes of a dot, shapes, the other dtypes, what no kernel takes. */
static bool fits(const Tensor *a, const Tensor *b, Err *err) {
    bool dot = a->ndim == 1 && b->ndim == 1;
    const char *kernel = dot                            ? "dot"
                         : b->ndim == 1                 ? "addmv_impl_cpu"
                         : a->ndim <= 2 || b->ndim <= 2 ? "addmm_impl_cpu_"
                                                        : "bmm";
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    if (dot && !same_dtype(a, b, err)) return false;
    return matmul_shape(a, b, &ndim, shape, NULL, err) && same_dtype(a, b, err) &&
           not_for_bool(a, kernel, err);
}

/* Multiplies in the dtype that the operands compute in, and rounds to their own. */
static bool widened(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    DType in = compute_dtype((DType)a->dtype);
    Tensor *wa = NULL, *wb = NULL, *wide = NULL;
    bool ok = tensor_cast(a, in, &wa, err) && tensor_cast(b, in, &wb, err) &&
              product(wa, wb, &wide, err) && tensor_cast(wide, (DType)a->dtype, out, err);
    tensor_release(wa);
    tensor_release(wb);
    tensor_release(wide);
    return ok;
}

bool tensor_matmul(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    if (!fits(a, b, err)) return false;
    if (a->ndim == 1 && b->ndim == 1 && a->dtype == DT_F32 && a->stride[0] == 1 &&
        b->stride[0] == 1) {
        float sum = gemm_dot_f32(a->shape[0], tensor_data(a), tensor_data(b));
        return tensor_scalar_f64(DT_F32, (double)sum, out, err);
    }
    bool direct = compute_dtype((DType)a->dtype) == (DType)a->dtype;
    return direct ? product(a, b, out, err) : widened(a, b, out, err);
}

bool tensor_mm(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    if (a->ndim != 2) return err_set(err, ERR_RUNTIME, "self must be a matrix");
    if (b->ndim != 2) return err_set(err, ERR_RUNTIME, "mat2 must be a matrix");
    return tensor_matmul(a, b, out, err);
}

static bool batches_fit(const Tensor *a, const Tensor *b, Err *err) {
    if (a->ndim != 3) return err_set(err, ERR_RUNTIME, "batch1 must be a 3D tensor");
    if (b->ndim != 3) return err_set(err, ERR_RUNTIME, "batch2 must be a 3D tensor");
    if (a->shape[0] == b->shape[0] && a->shape[2] == b->shape[1]) return true;
    return err_set(err, ERR_RUNTIME,
                   "Expected size for first two dimensions of batch2 tensor to be: [%lld, %lld] "
                   "but got: [%lld, %lld].",
                   (long long)a->shape[0], (long long)a->shape[2], (long long)b->shape[0],
                   (long long)b->shape[1]);
}

bool tensor_bmm(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    return batches_fit(a, b, err) && tensor_matmul(a, b, out, err);
}

bool tensor_mv(const Tensor *a, const Tensor *x, Tensor **out, Err *err) {
    if (a->ndim != 2 || x->ndim != 1)
        return err_set(err, ERR_RUNTIME, "vector + matrix @ vector expected, got %d, %d, %d", 1,
                       a->ndim, x->ndim);
    return tensor_matmul(a, x, out, err);
}

bool tensor_dot(const Tensor *x, const Tensor *y, Tensor **out, Err *err) {
    if (x->ndim != 1 || y->ndim != 1)
        return err_set(err, ERR_RUNTIME, "1D tensors expected, but got %dD and %dD tensors",
                       x->ndim, y->ndim);
    return tensor_matmul(x, y, out, err);
}

/* A broadcast multiplication, so that the dtypes promote. */
bool tensor_outer(const Tensor *x, const Tensor *y, Tensor **out, Err *err) {
    if (x->ndim != 1)
        return err_set(err, ERR_RUNTIME, "outer: Expected 1-D argument self, but got %d-D",
                       x->ndim);
    if (y->ndim != 1)
        return err_set(err, ERR_RUNTIME, "outer: Expected 1-D argument vec2, but got %d-D",
                       y->ndim);
    Tensor *col = NULL;
    bool ok = tensor_unsqueeze(x, 1, &col, err) && tensor_binary(BIN_MUL, col, y, out, err);
    tensor_release(col);
    return ok;
}

/* ---- with an addend ------------------------------------------------------------------------ */

/* z = alpha z + beta c for a row of n elements; c's lie s apart. beta 0 does not read c, so that
 * its nan and inf do not come through. */
#define BLEND_ROW(name, T, expr)                                                                   \
    KERNEL static void blend_##name(int64_t n, T *restrict z, const T *restrict c, int64_t s,      \
                                    double beta, double alpha) {                                   \
        float fa = (float)alpha, fb = (float)beta;                                                 \
        uint64_t ia = (uint64_t)(int64_t)alpha, ib = (uint64_t)(int64_t)beta;                      \
        UNUSED(fa), UNUSED(fb), UNUSED(ia), UNUSED(ib);                                            \
        if (beta == 0)                                                                             \
            for (int64_t i = 0; i < n; i++) {                                                      \
                const T x = {0}, y = z[i];                                                         \
                z[i] = expr;                                                                       \
            }                                                                                      \
        else if (s == 1)                                                                           \
            for (int64_t i = 0; i < n; i++) {                                                      \
                const T x = c[i], y = z[i];                                                        \
                z[i] = expr;                                                                       \
            }                                                                                      \
        else                                                                                       \
            for (int64_t i = 0; i < n; i++) {                                                      \
                const T x = c[i * s], y = z[i];                                                    \
                z[i] = expr;                                                                       \
            }                                                                                      \
    }
BLEND_ROW(f32, float, fa *y + fb * x)
BLEND_ROW(f64, double, alpha *y + beta * x)
BLEND_ROW(c64, C64, ((C64){fa * y.re + fb * x.re, fa *y.im + fb *x.im}))
BLEND_ROW(i64, int64_t, (int64_t)(ia *(uint64_t)y + ib * (uint64_t)x))

/* prod = alpha prod + beta c, row by row; c has prod's shape (2 or 3 dimensions) and any strides.
 */
static void blend(Tensor *prod, const Tensor *c, double beta, double alpha) {
    int last = c->ndim - 1;
    int64_t n = c->shape[last], s = c->stride[last], rows = tensor_numel(prod) / MAX(n, 1);
    int64_t deep = c->ndim == 3 ? c->shape[1] : rows;
    for (int64_t r = 0; r < rows; r++) {
        int64_t at = r % deep * c->stride[last - 1] + (c->ndim == 3 ? r / deep * c->stride[0] : 0);
        void *z = (char *)tensor_data(prod) + (size_t)(r * n) * dtype_size((DType)prod->dtype);
        const void *x = (char *)tensor_data(c) + (size_t)at * dtype_size((DType)c->dtype);
        switch ((DType)prod->dtype) {
        case DT_F32:
            blend_f32(n, z, x, s, beta, alpha);
            break;
        case DT_F64:
            blend_f64(n, z, x, s, beta, alpha);
            break;
        case DT_C64:
            blend_c64(n, z, x, s, beta, alpha);
            break;
        default:
            blend_i64(n, z, x, s, beta, alpha);
        }
    }
}

/* c expanded to the product's shape comes first: an addend that does not fit is told before any
 * work is done. */
static bool add_product(const Tensor *c, const Tensor *a, const Tensor *b, const int64_t *shape,
                        double beta, double alpha, Tensor **out, Err *err) {
    DType dt = (DType)a->dtype, in = compute_dtype(dt);
    Tensor *wa = NULL, *wb = NULL, *wc = NULL, *full = NULL, *prod = NULL;
    bool ok = tensor_cast(c, in, &wc, err) && tensor_expand(wc, a->ndim, shape, &full, err) &&
              not_for_bool(a, "addmm_impl_cpu_", err) && tensor_cast(a, in, &wa, err) &&
              tensor_cast(b, in, &wb, err) && product(wa, wb, &prod, err);
    if (ok) {
        blend(prod, full, beta, alpha);
        ok = tensor_cast(prod, dt, out, err);
    }
    tensor_release(wa);
    tensor_release(wb);
    tensor_release(wc);
    tensor_release(full);
    tensor_release(prod);
    return ok;
}

static bool same_dtypes(const Tensor *c, const Tensor *a, const Tensor *b, Err *err) {
    if (c->dtype == a->dtype && a->dtype == b->dtype) return true;
    return err_set(err, ERR_RUNTIME, "self and mat2 must have the same dtype");
}

bool tensor_addmm(const Tensor *c, const Tensor *a, const Tensor *b, double beta, double alpha,
                  Tensor **out, Err *err) {
    if (a->ndim != 2)
        return err_set(err, ERR_RUNTIME, "mat1 must be a matrix, got %d-D tensor", a->ndim);
    if (b->ndim != 2)
        return err_set(err, ERR_RUNTIME, "mat2 must be a matrix, got %d-D tensor", b->ndim);
    if (!same_dtypes(c, a, b, err)) return false;
    if (a->shape[1] != b->shape[0]) return inner_mismatch(a->shape[0], a->shape[1], b, err);
    return add_product(c, a, b, (int64_t[]){a->shape[0], b->shape[1]}, beta, alpha, out, err);
}

bool tensor_baddbmm(const Tensor *c, const Tensor *a, const Tensor *b, double beta, double alpha,
                    Tensor **out, Err *err) {
    Tensor *full = NULL;
    if (a->ndim == 3 && b->ndim == 3) { /* PyTorch expands the addend before it looks at batches */
        int64_t shape[3] = {a->shape[0], a->shape[1], b->shape[2]};
        if (!tensor_expand(c, 3, shape, &full, err)) return false;
        tensor_release(full);
    }
    return batches_fit(a, b, err) && same_dtypes(c, a, b, err) &&
           add_product(c, a, b, (int64_t[]){a->shape[0], a->shape[1], b->shape[2]}, beta, alpha,
                       out, err);
}
