/* One tensor in, one of the same shape out: exp, tanh, abs, ... each as function,
 * method and in place, from one line of UNARY.
 */
#include "config.h"

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"

/* X(name, doc, example): op_NAME and op_NAME_. */
#define UNARY(X)                                                                                   \
    X(neg, "-x",                                                                                   \
      ">>> torch.neg(torch.tensor([1., -2.]))\n"                                                   \
      "tensor([-1.,  2.])")                                                                        \
    X(abs, "|x|",                                                                                  \
      ">>> torch.abs(torch.tensor([-1, 2]))\n"                                                     \
      "tensor([1, 2])")                                                                            \
    X(sign, "-1, 0 or 1.",                                                                         \
      ">>> torch.sign(torch.tensor([-3., 0., 2.]))\n"                                              \
      "tensor([-1.,  0.,  1.])")                                                                   \
    X(square, "x²",                                                                                \
      ">>> torch.square(torch.tensor([2., 3.]))\n"                                                 \
      "tensor([4., 9.])")                                                                          \
    X(exp, "e to the power of x.",                                                                 \
      ">>> torch.exp(torch.tensor([0., 1.]))\n"                                                    \
      "tensor([1.0000, 2.7183])")                                                                  \
    X(exp2, "2 to the power of x.",                                                                \
      ">>> torch.exp2(torch.tensor([0., 3.]))\n"                                                   \
      "tensor([1., 8.])")                                                                          \
    X(expm1, "e^x - 1, exact near 0.",                                                             \
      ">>> torch.expm1(torch.tensor([0., 1.]))\n"                                                  \
      "tensor([0.0000, 1.7183])")                                                                  \
    X(log, "Natural logarithm.",                                                                   \
      ">>> torch.log(torch.tensor([1., 10.]))\n"                                                   \
      "tensor([0.0000, 2.3026])")                                                                  \
    X(log2, "Logarithm to base 2.",                                                                \
      ">>> torch.log2(torch.tensor([1., 8.]))\n"                                                   \
      "tensor([0., 3.])")                                                                          \
    X(log10, "Logarithm to base 10.",                                                              \
      ">>> torch.log10(torch.tensor([1., 1000.]))\n"                                               \
      "tensor([0., 3.])")                                                                          \
    X(log1p, "log(1 + x), exact near 0.",                                                          \
      ">>> torch.log1p(torch.tensor([0., 1.]))\n"                                                  \
      "tensor([0.0000, 0.6931])")                                                                  \
    X(sqrt, "Square root.",                                                                        \
      ">>> torch.sqrt(torch.tensor([4., 2.]))\n"                                                   \
      "tensor([2.0000, 1.4142])")                                                                  \
    X(rsqrt, "1 / sqrt(x)",                                                                        \
      ">>> torch.rsqrt(torch.tensor([4., 1.]))\n"                                                  \
      "tensor([0.5000, 1.0000])")                                                                  \
    X(reciprocal, "1 / x",                                                                         \
      ">>> torch.reciprocal(torch.tensor([4., 0.5]))\n"                                            \
      "tensor([0.2500, 2.0000])")                                                                  \
    X(sin, "Sine, radians.",                                                                       \
      ">>> torch.sin(torch.tensor([0., torch.pi / 2]))\n"                                          \
      "tensor([0., 1.])")                                                                          \
    X(cos, "Cosine, radians.",                                                                     \
      ">>> torch.cos(torch.tensor([0., torch.pi]))\n"                                              \
      "tensor([ 1., -1.])")                                                                        \
    X(tan, "Tangent, radians.",                                                                    \
      ">>> torch.tan(torch.tensor([0., 1.]))\n"                                                    \
      "tensor([0.0000, 1.5574])")                                                                  \
    X(asin, "Inverse sine.",                                                                       \
      ">>> torch.asin(torch.tensor([0., 1.]))\n"                                                   \
      "tensor([0.0000, 1.5708])")                                                                  \
    X(acos, "Inverse cosine.",                                                                     \
      ">>> torch.acos(torch.tensor([0., 1.]))\n"                                                   \
      "tensor([1.5708, 0.0000])")                                                                  \
    X(atan, "Inverse tangent.",                                                                    \
      ">>> torch.atan(torch.tensor([0., 1.]))\n"                                                   \
      "tensor([0.0000, 0.7854])")                                                                  \
    X(sinh, "Hyperbolic sine.",                                                                    \
      ">>> torch.sinh(torch.tensor([0., 1.]))\n"                                                   \
      "tensor([0.0000, 1.1752])")                                                                  \
    X(cosh, "Hyperbolic cosine.",                                                                  \
      ">>> torch.cosh(torch.tensor([0., 1.]))\n"                                                   \
      "tensor([1.0000, 1.5431])")                                                                  \
    X(tanh, "Hyperbolic tangent.",                                                                 \
      ">>> torch.tanh(torch.tensor([0., 1.]))\n"                                                   \
      "tensor([0.0000, 0.7616])")                                                                  \
    X(asinh, "Inverse hyperbolic sine.",                                                           \
      ">>> torch.asinh(torch.tensor([0., 1.]))\n"                                                  \
      "tensor([0.0000, 0.8814])")                                                                  \
    X(acosh, "Inverse hyperbolic cosine.",                                                         \
      ">>> torch.acosh(torch.tensor([1., 2.]))\n"                                                  \
      "tensor([0.0000, 1.3170])")                                                                  \
    X(atanh, "Inverse hyperbolic tangent.",                                                        \
      ">>> torch.atanh(torch.tensor([0., 0.5]))\n"                                                 \
      "tensor([0.0000, 0.5493])")                                                                  \
    X(erf, "Error function.",                                                                      \
      ">>> torch.erf(torch.tensor([0., 1.]))\n"                                                    \
      "tensor([0.0000, 0.8427])")                                                                  \
    X(erfc, "1 - erf(x)",                                                                          \
      ">>> torch.erfc(torch.tensor([0., 1.]))\n"                                                   \
      "tensor([1.0000, 0.1573])")                                                                  \
    X(lgamma, "Logarithm of the gamma function.",                                                  \
      ">>> torch.lgamma(torch.tensor([1., 5.]))\n"                                                 \
      "tensor([0.0000, 3.1781])")                                                                  \
    X(sigmoid, "1 / (1 + exp(-x))",                                                                \
      ">>> torch.sigmoid(torch.tensor([0., 2.]))\n"                                                \
      "tensor([0.5000, 0.8808])")                                                                  \
    X(logit, "log(x / (1 - x))",                                                                   \
      ">>> torch.logit(torch.tensor([0.5, 0.9]))\n"                                                \
      "tensor([0.0000, 2.1972])")                                                                  \
    X(relu, "max(x, 0)",                                                                           \
      ">>> torch.relu(torch.tensor([-1., 2.]))\n"                                                  \
      "tensor([0., 2.])")                                                                          \
    X(floor, "Down to an integer.",                                                                \
      ">>> torch.floor(torch.tensor([1.7, -1.2]))\n"                                               \
      "tensor([ 1., -2.])")                                                                        \
    X(ceil, "Up to an integer.",                                                                   \
      ">>> torch.ceil(torch.tensor([1.2, -1.7]))\n"                                                \
      "tensor([ 2., -1.])")                                                                        \
    X(trunc, "Towards 0 to an integer.",                                                           \
      ">>> torch.trunc(torch.tensor([1.7, -1.7]))\n"                                               \
      "tensor([ 1., -1.])")                                                                        \
    X(frac, "x - trunc(x)",                                                                        \
      ">>> torch.frac(torch.tensor([1.5, -1.25]))\n"                                               \
      "tensor([ 0.5000, -0.2500])")                                                                \
    X(deg2rad, "Degrees to radians.",                                                              \
      ">>> torch.deg2rad(torch.tensor([180.]))\n"                                                  \
      "tensor([3.1416])")                                                                          \
    X(rad2deg, "Radians to degrees.",                                                              \
      ">>> torch.rad2deg(torch.tensor([torch.pi]))\n"                                              \
      "tensor([180.])")                                                                            \
    X(logical_not, "not x, as bool.",                                                              \
      ">>> torch.logical_not(torch.tensor([0, 2]))\n"                                              \
      "tensor([ True, False])")                                                                    \
    X(bitwise_not, "~x, of integers and bools.",                                                   \
      ">>> torch.bitwise_not(torch.tensor([True, False]))\n"                                       \
      "tensor([False,  True])")

