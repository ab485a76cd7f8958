/* One typed function per op, over op_apply. What each computes is PyTorch's op of
 * that name; errors are PyTorch's conditions and words. Tensors are borrowed,
 * results owned. dims may be negative; (n, dims) with n == 0 means every dim.
 *
 * `op_NAME_` and op_inplace write into the first tensor. A number enters as a
 * wrapped 0-dim tensor (tensor_number_f64 and _i64 of tensor/create.h).
 *
 *     op_matmul(q, kt, &s, err) && op_mul(s, scale, &t, err) && op_softmax(t, -1, &w, err)
 */
#ifndef QKV_GRAD_OPS_H
#define QKV_GRAD_OPS_H

#include "grad/elementwise.h"
#include "grad/op.h"
#include "tensor/index.h"

/* ---- any op by its row: what tables of builtins use -------------------------------- */

static inline bool op_unary(const OpDef *op, Tensor *x, Tensor **out, Err *err) {
    return op_apply(&(OpCall){.op = op, .nin = 1, .in = {x}}, out, err);
}
static inline bool op_unary_(const OpDef *op, Tensor *x, Err *err) {
    return op_apply(&(OpCall){.op = op, .nin = 1, .in = {x}, .inplace = true}, NULL, err);
}
static inline bool op_binary(const OpDef *op, Tensor *a, Tensor *b, Tensor **out, Err *err) {
    return op_apply(&(OpCall){.op = op, .nin = 2, .in = {a, b}}, out, err);
}
static inline bool op_binary_(const OpDef *op, Tensor *a, Tensor *b, Err *err) {
    return op_apply(&(OpCall){.op = op, .nin = 2, .in = {a, b}, .inplace = true}, NULL, err);
}
/* The call as it stands, in place: for rows with attributes (clamp_, masked_fill_, ...). */
static inline bool op_inplace(OpCall c, Err *err) {
    c.inplace = true;
    return op_apply(&c, NULL, err);
}

/* A row of rows_*.c by its name. Each stands in this header once: in such a line, or in one of
 * those below, which make a function of it too. */
#define OP_ROW(name) extern const OpDef opdef_##name;

/* op_exp(x, &out, err), op_exp_(x, err); op_mul(a, b, &out, err), op_mul_(a, b, err) */
#define OP_UNARY(name)                                                                             \
    OP_ROW(name)                                                                                   \
    static inline bool op_##name(Tensor *x, Tensor **out, Err *err) {                              \
        return op_unary(&opdef_##name, x, out, err);                                               \
    }                                                                                              \
    static inline bool op_##name##_(Tensor *x, Err *err) {                                         \
        return op_unary_(&opdef_##name, x, err);                                                   \
    }
#define OP_BINARY(name)                                                                            \
    OP_ROW(name)                                                                                   \
    static inline bool op_##name(Tensor *a, Tensor *b, Tensor **out, Err *err) {                   \
        return op_binary(&opdef_##name, a, b, out, err);                                           \
    }                                                                                              \
    static inline bool op_##name##_(Tensor *a, Tensor *b, Err *err) {                              \
        return op_binary_(&opdef_##name, a, b, err);                                               \
    }
#define X(name, ...) OP_UNARY(name)
UNARY_KERNELS(X)
UNARY_FORMULAS(X)
UNARY_TESTS(X)
#undef X
OP_UNARY(abs)
OP_UNARY(conj)
OP_UNARY(angle)
#define X(name, ...) OP_BINARY(name)
BINARY_KERNELS(X)
BINARY_TESTS(X)
#undef X
OP_BINARY(mul)
OP_BINARY(div)
OP_BINARY(floor_divide)
OP_BINARY(pow)
OP_BINARY(xlogy)

/* The attributes of a row, as the functions below fill them: CALL_clamp(x, lo, hi) is an OpCall,
 * op_apply(&CALL_..., &out, err) the op, op_inplace(CALL_..., err) its in-place form. */
