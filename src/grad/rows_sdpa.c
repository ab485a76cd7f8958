/* Fused attention as one row: out = softmax(Q Kᵀ scale + mask) V. Kept for the gradient:
 * the operands, the output and the log-sum-exp of each query, never the weights.
 *
 * Legend: B batch, H query heads, G key/value heads, T queries, S keys, D head size of Q
 * and K, Dv of V. */
#include "config.h"

#include <math.h>

#include "attn/backward.h"
#include "attn/kernel.h"
#include "grad/rows.h"
#include "attn/backward_blocks.h"
#include "tensor/copy.h"

enum { Q, K, V, MASK }; /* inputs; the mask is optional */

static DType compute_dtype(const Tensor *q) {
    return q->dtype == DT_F64 ? DT_F64 : DT_F32;
}

static double scale_of(const OpCall *c) {
    const Tensor *q = IN(0);
    return c->reals[0] != 0 ? c->reals[0] : 1 / sqrt((double)q->shape[q->ndim - 1]);
}

static bool rank_ok(const OpCall *c, Err *err) {
    for (int i = 0; i < 3; i++)
        if (IN(i)->ndim < 2 || IN(i)->ndim > 4)
            return err_set(err, ERR_RUNTIME,
                           "scaled_dot_product_attention: query, key and value must have 2 to 4 "
                           "dims, got %d",
                           IN(i)->ndim);
    return true;
}

/* out[1] (hidden) = lse. float16 and bfloat16 compute in float32. */
FORWARD(sdpa) {
    if (!rank_ok(c, err)) return false;
    Tensor *cast[4] = {0};
    DType dt = compute_dtype(IN(0));
    AttnOut o = {0};
    bool ok = true;
    for (int i = 0; i < 4 && ok; i++) {
        if (!IN(i)) continue;
        bool mask = i == MASK && IN(i)->dtype == DT_BOOL;
        ok = tensor_cast(IN(i), mask ? DT_BOOL : dt, &cast[i], err);
    }
    if (ok) {
        AttnArgs a = attn_args(cast[Q], cast[K], cast[V]);
        a.mask = cast[MASK];
        a.scale = scale_of(c);
        a.causal = c->flags[0];
        a.want_lse = true;
        ok = attn_run(&a, &o, err) && tensor_cast(o.out, (DType)IN(0)->dtype, &out[0], err);
    }
    if (ok) {
        out[1] = o.lse;
        o.lse = NULL;
    }
    attn_out_clear(&o);
    for (int i = 0; i < 4; i++) tensor_release(cast[i]);
    return ok;
}

/* t in dt with leading sizes 1 up to rank 4, then broadcast to B in dim 0. */
static Tensor *rank4(Vjp *v, Tensor *t, DType dt, int64_t B) {
    t = v_cast(v, t, dt);
    for (int d = t ? t->ndim : 4; d < 4; d++) t = v_unsqueeze(v, t, 0);
    if (!t || t->shape[0] == B) return t;
    Tensor like = {.ndim = 4, .shape = {B, t->shape[1], t->shape[2], t->shape[3]}};
    return v_expand_as(v, t, &like);
}

/* Of an operand that was brought to rank 4. */
static void give_rank4(Vjp *v, int i, Tensor *t) {
    if (!t) return;
    bool same = tensor_numel(t) == tensor_numel(v->in[i]);
    vjp_give(v, i, same ? v_reshape_as(v, t, v->in[i]) : t);
}

/* By the fused kernel, where it can (float32, no gradient of the mask). */
static bool vjp_fused(Vjp *v) {
    AttnArgs a = attn_args(v->in[Q], v->in[K], v->in[V]);
    a.mask = v->in[MASK];
    a.scale = scale_of(v->c);
    a.causal = v->c->flags[0];
    if ((a.mask && v->needs[MASK]) || !attn_backward_supports(&a)) return false;
    Tensor *d[3] = {0};
    bool ok = attn_backward(&a, v->out[0], v->out[1], v->g[0], v->needs[0] ? &d[0] : NULL,
                            v->needs[1] ? &d[1] : NULL, v->needs[2] ? &d[2] : NULL, v->err);
    if (!ok) v_fail(v);
    for (int i = 0; i < 3; i++)
        if (d[i]) vjp_give(v, i, v_own(v, d[i], true));
    return true;
}