/* No in-place form. */
#define UNARY_ONLY(X)                                                                              \
    X(conj, "Complex conjugate; x itself when real.",                                              \
      ">>> torch.conj(torch.tensor([1., 2.]))\n"                                                   \
      "tensor([1., 2.])")                                                                          \
    X(angle, "Angle in the complex plane.",                                                        \
      ">>> torch.angle(torch.tensor([1., -1.]))\n"                                                 \
      "tensor([0.0000, 3.1416])")                                                                  \
    X(isnan, "Whether it is not a number.",                                                        \
      ">>> torch.isnan(torch.tensor([1., float('nan')]))\n"                                        \
      "tensor([False,  True])")                                                                    \
    X(isinf, "Whether it is infinite.",                                                            \
      ">>> torch.isinf(torch.tensor([1., float('-inf')]))\n"                                       \
      "tensor([False,  True])")                                                                    \
    X(isfinite, "Neither infinite nor nan.",                                                       \
      ">>> torch.isfinite(torch.tensor([1., float('inf')]))\n"                                     \
      "tensor([ True, False])")

/* Other names of the same. */
#define UNARY_ALIAS(X)                                                                             \
    X(absolute, abs)                                                                               \
    X(negative, neg)                                                                               \
    X(arcsin, asin)                                                                                \
    X(arccos, acos)                                                                                \
    X(arctan, atan)                                                                                \
    X(arcsinh, asinh)                                                                              \
    X(arccosh, acosh)                                                                              \
    X(arctanh, atanh)                                                                              \
    X(sgn, sign)                                                                                   \
    X(fix, trunc)                                                                                  \
    X(__abs__, abs)                                                                                \
    X(__neg__, neg)                                                                                \
    X(__invert__, bitwise_not)