#define CALL1(row, x, ...) ((OpCall){.op = &opdef_##row, .nin = 1, .in = {x}, __VA_ARGS__})
#define CALL2(row, x, y, ...) ((OpCall){.op = &opdef_##row, .nin = 2, .in = {x, y}, __VA_ARGS__})
#define CALL3(row, x, y, z, ...)                                                                   \
    ((OpCall){.op = &opdef_##row, .nin = 3, .in = {x, y, z}, __VA_ARGS__})
#define CALL_INTS(...)                                                                             \
    .nint = sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t), .ints = (int64_t[]) {              \
        __VA_ARGS__                                                                                \
    }
/* Defines op_NAME(params, out, err) and op_NAME_(params, err) from one call. */
#define OP_BOTH(name, params, call)                                                                \
    OP_ROW(name)                                                                                   \
    static inline bool op_##name(OP_UNPACK params, Tensor **out, Err *err) {                       \
        return op_apply(&call, out, err);                                                          \
    }                                                                                              \
    static inline bool op_##name##_(OP_UNPACK params, Err *err) {                                  \
        return op_inplace(call, err);                                                              \
    }
#define OP_FN(name, params, call)                                                                  \
    OP_ROW(name)                                                                                   \
    static inline bool op_##name(OP_UNPACK params, Tensor **out, Err *err) {                       \
        return op_apply(&call, out, err);                                                          \
    }
/* Two outputs; either pointer may be NULL when it is not wanted. */
#define OP_FN2(name, params, call)                                                                 \
    OP_ROW(name)                                                                                   \
    static inline bool op_##name(OP_UNPACK params, Tensor **out0, Tensor **out1, Err *err) {       \
        return op_apply2(&call, out0, out1, err);                                                  \
    }
#define OP_UNPACK(...) __VA_ARGS__
bool op_apply2(const OpCall *c, Tensor **out0, Tensor **out1, Err *err);

/* ---- pointwise with attributes ----------------------------------------------------- */

/* a + alpha b;  a - alpha b;  alpha' b - a for rsub (b - alpha a). */
OP_BOTH(add, (Tensor * a, Tensor *b, double alpha), CALL2(add, a, b, .reals = {alpha}))
OP_BOTH(sub, (Tensor * a, Tensor *b, double alpha), CALL2(sub, a, b, .reals = {alpha}))
OP_BOTH(rsub, (Tensor * a, Tensor *b, double alpha), CALL2(rsub, a, b, .reals = {alpha}))
/* number / x as PyTorch computes it: the reciprocal, times the number. */
bool op_rdiv(Tensor *x, Tensor *number, Tensor **out, Err *err);
OP_BOTH(round, (Tensor * x, int decimals), CALL1(round, x, .reals = {decimals}))
OP_BOTH(gelu, (Tensor * x, bool tanh_form), CALL1(gelu, x, .flags = {tanh_form}))
OP_BOTH(softplus, (Tensor * x, double beta, double threshold),
        CALL1(softplus, x, .reals = {beta, threshold}))
OP_BOTH(leaky_relu, (Tensor * x, double slope), CALL1(leaky_relu, x, .reals = {slope}))
OP_BOTH(elu, (Tensor * x, double alpha), CALL1(elu, x, .reals = {alpha}))
OP_BOTH(celu, (Tensor * x, double alpha), CALL1(celu, x, .reals = {alpha}))
OP_BOTH(hardtanh, (Tensor * x, double lo, double hi), CALL1(hardtanh, x, .reals = {lo, hi}))
OP_BOTH(threshold, (Tensor * x, double at, double value), CALL1(threshold, x, .reals = {at, value}))
/* Bounds as wrapped numbers (they keep integers integer), NULL: none; not both NULL. */
OP_BOTH(clamp, (Tensor * x, Tensor *lo, Tensor *hi), CALL3(clamp, x, lo, hi))
OP_BOTH(clamp_min, (Tensor * x, Tensor *lo), CALL2(clamp_min, x, lo))
OP_BOTH(clamp_max, (Tensor * x, Tensor *hi), CALL2(clamp_max, x, hi))
/* Bounds as tensors that broadcast and get gradients. */
OP_BOTH(clamp_tensor, (Tensor * x, Tensor *lo, Tensor *hi), CALL3(clamp_tensor, x, lo, hi))
/* reals: nan's, inf's, -inf's replacement; has: the two latter are given. */
OP_BOTH(nan_to_num, (Tensor * x, double nan, double pos, double neg, bool has_pos, bool has_neg),
        CALL1(nan_to_num, x, .reals = {nan, pos, neg}, .flags = {has_pos, has_neg}))
