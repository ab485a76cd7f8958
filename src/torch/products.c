/* Products: matmul, mm, bmm, dot, outer, addmm, baddbmm, tensordot, cdist. */
#include "config.h"

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"

/* ---- two tensors ------------------------------------------------------------------ */

static bool do_matmul(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *y = NULL;
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b)) return false;
    if (a->ndim && b->ndim && a->shape[a->ndim - 1] != b->shape[b->ndim > 1 ? b->ndim - 2 : 0]) {
        return matmul_mismatch(in, "@", a, b, err);
    }
    return tensor_return(op_matmul(a, b, &y, err), &y, out);
}

#define PRODUCT(name)                                                                              \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *a, *b, *y = NULL;                                                                  \
        UNUSED(in);                                                                                \
        return ARG_TENSOR(0, &a) && ARG_TENSOR(1, &b) &&                                           \
               tensor_return(op_##name(a, b, &y, err), &y, out);                                   \
    }
PRODUCT(mm)
PRODUCT(bmm)
PRODUCT(mv)
PRODUCT(dot)
PRODUCT(outer)

/* A dim of a, then one of b, in turn: sizes for the two factors, which then broadcast. */
static bool do_kron(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *wide_a = NULL, *wide_b = NULL, *p = NULL, *y = NULL;
    int64_t as[TENSOR_MAX_DIM], bs[TENSOR_MAX_DIM], shape[TENSOR_MAX_DIM];
    UNUSED(in);
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b)) return false;
    int n = MAX(a->ndim, b->ndim);
    if (2 * n > TENSOR_MAX_DIM)
        return err_set(err, ERR_RUNTIME, "kron: at most %d dimensions", TENSOR_MAX_DIM / 2);
    for (int d = 0; d < n; d++) {
        int da = d - (n - a->ndim), db = d - (n - b->ndim);
        as[2 * d] = da < 0 ? 1 : a->shape[da];
        bs[2 * d + 1] = db < 0 ? 1 : b->shape[db];
        as[2 * d + 1] = bs[2 * d] = 1;
        shape[d] = as[2 * d] * bs[2 * d + 1];
    }
    bool ok = op_reshape(a, 2 * n, as, &wide_a, err) && op_reshape(b, 2 * n, bs, &wide_b, err) &&
              op_mul(wide_a, wide_b, &p, err) && op_reshape(p, n, shape, &y, err);
    tensor_release(wide_a);
    tensor_release(wide_b);
    tensor_release(p);
    return tensor_return(ok, &y, out);
}

/* ---- beta c + alpha a b -------------------------------------------------------------- */

#define AFFINE(name)                                                                               \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *c, *a, *b, *y = NULL;                                                              \
        double beta, alpha;                                                                        \
        return ARG_TENSOR(0, &c) && ARG_TENSOR(1, &a) && ARG_TENSOR(2, &b) &&                      \
               ARG_FLOAT(3, &beta) && ARG_FLOAT(4, &alpha) &&                                      \
               tensor_return(op_##name(c, a, b, beta, alpha, &y, err), &y, out);                   \
    }
AFFINE(addmm)
AFFINE(baddbmm)

/* ---- tensordot: contracted dims last in a, first in b, then one product ------------------ */

/* dims as a number (the last of a, the first of b) or as two lists. */
static bool contracted(Interp *in, const Tensor *a, const Tensor *b, Value dims, Dims *da, Dims *db,
                       Err *err) {
    Value *items;
    int64_t n;
    if (seq_items(dims, &items, &n)) {
        if (n != 2)
            return err_set(err, ERR_RUNTIME, "tensordot expects dims to be int or two lists");
        if (!arg_dims(in, "do_tensordot", 2, items[0], da, err)) return false;
        if (!arg_dims(in, "do_tensordot", 2, items[1], db, err)) return false;
    } else {
        int64_t k;
        if (!arg_int(in, "do_tensordot", 2, dims, &k, err)) return false;
        if (k < 0 || k > a->ndim || k > b->ndim) {
            return err_set(err, ERR_RUNTIME,
                           "tensordot expects dims >= 0 and at most the number "
                           "of dims of both, but got dims=%lld",
                           (long long)k);
        }
        da->n = db->n = (int)k;
        for (int i = 0; i < k; i++) da->d[i] = a->ndim - k + i, db->d[i] = i;
    }
    if (da->n != db->n) {
        return err_set(err, ERR_RUNTIME, "both dimension lists should have same length");
    }
    for (int i = 0; i < da->n; i++) {
        int wa, wb;
        if (!dim_wrap(da->d[i], a->ndim, &wa, err) || !dim_wrap(db->d[i], b->ndim, &wb, err)) {
            return false;
        }
        da->d[i] = wa, db->d[i] = wb;
        if (a->shape[wa] != b->shape[wb]) {
            return err_set(err, ERR_RUNTIME,
                           "contracted dimensions need to match, but first has size %lld in dim %d "
                           "and second has size %lld in dim %d",
                           (long long)a->shape[wa], wa, (long long)b->shape[wb], wb);
        }
    }
    return true;
}

