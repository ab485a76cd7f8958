/* Shapes, broadcasting and checks of matrix products; the arithmetic is gemm.c's. */
#include "config.h"

#include "linalg/matmul.h"

#include "tensor/copy.h"
#include "linalg/gemm.h"
#include "tensor/pointwise.h"
#include "tensor/interrupt.h"
#include "linalg/product.h"
#include "tensor/view.h"

/* Multiply-adds between two looks at the interrupt flag: 20 ms at 32 Gflop/s. */
#define SLICE ((int64_t)1 << 28)

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

bool product_run(const Product *p, DType dt, const char *a, const char *b, char *c, Err *err) {
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

DType product_dtype(DType dt) {
    return dt == DT_F16 || dt == DT_BF16 ? DT_F32 : dt <= DT_I64 ? DT_I64 : dt;
}

/* ---- shapes -------------------------------------------------------------------------- */

/* Behind the error of a product's inner sizes k and those of b. */
static bool inner_hint(int64_t k, const Tensor *b, Err *err) {
    int64_t rows = b->shape[b->ndim - 2];
    if (k == b->shape[b->ndim - 1])
        return err_hint(err,
                        "the inner sizes are %lld and %lld; did you mean the second one's "
                        ".transpose(-2, -1)?",
                        (long long)k, (long long)rows);
    return err_hint(err, "the inner sizes, %lld and %lld, must be equal", (long long)k,
                    (long long)rows);
}

bool product_inner_mismatch(int64_t m, int64_t k, const Tensor *b, Err *err) {
    err_set(err, ERR_RUNTIME, "mat1 and mat2 shapes cannot be multiplied (%lldx%lld and %lldx%lld)",
            (long long)m, (long long)k, (long long)b->shape[b->ndim - 2],
            (long long)b->shape[b->ndim - 1]);
    return inner_hint(k, b, err);
}

static bool batch2_mismatch(int64_t batches, int64_t k, int64_t have, const Tensor *b, Err *err) {
    return err_set(err, ERR_RUNTIME,
                   "Expected size for first two dimensions of batch2 tensor to be: [%lld, %lld] "
                   "but got: [%lld, %lld].",
                   (long long)batches, (long long)k, (long long)have,
                   (long long)b->shape[b->ndim - 2]);
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
        return product_inner_mismatch(count_range(a, 0, a->ndim - 1), k, b, err);
    int nb = MAX(a->ndim, b->ndim) - 2, n;
    int64_t batch[TENSOR_MAX_DIM], count = 1;
    if (!shape_broadcast(a->ndim - 2, a->shape, b->ndim - 2, b->shape, &n, batch, err))
        return false;
    for (int d = 0; d < nb; d++) count *= batch[d];
    batch2_mismatch(count, k, count, b, err);
    return inner_hint(k, b, err);
}

/* Strides of t's leading dimensions against the broadcast batch: 0 where t has size 1. */
static void batch_strides(const Tensor *t, int own, int nb, int64_t *out) {
    for (int d = 0; d < nb; d++) {
        int at = d - (nb - own);
        out[d] = at < 0 || t->shape[at] == 1 ? 0 : t->stride[at];
    }
}

bool product_plan(const Tensor *a, const Tensor *b, Product *p, int *ndim, int64_t *shape,
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

bool product_not_for_bool(const Tensor *a, const char *kernel, Err *err) {
    if (a->dtype != DT_BOOL) return true;
    err_set(err, ERR_RUNTIME, "\"%s\" not implemented for 'Bool'", kernel);
    return err_hint(err, "convert to numbers first: .float()");
}

bool matmul_shape(const Tensor *a, const Tensor *b, int *ndim, int64_t *shape, double *flops,
                  Err *err) {
    Product p = {0};
    if (!product_plan(a, b, &p, ndim, shape, err)) return false;
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

bool product(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    Product p = {0};
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    if (!product_plan(a, b, &p, &ndim, shape, err)) return false;
    Tensor *c = NULL;
    if (multiplies_copy(&p) && !tensor_is_contiguous(b)) {
        Tensor *dense = NULL;
        bool ok = tensor_contiguous(b, &dense, err) && product(a, dense, out, err);
        tensor_release(dense);
        return ok;
    }
    if (!tensor_empty((DType)a->dtype, ndim, shape, &c, err)) return false;
    fold_batches(&p);
    bool ok = product_run(&p, (DType)a->dtype, tensor_data(a), tensor_data(b), tensor_data(c), err);
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
           product_not_for_bool(a, kernel, err);
}

/* Multiplies in the dtype that the operands compute in, and rounds to their own. */
static bool widened(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    DType in = product_dtype((DType)a->dtype);
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
    bool direct = product_dtype((DType)a->dtype) == (DType)a->dtype;
    return direct ? product(a, b, out, err) : widened(a, b, out, err);
}

bool tensor_mm(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    if (a->ndim != 2) return err_set(err, ERR_RUNTIME, "self must be a matrix");
    if (b->ndim != 2) return err_set(err, ERR_RUNTIME, "mat2 must be a matrix");
    return tensor_matmul(a, b, out, err);
}

bool product_batches_fit(const Tensor *a, const Tensor *b, Err *err) {
    if (a->ndim != 3) return err_set(err, ERR_RUNTIME, "batch1 must be a 3D tensor");
    if (b->ndim != 3) return err_set(err, ERR_RUNTIME, "batch2 must be a 3D tensor");
    if (a->shape[0] == b->shape[0] && a->shape[2] == b->shape[1]) return true;
    return batch2_mismatch(a->shape[0], a->shape[2], b->shape[0], b, err);
}

bool tensor_bmm(const Tensor *a, const Tensor *b, Tensor **out, Err *err) {
    return product_batches_fit(a, b, err) && tensor_matmul(a, b, out, err);
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
