/* beta C + alpha A B, with the bits of PyTorch's addmm and baddbmm.
 *
 * Which products are summed into what, and where a multiply-add is fused, depends on who computes
 * it there: loops of its own for tiny batched products, OpenBLAS's kernels for small matrices, or
 * its packed ones. Found by trying each form against its results (AVX-512 kernels).
 */
#include "config.h"

#include <math.h>

#include "linalg/matmul.h"
#include "linalg/product.h"
#include "tensor/convert.h"
#include "tensor/copy.h"
#include "tensor/ewise.h"
#include "tensor/pointwise.h"
#include "tensor/view.h"

typedef enum Way {
    WAY_TINY,  /* beta c, to which each (alpha a) b is added */
    WAY_SMALL, /* beta c + (alpha sum of a b), the first product fused in */
    WAY_LARGE  /* alpha (sum of a b) + (beta c), likewise, for each block of k */
} Way;

/* Deep enough that the packed kernels add to C more than once. */
#define K_BLOCK 384

static Way way_of(const Product *p) {
    double work = (double)p->m * (double)p->n * (double)p->k;
    if (p->batched && work < PLAIN_BELOW) return WAY_TINY;
    bool rows = p->acs == 1 && p->brs == 1 && p->bcs != 1; /* x times w transposed */
    bool small = work <= 1e6 && (!rows || (p->k >= 32 && p->m * p->n <= 1200));
    return small ? WAY_SMALL : WAY_LARGE;
}

/* ---- after the product ---------------------------------------------------------------- */

typedef void BlendFn(int64_t n, void *z, const void *c, int64_t s, double beta, double alpha);

/* z = expr of y = z and x = c for a row of n elements; c's lie s apart. beta 0 does not read c, so
 * that its nan and inf do not come through. */
