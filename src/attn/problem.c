#include "config.h"

#include "attn/problem.h"

#include <float.h>
#include <math.h>

#include "attn/shape.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"

/* ---- in ---------------------------------------------------------------------------- */

/* t as float32, with its strides; a copy only where the type or the columns ask for one. */
static bool place(const Tensor *t, bool unit_columns, AttnView *view, Tensor **held, Err *err) {
    if (!tensor_cast(t, DT_F32, held, err)) return false;
    int64_t size[4];
    attn_spread(*held, size, view->stride);
    if (unit_columns && view->stride[3] != 1 && size[3] > 1) {
        Tensor *copy = NULL;
        if (!tensor_clone_contiguous(*held, DT_F32, &copy, err)) return false;
        tensor_release(*held);
        *held = copy;
        attn_spread(copy, size, view->stride);
    }
    view->at = tensor_data(*held);
    return true;
}

static bool place_mask(const AttnArgs *a, AttnProblem *p, Err *err) {
    if (!a->mask) return true;
    int64_t shape[4] = {p->B, p->H, p->T, p->S};
    if (!attn_mask_spread(a->mask, DT_F32, shape, &p->held_mask, err)) return false;
    p->mask = tensor_data(p->held_mask);
    p->mask_is_bool = p->held_mask->dtype == DT_BOOL;
    for (int d = 0; d < 4; d++) p->mask_stride[d] = shape[d] == 1 ? 0 : p->held_mask->stride[d];
    return true;
}

/* A float32 result of q's rank whose last size is `last` (-1: dropped). */
static bool result(const Tensor *q, int64_t last, Tensor **out, float **at, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    memcpy(shape, q->shape, sizeof *shape * (size_t)q->ndim);
    shape[q->ndim - 1] = last;
    if (!tensor_empty(DT_F32, last < 0 ? q->ndim - 1 : q->ndim, shape, out, err)) return false;
    *at = tensor_data(*out);
    return true;
}

bool attn_problem_place(const AttnArgs *a, AttnProblem *p, Err *err) {
    AttnShape z;
    if (!attn_shape(a, &z, err)) return false;
    *p = (AttnProblem){.B = z.B, .H = z.H, .G = z.G, .T = z.T, .S = z.S, .D = z.D, .Dv = z.Dv};
    p->scale = (float)(a->scale != 0 ? a->scale : 1 / sqrt((double)z.D));
    p->causal = a->causal;
    p->shift = a->bottom_right ? z.S - z.T : 0;
    p->dtype = (DType)a->q->dtype;
    if (!attn_rule_init(&p->rule, &a->pattern, a->causal, p->shift, z.B, z.H, z.T, z.S, err))
        return false;
    if (place(a->q, false, &p->q, &p->held_q, err) && place(a->k, true, &p->k, &p->held_k, err) &&
        place(a->v, true, &p->v, &p->held_v, err) && place_mask(a, p, err))
        return true;
    attn_problem_clear(p);
    return false;
}

bool attn_problem_init(const AttnArgs *a, AttnProblem *p, Err *err) {
    if (!attn_problem_place(a, p, err)) return false;
    if (result(a->q, p->Dv, &p->out_t, &p->out, err) &&
        (!a->want_weights || result(a->q, p->S, &p->weights_t, &p->weights, err)) &&
        (!a->want_lse || result(a->q, -1, &p->lse_t, &p->lse, err)))
        return true;
    attn_problem_clear(p);
    return false;
}

/* ---- a pattern as a mask ------------------------------------------------------------- */

/* One row of the mask that says all: into bool or float. */
static void lower_row(const AttnProblem *p, int64_t b, int64_t h, int64_t t, bool *seen,
                      float *bias) {
    const char *mask = attn_mask_row(p, b, h, t);
    for (int64_t j = 0; j < p->S; j++) {
        bool sees = attn_sees(&p->rule, b, h, t, j);
        float x = 0;
        if (mask && p->mask_is_bool)
            sees = sees && mask[j * p->mask_stride[3]];
        else if (mask)
            x = ((const float *)(const void *)mask)[j * p->mask_stride[3]];
        if (seen) seen[j] = sees;
        if (bias) bias[j] = sees ? x + attn_distance_bias(&p->rule, h, t, j) : -INFINITY;
    }
}

