/* Elementwise rows of more than two tensors, selection, bounds, and the steps between
 * real and complex numbers. */
#include "config.h"

#include "grad/rows.h"

#include "tensor/index.h"

/* ---- where, masked_fill ------------------------------------------------------------ */

FORWARD(where) {
    return tensor_where(IN(0), IN(1), IN(2), out, err);
}
/* da = g where cond, db = g elsewhere */
VJP(where) {
    Tensor *cond = v->in[0];
    if (v->needs[1]) vjp_give(v, 1, v_mask(v, cond, v->g[0]));
    if (v->needs[2]) vjp_give(v, 2, v_mask(v, v_unary(v, UN_LOGICAL_NOT, cond), v->g[0]));
}
const OpDef opdef_where = {.name = "where",
                           .grad_name = "WhereBackward0",
                           .forward = forward_where,
                           .vjp = vjp_where,
                           .saves = {0, SAVES_IN0, SAVES_IN0},
                           .samples = "b2,3 2,3 2,3; b3 2,1 3; b2,3 n0 2,3; b2,3 s 2,3",
                           .doc = "cond ? a : b"};

FORWARD(masked_fill) {
    return tensor_masked_fill(IN(0), IN(1), IN(2), out, err);
}
INPLACE(masked_fill) {
    return tensor_masked_fill_(IN(0), IN(1), IN(2), err);
}
/* dx = g where not mask, dvalue = sum of g where mask */
VJP(masked_fill) {
    Tensor *mask = v->in[1];
    if (v->needs[0]) vjp_give(v, 0, v_mask(v, v_unary(v, UN_LOGICAL_NOT, mask), v->g[0]));
    if (v->needs[2]) vjp_give(v, 2, v_mask(v, mask, v->g[0]));
}
static const char *name_masked_fill(const OpCall *c) {
    return IN(2)->wrapped ? "MaskedFillBackward0" : "MaskedFillBackward1";
}
const OpDef opdef_masked_fill = {.name = "masked_fill",
                                 .grad_name_of = name_masked_fill,
                                 .forward = forward_masked_fill,
                                 .inplace = inplace_masked_fill,
                                 .vjp = vjp_masked_fill,
                                 .saves = {SAVES_IN1, 0, SAVES_IN1},
                                 .samples = "2,3 b2,3 n7; 2,3 b3 s; ~2,3 b2,1 n-9",
                                 .doc = "value where mask, x elsewhere"};

/* ---- bounds ------------------------------------------------------------------------ */

FORWARD(clamp) {
    return tensor_clamp(IN(0), IN(1), IN(2), out, err);
}
INPLACE(clamp) {
    return tensor_clamp_(IN(0), IN(1), IN(2), err);
}
/* g where lo <= x <= hi: the bounds themselves pass it on. NULL: no bound on that side. */
static Tensor *within(Vjp *v, Tensor *x, Tensor *lo, Tensor *hi) {
    Tensor *g = v->g[0];
    if (lo) g = v_mask(v, v_binary(v, BIN_GE, x, lo), g);
    if (hi) g = v_mask(v, v_binary(v, BIN_LE, x, hi), g);
    return g;
}
VJP(clamp) {
    vjp_give(v, 0, within(v, v->in[0], v->in[1], v->in[2]));
}
/* dlo = g where x < lo < hi (a low bound above the high one has no say), dhi = g where x > hi
 * or lo > hi */
VJP(clamp_tensor) {
    Tensor *g = v->g[0], *x = v->in[0], *lo = v->in[1], *hi = v->in[2];
    if (v->needs[0]) vjp_give(v, 0, within(v, x, lo, hi));
    if (lo && v->needs[1]) {
        Tensor *here = v_binary(v, BIN_LT, x, lo);
        if (hi) here = v_binary(v, BIN_LOGICAL_AND, here, v_binary(v, BIN_LT, lo, hi));
        vjp_give(v, 1, v_mask(v, here, g));
    }
    if (hi && v->needs[2]) {
        Tensor *here = v_binary(v, BIN_GT, x, hi);
        if (lo) here = v_binary(v, BIN_LOGICAL_OR, here, v_binary(v, BIN_GE, lo, hi));
        vjp_give(v, 2, v_mask(v, here, g));
    }
}
#define CLAMP_SAVES (SAVES_IN0 | SAVES_IN1 | SAVES_IN2)
const OpDef opdef_clamp = {.name = "clamp",
                           .grad_name = "ClampBackward1",
                           .fixed = {[1] = "min", [2] = "max"},
                           .forward = forward_clamp,
                           .inplace = inplace_clamp,
                           .vjp = vjp_clamp,
                           .saves = {CLAMP_SAVES},
                           .samples = "2,3 n-0.5 n0.5; 2,3 - n0.5; 2,3 n0 -",
                           .doc = "min(max(x, lo), hi) for numbers lo, hi"};