#define BLEND_ROW(name, T, real, expr, alone)                                                      \
    KERNEL(blend_##name,                                                                           \
           (int64_t n, void *z_, const void *c_, int64_t s, double beta_, double alpha_),          \
           (n, z_, c_, s, beta_, alpha_)) {                                                        \
        T *restrict z = z_;                                                                        \
        const T *restrict c = c_;                                                                  \
        const real beta = (real)beta_, alpha = (real)alpha_;                                       \
        if (beta_ == 0)                                                                            \
            for (int64_t i = 0; i < n; i++) {                                                      \
                const T y = z[i];                                                                  \
                z[i] = alone;                                                                      \
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
/* clang-format off */
BLEND_ROW(small_f32, float, float, fmaf(beta, x, alpha * y), alpha * y)
BLEND_ROW(small_f64, double, double, fma(beta, x, alpha * y), alpha * y)
BLEND_ROW(large_f32, float, float, fmaf(alpha, y, beta * x), alpha * y)
BLEND_ROW(large_f64, double, double, fma(alpha, y, beta * x), alpha * y)
BLEND_ROW(c64, C64, float, ((C64){alpha * y.re + beta * x.re, alpha * y.im + beta * x.im}),
          ((C64){alpha * y.re, alpha * y.im}))
/* Integers wrap: computed unsigned. */
BLEND_ROW(i64, uint64_t, int64_t, (uint64_t)alpha * y + (uint64_t)beta * x, (uint64_t)alpha * y)
/* clang-format on */

static BlendFn *blend_for(DType dt, Way way) {
    switch (dt) {
    case DT_F32:
        return way == WAY_LARGE ? blend_large_f32 : blend_small_f32;
    case DT_F64:
        return way == WAY_LARGE ? blend_large_f64 : blend_small_f64;
    case DT_C64:
        return blend_c64;
    default:
        return blend_i64;
    }
}

/* prod, row by row; c has prod's shape (2 or 3 dimensions) and any strides. */
static void blend(BlendFn *fn, Tensor *prod, const Tensor *c, double beta, double alpha) {
    int last = c->ndim - 1;
    int64_t n = c->shape[last], s = c->stride[last], rows = tensor_numel(prod) / MAX(n, 1);
    int64_t deep = c->ndim == 3 ? c->shape[1] : rows;
    size_t size = dtype_size((DType)prod->dtype);
    for (int64_t r = 0; r < rows; r++) {
        int64_t at = r % deep * c->stride[last - 1] + (c->ndim == 3 ? r / deep * c->stride[0] : 0);
        fn(n, (char *)tensor_data(prod) + (size_t)(r * n) * size,
           (char *)tensor_data(c) + at * (int64_t)size, s, beta, alpha);
    }
}

/* ---- before the product ----------------------------------------------------------------- */

/* A copy of beta c, to which alpha a b is added. */
static bool accumulate(Product *p, const Tensor *a, const Tensor *b, const Tensor *c, double beta,
                       double alpha, Tensor **out, Err *err) {
    Tensor *sum = NULL, *scaled = NULL;
    DType dt = (DType)a->dtype;
    bool ok = beta == 0 ? tensor_zeros(dt, c->ndim, c->shape, &sum, err)
                        : tensor_clone_contiguous(c, dt, &sum, err);
    if (ok && beta != 0 && beta != 1) ok = tensor_binary_f64_(BIN_MUL, sum, beta, err);
    if (ok && alpha != 1) {
        ok = tensor_binary_f64(BIN_MUL, a, alpha, false, &scaled, err);
        if (ok) a = scaled;
        int ndim;
        int64_t shape[TENSOR_MAX_DIM];
        ok = ok && product_plan(a, b, p, &ndim, shape, err);
    }
    p->add = true;
    ok = ok && product_run(p, dt, tensor_data(a), tensor_data(b), (char *)tensor_data(sum), err);
    tensor_release(scaled);
    if (ok)
        *out = sum;
    else
        tensor_release(sum);
    return ok;
}

/* All of one dtype that products compute in; c has the product's shape. */
static bool add_same(const Tensor *c, const Tensor *a, const Tensor *b, double beta, double alpha,
                     Tensor **out, Err *err) {
    Product p = {0};
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    DType dt = (DType)a->dtype;
    if (!product_plan(a, b, &p, &ndim, shape, err)) return false;
    Way way = way_of(&p);
    bool real = dt == DT_F32 || dt == DT_F64;
    if (real && (way == WAY_TINY || (way == WAY_LARGE && p.k > K_BLOCK && alpha == 1)))
        return accumulate(&p, a, b, c, beta, alpha, out, err);
    if (!product(a, b, out, err)) return false;
    blend(blend_for(dt, way), *out, c, beta, alpha);
    return true;
}

/* c expanded to the product's shape comes first: an addend that does not fit is told before any
 * work is done. */
static bool add_product(const Tensor *c, const Tensor *a, const Tensor *b, const int64_t *shape,
                        double beta, double alpha, Tensor **out, Err *err) {
    DType dt = (DType)a->dtype, in = product_dtype(dt);
    Tensor *wa = NULL, *wb = NULL, *wc = NULL, *full = NULL, *sum = NULL;
    bool ok = tensor_cast(c, in, &wc, err) && tensor_expand(wc, a->ndim, shape, &full, err) &&
              product_not_for_bool(a, "addmm_impl_cpu_", err) && tensor_cast(a, in, &wa, err) &&
              tensor_cast(b, in, &wb, err) && add_same(full, wa, wb, beta, alpha, &sum, err) &&
              tensor_cast(sum, dt, out, err);
    tensor_release(wa);
    tensor_release(wb);
    tensor_release(wc);
    tensor_release(full);
    tensor_release(sum);
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
    if (a->shape[1] != b->shape[0]) return product_inner_mismatch(a->shape[0], a->shape[1], b, err);
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
    return product_batches_fit(a, b, err) && same_dtypes(c, a, b, err) &&
           add_product(c, a, b, (int64_t[]){a->shape[0], a->shape[1], b->shape[2]}, beta, alpha,
                       out, err);
}
