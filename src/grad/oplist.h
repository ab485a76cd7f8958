/* The names of all rows, in the order of the docs; the rows stand in rows_*.c.
 * OPS_UNARY and OPS_BINARY are the elementwise ones whose only inputs are tensors:
 * ops.h makes op_NAME and op_NAME_ (in place) of each. */
#ifndef QKV_OPLIST_H
#define QKV_OPLIST_H

#include "grad/op.h"

/* clang-format off: many to a line */
#define OPS_UNARY(X)                                                                               \
    X(neg) X(abs) X(sign) X(square) X(exp) X(exp2) X(expm1) X(log) X(log2) X(log10) X(log1p)       \
    X(sqrt) X(rsqrt) X(reciprocal) X(sin) X(cos) X(tan) X(asin) X(acos) X(atan) X(sinh) X(cosh)    \
    X(tanh) X(asinh) X(acosh) X(atanh) X(erf) X(erfc) X(lgamma) X(sigmoid) X(logsigmoid) X(logit)  \
    X(relu) X(relu6) X(silu) X(mish) X(selu) X(hardsigmoid) X(hardswish) X(floor) X(ceil)          \
    X(trunc) X(frac) X(deg2rad) X(rad2deg) X(conj) X(angle) X(isnan) X(isinf) X(isfinite)          \
    X(logical_not) X(bitwise_not)

#define OPS_BINARY(X)                                                                              \
    X(mul) X(div) X(div_trunc) X(div_floor) X(floor_divide) X(remainder) X(fmod) X(pow) X(atan2)   \
    X(hypot) X(maximum) X(minimum) X(fmax) X(fmin) X(logaddexp) X(xlogy) X(eq) X(ne) X(lt) X(le)   \
    X(gt) X(ge) X(logical_and) X(logical_or) X(logical_xor) X(bitwise_and) X(bitwise_or)           \
    X(bitwise_xor) X(bitwise_left_shift) X(bitwise_right_shift)

#define OPS_POINTWISE(X)                                                                           \
    X(add) X(sub) X(rsub) X(round) X(gelu) X(softplus) X(leaky_relu) X(elu) X(celu) X(hardtanh)    \
    X(threshold) X(clamp) X(clamp_min) X(clamp_max) X(clamp_tensor) X(nan_to_num) X(where)         \
    X(masked_fill) X(lerp) X(addcmul) X(addcdiv) X(complex) X(polar) X(real) X(imag)

#define OPS_COPY(X)                                                                                \
    X(to) X(clone) X(contiguous) X(copy) X(fill) X(zero) X(normal) X(uniform) X(bernoulli)         \
    X(dropout)

#define OPS_VIEW(X)                                                                                \
    X(alias) X(view) X(unsafe_view) X(reshape) X(transpose) X(t) X(permute) X(squeeze)             \
    X(squeeze_dim) X(unsqueeze) X(expand) X(select) X(slice) X(diagonal) X(unfold) X(as_strided)   \
    X(split) X(split_sizes) X(unbind) X(view_as_real) X(view_as_complex)

#define OPS_JOIN(X)                                                                                \
    X(cat) X(stack) X(repeat) X(repeat_interleave) X(roll) X(flip) X(tril) X(triu) X(diag)         \
    X(diag_embed) X(pad)

#define OPS_REDUCE(X)                                                                              \
    X(sum) X(mean) X(prod) X(trace) X(var) X(std) X(var_mean) X(norm) X(vector_norm) X(logsumexp) X(amax)   \
    X(amin) X(max) X(min) X(max_dim) X(min_dim) X(median) X(median_dim) X(kthvalue) X(mode)        \
    X(argmax) X(argmin) X(all) X(any) X(count_nonzero) X(softmax) X(log_softmax) X(cumsum)         \
    X(cumprod) X(cummax) X(cummin) X(sort) X(topk)

#define OPS_MATMUL(X)                                                                              \
    X(matmul) X(mm) X(bmm) X(mv) X(dot) X(outer) X(addmm) X(baddbmm) X(linear)

#define OPS_LINALG(X)                                                                              \
    X(linalg_inv_ex) X(linalg_solve_ex) X(linalg_solve_triangular) X(linalg_det)                   \
    X(linalg_slogdet) X(linalg_cholesky_ex) X(cholesky_solve) X(linalg_qr) X(linalg_svd)           \
    X(linalg_eigh) X(linalg_eig) X(linalg_pinv) X(linalg_lstsq)

#define OPS_INDEX(X)                                                                               \
    X(index) X(index_put) X(gather) X(scatter) X(scatter_value) X(scatter_add) X(index_select)     \
    X(index_add) X(index_fill) X(index_copy) X(take) X(masked_select) X(masked_scatter)            \
    X(embedding) X(nonzero)

#define OPS_NN(X)                                                                                  \
    X(layer_norm) X(rms_norm) X(group_norm) X(batch_norm) X(glu) X(prelu) X(nll_loss) X(mse_loss)  \
    X(smooth_l1_loss) X(huber_loss) X(bce) X(bce_with_logits) X(sdpa) X(conv) X(im2col)            \
    X(max_pool2d) X(avg_pool2d)

#define OPS_ALL(X)                                                                                 \
    OPS_UNARY(X) OPS_BINARY(X) OPS_POINTWISE(X) OPS_COPY(X) OPS_VIEW(X) OPS_JOIN(X) OPS_REDUCE(X)  \
    OPS_MATMUL(X) OPS_LINALG(X) OPS_INDEX(X) OPS_NN(X)

/* clang-format on */

#define X(name) extern const OpDef opdef_##name;
OPS_ALL(X)
#undef X

#endif
