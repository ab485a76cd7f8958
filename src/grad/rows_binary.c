/* Elementwise rows of two tensors, which broadcast: those of the lists in elementwise.h, and those
 * with forms of their own. Sums over broadcast dims are left to vjp_give. */
#include "config.h"

#include "grad/elementwise.h"
#include "grad/rows.h"
#include "tensor/map.h"

/* ---- add, sub, rsub: reals[0] = alpha ------------------------------------------------- */

FORWARD(add) {
    double alpha = c->reals[0];
    return alpha == 1 ? tensor_binary(BIN_ADD, IN(0), IN(1), out, err)
                      : tensor_add_scaled(IN(0), IN(1), alpha, out, err);
}
INPLACE(add) {
    double alpha = c->reals[0];
    return alpha == 1 ? tensor_binary_(BIN_ADD, IN(0), IN(1), err)
                      : tensor_add_scaled_(IN(0), IN(1), alpha, err);
}
/* da = g, db = alpha g */
VJP(add) {
    double alpha = v->c->reals[0];
    vjp_give(v, 0, v->g[0]);
    if (v->needs[1]) vjp_give(v, 1, alpha == 1 ? v->g[0] : v_scale(v, v->g[0], alpha));
}
const OpDef opdef_add = {.name = "add",
                         .grad_name = "AddBackward0",
                         .forward = forward_add,
                         .inplace = inplace_add,
                         .vjp = vjp_add,
                         .samples =
                             "2,3 2,3 | r1; 2,3 3 | r-2; 2,1 3 | r1; s 2 | r1; ~2,3 n2 | r1; "
                             "0,3 3 | r1; k2 k2 | r1",
                         .doc = "a + alpha b"};

FORWARD(sub) {
    double alpha = c->reals[0];
    return alpha == 1 ? tensor_binary(BIN_SUB, IN(0), IN(1), out, err)
                      : tensor_add_scaled(IN(0), IN(1), -alpha, out, err);
}
INPLACE(sub) {
    double alpha = c->reals[0];
    return alpha == 1 ? tensor_binary_(BIN_SUB, IN(0), IN(1), err)
                      : tensor_add_scaled_(IN(0), IN(1), -alpha, err);
}
/* da = g, db = -alpha g */
VJP(sub) {
    vjp_give(v, 0, v->g[0]);
    if (v->needs[1]) vjp_give(v, 1, v_scale(v, v->g[0], -v->c->reals[0]));
}
const OpDef opdef_sub = {.name = "sub",
                         .grad_name = "SubBackward0",
                         .forward = forward_sub,
                         .inplace = inplace_sub,
                         .vjp = vjp_sub,
                         .samples = "2,3 2,3 | r1; 2,3 3 | r3; n1 2,3 | r1",
                         .doc = "a - alpha b"};

FORWARD(rsub) {
    double alpha = c->reals[0];
    return alpha == 1 ? tensor_binary(BIN_SUB, IN(1), IN(0), out, err)
                      : tensor_add_scaled(IN(1), IN(0), -alpha, out, err);
}
/* da = -alpha g, db = g */
VJP(rsub) {
    if (v->needs[0]) vjp_give(v, 0, v_scale(v, v->g[0], -v->c->reals[0]));
    vjp_give(v, 1, v->g[0]);
}
static const char *name_rsub(const OpCall *c) {
    return IN(1)->wrapped ? "RsubBackward1" : "RsubBackward0";
}
const OpDef opdef_rsub = {.name = "rsub",
                          .grad_name_of = name_rsub,
                          .forward = forward_rsub,
                          .vjp = vjp_rsub,
                          .samples = "2,3 3 | r1; 2,3 n1 | r2",
                          .doc = "b - alpha a"};

/* ---- mul, div: complex as well ------------------------------------------------------------ */