OP_FN(where, (Tensor * cond, Tensor *a, Tensor *b), CALL3(where, cond, a, b))
/* value: one element; a wrapped number is PyTorch's overload for numbers. */
OP_BOTH(masked_fill, (Tensor * x, Tensor *mask, Tensor *value), CALL3(masked_fill, x, mask, value))
OP_BOTH(lerp, (Tensor * a, Tensor *b, Tensor *weight), CALL3(lerp, a, b, weight))
OP_BOTH(addcmul, (Tensor * x, Tensor *a, Tensor *b, double value),
        CALL3(addcmul, x, a, b, .reals = {value}))
OP_BOTH(addcdiv, (Tensor * x, Tensor *a, Tensor *b, double value),
        CALL3(addcdiv, x, a, b, .reals = {value}))
OP_FN(complex, (Tensor * re, Tensor *im), CALL2(complex, re, im))
OP_FN(polar, (Tensor * abs, Tensor *angle), CALL2(polar, abs, angle))
OP_FN(real, (Tensor * x), CALL1(real, x))
OP_FN(imag, (Tensor * x), CALL1(imag, x))

/* ---- copies, casts, fills ---------------------------------------------------------- */

/* x itself (+1) when it has the dtype already. */
OP_FN(to, (Tensor * x, DType dt), CALL1(to, x, .dtype = dt))
OP_FN(clone, (Tensor * x), CALL1(clone, x))
OP_FN(contiguous, (Tensor * x), CALL1(contiguous, x)) /* x itself (+1) when it is */
/* dst[...] = src, broadcast and converted: what t[...] = v does after indexing. */
OP_ROW(copy)
static inline bool op_copy_(Tensor *dst, Tensor *src, Err *err) {
    return op_inplace(CALL2(copy, dst, src), err);
}
/* value: one element (a wrapped number, or a tensor, which gets a gradient). */
OP_ROW(fill)
static inline bool op_fill_(Tensor *x, Tensor *value, Err *err) {
    return op_inplace(CALL2(fill, x, value), err);
}
OP_ROW(zero)
static inline bool op_zero_(Tensor *x, Err *err) {
    return op_inplace(CALL1(zero, x), err);
}
/* From the default generator; rng/rng.h. */
OP_ROW(normal)
static inline bool op_normal_(Tensor *x, double mean, double std, Err *err) {
    return op_inplace(CALL1(normal, x, .reals = {mean, std}), err);
}
OP_ROW(uniform)
static inline bool op_uniform_(Tensor *x, double from, double to, Err *err) {
    return op_inplace(CALL1(uniform, x, .reals = {from, to}), err);
}
/* x * mask / (1 - p), mask drawn from the default generator as F.dropout draws it. For 0 < p
 * only: at p == 0 or in eval PyTorch returns x itself, which is the caller's to do. */
OP_BOTH(dropout, (Tensor * x, double p), CALL1(dropout, x, .reals = {p}))

/* ---- views ------------------------------------------------------------------------- */

