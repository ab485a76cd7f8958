/* Elementwise operations, with broadcasting over any strides.
 *
 * One entry point each for unary and binary operations; the operation is an enum,
 * its rows (name, category) stand in UNARY_OPS and BINARY_OPS so that tables above
 * can be made from them. float16 and bfloat16 compute in float32 and round once.
 *
 * Result dtypes are PyTorch's: float operations give integers the default float
 * type; comparisons and logical operations give bool; the rest the promoted type
 * (tensor_result_type). The result's memory order follows the inputs' as
 * PyTorch's does. In-place forms (`_`) need the result to cast back ("result type
 * Float can't be cast to the desired output type Long") and b to broadcast to a.
 *
 *     if (!tensor_unary(UN_EXP, x, &y, err)) return false;
 *     if (!tensor_binary_(BIN_ADD, grad, y, err)) goto out;
 */
#ifndef QKV_TENSOR_POINTWISE_H
#define QKV_TENSOR_POINTWISE_H

#include "tensor/tensor.h"

/* X(suffix, "torch name", result): SAME dtype, FLOAT (integers become the default float), ONLY
 * (floats only), BOOL, ROUND (integers unchanged, not for bool). p, q: tensor_unary_with's. */
#define UNARY_OPS(X)                                                                               \
    X(NEG, "neg", SAME)                                                                            \
    X(ABS, "abs", SAME)                                                                            \
    X(SIGN, "sign", SAME)                                                                          \
    X(SQUARE, "square", SAME)                                                                      \
    X(CUBE, "cube", SAME) /* (x x) x: PyTorch's x ** 3 */                                          \
    X(RELU, "relu", SAME)                                                                          \
    X(BITWISE_NOT, "bitwise_not", SAME)                                                            \
    X(CONJ, "conj", SAME)                                                                          \
    X(FLOOR, "floor", ROUND)                                                                       \
    X(CEIL, "ceil", ROUND)                                                                         \
    X(ROUND, "round", ROUND) /* half to even; p = decimals */                                      \
    X(TRUNC, "trunc", ROUND)                                                                       \
    X(FRAC, "frac", ONLY)                                                                          \
    X(EXP, "exp", FLOAT)                                                                           \
    X(EXP2, "exp2", FLOAT)                                                                         \
    X(EXPM1, "expm1", FLOAT)                                                                       \
    X(LOG, "log", FLOAT)                                                                           \
    X(LOG2, "log2", FLOAT)                                                                         \
    X(LOG10, "log10", FLOAT)                                                                       \
    X(LOG1P, "log1p", FLOAT)                                                                       \
    X(SQRT, "sqrt", FLOAT)                                                                         \
    X(RSQRT, "rsqrt", FLOAT)                                                                       \
    X(RECIPROCAL, "reciprocal", FLOAT)                                                             \
    X(RSQUARE, "rsquare", FLOAT) /* 1 / (x x): x ** -2 */                                          \
    X(SIN, "sin", FLOAT)                                                                           \
    X(COS, "cos", FLOAT)                                                                           \
    X(TAN, "tan", FLOAT)                                                                           \
    X(ASIN, "asin", FLOAT)                                                                         \
    X(ACOS, "acos", FLOAT)                                                                         \
    X(ATAN, "atan", FLOAT)                                                                         \
    X(SINH, "sinh", FLOAT)                                                                         \
    X(COSH, "cosh", FLOAT)                                                                         \
    X(TANH, "tanh", FLOAT)                                                                         \
    X(ASINH, "asinh", FLOAT)                                                                       \
    X(ACOSH, "acosh", FLOAT)                                                                       \
    X(ATANH, "atanh", FLOAT)                                                                       \
    X(ERF, "erf", FLOAT)                                                                           \
    X(ERFC, "erfc", FLOAT)                                                                         \
    X(LGAMMA, "lgamma", FLOAT)                                                                     \
    X(SIGMOID, "sigmoid", FLOAT)                                                                   \
    X(LOG_SIGMOID, "logsigmoid", ONLY)                                                             \
    X(SILU, "silu", ONLY)                                                                          \
    X(GELU, "gelu", ONLY)             /* x Phi(x), by erf */                                       \
    X(GELU_TANH, "gelu_tanh", ONLY)   /* the tanh approximation */                                 \
    X(SOFTPLUS, "softplus", ONLY)     /* p = beta, q = threshold */                                \
    X(LEAKY_RELU, "leaky_relu", ONLY) /* p = slope */                                              \
    X(ELU, "elu", ONLY)               /* p = alpha */                                              \
    X(MISH, "mish", ONLY)                                                                          \
    X(HARDTANH, "hardtanh", SAME) /* p = low, q = high */                                          \
    X(RELU6, "relu6", SAME)                                                                        \
    X(HARDSIGMOID, "hardsigmoid", ONLY)                                                            \
    X(HARDSWISH, "hardswish", ONLY)                                                                \
    X(ISNAN, "isnan", BOOL)                                                                        \
    X(ISINF, "isinf", BOOL)                                                                        \
    X(ISFINITE, "isfinite", BOOL)                                                                  \
    X(LOGICAL_NOT, "logical_not", BOOL)

