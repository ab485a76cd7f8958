#include "config.h"

#include "check_kernel.h"

#include <math.h>

/* xorshift64*: the tests' own, so that they do not move with the engine's generator. */
static uint64_t state;
static double uniform(void) {
    state ^= state >> 12, state ^= state << 25, state ^= state >> 27;
    return (double)((state * 2685821657736338717u) >> 11) / 9007199254740992.0;
}

static Tensor *make(DType dt, int n, const int64_t *shape) {
    Err err = {0};
    Tensor *t = NULL;
    if (!tensor_zeros(dt, n, shape, &t, &err)) BUG("%s", err.msg);
    return t;
}

/* (B, H, N, D) uniform in -1..1. odd: other orders in memory, with gaps. */
static Tensor *values(int64_t B, int64_t H, int64_t N, int64_t D, bool odd) {
    int kind = odd ? 1 + (int)(uniform() * 3) : 0;
    int64_t stride[4] = {H * N * D, N * D, D, 1};
    if (kind == 1) stride[0] = N * H * D, stride[1] = D, stride[2] = H * D; /* (B,N,H,D) */
    if (kind == 2) stride[3] = N, stride[2] = 1;                            /* transposed */
    if (kind == 3)
        stride[0] = H * N * (D + 3), stride[1] = N * (D + 3), stride[2] = D + 3; /* gaps */
    int64_t room = B * H * N * (D + 3) + 1;
    Tensor *flat = make(DT_F32, 1, &room);
    float *x = tensor_data(flat);
    for (int64_t i = 0; i < room; i++) x[i] = (float)(2 * uniform() - 1);
    Tensor *t = tensor_view_raw(flat, 4, (int64_t[]){B, H, N, D}, stride, odd ? 1 : 0);
    tensor_release(flat);
    return t;
}

static bool sees(Pattern p, int64_t t, int64_t s, int64_t length) {
    switch (p) {
    case KEY_PADDING:
        return s < length;
    case WINDOW:
        return s >= t - 9 && s <= t + 3;
    case RANDOM_BOOL:
        return t % 7 != 3 && uniform() < 0.4;
    case BLOCKS:
        return (t / 16 + s / 16) % 3 == 0;
    case STRIDED_MASK:
        return (t * 5 + s * 3) % 11 < 6;
    default:
        return true;
    }
}

static Tensor *bool_mask(const Sizes *z, Pattern p) {
    int64_t shape[4] = {z->B, z->H, z->T, z->S};
    if (p == KEY_PADDING) shape[1] = shape[2] = 1;
    if (p == WINDOW || p == BLOCKS || p == STRIDED_MASK) shape[0] = shape[1] = 1;
    Tensor *m = make(DT_BOOL, 4, shape);
    if (p == STRIDED_MASK) m->stride[2] = 1, m->stride[3] = z->T;
    for (int64_t b = 0; b < shape[0]; b++) {
        int64_t length = (int64_t)(uniform() * (double)z->S) + (b > 0);
        for (int64_t h = 0; h < shape[1]; h++)
            for (int64_t t = 0; t < shape[2]; t++)
                for (int64_t s = 0; s < shape[3]; s++)
                    tensor_set_i64(m, (int64_t[]){b, h, t, s}, sees(p, t, s, length));
    }
    return m;
}

static Tensor *float_mask(const Sizes *z, Pattern p) {
    int64_t shape[3] = {p == BIAS ? z->H : 1, z->T, z->S};
    Tensor *m = make(DT_F32, 3, shape);
    float *x = tensor_data(m);
    for (int64_t i = 0; i < tensor_numel(m); i++) {
        x[i] = (float)(4 * uniform() - 2);
        if (p == BIAS_HIDDEN && uniform() < 0.5) x[i] = -INFINITY;
    }
    return m;
}

static void set_layout(const Sizes *z, int64_t heads, int64_t block, Problem *p) {
    int64_t n = heads * ((z->T + block - 1) / block) * ((z->S + block - 1) / block);
    if (n > (int64_t)sizeof p->layout) BUG("a layout of %d blocks", (int)n);
    for (int64_t i = 0; i < n; i++) p->layout[i] = uniform() < 0.4;
    p->a.pattern.layout = p->layout;
    p->a.pattern.layout_heads = heads;
    p->a.pattern.block = block;
}

static void set_window(AttnPattern *at, int64_t before, int64_t after, int64_t step) {
    at->windowed = true;
    at->before = before;
    at->after = after;
    at->step = step;
}