/* By matrix products on blocks of queries: any dtype, and the mask. */
static void vjp_blocks(Vjp *v) {
    DType dt = compute_dtype(v->in[0]);
    int64_t B = v->in[0]->ndim == 4 ? v->in[0]->shape[0] : 1;
    Tensor *q = rank4(v, v->in[Q], dt, B), *k = rank4(v, v->in[K], dt, B);
    Tensor *val = rank4(v, v->in[V], dt, B), *mask = v->in[MASK];
    if (v->failed) return;
    int64_t full[4] = {B, q->shape[1], q->shape[2], k->shape[2]};
    Tensor scores = {.ndim = 4, .shape = {full[0], full[1], full[2], full[3]}};
    if (mask) {
        if (mask->dtype != DT_BOOL) mask = v_cast(v, mask, dt);
        mask = v_expand_as(v, mask, &scores);
    }
    int64_t kshape[4] = {B, k->shape[1], k->shape[2], k->shape[3]};
    int64_t vshape[4] = {B, val->shape[1], val->shape[2], val->shape[3]};
    AttnBlocksBack a = {.q = q,
                        .k = k,
                        .v = val,
                        .mask = mask,
                        .out = v_contiguous(v, v_cast(v, v->out[0], dt)),
                        .g = v_contiguous(v, v_cast(v, v->g[0], dt)),
                        .lse = v_contiguous(v, v->out[1]),
                        .scale = scale_of(v->c),
                        .causal = v->c->flags[0],
                        .dq = v_zeros(v, dt, 4, q->shape),
                        .dk = v_zeros(v, dt, 4, kshape),
                        .dv = v_zeros(v, dt, 4, vshape),
                        .dmask = v->in[MASK] && v->needs[MASK] ? v_zeros(v, dt, 4, full) : NULL};
    if (v->failed) return;
    if (!attn_backward_blocks(&a, v->err)) {
        v_fail(v);
        return;
    }
    give_rank4(v, Q, a.dq);
    give_rank4(v, K, a.dk);
    give_rank4(v, V, a.dv);
    if (a.dmask) vjp_give(v, MASK, a.dmask);
}

VJP(sdpa) {
    if (!vjp_fused(v)) vjp_blocks(v);
}

/* scores, softmax (scale, max, subtract, exp, add: 5 a score), values; of the pairs that
 * causality leaves */
static void cost_sdpa(const OpCall *c, Tensor *const *out, OpCost *cost) {
    const Tensor *q = IN(Q), *k = IN(K), *val = IN(V);
    double T = (double)q->shape[q->ndim - 2], S = (double)k->shape[k->ndim - 2];
    double D = (double)q->shape[q->ndim - 1], Dv = (double)val->shape[val->ndim - 1];
    double heads = T > 0 && Dv > 0 ? (double)tensor_numel(out[0]) / (T * Dv) : 0, pairs = T * S;
    if (c->flags[0]) {
        double m = MIN(T, S); /* rows 1, 2, .. m keys long, then full ones */
        pairs = m * (m + 1) / 2 + (T - m) * S;
    }
    cost->flops = heads * pairs * (2 * D + 5 + 2 * Dv);
}

#define SDPA_SAVES (SAVES_IN0 | SAVES_IN1 | SAVES_IN2 | SAVES_IN3 | SAVES_OUT0 | SAVES_OUT1)
const OpDef opdef_sdpa = {.name = "sdpa",
                          .grad_name = "ScaledDotProductAttentionBackward0",
                          .nhidden = 1,
                          .forward = forward_sdpa,
                          .vjp = vjp_sdpa,
                          .saves = {SDPA_SAVES, SDPA_SAVES, SDPA_SAVES, SDPA_SAVES},
                          .cost = cost_sdpa,
                          .samples =
                              "3,4 5,4 5,2 -; 2,3,4 2,5,4 2,5,3 - | r0.3; "
                              "2,2,3,4 2,2,5,4 2,2,5,3 - | f1; 2,4,3,2 2,2,3,2 2,2,3,2 - | f1; "
                              "2,2,3,4 1,2,5,4 2,2,5,3 b3,5; 2,2,3,4 2,2,5,4 2,2,5,3 2,1,1,5; "
                              "~2,2,70,2 2,2,3,2 2,2,3,4 3; g2,2,3,4 g2,2,5,4 g2,2,5,3 -; "
                              "g1,4,5,2 g1,2,5,2 g1,2,5,2 - | f1; g2,3,4 g2,5,4 g2,5,3 b3,5; "
                              "g2,1,3,4 g1,1,5,4 g2,1,5,4 cg5 | r0.5; g3,4 g5,4 g5,4 g5",
                          .doc = "softmax(q kᵀ scale + mask) v, weights never stored"};