typedef enum UnaryOp {
#define X(id, name, result) UN_##id,
    UNARY_OPS(X)
#undef X
        UN_COUNT
} UnaryOp;

/* X(suffix, "torch name", result): PROMOTE, DIV (integers become the default float), BOOL
 * (compared or tested in the promoted type), INT (integers and bool only). */
#define BINARY_OPS(X)                                                                              \
    X(ADD, "add", PROMOTE)                                                                         \
    X(SUB, "sub", PROMOTE) /* not for two bools, as PyTorch */                                     \
    X(MUL, "mul", PROMOTE)                                                                         \
    X(DIV, "div", DIV)                                                                             \
    X(DIV_TRUNC, "div_trunc", PROMOTE)                                                             \
    X(FLOOR_DIVIDE, "floor_divide", PROMOTE)                                                       \
    X(REMAINDER, "remainder", PROMOTE) /* sign of the divisor, as Python's % */                    \
    X(FMOD, "fmod", PROMOTE)                                                                       \
    X(POW, "pow", PROMOTE)                                                                         \
    X(ATAN2, "atan2", DIV)                                                                         \
    X(MAXIMUM, "maximum", PROMOTE) /* nan wins */                                                  \
    X(MINIMUM, "minimum", PROMOTE)                                                                 \
    X(FMAX, "fmax", PROMOTE) /* nan loses */                                                       \
    X(FMIN, "fmin", PROMOTE)                                                                       \
    X(LOGADDEXP, "logaddexp", DIV)                                                                 \
    X(HYPOT, "hypot", PROMOTE)                                                                     \
    X(COPYSIGN, "copysign", DIV)                                                                   \
    X(EQ, "eq", BOOL)                                                                              \
    X(NE, "ne", BOOL)                                                                              \
    X(LT, "lt", BOOL)                                                                              \
    X(LE, "le", BOOL)                                                                              \
    X(GT, "gt", BOOL)                                                                              \
    X(GE, "ge", BOOL)                                                                              \
    X(LOGICAL_AND, "logical_and", BOOL)                                                            \
    X(LOGICAL_OR, "logical_or", BOOL)                                                              \
    X(LOGICAL_XOR, "logical_xor", BOOL)                                                            \
    X(BITWISE_AND, "bitwise_and", INT)                                                             \
    X(BITWISE_OR, "bitwise_or", INT)                                                               \
    X(BITWISE_XOR, "bitwise_xor", INT)                                                             \
    X(LSHIFT, "bitwise_left_shift", INT)                                                           \
    X(RSHIFT, "bitwise_right_shift", INT)

typedef enum BinaryOp {
#define X(id, name, result) BIN_##id,
    BINARY_OPS(X)
#undef X
        BIN_COUNT
} BinaryOp;

const char *unary_name(UnaryOp op);
const char *binary_name(BinaryOp op);
/* Result dtype, or ERR_RUNTIME where PyTorch refuses (bool - bool, ~float, round(bool)...). */
bool unary_dtype(UnaryOp op, DType in, DType *out, Err *err);
bool binary_dtype(BinaryOp op, const Tensor *a, const Tensor *b, DType *out, Err *err);