static void set_rule(const Sizes *z, Pattern pattern, Problem *p) {
    AttnPattern *at = &p->a.pattern;
    bool all = pattern == RULE_ALL;
    if (pattern == RULE_WINDOW) set_window(at, 9, 3, 0);
    if (pattern == RULE_BAND) set_window(at, 20, -1, 1);
    if (pattern == RULE_DILATED || pattern == RULE_MASKED) set_window(at, 5, 5, 3);
    if (all) set_window(at, 40, 2, 1);
    if (pattern == RULE_SINKS) set_window(at, 12, 0, 1);
    if (pattern == RULE_PREFIX) set_window(at, -1, 0, 5);
    at->sinks = pattern == RULE_SINKS ? 3 : pattern == RULE_PREFIX ? 7 : 0;
    if (pattern == RULE_LENGTHS || pattern == RULE_PREFIX || all) {
        for (int64_t b = 0; b < z->B; b++)
            p->lengths[b] = (int64_t)(uniform() * (double)(z->S + 1));
        at->lengths = p->lengths;
    }
    if (pattern == RULE_ALIBI || pattern == RULE_PREFIX || all) {
        for (int64_t h = 0; h < z->H; h++) p->slopes[h] = (float)exp2(-1.0 - (double)h);
        at->slopes = p->slopes;
    }
    if (pattern == RULE_LAYOUT) set_layout(z, 1, 16, p);
    if (pattern == RULE_LAYOUTS) set_layout(z, z->H, 70, p);
    if (all) set_layout(z, 1, 8, p);
}

void problem_make(const Sizes *z, Pattern pattern, bool odd, uint64_t seed, Problem *p) {
    static const char *const names[] = {
        "dense",       "causal",       "causal right", "key padding",  "window",
        "random bool", "bias",         "bias hidden",  "blocks",       "strided mask",
        "rule window", "rule band",    "rule dilated", "rule lengths", "rule ALiBi",
        "rule layout", "rule layouts", "rule all",     "rule sinks",   "rule prefix",
        "rule masked"};
    state = seed * 0x9E3779B97F4A7C15u + 1;
    *p = (Problem){0};
    p->q = values(z->B, z->H, z->T, z->D, odd);
    p->k = values(z->B, z->G, z->S, z->D, odd);
    p->v = values(z->B, z->G, z->S, z->Dv, odd);
    if (pattern == BIAS || pattern == BIAS_HIDDEN || pattern == RULE_ALL)
        p->mask = float_mask(z, pattern);
    else if ((pattern > CAUSAL_RIGHT && pattern < RULE_WINDOW) || pattern == RULE_MASKED)
        p->mask = bool_mask(z, pattern == RULE_MASKED ? RANDOM_BOOL : pattern);
    p->a = attn_args(p->q, p->k, p->v);
    p->a.mask = p->mask;
    p->a.causal = pattern == CAUSAL || pattern == CAUSAL_RIGHT || pattern == BIAS_HIDDEN ||
                  pattern == RULE_BAND || pattern == RULE_ALIBI || pattern == RULE_LAYOUTS ||
                  pattern == RULE_ALL || pattern == RULE_SINKS;
    p->a.bottom_right = pattern == CAUSAL_RIGHT || pattern == RULE_BAND || pattern == RULE_DILATED;
    if (pattern >= RULE_WINDOW) set_rule(z, pattern, p);
    if (seed % 3 == 0) p->a.scale = 0.7;
    p->a.want_lse = seed % 2 == 0;
    snprintf(p->text, sizeof p->text, "%s B%d H%d G%d T%d S%d D%d Dv%d%s seed %d", names[pattern],
             (int)z->B, (int)z->H, (int)z->G, (int)z->T, (int)z->S, (int)z->D, (int)z->Dv,
             odd ? " odd strides" : "", (int)seed);
}

void problem_clear(Problem *p) {
    tensor_release(p->q);
    tensor_release(p->k);
    tensor_release(p->v);
    tensor_release(p->mask);
    mem_free(p->answer.weights);
    mem_free(p->answer.lse);
    mem_free(p->answer.out);
    *p = (Problem){0};
}

/* ---- the answer -------------------------------------------------------------------- */

typedef struct Row {
    int64_t b, h, t;
} Row;

/* What the rule says, from its definition. */
static double rule_at(const Problem *p, Row r, int64_t s) {
    const AttnPattern *at = &p->a.pattern;
    int64_t S = p->k->shape[2], T = p->q->shape[2], step = at->step > 1 ? at->step : 1;
    int64_t far = s - r.t - (p->a.bottom_right ? S - T : 0);
    if (p->a.causal && far > 0) return -INFINITY;
    bool near = labs(far) % step == 0;
    if (at->windowed && at->before >= 0 && -far > at->before * step) near = false;
    if (at->windowed && at->after >= 0 && far > at->after * step) near = false;
    if (!near && s >= at->sinks) return -INFINITY;
    if (at->lengths && s >= at->lengths[r.b]) return -INFINITY;
    if (at->layout) {
        int64_t rows = (T + at->block - 1) / at->block, cols = (S + at->block - 1) / at->block;
        int64_t head = at->layout_heads == 1 ? 0 : r.h;
        if (!at->layout[(head * rows + r.t / at->block) * cols + s / at->block]) return -INFINITY;
    }
    return at->slopes ? -(double)at->slopes[r.h] * (double)labs(far) : 0;
}