const OpDef opdef_clamp_tensor = {.name = "clamp_tensor",
                                  .grad_name = "ClampBackward0",
                                  .forward = forward_clamp,
                                  .inplace = inplace_clamp,
                                  .vjp = vjp_clamp_tensor,
                                  .saves = {CLAMP_SAVES, CLAMP_SAVES, CLAMP_SAVES},
                                  .samples = "2,3 2,3 3; 2,3 - 2,3; 2,3 2,1 -",
                                  .doc = "min(max(x, lo), hi) for tensors lo, hi"};

FORWARD(clamp_min) {
    return tensor_clamp(IN(0), IN(1), NULL, out, err);
}
INPLACE(clamp_min) {
    return tensor_clamp_(IN(0), IN(1), NULL, err);
}
VJP(clamp_min) {
    vjp_give(v, 0, within(v, v->in[0], v->in[1], NULL));
}
const OpDef opdef_clamp_min = {.name = "clamp_min",
                               .grad_name = "ClampMinBackward0",
                               .fixed = {[1] = "min"},
                               .forward = forward_clamp_min,
                               .inplace = inplace_clamp_min,
                               .vjp = vjp_clamp_min,
                               .saves = {SAVES_IN0 | SAVES_IN1},
                               .samples = "2,3 n0",
                               .doc = "max(x, lo)"};

FORWARD(clamp_max) {
    return tensor_clamp(IN(0), NULL, IN(1), out, err);
}
INPLACE(clamp_max) {
    return tensor_clamp_(IN(0), NULL, IN(1), err);
}
VJP(clamp_max) {
    vjp_give(v, 0, within(v, v->in[0], NULL, v->in[1]));
}
const OpDef opdef_clamp_max = {.name = "clamp_max",
                               .grad_name = "ClampMaxBackward0",
                               .fixed = {[1] = "max"},
                               .forward = forward_clamp_max,
                               .inplace = inplace_clamp_max,
                               .vjp = vjp_clamp_max,
                               .saves = {SAVES_IN0 | SAVES_IN1},
                               .samples = "2,3 n0",
                               .doc = "min(x, hi)"};

FORWARD(nan_to_num) {
    return tensor_nan_to_num(IN(0), c->reals[0], c->flags[0] ? &c->reals[1] : NULL,
                             c->flags[1] ? &c->reals[2] : NULL, out, err);
}
/* dx = g where x is finite */
VJP(nan_to_num) {
    vjp_give(v, 0, v_mask(v, v_unary(v, UN_ISFINITE, v->in[0]), v->g[0]));
}
const OpDef opdef_nan_to_num = {.name = "nan_to_num",
                                .grad_name = "NanToNumBackward0",
                                .forward = forward_nan_to_num,
                                .vjp = vjp_nan_to_num,
                                .saves = {SAVES_IN0},
                                .samples = "2,3 | r0,0,0",
                                .doc = "nan, inf and -inf replaced"};

/* ---- lerp, addcmul, addcdiv -------------------------------------------------------- */

FORWARD(lerp) {
    return tensor_lerp(IN(0), IN(1), IN(2), out, err);
}
/* y = a + w (b - a): da = g (1 - w), db = g w, dw = g (b - a) */
VJP(lerp) {
    Tensor *g = v->g[0], *a = v->in[0], *b = v->in[1], *w = v->in[2];
    if (v->needs[0]) vjp_give(v, 0, v_mul(v, g, v_rsub_num(v, w, 1)));
    if (v->needs[1]) vjp_give(v, 1, v_mul(v, g, w));
    if (v->needs[2]) vjp_give(v, 2, v_mul(v, g, v_sub(v, b, a)));
}
static const char *name_lerp(const OpCall *c) {
    return IN(2)->wrapped ? "LerpBackward0" : "LerpBackward1";
}
const OpDef opdef_lerp = {.name = "lerp",
                          .grad_name_of = name_lerp,
                          .forward = forward_lerp,
                          .vjp = vjp_lerp,
                          .saves = {SAVES_IN2, SAVES_IN2, SAVES_IN0 | SAVES_IN1},
                          .samples = "2,3 2,3 n0.3; 2,3 3 2,1",
                          .doc = "a + w (b - a)"};

static void cost_three(const OpCall *c, Tensor *const *out, OpCost *cost) {
    UNUSED(c);
    cost->flops = 3 * (double)tensor_numel(out[0]);
}

FORWARD(addcmul) {
    return tensor_addcmul(IN(0), IN(1), IN(2), c->reals[0], out, err);
}
INPLACE(addcmul) {
    return tensor_addcmul_(IN(0), IN(1), IN(2), c->reals[0], err);
}
/* x + k a b: dx = g, da = k g b, db = k g a */
VJP(addcmul) {
    Tensor *kg = v_scale(v, v->g[0], v->c->reals[0]);
    vjp_give(v, 0, v->g[0]);
    if (v->needs[1]) vjp_give(v, 1, v_mul(v, kg, v->in[2]));
    if (v->needs[2]) vjp_give(v, 2, v_mul(v, kg, v->in[1]));
}
const OpDef opdef_addcmul = {.name = "addcmul",
                             .grad_name = "AddcmulBackward0",
                             .forward = forward_addcmul,
                             .inplace = inplace_addcmul,
                             .vjp = vjp_addcmul,
                             .saves = {0, SAVES_IN2, SAVES_IN1},
                             .cost = cost_three,
                             .samples = "2,3 3 2,1 | r2",
                             .doc = "x + k a b"};