bool tensor_unary(UnaryOp op, const Tensor *a, Tensor **out, Err *err);
bool tensor_unary_(UnaryOp op, Tensor *a, Err *err);
/* With the operation's parameters p and q (the plain form uses PyTorch's defaults). */
bool tensor_unary_with(UnaryOp op, const Tensor *a, double p, double q, Tensor **out, Err *err);
bool tensor_unary_with_(UnaryOp op, Tensor *a, double p, double q, Err *err);

/* ERR_RUNTIME "ZeroDivisionError", as PyTorch: integer //, % and fmod by 0. */
bool tensor_binary(BinaryOp op, const Tensor *a, const Tensor *b, Tensor **out, Err *err);
bool tensor_binary_(BinaryOp op, Tensor *a, const Tensor *b, Err *err);
/* With a Python number on one side; what tensor_binary on tensor_number_* does, without the
 * temporary. number_first: op(number, a). */
bool tensor_binary_f64(BinaryOp op, const Tensor *a, double number, bool number_first, Tensor **out,
                       Err *err);
bool tensor_binary_i64(BinaryOp op, const Tensor *a, int64_t number, bool number_first,
                       Tensor **out, Err *err);
bool tensor_binary_f64_(BinaryOp op, Tensor *a, double number, Err *err);

/* a + alpha * b. */
bool tensor_add_scaled(const Tensor *a, const Tensor *b, double alpha, Tensor **out, Err *err);
bool tensor_add_scaled_(Tensor *a, const Tensor *b, double alpha, Err *err);
/* a + value * b * c;  a + value * b / c. */
bool tensor_addcmul(const Tensor *a, const Tensor *b, const Tensor *c, double value, Tensor **out,
                    Err *err);
bool tensor_addcdiv(const Tensor *a, const Tensor *b, const Tensor *c, double value, Tensor **out,
                    Err *err);
bool tensor_addcmul_(Tensor *a, const Tensor *b, const Tensor *c, double value, Err *err);
bool tensor_addcdiv_(Tensor *a, const Tensor *b, const Tensor *c, double value, Err *err);
/* a + w * (b - a), from the nearer end as PyTorch computes it; floats only. */
bool tensor_lerp(const Tensor *a, const Tensor *b, const Tensor *w, Tensor **out, Err *err);

/* cond ? a : b; cond bool (uint8 is taken too). a and b promote. */
bool tensor_where(const Tensor *cond, const Tensor *a, const Tensor *b, Tensor **out, Err *err);
/* lo and hi: numbers or tensors, either may be NULL, not both (ERR_RUNTIME). */
bool tensor_clamp(const Tensor *t, const Tensor *lo, const Tensor *hi, Tensor **out, Err *err);
bool tensor_clamp_(Tensor *t, const Tensor *lo, const Tensor *hi, Err *err);
/* nan, +inf, -inf replaced (NULL: 0, the dtype's largest, its lowest). */
bool tensor_nan_to_num(const Tensor *t, double nan, const double *posinf, const double *neginf,
                       Tensor **out, Err *err);

/* abs * e^(i angle): float32 x2 -> complex64. */
bool tensor_polar(const Tensor *abs, const Tensor *angle, Tensor **out, Err *err);
bool tensor_complex(const Tensor *re, const Tensor *im, Tensor **out, Err *err);
/* Real and imaginary part, angle in radians; float32, copies. */
bool tensor_real(const Tensor *t, Tensor **out, Err *err);
bool tensor_imag(const Tensor *t, Tensor **out, Err *err);
bool tensor_angle(const Tensor *t, Tensor **out, Err *err);

/* Same shape and every element equal (nan is not). */
bool tensor_equal(const Tensor *a, const Tensor *b, bool *equal, Err *err);
/* bool tensor: |a - b| <= atol + rtol * |b|, with infinities equal to themselves. */
bool tensor_isclose(const Tensor *a, const Tensor *b, double rtol, double atol, bool equal_nan,
                    Tensor **out, Err *err);

#endif
