/* What attention costs, in closed form: FLOPs, parameters, bytes, cache.
 *
 * Every figure is a row of attn_figures with its formula as text, its unit and its
 * function, so that a table of costs is a loop and shows where each number is from.
 * FLOPs: a multiply-add counts 2; exp, division, max and comparison count 1.
 *
 *     AttnDims d = attn_dims(768, 12, 12, 1024);
 *     for (int i = 0; i < ATTN_FIGURE_COUNT; i++)
 *         ... attn_figures[i].name, attn_figures[i].formula, attn_figures[i].value(&d)
 *
 * Legend: B batch, H query heads, G kv heads, T queries, S keys, D head size, Dv value
 * head size, E model width, L layers, P pairs per (batch, head) that the mask leaves
 * (mask_count),
 * b bytes per number.
 */
#ifndef QKV_ATTN_COST_H
#define QKV_ATTN_COST_H

#include <stdbool.h>

typedef struct AttnDims {
    double B, H, G, T, S, D, Dv, E, L;
    double P;    /* T*S when nothing is masked */
    double b;    /* bytes per number: 4 float32, 2 float16 */
    bool biases; /* the four projections have them */
} AttnDims;

/* X(enum suffix, its function in cost.c, name, unit, formula, help) */
#define ATTN_FIGURES(X)                                                                            \
    X(PARAM_Q, param_q, "Wq", "parameters", "E·H·D", "query projection")                           \
    X(PARAM_K, param_k, "Wk", "parameters", "E·G·D", "key projection")                             \
    X(PARAM_V, param_v, "Wv", "parameters", "E·G·Dv", "value projection")                          \
    X(PARAM_O, param_o, "Wo", "parameters", "H·Dv·E", "output projection")                         \
    X(PARAM_BIAS, param_bias, "biases", "parameters", "H·D + G·D + G·Dv + E",                      \
      "of the four, if they have any")                                                             \
    X(PARAMS, params, "parameters", "parameters", "Wq + Wk + Wv + Wo + biases", "of one layer")    \
    X(FLOPS_PROJ, flops_proj, "projections", "flops", "2·B·(T·(Wq+Wo) + S·(Wk+Wv))",               \
      "q, k, v and output")                                                                        \
    X(FLOPS_SCORES, flops_scores, "QKᵀ", "flops", "2·B·H·P·D",                                     \
      "scores of the pairs that the mask leaves")                                                  \
    X(FLOPS_SOFTMAX, flops_softmax, "softmax", "flops", "5·B·H·P",                                 \
      "scale, max, subtract+exp, sum, divide")                                                     \
    X(FLOPS_VALUES, flops_values, "PV", "flops", "2·B·H·P·Dv", "weighted sum of the values")       \
    X(FLOPS, flops, "total", "flops", "projections + QKᵀ + softmax + PV", "of one layer")          \
    X(SCORES, scores, "score entries", "numbers", "B·H·T·S",                                       \
      "the attention matrices of one layer")                                                       \
    X(SCORES_ALIVE, scores_alive, "scores kept", "numbers", "B·H·P",                               \
      "entries that the mask leaves")                                                              \
    X(BYTES_SCORES, bytes_scores, "score bytes", "bytes", "b·B·H·T·S", "if the matrix is stored")  \
    X(BYTES_QKV, bytes_qkv, "q, k, v, out bytes", "bytes", "b·B·(H·T·(D+Dv) + G·S·(D+Dv))",        \
      "activations")                                                                               \
    X(BYTES_PARAMS, bytes_params, "parameter bytes", "bytes", "b·parameters", "of one layer")      \
    X(KV_TOKEN, kv_token, "cache per token", "bytes", "b·L·G·(D+Dv)", "all layers, one sequence")  \
    X(KV_CACHE, kv_cache, "cache", "bytes", "b·B·S·L·G·(D+Dv)",                                    \
      "all layers, B sequences of S tokens")

typedef enum AttnFigure {
#define X(id, fn, name, unit, formula, help) FIG_##id,
    ATTN_FIGURES(X)
#undef X
        ATTN_FIGURE_COUNT
} AttnFigure;

typedef struct AttnFigureRow {
    const char *name, *unit, *formula, *help;
    double (*value)(const AttnDims *d);
} AttnFigureRow;

extern const AttnFigureRow attn_figures[ATTN_FIGURE_COUNT];

/* Self-attention: T = S = n, D = Dv = E/H, B = L = 1, nothing masked, float32, biases. */
AttnDims attn_dims(double E, double H, double G, double n);
double attn_cost(AttnFigure f, const AttnDims *d);

/* Vaswani et al. 2017, Table 1: per layer, n tokens, width d, kernel k, neighbourhood r. Operations
 * without constants; longest: steps between the two tokens that are farthest apart, at least 1. */
typedef struct LayerKindRow {
    const char *name, *flops, *sequential, *path; /* orders as printed: "O(n²·d)" */
    double (*ops)(double n, double d, double k, double r);
    double (*depth)(double n, double k, double r);
    double (*longest)(double n, double k, double r);
} LayerKindRow;
extern const LayerKindRow layer_kinds[];
extern const int layer_kind_count;

#endif