/* Permutes x so that the contracted dims come last (or first) and flattens to a matrix; the free
 * dims' sizes are appended to shape. */
static bool as_matrix(Tensor *x, const Dims *c, bool last, Dims *shape, Tensor **out, Err *err) {
    Dims order = {0}, free_dims = {0};
    int64_t inner = 1, outer = 1;
    Tensor *p = NULL;
    bool ok;
    for (int i = 0; i < x->ndim; i++) {
        bool used = false;
        for (int k = 0; k < c->n; k++) used = used || c->d[k] == i;
        if (!used) free_dims.d[free_dims.n++] = i;
    }
    for (int i = 0; !last && i < c->n; i++) order.d[order.n++] = c->d[i];
    for (int i = 0; i < free_dims.n; i++) {
        order.d[order.n++] = free_dims.d[i];
        outer *= x->shape[free_dims.d[i]];
        if (shape->n == TENSOR_MAX_DIM) return err_set(err, ERR_RUNTIME, "too many dimensions");
        shape->d[shape->n++] = x->shape[free_dims.d[i]];
    }
    for (int i = 0; last && i < c->n; i++) order.d[order.n++] = c->d[i];
    for (int i = 0; i < c->n; i++) inner *= x->shape[c->d[i]];
    ok = op_permute(x, order.n, order.d, &p, err) &&
         op_reshape(p, 2, last ? (int64_t[]){outer, inner} : (int64_t[]){inner, outer}, out, err);
    tensor_release(p);
    return ok;
}

static bool do_tensordot(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *ma = NULL, *mb = NULL, *m = NULL, *y = NULL;
    Dims da, db, shape = {0};
    bool ok;
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b) || !contracted(in, a, b, args[2], &da, &db, err)) {
        return false;
    }
    ok = as_matrix(a, &da, true, &shape, &ma, err) && as_matrix(b, &db, false, &shape, &mb, err) &&
         op_mm(ma, mb, &m, err) && op_reshape(m, shape.n, shape.d, &y, err);
    tensor_release(ma);
    tensor_release(mb);
    tensor_release(m);
    return tensor_return(ok, &y, out);
}

/* ---- distances ------------------------------------------------------------------------------- */

/* cdist: the p-norm between all rows of a (.., P, M) and b (.., R, M). */
static bool do_cdist(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b, *ea = NULL, *eb = NULL, *d = NULL, *y = NULL;
    double p;
    bool ok;
    if (!ARG_TENSOR(0, &a) || !ARG_TENSOR(1, &b) || !ARG_FLOAT(2, &p)) return false;
    if (a->ndim < 2 || b->ndim < 2) {
        return err_set(err, ERR_RUNTIME, "cdist only supports at least 2D tensors");
    }
    ok = op_unsqueeze(a, -2, &ea, err) && op_unsqueeze(b, -3, &eb, err) &&
         op_sub(ea, eb, 1, &d, err) && op_norm(d, p, 1, (int64_t[]){-1}, false, &y, err);
    tensor_release(ea);
    tensor_release(eb);
    tensor_release(d);
    return tensor_return(ok, &y, out);
}

static bool do_trace(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *y = NULL;
    UNUSED(in);
    return ARG_TENSOR(0, &x) && tensor_return(op_trace(x, &y, err), &y, out);
}

#define B TORCH_BOTH_OUT
#define F TORCH_FN_OUT
#define AB ">>> a, b = torch.tensor([[1., 2.], [3., 4.]]), torch.tensor([[1., 0.], [1., 1.]])\n"
#define UV ">>> u, v = torch.tensor([1., 2.]), torch.tensor([3., 4.])\n"

