/* Elementwise rows that are one line each. Of a line ops.h makes op_NAME and op_NAME_ (in place),
 * rows_unary.c and rows_binary.c the row: forward, vjp, name, samples for the tests.
 *
 *     X(logit, "LogitBackward0", SAVES_IN0, log(x / (1 - x)), g / (x * (1 - x)), SAMPLES_UNIT)
 *
 * In the expressions g is the gradient of the output; of one tensor x is the input and y the
 * output, of two x and y are the inputs and z the output (K, EXP and the like: tensor/map.h).
 * Derivatives are those of PyTorch's tools/autograd/derivatives.yaml at kinks and ends (relu'(0) =
 * 0).
 */
#ifndef QKV_GRAD_ELEMENTWISE_H
#define QKV_GRAD_ELEMENTWISE_H

/* clang-format off */ /* formulas */

/* ---- y = f(x) ---------------------------------------------------------------------- */

/* Whose forward is a kernel of tensor/pointwise.h:
 * X(name, UN_*, "GradName", what the gradient reads, declarations, dx, samples) */
#define UNARY_KERNELS(X)                                                                           \
    X(neg, NEG, "NegBackward0", 0, , -g, SAMPLES_ANY "; k2")                                       \
    X(sign, SIGN, "SignBackward0", 0, , 0, SAMPLES_ANY)                                            \
    X(square, SQUARE, "PowBackward0", SAVES_IN0, , 2 * g * x, SAMPLES_ANY "; k2,2")                \
    X(exp, EXP, "ExpBackward0", SAVES_OUT0, , g * y, SAMPLES_ANY "; k2")                           \
    X(exp2, EXP2, "Exp2Backward0", SAVES_OUT0, , g * y * LOG_OF_2, SAMPLES_ANY)                    \
    X(expm1, EXPM1, "Expm1Backward0", SAVES_OUT0, , g * (y + 1), SAMPLES_ANY)                      \
    X(log, LOG, "LogBackward0", SAVES_IN0, , g / x, SAMPLES_POSITIVE)                              \
    X(log2, LOG2, "Log2Backward0", SAVES_IN0, , g / (x * LOG_OF_2), SAMPLES_POSITIVE)              \
    X(log10, LOG10, "Log10Backward0", SAVES_IN0, , g / (x * LOG_OF_10), SAMPLES_POSITIVE)          \
    X(log1p, LOG1P, "Log1PBackward0", SAVES_IN0, , g / (x + 1), SAMPLES_POSITIVE)                  \
    X(sqrt, SQRT, "SqrtBackward0", SAVES_OUT0, , g / (2 * y), SAMPLES_POSITIVE)                    \
    X(rsqrt, RSQRT, "RsqrtBackward0", SAVES_OUT0, , K(-0.5) * g * (y * y * y), SAMPLES_POSITIVE)   \
    X(reciprocal, RECIPROCAL, "ReciprocalBackward0", SAVES_OUT0, , -g * (y * y),                   \
      SAMPLES_ANY "; k3")                                                                          \
    X(sin, SIN, "SinBackward0", SAVES_IN0, , g * COS(x), SAMPLES_ANY)                              \
    X(cos, COS, "CosBackward0", SAVES_IN0, , g * -SIN(x), SAMPLES_ANY)                             \
    X(tan, TAN, "TanBackward0", SAVES_OUT0, , g * (1 + y * y), SAMPLES_ANY)                        \
    X(asin, ASIN, "AsinBackward0", SAVES_IN0, , g / sqrt(1 - x * x), SAMPLES_UNIT)                 \
    X(acos, ACOS, "AcosBackward0", SAVES_IN0, , -g / sqrt(1 - x * x), SAMPLES_UNIT)                \
    X(atan, ATAN, "AtanBackward0", SAVES_IN0, , g / (1 + x * x), SAMPLES_ANY)                      \
    X(sinh, SINH, "SinhBackward0", SAVES_IN0, , g * cosh(x), SAMPLES_ANY)                          \
    X(cosh, COSH, "CoshBackward0", SAVES_IN0, , g * sinh(x), SAMPLES_ANY)                          \
    X(tanh, TANH, "TanhBackward0", SAVES_OUT0, , g * fma(-y, y, K(1)), SAMPLES_ANY)                \
    X(asinh, ASINH, "AsinhBackward0", SAVES_IN0, , g / sqrt(x * x + 1), SAMPLES_ANY)               \
    X(acosh, ACOSH, "AcoshBackward0", SAVES_IN0, , g / sqrt(x * x - 1), "+2,3")                    \
    X(atanh, ATANH, "AtanhBackward0", SAVES_IN0, , g / (1 - x * x), SAMPLES_UNIT)                  \
    X(erf, ERF, "ErfBackward0", SAVES_IN0, , g * TWO_OVER_SQRT_PI * EXP(-x * x), SAMPLES_ANY)      \
    X(erfc, ERFC, "ErfcBackward0", SAVES_IN0, , -g * TWO_OVER_SQRT_PI * EXP(-x * x), SAMPLES_ANY)  \
    X(lgamma, LGAMMA, "LgammaBackward0", SAVES_IN0, , g * (T)digamma((double)x),                   \
      SAMPLES_POSITIVE "; " SAMPLES_ANY)                                                           \
    X(sigmoid, SIGMOID, "SigmoidBackward0", SAVES_OUT0, , g * (1 - y) * y, SAMPLES_ANY)            \
    X(logsigmoid, LOG_SIGMOID, "LogSigmoidBackward0", SAVES_IN0, , g * SIGMOID(-x), SAMPLES_ANY)   \
    X(relu, RELU, "ReluBackward0", SAVES_OUT0, , y <= 0 ? 0 : g, SAMPLES_ANY)                      \
    X(relu6, RELU6, "HardtanhBackward0", SAVES_IN0, , x > 0 && x < 6 ? g : 0, SAMPLES_ANY)         \
    X(silu, SILU, "SiluBackward0", SAVES_IN0, T s = LOGISTIC(x), g * s * fma(x, 1 - s, K(1)),      \
      SAMPLES_ANY)                                                                                 \
    X(mish, MISH, "MishBackward0", SAVES_IN0, T t = TANH(x > 20 ? x : log1p(EXP(x))),              \
      g * (t + x * SIGMOID(x) * (1 - t * t)), SAMPLES_ANY)                                         \
    X(hardsigmoid, HARDSIGMOID, "HardsigmoidBackward0", SAVES_IN0, , x > -3 && x < 3 ? g / 6 : 0,  \
      SAMPLES_ANY)                                                                                 \
    X(hardswish, HARDSWISH, "HardswishBackward0", SAVES_IN0, ,                                     \
      x < -3 ? 0 : x <= 3 ? g * (x / 3 + K(0.5)) : g, SAMPLES_ANY)                                 \
    X(floor, FLOOR, "FloorBackward0", 0, , 0, SAMPLES_ANY)                                         \
    X(ceil, CEIL, "CeilBackward0", 0, , 0, SAMPLES_ANY)                                            \
    X(trunc, TRUNC, "TruncBackward0", 0, , 0, SAMPLES_ANY)                                         \
    X(frac, FRAC, "FracBackward0", 0, , g, SAMPLES_ANY)

