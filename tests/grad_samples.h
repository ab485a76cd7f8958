/* Inputs for every differentiable row of the op table: {row, text}. The text lists the
 * inputs, then after `|` the attributes. A row may have any number of lines, and needs
 * one. Inputs:
 *
 *     2,3     float64 of that shape, gradient wanted     s        0-dim, gradient wanted
 *     ~2,3    the same, not contiguous                   ^2,3     the same, broadcast by stride 0
 *     +2,3    between 0.5 and 2                          u2,3     between 0.1 and 0.9
 *     !2,3    all different, well apart (order, extremes)
 *     c2,3    constant: no gradient                      n2.5     a number as Python gives it
 *     i3<4    int64 below 4, with repeats                j3<4     int64 below 4, all different
 *     b2,3    bool                                       -        absent
 *     S3,3    symmetric and positive-definite (first input only)
 *     g2,3    float32                                    k2,3     complex64
 *
 * Attributes: i1,2 ints; r0.5,1 reals; f1,0 flags; o2 number of pieces; m all inputs
 * through `many`; d: dtype float32.
 */
#ifndef GRAD_SAMPLES_H
#define GRAD_SAMPLES_H

typedef struct Sample {
    const char *row, *text;
} Sample;

#define UNARY(row) {row, "2,3"}, {row, "~3,2"}, {row, "s"}, {row, "0,3"}, {row, "^2,3"}
#define UNARY_POSITIVE(row) {row, "+2,3"}, {row, "+s"}, {row, "0,3"}
#define UNARY_UNIT(row) {row, "u2,3"}, {row, "us"}
#define BINARY(row)                                                                                \
    {row, "2,3 2,3"}, {row, "2,3 3"}, {row, "2,1 1,3"}, {row, "s 2,3"}, {row, "~3,2 c2"},          \
        {row, "c2,3 2,3"}, {row, "0,3 3"}
#define BINARY_POSITIVE(row) {row, "+2,3 +2,3"}, {row, "+2,1 +3"}, {row, "+s +2"}, {row, "c+2 +2"}
#define REDUCE(row)                                                                                \
    {row, "!2,3"}, {row, "!2,3,2 | i1"}, {row, "!2,3 | i0 f1"}, {row, "!2,3 | i-1"}, {row, "!s"}
#define REDUCE_MANY(row) REDUCE(row), {row, "!2,3,2 | i0,2"}, {row, "!2,3,2 | i0,-1 f1"}
#define ALONG(row) {row, "!2,3 | i0"}, {row, "!2,3,2 | i1"}, {row, "!3 | i-1"}, {row, "!s | i0"}

