#include "config.h"

#include "attn/score.h"

#include <math.h>

#include "base/suggest.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"

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

int score_kind_find(const char *name, Err *err) {
    Suggest near = suggest_for(name);
    for (int i = 0; i < SCORE_KIND_COUNT; i++) {
        if (strcmp(score_kinds[i].name, name) == 0) return i;
        suggest_offer(&near, score_kinds[i].name);
    }
    if (!err) return -1;
    err_set(err, ERR_VALUE, "there is no score '%s'", name);
    if (near.best)
        err_hint(err, "did you mean '%s'?", near.best);
    else
        err_hint(err, "scores are dot, scaled, general, additive, concat and cosine");
    return -1;
}

/* ---- parameters ---------------------------------------------------------------------- */

static bool weight(int64_t rows, int64_t cols, Rng *rng, Tensor **out, Err *err) {
    double bound = cols > 0 ? 1 / sqrt((double)cols) : 0;
    int64_t shape[2] = {rows, cols};
    Tensor *t = NULL;
    /* One row stands for a vector. */
    if (!tensor_empty(DT_F32, rows == 1 ? 1 : 2, rows == 1 ? shape + 1 : shape, &t, err))
        return false;
    if (tensor_uniform_(t, -bound, bound, rng, err)) {
        *out = t;
        return true;
    }
    tensor_release(t);
    return false;
}

bool score_init(ScoreKind kind, int64_t Dq, int64_t Dk, int64_t A, Rng *rng, ScoreParams *p,
                Err *err) {
    ScoreParams w = {0};
    bool ok = true;
    switch (kind) {
    case SCORE_GENERAL:
        ok = weight(Dq, Dk, rng, &w.w1, err);
        break;
    case SCORE_ADDITIVE:
        ok = weight(A, Dq, rng, &w.w1, err) && weight(A, Dk, rng, &w.w2, err) &&
             weight(1, A, rng, &w.v, err);
        break;
    case SCORE_CONCAT:
        ok = weight(A, Dq + Dk, rng, &w.w1, err) && weight(1, A, rng, &w.v, err);
        break;
    default:
        break;
    }
    if (ok)
        *p = w;
    else
        score_params_clear(&w);
    return ok;
}

void score_params_clear(ScoreParams *p) {
    tensor_release(p->w1);
    tensor_release(p->w2);
    tensor_release(p->v);
    *p = (ScoreParams){0};
}

/* ---- scores ----------------------------------------------------------------------------- */

/* Everything as contiguous doubles; owned through `held`. */
typedef struct Sheet {
    int64_t T, S, Dq, Dk, A;
    const double *q, *k, *w1, *w2, *v;
    Tensor *held[5];
} Sheet;

static bool unfit(const char *kind, const char *wanted, const Tensor *q, const Tensor *k,
                  Err *err) {
    Str a = STR_INIT, b = STR_INIT;
    shape_str(&a, q->ndim, q->shape);
    shape_str(&b, k->ndim, k->shape);
    err_set(err, ERR_RUNTIME, "score '%s': %s; the queries are %s, the keys %s", kind, wanted,
            str_cstr(&a), str_cstr(&b));
    str_clear(&a);
    str_clear(&b);
    return false;
}

static bool shape_is(const Tensor *t, int64_t rows, int64_t cols) {
    if (rows == 1 && t->ndim == 1) return t->shape[0] == cols;
    return t->ndim == 2 && t->shape[0] == rows && t->shape[1] == cols;
}

static bool check(ScoreKind kind, const Tensor *q, const Tensor *k, const ScoreParams *p,
                  Err *err) {
    const char *name = score_kinds[kind].name;
    bool real = q->dtype == k->dtype && (q->dtype == DT_F32 || q->dtype == DT_F64);
    if (q->ndim != 2 || k->ndim != 2)
        return unfit(name, "wanted matrices (T, D), (S, D)", q, k, err);
    if (!real) return unfit(name, "both must be float32, or both float64", q, k, err);
    int64_t Dq = q->shape[1], Dk = k->shape[1];
    bool has = p && p->w1 && (kind != SCORE_ADDITIVE || p->w2) && (kind == SCORE_GENERAL || p->v);
    switch (kind) {
    case SCORE_GENERAL:
        if (has && shape_is(p->w1, Dq, Dk)) return true;
        return unfit(name, "wanted a weight w1 (Dq, Dk)", q, k, err);
    case SCORE_ADDITIVE:
        if (has && shape_is(p->w1, p->v->shape[0], Dq) && shape_is(p->w2, p->v->shape[0], Dk))
            return true;
        return unfit(name, "wanted weights w1 (A, Dq), w2 (A, Dk), v (A)", q, k, err);
    case SCORE_CONCAT:
        if (has && shape_is(p->w1, p->v->shape[0], Dq + Dk)) return true;
        return unfit(name, "wanted weights w1 (A, Dq + Dk), v (A)", q, k, err);
    default:
        if (Dq == Dk) return true;
        unfit(name, "sizes of queries and keys must be equal", q, k, err);
        return err_hint(err, "general, additive and concat score unequal sizes");
    }
}

static const double *doubles(Sheet *s, int slot, const Tensor *t, bool *ok, Err *err) {
    if (!t || !*ok) return NULL;
    *ok = tensor_clone_contiguous(t, DT_F64, &s->held[slot], err);
    return *ok ? tensor_data(s->held[slot]) : NULL;
}