/* Whose forward is an expression too; SELU_*: Klambauer et al. 2017:
 * X(name, "GradName", what the gradient reads, y, dx, samples) */
#define UNARY_FORMULAS(X)                                                                          \
    X(logit, "LogitBackward0", SAVES_IN0, log(x / (1 - x)), g / (x * (1 - x)), SAMPLES_UNIT)       \
    X(selu, "EluBackward0", SAVES_IN0,                                                             \
      x > 0 ? SELU_SCALE * x : SELU_SCALE * SELU_ALPHA * expm1(x),                                 \
      x > 0 ? SELU_SCALE * g : SELU_SCALE * SELU_ALPHA * EXP(x) * g, SAMPLES_ANY)                  \
    X(deg2rad, "Deg2RadBackward0", 0, x * (PI_ / 180), g * (PI_ / 180), SAMPLES_ANY)               \
    X(rad2deg, "Rad2DegBackward0", 0, x * (180 / PI_), g * (180 / PI_), SAMPLES_ANY)

/* Without a gradient: X(name, UN_*) */
#define UNARY_TESTS(X)                                                                             \
    X(isnan, ISNAN) X(isinf, ISINF) X(isfinite, ISFINITE) X(logical_not, LOGICAL_NOT)              \
    X(bitwise_not, BITWISE_NOT)

