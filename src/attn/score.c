#include "config.h"

#include "attn/score.h"

#include "base/base.h"

/* ---- costs in closed form -------------------------------------------------------- */

static double params_none(const ScoreSize *z) {
    UNUSED(z);
    return 0;
}

static double params_general(const ScoreSize *z) {
    return (double)z->Dq * (double)z->Dk;
}

static double params_additive(const ScoreSize *z) {
    return (double)z->A * ((double)z->Dq + (double)z->Dk + 1);
}

static double flops_dot(const ScoreSize *z) {
    return 2.0 * (double)z->T * (double)z->S * (double)z->Dk;
}

static double flops_scaled(const ScoreSize *z) {
    return flops_dot(z) + (double)z->T * (double)z->S;
}

static double flops_general(const ScoreSize *z) {
    return 2.0 * (double)z->T * (double)z->Dq * (double)z->Dk + flops_dot(z);
}

static double flops_additive(const ScoreSize *z) {
    double T = (double)z->T, S = (double)z->S, A = (double)z->A;
    return 2 * A * (T * (double)z->Dq + S * (double)z->Dk) + 4 * A * T * S;
}

static double flops_concat(const ScoreSize *z) {
    double A = (double)z->A;
    return (double)z->T * (double)z->S * (2 * A * ((double)z->Dq + (double)z->Dk) + 3 * A);
}

static double flops_cosine(const ScoreSize *z) {
    return flops_dot(z) + ((double)z->T + (double)z->S) * (3.0 * (double)z->Dk + 1);
}

const ScoreKindRow score_kinds[SCORE_KIND_COUNT] = {
    [SCORE_DOT] = {"dot", "q·k", "0", "2·T·S·D", params_none, flops_dot,
                   "Luong et al. 2015, eq. 8"},
    [SCORE_SCALED] = {"scaled", "q·k / √D", "0", "2·T·S·D + T·S", params_none, flops_scaled,
                      "Vaswani et al. 2017, eq. 1"},
    [SCORE_GENERAL] = {"general", "qᵀ W k", "Dq·Dk", "2·T·Dq·Dk + 2·T·S·Dk", params_general,
                       flops_general, "Luong et al. 2015, eq. 8"},
    [SCORE_ADDITIVE] = {"additive", "vᵀ tanh(W₁q + W₂k)", "A·Dq + A·Dk + A",
                        "2·A·(T·Dq + S·Dk) + 4·A·T·S", params_additive, flops_additive,
                        "Bahdanau et al. 2014, A.1.2"},
    [SCORE_CONCAT] = {"concat", "vᵀ tanh(W [q; k])", "A·(Dq + Dk) + A", "T·S·(2·A·(Dq + Dk) + 3·A)",
                      params_additive, flops_concat, "Luong et al. 2015, eq. 8"},
    [SCORE_COSINE] = {"cosine", "q·k / (|q| |k|)", "0", "2·T·S·D + (T + S)·(3·D + 1)", params_none,
                      flops_cosine, "Graves et al. 2014, eq. 6"},
};