OP_FN(alias, (Tensor * x), CALL1(alias, x))
OP_FN(view, (Tensor * x, int n, const int64_t *shape), CALL1(view, x, .nint = n, .ints = shape))
OP_FN(reshape, (Tensor * x, int n, const int64_t *shape),
      CALL1(reshape, x, .nint = n, .ints = shape))
bool op_flatten(Tensor *x, int64_t start, int64_t end, Tensor **out, Err *err);
bool op_unflatten(Tensor *x, int64_t dim, int n, const int64_t *sizes, Tensor **out, Err *err);
OP_FN(transpose, (Tensor * x, int64_t d0, int64_t d1), CALL1(transpose, x, CALL_INTS(d0, d1)))
OP_FN(t, (Tensor * x), CALL1(t, x)) /* .t(); .T is permute, .mT transpose(-2, -1) */
OP_FN(permute, (Tensor * x, int n, const int64_t *dims), CALL1(permute, x, .nint = n, .ints = dims))
/* 1-dim tensors to the grid of all their combinations: n views of shape (len0, len1, ...), or with
 * xy the first two swapped. outs holds n. */
bool op_meshgrid(int n, Tensor *const *ts, bool xy, Tensor **outs, Err *err);
bool op_movedim(Tensor *x, int n, const int64_t *from, const int64_t *to, Tensor **out, Err *err);
OP_FN(squeeze, (Tensor * x), CALL1(squeeze, x))
OP_FN(squeeze_dim, (Tensor * x, int64_t dim), CALL1(squeeze_dim, x, CALL_INTS(dim)))
OP_FN(unsqueeze, (Tensor * x, int64_t dim), CALL1(unsqueeze, x, CALL_INTS(dim)))
OP_FN(expand, (Tensor * x, int n, const int64_t *shape), CALL1(expand, x, .nint = n, .ints = shape))
OP_FN(select, (Tensor * x, int64_t dim, int64_t index), CALL1(select, x, CALL_INTS(dim, index)))
OP_FN(slice, (Tensor * x, int64_t dim, int64_t start, int64_t stop, int64_t step),
      CALL1(slice, x, CALL_INTS(dim, start, stop, step)))
bool op_narrow(Tensor *x, int64_t dim, int64_t start, int64_t length, Tensor **out, Err *err);
OP_FN(diagonal, (Tensor * x, int64_t offset, int64_t d0, int64_t d1),
      CALL1(diagonal, x, CALL_INTS(offset, d0, d1)))
OP_FN(unfold, (Tensor * x, int64_t dim, int64_t size, int64_t step),
      CALL1(unfold, x, CALL_INTS(dim, size, step)))
OP_ROW(as_strided)
bool op_as_strided(Tensor *x, int n, const int64_t *shape, const int64_t *stride, int64_t offset,
                   Tensor **out, Err *err);
/* Pieces, in VECs of the caller: op_split_count says how many `outs` must hold. */
int64_t op_split_count(const Tensor *x, int64_t size, int64_t dim);
OP_ROW(split)
bool op_split(Tensor *x, int64_t size, int64_t dim, Tensor **outs, Err *err);
OP_ROW(split_sizes)
bool op_split_sizes(Tensor *x, int n, const int64_t *sizes, int64_t dim, Tensor **outs, Err *err);
/* At most `chunks` pieces; *count says how many came. outs holds `chunks`. */
bool op_chunk(Tensor *x, int64_t chunks, int64_t dim, Tensor **outs, int *count, Err *err);
OP_ROW(unbind)
bool op_unbind(Tensor *x, int64_t dim, Tensor **outs, Err *err); /* outs holds x's size there */
OP_FN(view_as_real, (Tensor * x), CALL1(view_as_real, x))
OP_FN(view_as_complex, (Tensor * x), CALL1(view_as_complex, x))

/* t[items] and t[items] = value as Python's subscripts mean them: views for numbers, slices,
 * None and ..., then `index` / `index_put` for tensors (items as in tensor/index.h). */
