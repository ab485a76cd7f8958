#include "config.h"

#include "attn/naive.h"

#include <math.h>

#include "attn/shape.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"

/* The operands in the compute type, as pointers and strides over (B, H or G, T or S, D). */
typedef struct Walk {
    int64_t B, H, G, T, S, D, Dv;
    double scale;
    AttnRule rule;
    const void *q, *k, *v;
    int64_t q_stride[4], k_stride[4], v_stride[4];
    const char *mask; /* NULL: none; bool, or the compute type */
    bool mask_is_bool;
    size_t mask_size;
    int64_t mask_stride[4];
    void *out, *weights, *lse; /* contiguous; the last two may be NULL */
    int64_t dead, alive;
} Walk;

static const char *mask_row(const Walk *w, int64_t b, int64_t h, int64_t t) {
    if (!w->mask) return NULL;
    int64_t at = b * w->mask_stride[0] + h * w->mask_stride[1] + t * w->mask_stride[2];
    return w->mask + at * (int64_t)w->mask_size;
}

#define REAL float
#define NAME(x) x##_f32
#define EXP expf
#define LOG logf
#include "attn/naive_kernel.h"

#define REAL double
#define NAME(x) x##_f64
#define EXP exp
#define LOG log
#include "attn/naive_kernel.h"

/* ---- checks --------------------------------------------------------------------- */

static bool check_shapes(const AttnArgs *a, Walk *w, Err *err) {
    AttnShape z;
    if (!attn_shape(a, &z, err) ||
        !attn_rule_init(&w->rule, &a->pattern, a->causal, a->bottom_right ? z.S - z.T : 0, z.B, z.H,
                        z.T, z.S, err))
        return false;
    w->B = z.B, w->H = z.H, w->G = z.G, w->T = z.T, w->S = z.S, w->D = z.D, w->Dv = z.Dv;
    return true;
}

/* The mask in the compute type, broadcast to (B, H, T, S); *held keeps it alive. */
static bool place_mask(const AttnArgs *a, Walk *w, DType in, Tensor **held, Err *err) {
    if (!a->mask) return true;
    int64_t shape[4] = {w->B, w->H, w->T, w->S};
    if (!attn_mask_spread(a->mask, in, shape, held, err)) return false;
    w->mask = tensor_data(*held);
    w->mask_is_bool = (*held)->dtype == DT_BOOL;
    w->mask_size = dtype_size((DType)(*held)->dtype);
    memcpy(w->mask_stride, (*held)->stride, sizeof w->mask_stride);
    return true;
}

/* ---- the call ---------------------------------------------------------------------- */

AttnArgs attn_args(const Tensor *q, const Tensor *k, const Tensor *v) {
    return (AttnArgs){.q = q, .k = k, .v = v};
}

void attn_out_clear(AttnOut *out) {
    tensor_release(out->out);
    tensor_release(out->weights);
    tensor_release(out->lse);
    *out = (AttnOut){0};
}

/* A result of q's rank whose last size is `last` (-1: dropped). */
static bool result(const Tensor *q, int64_t last, DType dt, Tensor **out, Err *err) {
    int64_t shape[TENSOR_MAX_DIM];
    memcpy(shape, q->shape, sizeof *shape * (size_t)q->ndim);
    shape[q->ndim - 1] = last;
    return tensor_empty(dt, last < 0 ? q->ndim - 1 : q->ndim, shape, out, err);
}

static bool make_results(const AttnArgs *a, Walk *w, DType in, AttnOut *o, Err *err) {
    if (!result(a->q, w->Dv, in, &o->out, err)) return false;
    if (a->want_weights && !result(a->q, w->S, in, &o->weights, err)) return false;
    if (a->want_lse && !result(a->q, -1, in, &o->lse, err)) return false;
    w->out = tensor_data(o->out);
    if (o->weights) w->weights = tensor_data(o->weights);
    if (o->lse) w->lse = tensor_data(o->lse);
    return true;
}

static bool narrow(Tensor **t, DType dt, Err *err) {
    Tensor *cast = NULL;
    if (!*t || (DType)(*t)->dtype == dt) return true;
    if (!tensor_cast(*t, dt, &cast, err)) return false;
    tensor_release(*t);
    *t = cast;
    return true;
}

static bool run(Walk *w, DType in, Err *err) {
    double room[128], *p = room;
    size_t bytes = dtype_size(in) * (size_t)w->S;
    if (bytes > sizeof room) p = scratch_new(bytes);
    bool ok = in == DT_F64 ? rows_f64(w, p, err) : rows_f32(w, (float *)p, err);
    if (p != room) scratch_free(p, bytes);
    return ok;
}

bool attn_naive(const AttnArgs *a, AttnOut *out, Err *err) {
    Walk w = {0};
    AttnOut o = {0};
    Tensor *q = NULL, *k = NULL, *v = NULL, *mask = NULL;
    bool ok = false;
    if (!check_shapes(a, &w, err)) return false;
    DType dt = (DType)a->q->dtype, in = a->f64 || dt == DT_F64 ? DT_F64 : DT_F32;
    int64_t unused[4];
    w.scale = a->scale != 0 ? a->scale : 1 / sqrt((double)w.D);
    if (!tensor_cast(a->q, in, &q, err) || !tensor_cast(a->k, in, &k, err) ||
        !tensor_cast(a->v, in, &v, err) || !place_mask(a, &w, in, &mask, err) ||
        !make_results(a, &w, in, &o, err))
        goto out;
    attn_spread(q, unused, w.q_stride);
    attn_spread(k, unused, w.k_stride);
    attn_spread(v, unused, w.v_stride);
    w.q = tensor_data(q), w.k = tensor_data(k), w.v = tensor_data(v);
    ok = run(&w, in, err) && narrow(&o.out, dt, err) && narrow(&o.weights, dt, err) &&
         narrow(&o.lse, dt, err);
    if (!ok) goto out;
    o.dead_rows = w.dead;
    o.scores_kept = o.scores_computed = w.alive;
    *out = o;
    o = (AttnOut){0};
out:
    attn_out_clear(&o);
    tensor_release(q);
    tensor_release(k);
    tensor_release(v);
    tensor_release(mask);
    return ok;
}