const NativeRow torch_linalg_rows[] = {
    {"matmul(input: Tensor, other: Tensor) -> Tensor", do_matmul, B,
     "a @ b: (..., n, k) and (..., k, m) give (..., n, m); leading dims broadcast; 1-dim tensors "
     "are vectors.",
     AB ">>> torch.matmul(a, b)\n"
        "tensor([[3., 2.],\n"
        "        [7., 4.]])"},
    {"__matmul__(input: Tensor, other: Tensor) -> Tensor", do_matmul, TORCH_METHOD,
     "Same as matmul.", NULL},
    {"mm(input: Tensor, mat2: Tensor) -> Tensor", do_mm, B, "Product of two matrices.",
     AB ">>> torch.mm(a, b)\n"
        "tensor([[3., 2.],\n"
        "        [7., 4.]])"},
    {"bmm(input: Tensor, mat2: Tensor) -> Tensor", do_bmm, B,
     "Products of two batches of matrices, (b, n, k) and (b, k, m).",
     ">>> torch.bmm(torch.ones(2, 1, 3), torch.ones(2, 3, 1))\n"
     "tensor([[[3.]],\n"
     "\n"
     "        [[3.]]])"},
    {"mv(input: Tensor, vec: Tensor) -> Tensor", do_mv, B, "Matrix times vector.",
     AB ">>> torch.mv(a, torch.tensor([1., 1.]))\n"
        "tensor([3., 7.])"},
    {"dot(input: Tensor, tensor: Tensor) -> Tensor", do_dot, B, "Sum of products of two vectors.",
     UV ">>> torch.dot(u, v)\n"
        "tensor(11.)"},
    {"vdot(input: Tensor, other: Tensor) -> Tensor", do_dot, B, "Same as dot, for real vectors.",
     NULL},
    {"outer(input: Tensor, vec2: Tensor) -> Tensor", do_outer, B, "All products of two vectors.",
     UV ">>> torch.outer(u, v)\n"
        "tensor([[3., 4.],\n"
        "        [6., 8.]])"},
    {"kron(input: Tensor, other: Tensor) -> Tensor", do_kron, B,
     "Every element of input times all of other, in blocks.",
     ">>> torch.kron(torch.eye(2), torch.ones(1, 2))\n"
     "tensor([[1., 1., 0., 0.],\n"
     "        [0., 0., 1., 1.]])"},
    {"ger(input: Tensor, vec2: Tensor) -> Tensor", do_outer, B, "Same as outer.", NULL},
    {"addmm(input: Tensor, mat1: Tensor, mat2: Tensor, *, beta=1, alpha=1) -> Tensor", do_addmm, B,
     "beta input + alpha mat1 @ mat2",
     AB ">>> torch.addmm(torch.ones(2, 2), a, b)\n"
        "tensor([[4., 3.],\n"
        "        [8., 5.]])"},
    {"baddbmm(input: Tensor, batch1: Tensor, batch2: Tensor, *, beta=1, alpha=1) -> Tensor",
     do_baddbmm, B, "beta input + alpha batch1 @ batch2, for batches.",
     ">>> torch.baddbmm(torch.ones(1, 1, 1), torch.ones(1, 1, 2), torch.ones(1, 2, 1))\n"
     "tensor([[[3.]]])"},
    {"tensordot(a: Tensor, b: Tensor, dims=2) -> Tensor", do_tensordot, F,
     "Sums products over dims: the last of a with the first of b, or two lists of dims.",
     ">>> torch.tensordot(torch.ones(2, 3), torch.ones(3, 4), dims=1).shape\n"
     "torch.Size([2, 4])"},
    {"cdist(x1: Tensor, x2: Tensor, p: float = 2.0) -> Tensor", do_cdist, F,
     "Distances between all rows of x1 and all rows of x2.",
     ">>> torch.cdist(torch.zeros(1, 2), torch.tensor([[3., 4.]]))\n"
     "tensor([[5.]])"},
    {"trace(input: Tensor) -> Tensor", do_trace, B, "Sum of the diagonal.",
     AB ">>> torch.trace(a)\n"
        "tensor(5.)"},
    {0},
};