#define PLAIN(name, doc, example)                                                                  \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x, *y = NULL;                                                                      \
        UNUSED(in);                                                                                \
        return ARG_TENSOR(0, &x) && tensor_return(op_##name(x, &y, err), &y, out);                 \
    }
UNARY(PLAIN)
UNARY_ONLY(PLAIN)

#define IN_PLACE(name, doc, example)                                                               \
    static bool do_##name##_(Interp *in, Value *args, Value *out, Err *err) {                      \
        Tensor *x;                                                                                 \
        UNUSED(in);                                                                                \
        if (!ARG_TENSOR(0, &x) || !op_##name##_(x, err)) return false;                             \
        *out = value_retain(args[0]);                                                              \
        return true;                                                                               \
    }
UNARY(IN_PLACE)

#define ROW(name, doc, example)                                                                    \
    {#name "(input: Tensor) -> Tensor", do_##name, TORCH_BOTH_OUT, doc, example},
#define ROW_(name, doc, example)                                                                   \
    {#name "_(input: Tensor) -> Tensor", do_##name##_, TORCH_BOTH_OUT | NATIVE_MUTATES,            \
     doc " In place.", NULL},
#define ALIAS(name, of)                                                                            \
    {#name "(input: Tensor) -> Tensor", do_##of, TORCH_BOTH_OUT, "Same as " #of ".", NULL},

const NativeRow torch_unary_rows[] = {
    UNARY(ROW) UNARY_ONLY(ROW) UNARY(ROW_) UNARY_ALIAS(ALIAS){0},
};