FORWARD(addcdiv) {
    return tensor_addcdiv(IN(0), IN(1), IN(2), c->reals[0], out, err);
}
INPLACE(addcdiv) {
    return tensor_addcdiv_(IN(0), IN(1), IN(2), c->reals[0], err);
}
/* x + k a / b: dx = g, da = k g / b, db = -k g a / b^2 */
VJP(addcdiv) {
    Tensor *kg = v_scale(v, v->g[0], v->c->reals[0]);
    vjp_give(v, 0, v->g[0]);
    Tensor *da = NULL;
    if (v->needs[1] || v->needs[2]) da = v_div(v, kg, v->in[2]);
    if (v->needs[1]) vjp_give(v, 1, da);
    if (v->needs[2]) vjp_give(v, 2, v_neg(v, v_div(v, v_mul(v, da, v->in[1]), v->in[2])));
}
const OpDef opdef_addcdiv = {.name = "addcdiv",
                             .grad_name = "AddcdivBackward0",
                             .forward = forward_addcdiv,
                             .inplace = inplace_addcdiv,
                             .vjp = vjp_addcdiv,
                             .saves = {0, SAVES_IN2, SAVES_IN1 | SAVES_IN2},
                             .cost = cost_three,
                             .samples = "2,3 3 +2,1 | r2",
                             .doc = "x + k a / b"};

/* ---- real and complex -------------------------------------------------------------- */

static Tensor *v_real(Vjp *v, Tensor *z) {
    Tensor *out = NULL;
    if (v->failed || !z) return NULL;
    bool ok = tensor_real(z, &out, v->err);
    return v_own(v, out, ok);
}
static Tensor *v_imag(Vjp *v, Tensor *z) {
    Tensor *out = NULL;
    if (v->failed || !z) return NULL;
    bool ok = tensor_imag(z, &out, v->err);
    return v_own(v, out, ok);
}
static Tensor *v_complex(Vjp *v, Tensor *re, Tensor *im) {
    Tensor *out = NULL;
    if (v->failed || !re || !im) return NULL;
    bool ok = tensor_complex(re, im, &out, v->err);
    return v_own(v, out, ok);
}

FORWARD(complex) {
    return tensor_complex(IN(0), IN(1), out, err);
}
/* dre = Re g, dim = Im g */
VJP(complex) {
    if (v->needs[0]) vjp_give(v, 0, v_real(v, v->g[0]));
    if (v->needs[1]) vjp_give(v, 1, v_imag(v, v->g[0]));
}
const OpDef opdef_complex = {.name = "complex",
                             .grad_name = "ComplexBackward0",
                             .forward = forward_complex,
                             .vjp = vjp_complex,
                             .samples = "g2,3 g2,3",
                             .doc = "re + i im"};

FORWARD(polar) {
    return tensor_polar(IN(0), IN(1), out, err);
}
/* y = r e^(i a): dr = Re(conj(g) e^(i a)), da = Re(conj(g) i y) */
VJP(polar) {
    Tensor *a = v->in[1], *y = v->out[0], *g = v_conj(v, v->g[0]);
    if (v->needs[0]) {
        Tensor *turn = v_complex(v, v_unary(v, UN_COS, a), v_unary(v, UN_SIN, a));
        vjp_give(v, 0, v_real(v, v_mul(v, g, turn)));
    }
    if (v->needs[1]) {
        Tensor *iy = v_complex(v, v_neg(v, v_imag(v, y)), v_real(v, y));
        vjp_give(v, 1, v_real(v, v_mul(v, g, iy)));
    }
}
const OpDef opdef_polar = {.name = "polar",
                           .grad_name = "PolarBackward0",
                           .forward = forward_polar,
                           .vjp = vjp_polar,
                           .saves = {SAVES_IN1, SAVES_OUT0},
                           .samples = "g2,3 g2,3",
                           .doc = "r (cos a + i sin a)"};

FORWARD(real) {
    return tensor_real(IN(0), out, err);
}
/* dz = g + 0i */
VJP(real) {
    vjp_give(v, 0, v_complex(v, v->g[0], v_zeros_as(v, v->g[0])));
}
const OpDef opdef_real = {.name = "real",
                          .grad_name = "SelectBackward0",
                          .forward = forward_real,
                          .vjp = vjp_real,
                          .samples = "k2,3",
                          .doc = "real part"};

FORWARD(imag) {
    return tensor_imag(IN(0), out, err);
}
/* dz = 0 + ig */
VJP(imag) {
    vjp_give(v, 0, v_complex(v, v_zeros_as(v, v->g[0]), v->g[0]));
}
const OpDef opdef_imag = {.name = "imag",
                          .grad_name = "SelectBackward0",
                          .forward = forward_imag,
                          .vjp = vjp_imag,
                          .samples = "k2,3",
                          .doc = "imaginary part"};