static bool lower_into(const AttnProblem *p, Tensor *to, Err *err) {
    bool flags = to->dtype == DT_BOOL;
    int64_t row = 0, work = 0;
    for (int64_t b = 0; b < to->shape[0]; b++)
        for (int64_t h = 0; h < to->shape[1]; h++)
            for (int64_t t = 0; t < p->T; t++, row++) {
                lower_row(p, b, h, t, flags ? (bool *)tensor_data(to) + row * p->S : NULL,
                          flags ? NULL : (float *)tensor_data(to) + row * p->S);
                if (!tensor_poll(&work, 4 * p->S, err)) return false;
            }
    return true;
}

bool attn_problem_lower(AttnProblem *p, Err *err) {
    const AttnPattern *at = &p->rule.at;
    bool flags = !at->slopes && (!p->mask || p->mask_is_bool);
    bool by_batch = at->lengths || (p->mask && p->mask_stride[0]);
    bool by_head = at->slopes || p->rule.layout_head || (p->mask && p->mask_stride[1]);
    int64_t shape[4] = {by_batch ? p->B : 1, by_head ? p->H : 1, p->T, p->S};
    Tensor *made = NULL;
    if (!tensor_empty(flags ? DT_BOOL : DT_F32, 4, shape, &made, err)) return false;
    if (!lower_into(p, made, err)) {
        tensor_release(made);
        return false;
    }
    tensor_release(p->held_mask);
    p->held_mask = made;
    p->mask = tensor_data(made);
    p->mask_is_bool = flags;
    for (int d = 0; d < 4; d++) p->mask_stride[d] = shape[d] == 1 ? 0 : made->stride[d];
    AttnPattern none = {0};
    return attn_rule_init(&p->rule, &none, p->causal, p->shift, p->B, p->H, p->T, p->S, err);
}

/* A mask's element as what is added; a finite one stays finite (masked_fill with finfo.min). */
static float mask_at(const AttnProblem *p, const char *row, int64_t j, float unit) {
    if (p->mask_is_bool) return row[j * p->mask_stride[3]] ? 0 : -INFINITY;
    float x = ((const float *)(const void *)row)[j * p->mask_stride[3]];
    return x == -INFINITY ? x : fmaxf(x * unit, -FLT_MAX);
}

int64_t attn_hide(const AttnProblem *p, int64_t b, int64_t h, int64_t t, int64_t first, int64_t n,
                  float unit, float *s) {
    const AttnRule *r = &p->rule;
    const char *mask = attn_mask_row(p, b, h, t);
    int64_t from = MAX(0, attn_first_key(r, t) - first), kept = 0;
    int64_t to = MIN(n, MAX(0, attn_end_key(r, b, t) - first));
    for (int64_t j = 0; j < MIN(from, n); j++) s[j] = -INFINITY;
    for (int64_t j = to; j < n; j++) s[j] = -INFINITY;
    if (!mask && attn_rule_is_range(r)) return MAX(0, to - from);
    for (int64_t j = from; j < to; j++) {
        float x = mask ? mask_at(p, mask, first + j, unit) : 0;
        if (x == -INFINITY || !attn_sees(r, b, h, t, first + j)) {
            s[j] = -INFINITY;
            continue;
        }
        s[j] += x + unit * attn_distance_bias(r, h, t, first + j);
        kept++;
    }
    return kept;
}

/* ---- out --------------------------------------------------------------------------- */

void attn_problem_clear(AttnProblem *p) {
    Tensor *all[] = {p->held_q, p->held_k, p->held_v,   p->held_mask,
                     p->out_t,  p->lse_t,  p->weights_t};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) tensor_release(all[i]);
    *p = (AttnProblem){0};
}

/* Moves *from to *to in the caller's dtype. */
static bool hand_out(Tensor **from, DType dt, Tensor **to, Err *err) {
    if (!*from) return true;
    if (dt != DT_F32) return tensor_cast(*from, dt, to, err);
    *to = *from;
    *from = NULL;
    return true;
}

bool attn_problem_finish(AttnProblem *p, AttnOut *out, Err *err) {
    AttnOut o = {.dead_rows = p->dead,
                 .scores_kept = p->alive,
                 .scores_computed = p->computed,
                 .tiles = p->tiles,
                 .skipped = p->skipped};
    bool ok = hand_out(&p->out_t, p->dtype, &o.out, err) &&
              hand_out(&p->lse_t, p->dtype, &o.lse, err) &&
              hand_out(&p->weights_t, p->dtype, &o.weights, err);
    attn_problem_clear(p);
    if (ok)
        *out = o;
    else
        attn_out_clear(&o);
    return ok;
}