bool op_getitem(Tensor *x, int n, const IndexItem *items, Tensor **out, Err *err);
bool op_setitem(Tensor *x, int n, const IndexItem *items, Tensor *value, Err *err);

/* ---- joining and rearranging ------------------------------------------------------- */

OP_FN(cat, (int n, Tensor *const *ts, int64_t dim),
      ((OpCall){.op = &opdef_cat, .nin = n, .many = ts, CALL_INTS(dim)}))
OP_FN(stack, (int n, Tensor *const *ts, int64_t dim),
      ((OpCall){.op = &opdef_stack, .nin = n, .many = ts, CALL_INTS(dim)}))
OP_FN(repeat, (Tensor * x, int n, const int64_t *reps), CALL1(repeat, x, .nint = n, .ints = reps))
/* dim NULL flattens first. repeats: how often each, int64 (size,) or one element. */
OP_ROW(repeat_interleave)
bool op_repeat_interleave(Tensor *x, Tensor *repeats, const int64_t *dim, Tensor **out, Err *err);
/* dims NULL: of the flattened tensor, by shifts[0]. */
OP_ROW(roll)
bool op_roll(Tensor *x, int n, const int64_t *shifts, const int64_t *dims, Tensor **out, Err *err);
OP_FN(flip, (Tensor * x, int n, const int64_t *dims), CALL1(flip, x, .nint = n, .ints = dims))
OP_BOTH(tril, (Tensor * x, int64_t diagonal), CALL1(tril, x, CALL_INTS(diagonal)))
OP_BOTH(triu, (Tensor * x, int64_t diagonal), CALL1(triu, x, CALL_INTS(diagonal)))
OP_FN(diag, (Tensor * x, int64_t diagonal), CALL1(diag, x, CALL_INTS(diagonal)))
OP_FN(diag_embed, (Tensor * x, int64_t offset), CALL1(diag_embed, x, CALL_INTS(offset)))
/* pads: n numbers, (before, after) from the last dim on, as F.pad's constant mode. */
OP_FN(pad, (Tensor * x, int n, const int64_t *pads, double value),
      CALL1(pad, x, .nint = n, .ints = pads, .reals = {value}))

/* ---- reductions -------------------------------------------------------------------- */

#define OP_REDUCE(name)                                                                            \
    OP_FN(name, (Tensor * x, int n, const int64_t *dims, bool keepdim),                            \
          CALL1(name, x, .nint = n, .ints = dims, .flags = {keepdim}))
OP_REDUCE(sum)
OP_REDUCE(mean)
OP_REDUCE(logsumexp)
OP_REDUCE(amax)
OP_REDUCE(amin)
OP_REDUCE(all)
OP_REDUCE(any)
OP_REDUCE(count_nonzero)
OP_REDUCE(prod) /* at most one dim, as PyTorch */
/* correction: 1 unbiased, 0 biased. */
OP_FN(var, (Tensor * x, int n, const int64_t *dims, double correction, bool keepdim),
      CALL1(var, x, .nint = n, .ints = dims, .reals = {correction}, .flags = {keepdim}))
OP_FN(std, (Tensor * x, int n, const int64_t *dims, double correction, bool keepdim),
      CALL1(std, x, .nint = n, .ints = dims, .reals = {correction}, .flags = {keepdim}))
OP_FN2(var_mean, (Tensor * x, int n, const int64_t *dims, double correction, bool keepdim),
       CALL1(var_mean, x, .nint = n, .ints = dims, .reals = {correction}, .flags = {keepdim}))
/* (sum |x|^p)^(1/p): torch.norm and torch.linalg.vector_norm (they print other grad_fns). */
OP_FN(norm, (Tensor * x, double p, int n, const int64_t *dims, bool keepdim),
      CALL1(norm, x, .nint = n, .ints = dims, .reals = {p}, .flags = {keepdim}))
OP_FN(vector_norm, (Tensor * x, double p, int n, const int64_t *dims, bool keepdim),
      CALL1(vector_norm, x, .nint = n, .ints = dims, .reals = {p}, .flags = {keepdim}))