static double dot(const double *x, const double *y, int64_t n) {
    double sum = 0;
    for (int64_t d = 0; d < n; d++) sum += x[d] * y[d];
    return sum;
}

/* x (n, D), w (A, ldw) from column `from` -> (n, A) = x wᵀ; owned by the caller. */
static double *project(const double *x, int64_t n, int64_t D, const double *w, int64_t ldw,
                       int64_t from, int64_t A) {
    double *y = mem_alloc(sizeof *y * (size_t)MAX(n * A, 1));
    for (int64_t i = 0; i < n; i++)
        for (int64_t a = 0; a < A; a++) y[i * A + a] = dot(x + i * D, w + a * ldw + from, D);
    return y;
}

/* vᵀ tanh(W₁q + W₂k), with W₁q and W₂k computed once each. Concat is the same function of its two
 * halves W = [W₁ W₂]. */
static bool additive(const Sheet *s, const double *w2, int64_t ld1, int64_t ld2, int64_t from2,
                     double *out, Err *err) {
    double *from_q = project(s->q, s->T, s->Dq, s->w1, ld1, 0, s->A);
    double *from_k = project(s->k, s->S, s->Dk, w2, ld2, from2, s->A);
    int64_t work = 0;
    bool ok = true;
    for (int64_t i = 0; ok && i < s->T; i++) {
        for (int64_t j = 0; j < s->S; j++) {
            double sum = 0;
            for (int64_t a = 0; a < s->A; a++)
                sum += s->v[a] * tanh(from_q[i * s->A + a] + from_k[j * s->A + a]);
            out[i * s->S + j] = sum;
        }
        ok = tensor_poll(&work, s->S * s->A * 10, err);
    }
    mem_free(from_q);
    mem_free(from_k);
    return ok;
}

/* x wᵀ or x itself against the keys; W is (Dq, Dk), so the queries meet its columns. */
static bool bilinear(const Sheet *s, double *out, Err *err) {
    double *qw = mem_zero(sizeof *qw * (size_t)MAX(s->Dk, 1));
    int64_t work = 0;
    bool ok = true;
    for (int64_t i = 0; ok && i < s->T; i++) {
        const double *row = s->q + i * s->Dq;
        if (s->w1) {
            memset(qw, 0, sizeof *qw * (size_t)s->Dk);
            for (int64_t d = 0; d < s->Dq; d++)
                for (int64_t e = 0; e < s->Dk; e++) qw[e] += row[d] * s->w1[d * s->Dk + e];
            row = qw;
        }
        for (int64_t j = 0; j < s->S; j++) out[i * s->S + j] = dot(row, s->k + j * s->Dk, s->Dk);
        ok = tensor_poll(&work, s->Dk * (s->S + s->Dq), err);
    }
    mem_free(qw);
    return ok;
}

/* Norms below 1e-8 count as 1e-8, as in torch's cosine_similarity. */
static void divide_norms(const Sheet *s, double *out) {
    for (int64_t i = 0; i < s->T; i++) {
        double nq = MAX(sqrt(dot(s->q + i * s->Dq, s->q + i * s->Dq, s->Dq)), 1e-8);
        for (int64_t j = 0; j < s->S; j++) out[i * s->S + j] /= nq;
    }
    for (int64_t j = 0; j < s->S; j++) {
        double nk = MAX(sqrt(dot(s->k + j * s->Dk, s->k + j * s->Dk, s->Dk)), 1e-8);
        for (int64_t i = 0; i < s->T; i++) out[i * s->S + j] /= nk;
    }
}

static bool fill(ScoreKind kind, const Sheet *s, double *out, Err *err) {
    if (kind == SCORE_ADDITIVE) return additive(s, s->w2, s->Dq, s->Dk, 0, out, err);
    if (kind == SCORE_CONCAT)
        return additive(s, s->w1, s->Dq + s->Dk, s->Dq + s->Dk, s->Dq, out, err);
    if (!bilinear(s, out, err)) return false;
    if (kind == SCORE_SCALED)
        for (int64_t i = 0; i < s->T * s->S; i++) out[i] /= sqrt((double)s->Dk);
    if (kind == SCORE_COSINE) divide_norms(s, out);
    return true;
}

bool score_matrix(ScoreKind kind, const Tensor *q, const Tensor *k, const ScoreParams *p,
                  Tensor **out, Err *err) {
    if (!check(kind, q, k, p, err)) return false;
    bool learned = kind == SCORE_GENERAL || kind == SCORE_ADDITIVE || kind == SCORE_CONCAT,
         ok = true;
    Sheet s = {.T = q->shape[0], .S = k->shape[0], .Dq = q->shape[1], .Dk = k->shape[1]};
    s.q = doubles(&s, 0, q, &ok, err);
    s.k = doubles(&s, 1, k, &ok, err);
    if (learned) {
        s.w1 = doubles(&s, 2, p->w1, &ok, err);
        s.w2 = doubles(&s, 3, p->w2, &ok, err);
        s.v = doubles(&s, 4, p->v, &ok, err);
        s.A = p->v ? p->v->shape[0] : 0;
    }
    Tensor *t = NULL;
    int64_t shape[2] = {s.T, s.S};
    ok = ok && tensor_empty(DT_F64, 2, shape, &t, err) && fill(kind, &s, tensor_data(t), err) &&
         tensor_cast(t, (DType)q->dtype, out, err);
    for (int i = 0; i < 5; i++) tensor_release(s.held[i]);
    tensor_release(t);
    return ok;
}