static double bias_at(const Problem *p, Row r, int64_t s) {
    const AttnArgs *a = &p->a;
    double rule = rule_at(p, r, s);
    if (rule == -INFINITY || !a->mask) return rule;
    int64_t full[4] = {r.b, r.h, r.t, s}, index[4];
    int n = a->mask->ndim;
    for (int d = 0; d < n; d++) index[d] = a->mask->shape[d] == 1 ? 0 : full[4 - n + d];
    if (a->mask->dtype == DT_BOOL) return tensor_get_i64(a->mask, index) ? rule : -INFINITY;
    return rule + tensor_get_f64(a->mask, index);
}

static float at(const Tensor *t, int64_t b, int64_t h, int64_t n, int64_t d) {
    const float *x = tensor_data(t);
    return x[b * t->stride[0] + h * t->stride[1] + n * t->stride[2] + d * t->stride[3]];
}

/* Scores of a row; returns how many are not hidden, *lse their log-sum-exp. */
static int64_t score_row(const Problem *p, Row r, double *s, double *lse) {
    int64_t S = p->k->shape[2], D = p->q->shape[3], g = r.h / (p->q->shape[1] / p->k->shape[1]);
    double scale = p->a.scale != 0 ? p->a.scale : 1 / sqrt((double)D), most = -INFINITY, sum = 0;
    int64_t alive = 0;
    for (int64_t j = 0; j < S; j++) {
        s[j] = bias_at(p, r, j);
        if (s[j] == -INFINITY) continue;
        double dot = 0;
        for (int64_t d = 0; d < D; d++)
            dot += (double)at(p->q, r.b, r.h, r.t, d) * (double)at(p->k, r.b, g, j, d);
        s[j] += scale * dot;
        most = fmax(most, s[j]);
        alive++;
    }
    for (int64_t j = 0; j < S && alive; j++) sum += exp(s[j] - most);
    *lse = alive ? most + log(sum) : -INFINITY;
    return alive;
}

/* Scores become probabilities, in place. */
static void normalise(double *s, int64_t S, double lse) {
    for (int64_t j = 0; j < S; j++) s[j] = s[j] == -INFINITY ? 0 : exp(s[j] - lse);
}

void reference_weights(const Problem *p, int64_t b, int64_t h, int64_t t, double *w) {
    double lse;
    score_row(p, (Row){b, h, t}, w, &lse);
    normalise(w, p->k->shape[2], lse);
}

/* out (Dv,) of the row whose probabilities are w. */
static void weigh_row(const Problem *p, Row r, const double *w, double *out) {
    int64_t S = p->k->shape[2], Dv = p->v->shape[3], g = r.h / (p->q->shape[1] / p->k->shape[1]);
    for (int64_t d = 0; d < Dv; d++) {
        double sum = 0;
        for (int64_t j = 0; j < S; j++)
            if (w[j] != 0) sum += w[j] * (double)at(p->v, r.b, g, j, d);
        out[d] = sum;
    }
}

static void solve(Problem *p) {
    int64_t B = p->q->shape[0], H = p->q->shape[1], T = p->q->shape[2], S = p->k->shape[2];
    int64_t Dv = p->v->shape[3], row = 0;
    Answer *a = &p->answer;
    a->weights = mem_alloc(sizeof(double) * (size_t)(B * H * T * S));
    a->lse = mem_alloc(sizeof(double) * (size_t)(B * H * T));
    a->out = mem_alloc(sizeof(double) * (size_t)(B * H * T * Dv));
    for (int64_t b = 0; b < B; b++)
        for (int64_t h = 0; h < H; h++)
            for (int64_t t = 0; t < T; t++, row++) {
                Row r = {b, h, t};
                double *w = a->weights + row * S;
                int64_t n = score_row(p, r, w, &a->lse[row]);
                for (int64_t j = 0; j < S; j++)
                    if (w[j] != -INFINITY) a->most = fmax(a->most, fabs(w[j]));
                a->alive += n;
                a->dead += n == 0;
                normalise(w, S, a->lse[row]);
                weigh_row(p, r, w, a->out + row * Dv);
            }
}

double furthest(const Tensor *got, const double *want) {
    const float *x = tensor_data(got);
    double most = 0;
    for (int64_t i = 0; i < tensor_numel(got); i++) {
        double diff = want[i] == (double)x[i] ? 0 : fabs((double)x[i] - want[i]);
        if (!(diff <= most)) most = diff;
    }
    return most;
}

Verdict verdict(Problem *p, const AttnOut *o) {
    const Answer *a = &p->answer;
    if (!a->weights) solve(p);
    return (Verdict){.most = a->most,
                     .out = furthest(o->out, a->out),
                     .lse = o->lse ? furthest(o->lse, a->lse) : 0,
                     .weights = o->weights ? furthest(o->weights, a->weights) : 0,
                     .tallies = a->dead == o->dead_rows && a->alive == o->scores_kept};
}
