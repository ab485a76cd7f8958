#include "config.h"

#include "attn/cost.h"

#include <math.h>

#include "base/base.h"

/* ---- figures of one attention layer ------------------------------------------------ */

static double param_q(const AttnDims *d) {
    return d->E * d->H * d->D;
}

static double param_k(const AttnDims *d) {
    return d->E * d->G * d->D;
}

static double param_v(const AttnDims *d) {
    return d->E * d->G * d->Dv;
}

static double param_o(const AttnDims *d) {
    return d->H * d->Dv * d->E;
}

static double param_bias(const AttnDims *d) {
    return d->biases ? d->H * d->D + d->G * (d->D + d->Dv) + d->E : 0;
}

static double params(const AttnDims *d) {
    return param_q(d) + param_k(d) + param_v(d) + param_o(d) + param_bias(d);
}

static double flops_proj(const AttnDims *d) {
    return 2 * d->B * (d->T * (param_q(d) + param_o(d)) + d->S * (param_k(d) + param_v(d)));
}

static double flops_scores(const AttnDims *d) {
    return 2 * d->B * d->H * d->P * d->D;
}

static double flops_softmax(const AttnDims *d) {
    return 5 * d->B * d->H * d->P;
}

static double flops_values(const AttnDims *d) {
    return 2 * d->B * d->H * d->P * d->Dv;
}

static double flops(const AttnDims *d) {
    return flops_proj(d) + flops_scores(d) + flops_softmax(d) + flops_values(d);
}

static double scores(const AttnDims *d) {
    return d->B * d->H * d->T * d->S;
}

static double scores_alive(const AttnDims *d) {
    return d->B * d->H * d->P;
}

static double bytes_scores(const AttnDims *d) {
    return d->b * scores(d);
}

static double bytes_qkv(const AttnDims *d) {
    return d->b * d->B * (d->H * d->T + d->G * d->S) * (d->D + d->Dv);
}

static double bytes_params(const AttnDims *d) {
    return d->b * params(d);
}

static double kv_token(const AttnDims *d) {
    return d->b * d->L * d->G * (d->D + d->Dv);
}

static double kv_cache(const AttnDims *d) {
    return d->B * d->S * kv_token(d);
}

#define X(id, fn, name, unit, formula, help) {name, unit, formula, help, fn},
const AttnFigureRow attn_figures[ATTN_FIGURE_COUNT] = {ATTN_FIGURES(X)};
#undef X

double attn_cost(AttnFigure f, const AttnDims *d) {
    return attn_figures[f].value(d);
}

AttnDims attn_dims(double E, double H, double G, double n) {
    return (AttnDims){.B = 1,
                      .H = H,
                      .G = G,
                      .T = n,
                      .S = n,
                      .D = E / H,
                      .Dv = E / H,
                      .E = E,
                      .L = 1,
                      .P = n * n,
                      .b = 4,
                      .biases = true};
}

/* ---- Vaswani et al. 2017, Table 1 -------------------------------------------------------- */

static double ops_self(double n, double d, double k, double r) {
    UNUSED(k), UNUSED(r);
    return n * n * d;
}

static double ops_recurrent(double n, double d, double k, double r) {
    UNUSED(k), UNUSED(r);
    return n * d * d;
}

static double ops_convolution(double n, double d, double k, double r) {
    UNUSED(r);
    return k * n * d * d;
}

static double ops_restricted(double n, double d, double k, double r) {
    UNUSED(k);
    return fmin(r, n) * n * d;
}

static double one(double n, double k, double r) {
    UNUSED(n), UNUSED(k), UNUSED(r);
    return 1;
}

static double all(double n, double k, double r) {
    UNUSED(k), UNUSED(r);
    return n;
}

static double one_by_one(double n, double k, double r) {
    UNUSED(k), UNUSED(r);
    return fmax(n - 1, 1);
}

/* Dilated kernels, each layer's k times as wide as the one's below. */
static double log_k(double n, double k, double r) {
    UNUSED(r);
    return fmax(k > 1 ? ceil(log(n) / log(k) - 1e-9) : n - 1, 1);
}

/* A neighbourhood of r reaches half of it to each side. */
static double steps_of_r(double n, double k, double r) {
    UNUSED(k);
    return fmax(ceil((n - 1) / fmax(floor(r / 2), 1)), 1);
}

const LayerKindRow layer_kinds[] = {
    {"self-attention", "O(n²·d)", "O(1)", "O(1)", ops_self, one, one},
    {"recurrent", "O(n·d²)", "O(n)", "O(n)", ops_recurrent, all, one_by_one},
    {"convolutional", "O(k·n·d²)", "O(1)", "O(logₖ n)", ops_convolution, one, log_k},
    {"self-attention, restricted", "O(r·n·d)", "O(1)", "O(n/r)", ops_restricted, one, steps_of_r},
};
const int layer_kind_count = (int)ARRAY_LEN(layer_kinds);