/* clang-format off: many to a line */
static const Sample samples[] = {
    {"linalg_inv_ex", "3,3"}, {"linalg_inv_ex", "2,3,3"}, {"linalg_inv_ex", "0,0"},
    {"linalg_solve_ex", "3,3 3,2 | f1,1"}, {"linalg_solve_ex", "2,3,3 3,2 | f1,1"},
    {"linalg_solve_ex", "3,3 2,3 | f0,1"}, {"linalg_solve_ex", "3,3 3 | f1,1"},
    {"linalg_solve_ex", "2,3,3 2,3 | f1,1"}, {"linalg_solve_ex", "2,1,3,3 2,3,1 | f1,0"},
    {"linalg_solve_triangular", "3,3 3,2 | f0,1,0"}, {"linalg_solve_triangular", "3,3 3,2 | f1,1,1"},
    {"linalg_solve_triangular", "2,3,3 2,3 | f1,0,0"}, {"linalg_solve_triangular", "3,3 2,3 | f0,0,1"},
    {"linalg_det", "3,3"}, {"linalg_det", "2,2,2"}, {"linalg_det", "^3,3"}, {"linalg_det", "0,0"},
    {"linalg_slogdet", "3,3"}, {"linalg_slogdet", "2,2,2"},
    {"linalg_cholesky_ex", "S3,3 | f0,1"}, {"linalg_cholesky_ex", "S2,2,2 | f1,1"},
    {"cholesky_solve", "3,2 +3,3 | f0"}, {"cholesky_solve", "2,3,2 +3,3 | f1"},
    {"linalg_qr", "4,3 | i0"}, {"linalg_qr", "3,3 | i0"}, {"linalg_qr", "2,2,4 | i0"},
    {"linalg_qr", "3,3 | i1"}, {"linalg_qr", "2,3 | i1"},
    {"linalg_svd", "3,3 | f0,1"}, {"linalg_svd", "4,2 | f0,1"}, {"linalg_svd", "2,2,3 | f0,1"},
    {"linalg_svd", "2,2 | f1,1"},
    {"linalg_eigh", "S3,3 | f0,1"}, {"linalg_eigh", "S2,3,3 | f1,1"},
    {"linalg_pinv", "3,3 | r0,1e-12"}, {"linalg_pinv", "4,2 | r0,1e-12"},
    {"linalg_pinv", "2,2,3 | r0,1e-12"},
    {"linalg_lstsq", "4,2 4,1 | i1 r1e-12"}, {"linalg_lstsq", "2,2,3 2,2,2 | i2 r1e-12"},
    {"linalg_lstsq", "4,2 4,2 | i0 r1e-12"},
    UNARY("neg"), UNARY("abs"), UNARY("sign"), UNARY("square"), UNARY("exp"), UNARY("exp2"),
    UNARY("expm1"), UNARY_POSITIVE("log"), UNARY_POSITIVE("log2"), UNARY_POSITIVE("log10"),
    UNARY_POSITIVE("log1p"), UNARY_POSITIVE("sqrt"), UNARY_POSITIVE("rsqrt"), UNARY("reciprocal"),
    UNARY("sin"), UNARY("cos"), UNARY("tan"), UNARY_UNIT("asin"), UNARY_UNIT("acos"),
    UNARY("atan"), UNARY("sinh"), UNARY("cosh"), UNARY("tanh"), UNARY("asinh"),
    {"acosh", "+2,3 | "}, UNARY_UNIT("atanh"), UNARY("erf"), UNARY("erfc"),
    UNARY_POSITIVE("lgamma"), UNARY("lgamma"), UNARY("sigmoid"), UNARY("logsigmoid"),
    UNARY_UNIT("logit"), UNARY("relu"), UNARY("relu6"), UNARY("silu"), UNARY("mish"),
    UNARY("selu"), UNARY("hardsigmoid"), UNARY("hardswish"), UNARY("floor"), UNARY("ceil"),
    UNARY("trunc"), UNARY("frac"), UNARY("deg2rad"), UNARY("rad2deg"), UNARY("conj"),
    {"conj", "k2,2"}, {"angle", "k2,2"}, {"angle", "2,2"}, {"abs", "k2,2"}, {"neg", "k2"},
    {"square", "k2,2"}, {"exp", "k2"}, {"reciprocal", "k3"},

    BINARY("mul"), BINARY("div"), {"mul", "k2,2 k2"}, {"div", "k2 k2"}, {"mul", "2,3 n2.5"},
    {"div", "2,3 n2.5"}, {"div", "n2.5 2,3"}, {"mul", "k2 g2"}, BINARY("div_trunc"),
    BINARY("div_floor"), BINARY_POSITIVE("remainder"), BINARY_POSITIVE("fmod"),
    {"remainder", "2,3 n0.7"}, {"fmod", "2,3 n0.7"}, BINARY_POSITIVE("pow"), {"pow", "2,3 n2"},
    {"pow", "2,3 n3"}, {"pow", "+2,3 n-0.5"}, {"pow", "2,3 n0"}, {"pow", "n2 2,3"},
    BINARY("atan2"), BINARY("hypot"), BINARY("maximum"), BINARY("minimum"), BINARY("fmax"),
    BINARY("fmin"), BINARY("logaddexp"), BINARY_POSITIVE("xlogy"),

    {"add", "2,3 2,3 | r1"}, {"add", "2,3 3 | r-2"}, {"add", "2,1 3 | r1"}, {"add", "s 2 | r1"},
    {"add", "~2,3 n2 | r1"}, {"add", "0,3 3 | r1"}, {"add", "k2 k2 | r1"},
    {"sub", "2,3 2,3 | r1"}, {"sub", "2,3 3 | r3"}, {"sub", "n1 2,3 | r1"},
    {"rsub", "2,3 3 | r1"}, {"rsub", "2,3 n1 | r2"}, {"round", "2,3 | r0"}, {"round", "2,3 | r2"},
    {"gelu", "2,3"}, {"gelu", "2,3 | f1"}, {"gelu", "s | f1"}, {"softplus", "2,3 | r1,20"},
    {"softplus", "2,3 | r2,1"}, {"leaky_relu", "2,3 | r0.1"}, {"elu", "2,3 | r1.5"},
    {"celu", "2,3 | r1.5"}, {"hardtanh", "2,3 | r-0.5,0.5"}, {"threshold", "2,3 | r0.2,7"},
    {"clamp", "2,3 n-0.5 n0.5"}, {"clamp", "2,3 - n0.5"}, {"clamp", "2,3 n0 -"},
    {"clamp_min", "2,3 n0"}, {"clamp_max", "2,3 n0"}, {"clamp_tensor", "2,3 2,3 3"},
    {"clamp_tensor", "2,3 - 2,3"}, {"clamp_tensor", "2,3 2,1 -"}, {"nan_to_num", "2,3 | r0,0,0"},
    {"where", "b2,3 2,3 2,3"}, {"where", "b3 2,1 3"}, {"where", "b2,3 n0 2,3"},
    {"where", "b2,3 s 2,3"}, {"masked_fill", "2,3 b2,3 n7"}, {"masked_fill", "2,3 b3 s"},
    {"masked_fill", "~2,3 b2,1 n-9"}, {"lerp", "2,3 2,3 n0.3"}, {"lerp", "2,3 3 2,1"},
    {"addcmul", "2,3 3 2,1 | r2"}, {"addcdiv", "2,3 3 +2,1 | r2"}, {"complex", "g2,3 g2,3"},
    {"polar", "g2,3 g2,3"}, {"real", "k2,3"}, {"imag", "k2,3"},

    {"to", "2,3 | d"}, {"clone", "2,3"}, {"clone", "~2,3"}, {"contiguous", "~2,3"},
    {"copy", "2,3 2,3"}, {"copy", "2,3 3"}, {"copy", "~2,3 s"}, {"fill", "2,3 s"},
    {"fill", "2,3 n3"}, {"zero", "2,3"}, {"normal", "2,3 | r0,1"}, {"uniform", "2,3 | r0,1"},
    {"bernoulli", "2,3 | r0.5"}, {"dropout", "2,3 | r0.5"}, {"dropout", "4,5 | r0.25"},

    {"alias", "2,3"}, {"view", "2,3 | i3,2"}, {"view", "2,3 | i-1"}, {"unsafe_view", "2,3 | i6"},
    {"reshape", "2,3 | i3,2"}, {"reshape", "~2,3 | i-1"}, {"reshape", "s | i1,1"},
    {"transpose", "2,3,4 | i0,-1"}, {"t", "2,3"}, {"t", "3"}, {"permute", "2,3,4 | i2,0,-2"},
    {"squeeze", "2,1,3,1"}, {"squeeze_dim", "2,1,3 | i1"}, {"squeeze_dim", "2,3 | i0"},
    {"unsqueeze", "2,3 | i-1"}, {"unsqueeze", "s | i0"}, {"expand", "2,1,3 | i4,2,5,-1"},
    {"expand", "s | i2,3"}, {"select", "2,3,2 | i1,-1"}, {"select", "~3,2 | i0,2"},
    {"slice", "5,3 | i0,1,5,2"}, {"slice", "2,3 | i-1,-2,99,1"}, {"slice", "2,3 | i0,1,1,1"},
    {"diagonal", "3,4 | i1,0,1"}, {"diagonal", "2,3,3 | i-1,1,2"}, {"unfold", "7 | i0,3,2"},
    {"unfold", "2,5,3 | i1,3,1"}, {"as_strided", "2,3 | i2,2,1,2,1"},
    {"as_strided", "4 | i3,2,1,1,0"}, {"as_strided", "6 | i2,2,0,1,1"}, {"as_strided", "k4 | i2,2,0"},
    {"split", "5,2 | i0,2,2,1 o3"}, {"split", "2,4 | i-1,2,2 o2"},
    {"split_sizes", "5,2 | i0,1,4 o2"}, {"unbind", "2,3 | i0 o2"}, {"unbind", "~2,3 | i-1 o3"},
    {"view_as_real", "k2,3"}, {"view_as_complex", "g3,2"},

    {"cat", "2,3 1,3 4,3 | i0 m"}, {"cat", "2,3 2,1 | i-1 m"}, {"cat", "0 2,3 | i0 m"},
    {"cat", "2,3 c2,3 ~2,3 2,3 2,3 2,3 2,3 2,3 | i1 m"}, {"stack", "2,3 2,3 c2,3 | i1 m"},
    {"stack", "s s | i0 m"}, {"repeat", "2,3 | i2,2"}, {"repeat", "3 | i2,1,2"},
    {"repeat", "2,3 | i1,0"}, {"repeat", "s | i3"}, {"repeat_interleave", "3,2 i3<3 | i0"},
    {"repeat_interleave", "2,3 j1<3 | i1"}, {"roll", "2,3 | i1"}, {"roll", "2,3 | i1,-1,0,1"},
    {"flip", "2,3 | i0"}, {"flip", "2,3,2 | i0,-1"}, {"tril", "3,4 | i0"}, {"tril", "2,3,3 | i-1"},
    {"triu", "3,4 | i1"}, {"diag", "3 | i0"}, {"diag", "3 | i-1"}, {"diag", "3,4 | i1"},
    {"diag_embed", "2,3 | i0"}, {"diag_embed", "2,3 | i1"}, {"pad", "2,3 | i1,2 r7"},
    {"pad", "2,3 | i-1,0,1,1 r0"},

    REDUCE_MANY("sum"), {"trace", "3,4"}, REDUCE_MANY("mean"), REDUCE("prod"), {"sum", "0,3"}, {"sum", "k2,3 | i0"},
    {"sum", "0,3 | i0"}, {"sum", "~2,3 | i1"}, {"mean", "^2,3"}, {"var", "2,3 | r1"},
    {"var", "2,3,2 | i1 r0"}, {"var", "2,3,2 | i0,2 r1 f1"}, {"std", "2,3 | r1"},
    {"std", "2,3,2 | i-1 r0"}, {"std", "2,3,2 | i0,1 r1 f1"}, {"var_mean", "2,3 | r1"},
    {"var_mean", "2,3,2 | i1 r1"}, {"norm", "2,3 | r2"}, {"norm", "2,3 | i1 r2"},
    {"norm", "2,3 | r1"}, {"norm", "2,3 | i0 r3 f1"}, {"norm", "!2,3 | rinf"},
    {"norm", "!2,3 | i1 r-inf"}, {"norm", "2,3 | r0"}, {"vector_norm", "2,3 | i-1 r2 f1"},
    REDUCE_MANY("logsumexp"), REDUCE_MANY("amax"), REDUCE_MANY("amin"), {"max", "!2,3"},
    {"max", "!s"}, {"min", "!2,3"}, {"median", "!2,3"}, ALONG("max_dim"), ALONG("min_dim"),
    {"max_dim", "!2,3 | i1 f1"}, ALONG("median_dim"), {"kthvalue", "!2,4 | i1,2"},
    {"kthvalue", "!4,2 | i0,3 f1"}, ALONG("mode"), {"softmax", "2,3 | i-1"},
    {"softmax", "~2,3,2 | i1"}, {"softmax", "s | i0"}, {"softmax", "0,3 | i1"},
    {"log_softmax", "2,3 | i-1"}, {"log_softmax", "2,3,2 | i0"}, ALONG("cumsum"),
    ALONG("cumprod"), ALONG("cummax"), ALONG("cummin"), ALONG("sort"), {"sort", "!2,3 | i1 f1"},
    {"topk", "!2,5 | i1,3 f1"}, {"topk", "!5,2 | i0,2"},

    {"matmul", "2,3 3,4"}, {"matmul", "3 3"}, {"matmul", "2,3 3"}, {"matmul", "3 3,2"},
    {"matmul", "2,2,3 3,4"}, {"matmul", "2,2,3 3"}, {"matmul", "2,3,4 2,4,2"},
    {"matmul", "2,1,3,4 3,4,2"}, {"matmul", "3 2,3,2"}, {"matmul", "2,3 4,3,2"},
    {"matmul", "~2,3 ~3,4"}, {"matmul", "2,0,3 3,2"}, {"matmul", "2,0 0,3"},
    {"matmul", "2,3,4 c4,2"}, {"mm", "2,3 3,4"}, {"mm", "~2,3 3,4"}, {"bmm", "2,3,4 2,4,2"},
    {"mv", "2,3 3"}, {"dot", "3 3"}, {"outer", "2 3"}, {"addmm", "2,4 2,3 3,4 | r1,1"},
    {"addmm", "4 2,3 3,4 | r0.5,2"}, {"addmm", "s 2,3 3,4 | r1,1"},
    {"baddbmm", "2,3,2 2,3,4 2,4,2 | r1,1"}, {"baddbmm", "3,2 2,3,4 2,4,2 | r2,0.5"},
    {"linear", "2,3 4,3 4"}, {"linear", "2,3 4,3 -"}, {"linear", "2,2,3 4,3 4"},
    {"linear", "3 4,3 4"}, {"linear", "~2,2,3 4,3 -"}, {"linear", "0,3 4,3 4"}, {"linear", "2,3 3 -"},

    {"index", "4,3 i5<4 | m"}, {"index", "4,3 i2<4 i2<3 | m"}, {"index", "4,3 - i2<3 | m"},
    {"index", "4,3 b4,3 | m"}, {"index", "4,3 b4 | m"}, {"index", "2,3,4 i2<2 - i2<4 | m"},
    {"index", "~4,3 i2,2<4 | m"}, {"index_put", "4,3 3 j2<4 | m"}, {"index_put", "4,3 s b4,3 | m"},
    {"index_put", "4,3 5,3 i5<4 | m f1"}, {"index_put", "4,3 2 j2<4 j2<3 | m"},
    {"gather", "4,3 i2,3<4 | i0"}, {"gather", "2,3 i2,5<3 | i-1"}, {"scatter", "4,3 j1,3<4 4,3 | i0"},
    {"scatter_value", "4,3 i2,3<4 n5 | i0"}, {"scatter_add", "4,3 i5,3<4 5,3 | i0"},
    {"scatter_add", "4,3 i2,2<4 5,3 | i0"}, {"index_select", "4,3 i5<4 | i0"},
    {"index_select", "4,3 i5<3 | i-1"}, {"index_add", "4,3 i5<4 5,3 | i0 r2"},
    {"index_fill", "4,3 i2<4 | i0 r5"}, {"index_copy", "4,3 j2<4 2,3 | i0"},
    {"take", "4,3 i2,4<12"}, {"masked_select", "4,3 b4,3"}, {"masked_select", "4,1 b3"},
    {"masked_scatter", "4,3 b4,3 4,3"}, {"embedding", "5,3 i2,4<5 | i-1"},
    {"embedding", "5,3 i4<2 | i2"},

    {"layer_norm", "4,5 5 5 | i5 r1e-5"}, {"layer_norm", "4,5 - - | i5 r1e-5"},
    {"layer_norm", "2,3,4 3,4 3,4 | i3,4 r0.1"}, {"layer_norm", "~4,5 5 - | i5 r1e-5"},
    {"layer_norm", "2,20 20 20 | i20 r1e-5"}, {"rms_norm", "4,5 5 | i5 r1e-5"},
    {"rms_norm", "2,3,11 - | i11 r1e-6"}, {"group_norm", "2,4,3 4 4 | i2 r1e-5"},
    {"group_norm", "3,4 - - | i4 r0.1"}, {"batch_norm", "5,3 3 3 - - | f1 r0.1,1e-5"},
    {"batch_norm", "4,3,2 - - c3 +c3 | f1 r0.1,1e-5"},
    {"batch_norm", "4,3,2 3 3 c3 +c3 | f0 r0.1,1e-5"}, {"glu", "2,4 | i-1"}, {"glu", "4,3 | i0"},
    {"prelu", "2,3 1"}, {"prelu", "2,3,2 3"}, {"nll_loss", "4,3 i4<3 - | i-100,1"},
    {"nll_loss", "4,3 i4<3 +c3 | i-100,1"}, {"nll_loss", "4,3 i4<3 +c3 | i1,0"},
    {"nll_loss", "4,3 i4<3 - | i1,2"}, {"nll_loss", "2,3,4 i2,4<3 - | i-100,1"},
    {"nll_loss", "3 is<3 - | i-100,1"}, {"mse_loss", "2,3 2,3 | i1"}, {"mse_loss", "2,3 3 | i0"},
    {"mse_loss", "2,3 2,3 | i2"}, {"smooth_l1_loss", "2,3 2,3 | i1 r0.7"},
    {"huber_loss", "2,3 2,3 | i2 r0.7"}, {"bce", "u2,3 u2,3 - | i1"}, {"bce", "u2,3 cu2,3 c3 | i0"},
    {"bce_with_logits", "2,3 2,3 - - | i1"}, {"bce_with_logits", "2,3 u2,3 c3 +c3 | i2"},

    {"conv", "2,3,5,4 2,3,2,2 2 | i2,2,1,1,0,0,1,1,1"}, {"conv", "1,2,5 4,1,3 - | i1,3,1,2,0,1,1,1,2"},
    {"conv", "~2,2,4,5 2,2,2,3 2 | i2,3,2,1,1,2,1,1,1"}, {"conv", "1,2,6,6 3,2,2,2 3 | i2,2,1,1,0,0,2,3,1"},
    {"im2col", "2,3,4,5 | i2,3,1,2,1,0,1,1"}, {"im2col", "~1,2,5,5 | i2,2,1,1,0,0,2,2"},
    {"max_pool2d", "!1,2,4,4 | i2,2,2,2,0,0,1,1"}, {"max_pool2d", "!1,1,5,4 | i3,2,1,2,1,0,1,1"},
    {"avg_pool2d", "1,2,4,4 | i2,2,2,2,0,0,1,1"}, {"avg_pool2d", "2,1,5,4 | i3,2,1,2,1,1,1,1 f1"},
    {"avg_pool2d", "1,1,5,4 | i3,2,1,2,1,1,1,1"},

    {"sdpa", "3,4 5,4 5,2 -"}, {"sdpa", "2,3,4 2,5,4 2,5,3 - | r0.3"},
    {"sdpa", "2,2,3,4 2,2,5,4 2,2,5,3 - | f1"}, {"sdpa", "2,4,3,2 2,2,3,2 2,2,3,2 - | f1"},
    {"sdpa", "2,2,3,4 1,2,5,4 2,2,5,3 b3,5"}, {"sdpa", "2,2,3,4 2,2,5,4 2,2,5,3 2,1,1,5"},
    {"sdpa", "~2,2,70,2 2,2,3,2 2,2,3,4 3"}, {"sdpa", "g2,2,3,4 g2,2,5,4 g2,2,5,3 -"},
    {"sdpa", "g1,4,5,2 g1,2,5,2 g1,2,5,2 - | f1"}, {"sdpa", "g2,3,4 g2,5,4 g2,5,3 b3,5"},
    {"sdpa", "g2,1,3,4 g1,1,5,4 g2,1,5,4 cg5 | r0.5"}, {"sdpa", "g3,4 g5,4 g5,4 g5"},
};
/* clang-format on */

#endif