OP_FN(trace, (Tensor * x), CALL1(trace, x)) /* of a matrix */
OP_FN(max, (Tensor * x), CALL1(max, x))     /* of all elements */
OP_FN(min, (Tensor * x), CALL1(min, x))
OP_FN(median, (Tensor * x), CALL1(median, x))
/* Values and int64 indices along one dim. */
#define OP_ALONG(name)                                                                             \
    OP_FN2(name, (Tensor * x, int64_t dim, bool keepdim),                                          \
           CALL1(name, x, CALL_INTS(dim), .flags = {keepdim}))
OP_ALONG(max_dim)
OP_ALONG(min_dim)
OP_ALONG(median_dim)
OP_ALONG(mode)
OP_FN2(kthvalue, (Tensor * x, int64_t k, int64_t dim, bool keepdim),
       CALL1(kthvalue, x, CALL_INTS(dim, k), .flags = {keepdim}))
/* n 0: of the flattened tensor; else dims[0]. */
OP_REDUCE(argmax)
OP_REDUCE(argmin)
OP_FN(softmax, (Tensor * x, int64_t dim), CALL1(softmax, x, CALL_INTS(dim)))
OP_FN(log_softmax, (Tensor * x, int64_t dim), CALL1(log_softmax, x, CALL_INTS(dim)))
OP_BOTH(cumsum, (Tensor * x, int64_t dim), CALL1(cumsum, x, CALL_INTS(dim)))
OP_BOTH(cumprod, (Tensor * x, int64_t dim), CALL1(cumprod, x, CALL_INTS(dim)))
OP_FN2(cummax, (Tensor * x, int64_t dim), CALL1(cummax, x, CALL_INTS(dim)))
OP_FN2(cummin, (Tensor * x, int64_t dim), CALL1(cummin, x, CALL_INTS(dim)))
OP_FN2(sort, (Tensor * x, int64_t dim, bool descending),
       CALL1(sort, x, CALL_INTS(dim), .flags = {descending}))
OP_FN2(topk, (Tensor * x, int64_t k, int64_t dim, bool largest),
       CALL1(topk, x, CALL_INTS(dim, k), .flags = {largest}))

/* ---- products ---------------------------------------------------------------------- */

OP_FN(matmul, (Tensor * a, Tensor *b), CALL2(matmul, a, b))
OP_FN(mm, (Tensor * a, Tensor *b), CALL2(mm, a, b))
OP_FN(bmm, (Tensor * a, Tensor *b), CALL2(bmm, a, b))
OP_FN(mv, (Tensor * a, Tensor *x), CALL2(mv, a, x))
OP_FN(dot, (Tensor * x, Tensor *y), CALL2(dot, x, y))
OP_FN(outer, (Tensor * x, Tensor *y), CALL2(outer, x, y))
/* beta c + alpha a @ b */
OP_BOTH(addmm, (Tensor * c, Tensor *a, Tensor *b, double beta, double alpha),
        CALL3(addmm, c, a, b, .reals = {beta, alpha}))
OP_BOTH(baddbmm, (Tensor * c, Tensor *a, Tensor *b, double beta, double alpha),
        CALL3(baddbmm, c, a, b, .reals = {beta, alpha}))
/* x (.., in) @ w (out, in)ᵀ + bias (out,) or NULL. */
OP_FN(linear, (Tensor * x, Tensor *w, Tensor *bias), CALL3(linear, x, w, bias))

/* ---- linear algebra: builtins make the calls, whose flags stand at the rows ----------- */

OP_ROW(linalg_inv_ex)
OP_ROW(linalg_solve_ex)
OP_ROW(linalg_solve_triangular)
OP_ROW(linalg_det)
OP_ROW(linalg_slogdet)
OP_ROW(linalg_cholesky_ex)
OP_ROW(cholesky_solve)
OP_ROW(linalg_qr)
OP_ROW(linalg_svd)
OP_ROW(linalg_eigh)
OP_ROW(linalg_eig)
OP_ROW(linalg_pinv)
OP_ROW(linalg_lstsq)

