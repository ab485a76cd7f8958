/* Elementwise rows of one tensor: those of the lists in elementwise.h, and the few with parameters
 * or complex numbers. */
#include "config.h"

#include "grad/elementwise.h"
#include "grad/rows.h"
#include "tensor/map.h"

#define LOG_OF_2 K(0.69314718055994530942)
#define LOG_OF_10 K(2.30258509299404568402)
#define PI_ K(3.14159265358979323846)
#define TWO_OVER_SQRT_PI K(1.12837916709551257390)

/* psi(x): recurrence up to 6, then the asymptotic series (Abramowitz and Stegun 6.3.18). */
static double digamma(double x) {
    if (x == floor(x) && x <= 0) return NAN;
    if (x < 0) return digamma(1 - x) - 3.14159265358979323846 / tan(3.14159265358979323846 * x);
    double r = 0;
    for (; x < 6; x++) r -= 1 / x;
    double f = 1 / (x * x);
    return r + log(x) - 0.5 / x -
           f * (1.0 / 12 - f * (1.0 / 120 - f * (1.0 / 252 - f * (1.0 / 240 - f / 132))));
}

#define X(opname, un, grad, saved, pre, dx, examples)                                              \
    MAP_FAST(d_##opname, pre, dx)                                                                  \
    FORWARD(opname) {                                                                              \
        return tensor_unary(UN_##un, IN(0), out, err);                                             \
    }                                                                                              \
    INPLACE(opname) {                                                                              \
        return tensor_unary_(UN_##un, IN(0), err);                                                 \
    }                                                                                              \
    static void vjp_##opname(Vjp *v);                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = grad,                                               \
                                  .forward = forward_##opname,                                     \
                                  .inplace = inplace_##opname,                                     \
                                  .vjp = vjp_##opname,                                             \
                                  .saves = {saved},                                                \
                                  .samples = examples,                                             \
                                  .doc = "y = " #opname "(x), dx = " #dx};
UNARY_KERNELS(X)
#undef X

/* The few whose gradient is defined for complex tensors too (PyTorch's convention: the
 * gradient is the conjugate Wirtinger derivative). Returns false for the others. */
static bool vjp_complex(Vjp *v, const OpDef *op) {
    Tensor *g = v->g[0], *x = v->in[0], *y = v->out[0];
    if (op == &opdef_neg)
        vjp_give(v, 0, v_neg(v, g));
    else if (op == &opdef_square)
        vjp_give(v, 0, v_mul(v, g, v_scale(v, v_conj(v, x), 2)));
    else if (op == &opdef_exp)
        vjp_give(v, 0, v_mul(v, g, v_conj(v, y)));
    else if (op == &opdef_reciprocal)
        vjp_give(v, 0, v_neg(v, v_mul(v, g, v_conj(v, v_mul(v, y, y)))));
    else
        return false;
    return true;
}

static void vjp_unary(Vjp *v, const Map *d) {
    const OpDef *op = v->c->op;
    if (dtype_is_complex((DType)v->in[0]->dtype)) {
        if (vjp_complex(v, op)) return;
        v_fail(v);
        err_set(v->err, ERR_NOTIMPL, "the gradient of %s for complex tensors", op->name);
        return;
    }
    Tensor *x = op->saves[0] & SAVES_IN0 ? v->in[0] : NULL;
    Tensor *y = op->saves[0] & SAVES_OUT0 ? v->out[0] : NULL;
    vjp_give(v, 0, v_map(v, d, 3, (Tensor *[]){v->g[0], x, y}, v->c->reals));
}

#define X(opname, ...)                                                                             \
    VJP(opname) {                                                                                  \
        vjp_unary(v, &d_##opname);                                                                 \
    }
UNARY_KERNELS(X)
#undef X

/* ---- without a tensor kernel of their own: forward as an expression too ------------ */

#define SELU_SCALE K(1.0507009873554804934193349852946)
#define SELU_ALPHA K(1.6732632423543772848170429916717)

#define X(opname, grad, saved, fx, dx, examples)                                                   \
    MAP(f_##opname, , fx)                                                                          \
    MAP(d_##opname, , dx)                                                                          \
    FORWARD(opname) {                                                                              \
        return map_apply(&f_##opname, 2, (Tensor *[]){NULL, IN(0)}, c->reals, out, err);           \
    }                                                                                              \
    VJP(opname) {                                                                                  \
        vjp_unary(v, &d_##opname);                                                                 \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = grad,                                               \
                                  .forward = forward_##opname,                                     \
                                  .vjp = vjp_##opname,                                             \
                                  .saves = {saved},                                                \
                                  .samples = examples,                                             \
                                  .doc = "dx = " #dx};
UNARY_FORMULAS(X)
/* with parameters in reals */
/* clang-format off */
X(celu, "CeluBackward0", SAVES_IN0, x > 0 ? x : p[0] * expm1(x / p[0]),
  x > 0 ? g : g * EXP(x / p[0]), "2,3 | r1.5")
X(threshold, "ThresholdBackward0", SAVES_IN0, x > p[0] ? x : p[1], x > p[0] ? g : 0, "2,3 | r0.2,7")
/* clang-format on */
#undef X

/* ---- with parameters in reals[0], reals[1] ----------------------------------------- */

#define X(opname, un, grad, dx, examples)                                                          \
    MAP(d_##opname, , dx)                                                                          \
    FORWARD(opname) {                                                                              \
        return tensor_unary_with(UN_##un, IN(0), c->reals[0], c->reals[1], out, err);              \
    }                                                                                              \
    INPLACE(opname) {                                                                              \
        return tensor_unary_with_(UN_##un, IN(0), c->reals[0], c->reals[1], err);                  \
    }                                                                                              \
    VJP(opname) {                                                                                  \
        vjp_unary(v, &d_##opname);                                                                 \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = grad,                                               \
                                  .forward = forward_##opname,                                     \
                                  .inplace = inplace_##opname,                                     \
                                  .vjp = vjp_##opname,                                             \
                                  .saves = {SAVES_IN0},                                            \
                                  .samples = examples,                                             \
                                  .doc = "dx = " #dx};
/* clang-format off */
X(softplus, SOFTPLUS, "SoftplusBackward0", x * p[0] > p[1] ? g : g * SIGMOID(x * p[0]),
  "2,3 | r1,20; 2,3 | r2,1")
X(leaky_relu, LEAKY_RELU, "LeakyReluBackward0", x > 0 ? g : g * p[0], "2,3 | r0.1")
X(elu, ELU, "EluBackward0", x > 0 ? g : g * p[0] * EXP(x), "2,3 | r1.5")
X(hardtanh, HARDTANH, "HardtanhBackward0", x > p[0] && x < p[1] ? g : 0, "2,3 | r-0.5,0.5")
/* clang-format on */
#undef X

/* ---- rounding to decimals, gelu's two forms ---------------------------------------- */

MAP(d_zero, , 0)

FORWARD(round) {
    return tensor_unary_with(UN_ROUND, IN(0), c->reals[0], 0, out, err);
}
VJP(round) {
    vjp_unary(v, &d_zero);
}
const OpDef opdef_round = {.name = "round",
                           .grad_name = "RoundBackward0",
                           .forward = forward_round,
                           .vjp = vjp_round,
                           .samples = "2,3 | r0; 2,3 | r2",
                           .doc = "half to even, reals[0] decimals; dx = 0"};

/* x Phi(x): dx = Phi + x phi. The tanh form: u = a (x + b x^3),
 * dx = (1 + tanh u) / 2 + x (1 - tanh^2 u) a (1 + 3 b x^2) / 2. Hendrycks and Gimpel 2016. */
static inline double gelu_slope(double x) {
    return 0.5 * (1 + erf(x * 0.70710678118654752440)) +
           x * 0.39894228040143267794 * exp(-0.5 * x * x);
}
#define GELU_SLOPE(u) _Generic((u), float : vgelu_slope_short, default : gelu_slope)(u)
MAP_FAST(d_gelu, , g *GELU_SLOPE(x))
#define GELU_A K(0.79788456080286535588)
#define GELU_B K(0.044715)
#define TANH_BITS(u) _Generic((u), float : vtanhf, default : tanh)(u)
#define GELU_HALF(x, t) (K(0.5) * x * fma(-(t), t, K(1))) /* x (1 - tanh^2 u) / 2 */
#define GELU_INNER(q) (GELU_A * fma(3 * GELU_B, q, K(1))) /* du / dx, q = x^2 */
MAP_FAST(d_gelu_tanh, T q = x * x; T t = TANH_BITS(GELU_A * fma(GELU_B, q *x, x)),
                                   g *(K(0.5) * (1 + t) + GELU_HALF(x, t) * GELU_INNER(q)))

FORWARD(gelu) {
    return tensor_unary(c->flags[0] ? UN_GELU_TANH : UN_GELU, IN(0), out, err);
}
INPLACE(gelu) {
    return tensor_unary_(c->flags[0] ? UN_GELU_TANH : UN_GELU, IN(0), err);
}
VJP(gelu) {
    vjp_unary(v, v->c->flags[0] ? &d_gelu_tanh : &d_gelu);
}
const OpDef opdef_gelu = {.name = "gelu",
                          .grad_name = "GeluBackward0",
                          .forward = forward_gelu,
                          .inplace = inplace_gelu,
                          .vjp = vjp_gelu,
                          .saves = {SAVES_IN0},
                          .samples = "2,3; 2,3 | f1; s | f1",
                          .doc = "x Phi(x), or its tanh approximation (flags[0])"};

/* ---- abs, and the complex ones ----------------------------------------------------- */

FORWARD(abs) {
    return tensor_unary(UN_ABS, IN(0), out, err);
}
/* g sgn(x), where sgn(x) = x / |x| for complex x and 0 at 0. */
/* sgn(nan) is 0 */
MAP(d_abs, , g *(T)((x > 0) - (x < 0)))
MAP(inverse_or_zero, , g == 0 ? 0 : 1 / g)
VJP(abs) {
    Tensor *x = v->in[0];
    if (!dtype_is_complex((DType)x->dtype)) {
        vjp_give(v, 0, v_map(v, &d_abs, 2, (Tensor *[]){v->g[0], x}, NULL));
        return;
    }
    Tensor *inverse = v_map(v, &inverse_or_zero, 1, (Tensor *[]){v_unary(v, UN_ABS, x)}, NULL);
    vjp_give(v, 0, v_mul(v, v_mul(v, x, inverse), v->g[0]));
}
const OpDef opdef_abs = {.name = "abs",
                         .grad_name = "AbsBackward0",
                         .forward = forward_abs,
                         .vjp = vjp_abs,
                         .saves = {SAVES_IN0},
                         .samples = SAMPLES_ANY "; k2,2",
                         .doc = "dx = g sgn(x)"};

FORWARD(conj) {
    return tensor_unary(UN_CONJ, IN(0), out, err);
}
VJP(conj) {
    vjp_give(v, 0, v_conj(v, v->g[0]));
}
const OpDef opdef_conj = {.name = "conj",
                          .grad_name = "ConjBackward0",
                          .forward = forward_conj,
                          .vjp = vjp_conj,
                          .samples = SAMPLES_ANY "; k2,2",
                          .doc = "dx = conj(g)"};

FORWARD(angle) {
    return tensor_angle(IN(0), out, err);
}
/* z = a + ib: d angle = g (-b + ia) / |z|^2; 0 for a real x. */
VJP(angle) {
    Tensor *z = v->in[0], *re = NULL, *im = NULL, *rotated = NULL;
    if (!dtype_is_complex((DType)z->dtype)) {
        vjp_give(v, 0, v_zeros_as(v, z));
        return;
    }
    bool ok = tensor_real(z, &re, v->err);
    v_own(v, re, ok);
    ok = ok && tensor_imag(z, &im, v->err);
    v_own(v, im, ok);
    ok = ok && tensor_complex(v_neg(v, im), re, &rotated, v->err);
    if (!v_own(v, rotated, ok)) return;
    Tensor *size = v_add(v, v_mul(v, re, re), v_mul(v, im, im));
    vjp_give(v, 0, v_mul(v, rotated, v_div(v, v->g[0], size)));
}
const OpDef opdef_angle = {.name = "angle",
                           .grad_name = "AngleBackward0",
                           .forward = forward_angle,
                           .vjp = vjp_angle,
                           .saves = {SAVES_IN0},
                           .samples = "k2,2; 2,2",
                           .doc = "argument of a complex number, radians"};

/* ---- tests: bool results, no gradient ---------------------------------------------- */

#define X(opname, un)                                                                              \
    FORWARD(opname) {                                                                              \
        return tensor_unary(UN_##un, IN(0), out, err);                                             \
    }                                                                                              \
    INPLACE(opname) {                                                                              \
        return tensor_unary_(UN_##un, IN(0), err);                                                 \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .forward = forward_##opname,                                     \
                                  .inplace = inplace_##opname,                                     \
                                  .doc = "elementwise, no gradient"};
UNARY_TESTS(X)
#undef X
