/* Rows that move or overwrite values: casts, copies, fills, random fills, dropout. */
#include "config.h"

#include "grad/rows.h"

#include "rng/rng.h"
#include "tensor/copy.h"
#include "tensor/create.h"

/* dx = g, converted to x's dtype by vjp_give */
VJP(pass) {
    vjp_give(v, 0, v->g[0]);
}
/* The value is overwritten: no way back for the gradient. */
VJP(stop) {
    if (v->needs[0]) vjp_give(v, 0, v_zeros_as(v, v->in[0]));
}

FORWARD(to) {
    return tensor_cast(IN(0), c->dtype, out, err);
}
const OpDef opdef_to = {.name = "to",
                        .grad_name = "ToCopyBackward0",
                        .forward = forward_to,
                        .vjp = vjp_pass,
                        .samples = "2,3 | d",
                        .doc = "the values in another dtype"};

FORWARD(clone) {
    return tensor_clone(IN(0), out, err);
}
const OpDef opdef_clone = {.name = "clone",
                           .grad_name = "CloneBackward0",
                           .forward = forward_clone,
                           .vjp = vjp_pass,
                           .samples = "2,3; ~2,3",
                           .doc = "a copy"};

FORWARD(contiguous) {
    return tensor_contiguous(IN(0), out, err);
}
const OpDef opdef_contiguous = {.name = "contiguous",
                                .grad_name = "CloneBackward0",
                                .forward = forward_contiguous,
                                .vjp = vjp_pass,
                                .samples = "~2,3",
                                .doc = "x itself, or a row-major copy"};

/* dst[...] = src: ddst = 0, dsrc = g */
FORWARD(copy) {
    Tensor *t = NULL;
    if (!tensor_empty_like(IN(0), (DType)IN(0)->dtype, &t, err)) return false;
    if (!tensor_copy_(t, IN(1), err)) {
        tensor_release(t);
        return false;
    }
    *out = t;
    return true;
}
INPLACE(copy) {
    return tensor_copy_(IN(0), IN(1), err);
}
VJP(copy) {
    vjp_stop(v);
    vjp_give(v, 1, v->g[0]);
}
const OpDef opdef_copy = {.name = "copy",
                          .grad_name = "CopyBackwards",
                          .forward = forward_copy,
                          .inplace = inplace_copy,
                          .vjp = vjp_copy,
                          .samples = "2,3 2,3; 2,3 3; ~2,3 s",
                          .doc = "src in dst's shape and dtype"};

/* dx = 0, dvalue = sum g */
FORWARD(fill) {
    return tensor_full((DType)IN(0)->dtype, IN(0)->ndim, IN(0)->shape, IN(1), out, err);
}
INPLACE(fill) {
    return tensor_fill_(IN(0), IN(1), err);
}
static const char *name_fill(const OpCall *c) {
    return IN(1)->wrapped && !c->flags[0] ? "FillBackward2" : "FillBackward3";
}
const OpDef opdef_fill = {.name = "fill",
                          .grad_name_of = name_fill,
                          .forward = forward_fill,
                          .inplace = inplace_fill,
                          .vjp = vjp_copy,
                          .flags = OPDEF_CONSTANT,
                          .samples = "2,3 s; 2,3 n3",
                          .doc = "every element the value"};

FORWARD(zero) {
    return tensor_zeros_like(IN(0), (DType)IN(0)->dtype, out, err);
}
INPLACE(zero) {
    return tensor_zero_(IN(0), err);
}
const OpDef opdef_zero = {.name = "zero",
                          .grad_name = "ZeroBackward0",
                          .forward = forward_zero,
                          .inplace = inplace_zero,
                          .vjp = vjp_stop,
                          .flags = OPDEF_CONSTANT,
                          .samples = "2,3",
                          .doc = "every element 0"};

/* ---- drawn from the default generator ---------------------------------------------- */

#define RANDOM(opname, gradname, call, text, examples)                                             \
    INPLACE(opname) {                                                                              \
        Tensor *t = IN(0);                                                                         \
        const double *r = c->reals;                                                                \
        return call;                                                                               \
    }                                                                                              \
    FORWARD(opname) {                                                                              \
        OpCall into = *c;                                                                          \
        Tensor *t = NULL;                                                                          \
        if (!tensor_empty_like(IN(0), (DType)IN(0)->dtype, &t, err)) return false;                 \
        into.many = &t;                                                                            \
        bool ok = inplace_##opname(&into, err);                                                    \
        if (ok)                                                                                    \
            *out = t;                                                                              \
        else                                                                                       \
            tensor_release(t);                                                                     \
        return ok;                                                                                 \
    }                                                                                              \
    const OpDef opdef_##opname = {.name = #opname,                                                 \
                                  .grad_name = gradname,                                           \
                                  .forward = forward_##opname,                                     \
                                  .inplace = inplace_##opname,                                     \
                                  .vjp = vjp_stop,                                                 \
                                  .samples = examples,                                             \
                                  .doc = text};

RANDOM(normal, "NormalBackward0", tensor_normal_(t, r[0], r[1], rng_default(), err),
       "normal with mean reals[0] and deviation reals[1]", "2,3 | r0,1")
RANDOM(uniform, "UniformBackward0", tensor_uniform_(t, r[0], r[1], rng_default(), err),
       "uniform in [reals[0], reals[1])", "2,3 | r0,1")

/* Srivastava et al. 2014, scaled at training time: y = x m with m = bernoulli(1 - p) / (1 - p),
 * drawn and rounded in PyTorch's order. The mask, contiguous whatever x's strides, is the hidden
 * output. dx = g m */
FORWARD(dropout) {
    Tensor *mask = NULL;
    double keep = 1 - c->reals[0];
    bool ok = tensor_empty((DType)IN(0)->dtype, IN(0)->ndim, IN(0)->shape, &mask, err) &&
              tensor_bernoulli_(mask, keep, rng_default(), err) &&
              (keep == 0 || tensor_binary_f64_(BIN_DIV, mask, keep, err)) &&
              tensor_binary(BIN_MUL, IN(0), mask, out, err);
    if (ok)
        out[1] = mask;
    else
        tensor_release(mask);
    return ok;
}
VJP(dropout) {
    vjp_give(v, 0, v_mul(v, v->g[0], v->out[1]));
}
const OpDef opdef_dropout = {.name = "dropout",
                             .grad_name = "MulBackward0",
                             .nhidden = 1,
                             .forward = forward_dropout,
                             .vjp = vjp_dropout,
                             .saves = {SAVES_OUT1},
                             .samples = "2,3 | r0.5; 4,5 | r0.25",
                             .doc = "x with elements zeroed at random, the rest scaled up"};