/* ---- indexing ---------------------------------------------------------------------- */

/* x[idx...]: one index or mask per leading dim, NULL where the dim is taken whole. `many` is
 * {x, idx0, idx1, ...} for index, {x, value, idx0, ...} for index_put. */
OP_ROW(index)
bool op_index(Tensor *x, int n, Tensor *const *idx, Tensor **out, Err *err);
OP_ROW(index_put)
bool op_index_put_(Tensor *x, int n, Tensor *const *idx, Tensor *value, bool accumulate, Err *err);
bool op_index_put(Tensor *x, int n, Tensor *const *idx, Tensor *value, bool accumulate,
                  Tensor **out, Err *err);
OP_FN(gather, (Tensor * x, int64_t dim, Tensor *index), CALL2(gather, x, index, CALL_INTS(dim)))
bool op_take_along_dim(Tensor *x, Tensor *index, int64_t dim, Tensor **out, Err *err);
OP_BOTH(scatter, (Tensor * x, int64_t dim, Tensor *index, Tensor *src),
        CALL3(scatter, x, index, src, CALL_INTS(dim)))
OP_BOTH(scatter_value, (Tensor * x, int64_t dim, Tensor *index, Tensor *number),
        CALL3(scatter_value, x, index, number, CALL_INTS(dim)))
OP_BOTH(scatter_add, (Tensor * x, int64_t dim, Tensor *index, Tensor *src),
        CALL3(scatter_add, x, index, src, CALL_INTS(dim)))
OP_FN(index_select, (Tensor * x, int64_t dim, Tensor *index),
      CALL2(index_select, x, index, CALL_INTS(dim)))
OP_BOTH(index_add, (Tensor * x, int64_t dim, Tensor *index, Tensor *src, double alpha),
        CALL3(index_add, x, index, src, CALL_INTS(dim), .reals = {alpha}))
OP_BOTH(index_fill, (Tensor * x, int64_t dim, Tensor *index, double value),
        CALL2(index_fill, x, index, CALL_INTS(dim), .reals = {value}))
OP_BOTH(index_copy, (Tensor * x, int64_t dim, Tensor *index, Tensor *src),
        CALL3(index_copy, x, index, src, CALL_INTS(dim)))
OP_FN(take, (Tensor * x, Tensor *index), CALL2(take, x, index))
OP_FN(masked_select, (Tensor * x, Tensor *mask), CALL2(masked_select, x, mask))
OP_BOTH(masked_scatter, (Tensor * x, Tensor *mask, Tensor *source),
        CALL3(masked_scatter, x, mask, source))
/* padding_idx < 0: none; its row gets no gradient. */
OP_FN(embedding, (Tensor * weight, Tensor *index, int64_t padding_idx),
      CALL2(embedding, weight, index, CALL_INTS(padding_idx)))
OP_FN(nonzero, (Tensor * x), CALL1(nonzero, x))

/* ---- layers and losses ------------------------------------------------------------- */

/* Over the last n dims, whose sizes are shape. w and b: that shape, or NULL. */
OP_FN(layer_norm, (Tensor * x, int n, const int64_t *shape, Tensor *w, Tensor *b, double eps),
      CALL3(layer_norm, x, w, b, .nint = n, .ints = shape, .reals = {eps}))
OP_FN(rms_norm, (Tensor * x, int n, const int64_t *shape, Tensor *w, double eps),
      CALL2(rms_norm, x, w, .nint = n, .ints = shape, .reals = {eps}))
/* x (N, C, ...), w and b (C,) or NULL. */
OP_FN(group_norm, (Tensor * x, int64_t groups, Tensor *w, Tensor *b, double eps),
      CALL3(group_norm, x, w, b, CALL_INTS(groups), .reals = {eps}))