/* ---- z = f(x, y) ------------------------------------------------------------------- */

/* X(name, BIN_*, "GradName" for a number as y, and for a tensor, what dx reads, dx, what dy reads,
 * dy, samples) */
#define BINARY_KERNELS(X)                                                                          \
    X(atan2, ATAN2, "Atan2Backward0", "Atan2Backward0",                                            \
      SAVES_XY, g * y / (x * x + y * y), SAVES_XY, -g * x / (x * x + y * y), SAMPLES_PAIR)         \
    X(hypot, HYPOT, "HypotBackward0", "HypotBackward0",                                            \
      SAVES_IN0 | SAVES_OUT0, g * x / z, SAVES_IN1 | SAVES_OUT0, g * y / z, SAMPLES_PAIR)          \
    X(maximum, MAXIMUM, "MaximumBackward0", "MaximumBackward0",                                    \
      SAVES_XY, x == y ? g / 2 : x < y ? 0 : g, SAVES_XY, x == y ? g / 2 : y < x ? 0 : g,          \
      SAMPLES_PAIR)                                                                                \
    X(minimum, MINIMUM, "MinimumBackward0", "MinimumBackward0",                                    \
      SAVES_XY, x == y ? g / 2 : x > y ? 0 : g, SAVES_XY, x == y ? g / 2 : y > x ? 0 : g,          \
      SAMPLES_PAIR)                                                                                \
    X(fmax, FMAX, "FmaxBackward0", "FmaxBackward0",                                                \
      SAVES_XY, x >= y || isnan(y) ? g : 0, SAVES_XY, x >= y || isnan(y) ? 0 : g, SAMPLES_PAIR)    \
    X(fmin, FMIN, "FminBackward0", "FminBackward0",                                                \
      SAVES_XY, x <= y || isnan(y) ? g : 0, SAVES_XY, x <= y || isnan(y) ? 0 : g, SAMPLES_PAIR)    \
    X(logaddexp, LOGADDEXP, "LogaddexpBackward0", "LogaddexpBackward0",                            \
      SAVES_XY, g / (1 + exp(y - x)), SAVES_XY, g / (1 + exp(x - y)), SAMPLES_PAIR)                \
    X(remainder, REMAINDER, "RemainderBackward0", "RemainderBackward1",                            \
      0, g, SAVES_XY, -g * floor(x / y), SAMPLES_POSITIVE_PAIR "; 2,3 n0.7")                       \
    X(fmod, FMOD, "FmodBackward0", "FmodBackward1",                                                \
      0, g, SAVES_XY, -g * trunc(x / y), SAMPLES_POSITIVE_PAIR "; 2,3 n0.7")                       \
    X(div_trunc, DIV_TRUNC, "DivBackward2", "DivBackward2", 0, 0, 0, 0, SAMPLES_PAIR)              \
    X(div_floor, FLOOR_DIVIDE, "DivBackward2", "DivBackward2", 0, 0, 0, 0, SAMPLES_PAIR)

/* Without a gradient: X(name, BIN_*) */
#define BINARY_TESTS(X)                                                                            \
    X(eq, EQ) X(ne, NE) X(lt, LT) X(le, LE) X(gt, GT) X(ge, GE) X(logical_and, LOGICAL_AND)        \
    X(logical_or, LOGICAL_OR) X(logical_xor, LOGICAL_XOR) X(bitwise_and, BITWISE_AND)              \
    X(bitwise_or, BITWISE_OR) X(bitwise_xor, BITWISE_XOR) X(bitwise_left_shift, LSHIFT)            \
    X(bitwise_right_shift, RSHIFT)

/* clang-format on */

#endif