#define TENSOR_BINARY(opname, bin)                                                                 \
    FORWARD(opname) {                                                                              \
        return tensor_binary(BIN_##bin, IN(0), IN(1), out, err);                                   \
    }                                                                                              \
    INPLACE(opname) {                                                                              \
        return tensor_binary_(BIN_##bin, IN(0), IN(1), err);                                       \
    }

TENSOR_BINARY(mul, MUL)
/* da = g conj(b), db = g conj(a) */
VJP(mul) {
    Tensor *g = v->g[0];
    if (v->needs[0]) vjp_give(v, 0, v_mul(v, g, v_conj(v, v->in[1])));
    if (v->needs[1]) vjp_give(v, 1, v_mul(v, g, v_conj(v, v->in[0])));
}
const OpDef opdef_mul = {.name = "mul",
                         .grad_name = "MulBackward0",
                         .forward = forward_mul,
                         .inplace = inplace_mul,
                         .vjp = vjp_mul,
                         .saves = {SAVES_IN1, SAVES_IN0},
                         .samples = SAMPLES_PAIR "; k2,2 k2; 2,3 n2.5; k2 g2",
                         .doc = "a b"};

TENSOR_BINARY(div, DIV)
/* da = g / b, db = -g (a / b) / b */
VJP(div) {
    Tensor *g = v->g[0], *a = v->in[0], *b = v->in[1];
    if (v->needs[0]) vjp_give(v, 0, v_div(v, g, v_conj(v, b)));
    if (v->needs[1]) vjp_give(v, 1, v_neg(v, v_mul(v, g, v_conj(v, v_div(v, v_div(v, a, b), b)))));
}
/* flags[0]: PyTorch's overload for numbers that its own compositions use */
static const char *name_div(const OpCall *c) {
    return c->flags[0] ? "DivBackward1" : "DivBackward0";
}
const OpDef opdef_div = {.name = "div",
                         .grad_name_of = name_div,
                         .forward = forward_div,
                         .inplace = inplace_div,
                         .vjp = vjp_div,
                         .saves = {SAVES_IN1, SAVES_IN0 | SAVES_IN1},
                         .samples = SAMPLES_PAIR "; k2 k2; 2,3 n2.5; n2.5 2,3",
                         .doc = "a / b"};

/* ---- pow: PowBackward0 for a number as exponent -------------------------------------------- */

TENSOR_BINARY(pow, POW)
/* as PyTorch's pow, by the root where the power is a half: -0 has a root */
#define POWER(x, e)                                                                                \
    (e == K(0.5)    ? (T)sqrt(x)                                                                   \
     : e == K(-0.5) ? 1 / (T)sqrt(x)                                                               \
     : e == 2       ? x * x                                                                        \
     : e == 3       ? x * x * x                                                                    \
     : e == -2      ? 1 / (x * x)                                                                  \
                    : (T)pow(x, e))
MAP(d_pow_base, T e = y - 1, y == 0 ? 0 : g * (y * POWER(x, e)))
MAP(d_pow_exponent, , x == 0 && y >= 0 ? 0 : g * z * log(x))
/* da = g b a^(b-1), db = g a^b log a */
VJP(pow) {
    Tensor *g = v->g[0], *a = v->in[0], *b = v->in[1];
    if (v->needs[0]) {
        bool square = b->wrapped && tensor_get_f64(b, NULL) == 2;
        vjp_give(v, 0,
                 square ? v_mul(v, v_scale(v, g, 2), v_conj(v, a))
                        : v_map(v, &d_pow_base, 3, (Tensor *[]){g, a, b}, NULL));
    }
    if (v->needs[1])
        vjp_give(v, 1, v_map(v, &d_pow_exponent, 4, (Tensor *[]){g, a, b, v->out[0]}, NULL));
}
static const char *name_pow(const OpCall *c) {
    return IN(1)->wrapped ? "PowBackward0" : "PowBackward1";
}
const OpDef opdef_pow = {.name = "pow",
                         .grad_name_of = name_pow,
                         .forward = forward_pow,
                         .inplace = inplace_pow,
                         .vjp = vjp_pow,
                         .saves = {SAVES_IN0 | SAVES_IN1, SAVES_IN0 | SAVES_IN1 | SAVES_OUT0},
                         .samples =
                             SAMPLES_POSITIVE_PAIR "; 2,3 n2; 2,3 n3; +2,3 n-0.5; 2,3 n0; n2 2,3",
                         .doc = "a ** b"};

/* ---- the others, as expressions ------------------------------------------------------------- */

#define SAVES_XY (SAVES_IN0 | SAVES_IN1)

/* Gives input i its gradient from the operands that its expression reads. */
static void give_map(Vjp *v, int i, const Map *d) {
    if (!v->needs[i]) return;
    unsigned reads = v->c->op->saves[i];
    Tensor *operands[] = {v->g[0], reads & SAVES_IN0 ? v->in[0] : NULL,
                          reads & SAVES_IN1 ? v->in[1] : NULL,
                          reads & SAVES_OUT0 ? v->out[0] : NULL};
    vjp_give(v, i, v_map(v, d, 4, operands, NULL));
}

#define X(opname, bin, grad_number, grad, reads_x, dx, reads_y, dy, examples)                      \
    MAP(dx_##opname, , dx)                                                                         \
    MAP(dy_##opname, , dy)                                                                         \
    TENSOR_BINARY(opname, bin)                                                                     \
    VJP(opname) {                                                                                  \
        give_map(v, 0, &dx_##opname);                                                              \
        give_map(v, 1, &dy_##opname);                                                              \
    }                                                                                              \
    static const char *name_##opname(const OpCall *c) {                                            \
        return IN(1)->wrapped ? grad_number : grad;                                                \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name_of = name_##opname,                                   \
                                  .forward = forward_##opname,                                     \
                                  .inplace = inplace_##opname,                                     \
                                  .vjp = vjp_##opname,                                             \
                                  .saves = {reads_x, reads_y},                                     \
                                  .samples = examples,                                             \
                                  .doc = "dx = " #dx ", dy = " #dy};
BINARY_KERNELS(X)
#undef X

/* x log y, 0 where x is 0. */
MAP(f_xlogy, , g == 0 && !isnan(x) ? 0 : g * log(x))
MAP(dx_xlogy, , x == 0 && y <= 0 ? 0 : g * log(y))
MAP(dy_xlogy, , g *x / y)
FORWARD(xlogy) {
    return map_apply(&f_xlogy, 2, c->in, NULL, out, err);
}
VJP(xlogy) {
    give_map(v, 0, &dx_xlogy);
    give_map(v, 1, &dy_xlogy);
}
const OpDef opdef_xlogy = {.name = "xlogy",
                           .grad_name = "XlogyBackward0",
                           .forward = forward_xlogy,
                           .vjp = vjp_xlogy,
                           .saves = {SAVES_XY, SAVES_XY},
                           .samples = SAMPLES_POSITIVE_PAIR,
                           .doc = "x log y, 0 where x is 0"};

/* PyTorch 1.13 has no derivative for it and says so when asked. */
TENSOR_BINARY(floor_divide, FLOOR_DIVIDE)
const OpDef opdef_floor_divide = {.name = "floor_divide",
                                  .grad_name = "NotImplemented",
                                  .forward = forward_floor_divide,
                                  .inplace = inplace_floor_divide,
                                  .doc = "floor(a / b); no gradient"};

/* ---- comparisons, logic, bits: no gradient -------------------------------------------------- */

#define X(opname, bin)                                                                             \
    TENSOR_BINARY(opname, bin)                                                                     \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .forward = forward_##opname,                                     \
                                  .inplace = inplace_##opname,                                     \
                                  .doc = "elementwise, no gradient"};
BINARY_TESTS(X)
#undef X