/* mean, var (C,): running statistics, updated in place when training; NULL: none (then training
 * statistics are used). */
OP_ROW(batch_norm)
bool op_batch_norm(Tensor *x, Tensor *w, Tensor *b, Tensor *mean, Tensor *var, bool training,
                   double momentum, double eps, Tensor **out, Err *err);
OP_FN(glu, (Tensor * x, int64_t dim), CALL1(glu, x, CALL_INTS(dim)))
OP_FN(prelu, (Tensor * x, Tensor *w), CALL2(prelu, x, w))
/* logp (N, C), (C,) or (N, C, d...); target int64 class numbers; weight (C,) or NULL. */
OP_FN(nll_loss,
      (Tensor * logp, Tensor *target, Tensor *weight, int64_t ignore_index, LossReduction r),
      CALL3(nll_loss, logp, target, weight, CALL_INTS(ignore_index, r)))
/* The composition that PyTorch makes of log_softmax and nll_loss; target int64 classes, or
 * probabilities of x's shape. */
bool op_cross_entropy(Tensor *x, Tensor *target, Tensor *weight, int64_t ignore_index,
                      LossReduction r, double label_smoothing, Tensor **out, Err *err);
OP_FN(mse_loss, (Tensor * x, Tensor *y, LossReduction r), CALL2(mse_loss, x, y, CALL_INTS(r)))
OP_FN(smooth_l1_loss, (Tensor * x, Tensor *y, double beta, LossReduction r),
      CALL2(smooth_l1_loss, x, y, CALL_INTS(r), .reals = {beta}))
OP_FN(huber_loss, (Tensor * x, Tensor *y, double delta, LossReduction r),
      CALL2(huber_loss, x, y, CALL_INTS(r), .reals = {delta}))
/* weight, pos_weight: broadcast, or NULL. */
OP_FN(bce, (Tensor * x, Tensor *y, Tensor *weight, LossReduction r),
      CALL3(bce, x, y, weight, CALL_INTS(r)))
OP_ROW(bce_with_logits)
bool op_bce_with_logits(Tensor *x, Tensor *y, Tensor *weight, Tensor *pos_weight, LossReduction r,
                        Tensor **out, Err *err);
/* x (N, C, H, W) or (N, C, W), weight (O, C / groups, h, w) or (O, C / groups, w), bias (O,) or
 * NULL. n: kernel, stride, pad, dilation as (height, width) pairs, then groups; checked by the
 * caller. */
OP_FN(conv, (Tensor * x, Tensor *weight, Tensor *bias, const int64_t n[9]),
      CALL3(conv, x, weight, bias, .nint = 9, .ints = n))
/* The same numbers without groups; x (N, C, H, W). */
OP_FN(im2col, (Tensor * x, const int64_t n[8]), CALL1(im2col, x, .nint = 8, .ints = n))
OP_FN(max_pool2d, (Tensor * x, const int64_t n[8]), CALL1(max_pool2d, x, .nint = 8, .ints = n))
OP_FN(avg_pool2d, (Tensor * x, const int64_t n[8], bool count_outside),
      CALL1(avg_pool2d, x, .nint = 8, .ints = n, .flags = {count_outside}))
/* Fused softmax(q kᵀ scale + mask) v that keeps the log-sum-exp only and recomputes in the vjp.
 * q (.., H, T, D), k (.., G, S, D), v (.., G, S, Dv); mask bool (True: may attend), float or NULL;
 * scale 0: 1/sqrt(D); causal: top-left aligned, as PyTorch documents. */
OP_FN(sdpa, (Tensor * q, Tensor *k, Tensor *v, Tensor *mask, double scale, bool causal),
      ((OpCall){
          .op = &opdef_sdpa, .nin = 4, .in = {q, k, v, mask}, .reals = {scale}, .flags = {causal}}))

#endif
