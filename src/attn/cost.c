#include "config.h"

#include "attn/cost.h"

#include <math.h>

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

/* ---- pairs that a mask leaves -------------------------------------------------------- */

/* Integers in [lo, hi]. */
static int64_t count_in(int64_t lo, int64_t hi) {
    return hi < lo ? 0 : hi - lo + 1;
}

/* Keys j = i + step * m for m in [-w, w] (causal: m <= 0) inside [0, S): far ends are clamped
 * before multiplying. */
static int64_t near_keys(const MaskSpec *s, int64_t i, int64_t w, int64_t step) {
    int64_t before = i >= 0 ? MIN(w, i / step) : -1; /* i < 0: key 0 lies after the query */
    int64_t after = i < s->S ? MIN(w, (s->S - 1 - i) / step) : -1;
    if (i < 0) {
        int64_t first = (-i + step - 1) / step; /* smallest m with i + step m >= 0 */
        return s->causal ? 0 : count_in(first, after);
    }
    if (i >= s->S) {
        int64_t first = (i - (s->S - 1) + step - 1) / step;
        return count_in(first, before);
    }
    return 1 + before + (s->causal ? 0 : after);
}

static int64_t clamp(int64_t v, int64_t lo, int64_t hi) {
    return v < lo ? lo : v > hi ? hi : v;
}

/* A window and the first `globals` keys; a global query sees all. */
static int64_t global_keys(const MaskSpec *s, int64_t i) {
    int64_t end = s->causal ? clamp(i + 1, 0, s->S) : s->S, g = MIN(s->globals, end);
    if (i >= 0 && i < s->globals) return end;
    int64_t w = MIN(s->window, s->S + s->T);
    int64_t lo = clamp(i - w, 0, end), hi = clamp(i + w + 1, 0, end);
    return g + count_in(MAX(lo, g), hi - 1);
}

static int64_t block_keys(const MaskSpec *s, int64_t i) {
    if (i < 0) return 0;
    int64_t from = i / s->block * s->block;
    return count_in(from, MIN(s->causal ? i : from + s->block - 1, s->S - 1));
}

/* Keys that the query at position i sees of `keys` real ones. */
static int64_t row_pairs(const MaskSpec *s, int64_t i, int64_t keys) {
    switch (s->kind) {
    case MASK_CAUSAL:
    case MASK_CAUSAL_PADDING:
        return clamp(i + 1, 0, keys);
    case MASK_PREFIX:
        return clamp(MAX(i + 1, s->prefix), 0, keys);
    case MASK_WINDOW:
        return near_keys(s, i, s->window, 1);
    case MASK_DILATED:
        return near_keys(s, i, s->window, s->dilation);
    case MASK_BLOCK:
        return block_keys(s, i);
    case MASK_GLOBAL:
        return global_keys(s, i);
    default:
        return keys;
    }
}

bool mask_pairs(const MaskSpec *spec, double *pairs, Err *err) {
    int64_t count = 0;
    if (spec->kind == MASK_RANDOM || spec->kind == MASK_PACKED || spec->kind == MASK_STRIDED ||
        spec->kind == MASK_FIXED) {
        if (!mask_count(spec, &count, err)) return false;
        *pairs = (double)count;
        return true;
    }
    if (!mask_check(spec, err)) return false;
    bool batched = mask_kinds[spec->kind].params & MASKP_LENGTHS;
    int64_t B = batched ? spec->B : 1, shift = spec->bottom_right ? spec->S - spec->T : 0;
    double total = 0;
    for (int64_t b = 0; b < B; b++)
        for (int64_t i = 0; i < spec->T; i++)
            total += (double)row_pairs(spec, i + shift, batched ? spec->lengths[b] : spec->S);
    *pairs = B > 0 ? total / (double)B : 0;
    return true;
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
    return r * n * d;
}

static double one(double n, double k, double r) {
    UNUSED(n), UNUSED(k), UNUSED(r);
    return 1;
}

static double all(double n, double k, double r) {
    UNUSED(k), UNUSED(r);
    return n;
}

static double log_k(double n, double k, double r) {
    UNUSED(r);
    return k > 1 && n > 1 ? log(n) / log(k) : n;
}

static double steps_of_r(double n, double k, double r) {
    UNUSED(k);
    return r > 0 ? n / r : n;
}

const LayerKindRow layer_kinds[] = {
    {"self-attention", "O(n²·d)", "O(1)", "O(1)", ops_self, one, one},
    {"recurrent", "O(n·d²)", "O(n)", "O(n)", ops_recurrent, all, all},
    {"convolutional", "O(k·n·d²)", "O(1)", "O(logₖ n)", ops_convolution, one, log_k},
    {"self-attention, restricted", "O(r·n·d)", "O(1)", "O(n/r)", ops_restricted, one, steps_of_r},
};
const int layer_kind_count = (int)ARRAY_LEN(layer_kinds);
