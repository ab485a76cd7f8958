#include "config.h"

#include "attn/naive.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/poll.h"
#include "tensor/view.h"

/* The operands in the compute type, as pointers and strides over (B, H or G, T or S, D). */
typedef struct Walk {
    int64_t B, H, G, T, S, D, Dv;
    double scale;
    bool causal;
    int64_t shift; /* key position that query 0 stands at */
    const void *q, *k, *v;
    int64_t q_stride[4], k_stride[4], v_stride[4];
    const char *mask; /* NULL: none; bool, or the compute type */
    bool mask_is_bool;
    size_t mask_size;
    int64_t mask_stride[4];
    void *out, *weights, *lse; /* contiguous; the last two may be NULL */
    int64_t dead, alive;
} Walk;

/* The first key that causality hides from query t. */
static int64_t causal_end(const Walk *w, int64_t t) {
    if (!w->causal) return w->S;
    return MIN(w->S, MAX(0, t + w->shift + 1));
}

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

/* Sizes and strides with leading ones up to rank 4. */
static void spread(const Tensor *t, int64_t *size, int64_t *stride) {
    for (int d = 0; d < 4; d++) {
        int at = d - (4 - t->ndim);
        size[d] = at < 0 ? 1 : t->shape[at];
        stride[d] = at < 0 || t->shape[at] == 1 ? 0 : t->stride[at];
    }
}

static bool misfit(const AttnArgs *a, const char *what, Err *err) {
    Str q = STR_INIT, k = STR_INIT, v = STR_INIT;
    shape_str(&q, a->q->ndim, a->q->shape);
    shape_str(&k, a->k->ndim, a->k->shape);
    shape_str(&v, a->v->ndim, a->v->shape);
    err_set(err, ERR_RUNTIME, "attention: %s; query is %s, key is %s, value is %s", what,
            str_cstr(&q), str_cstr(&k), str_cstr(&v));
    str_clear(&q);
    str_clear(&k);
    str_clear(&v);
    return false;
}

static bool check_types(const AttnArgs *a, Err *err) {
    const Tensor *all[3] = {a->q, a->k, a->v};
    for (int i = 0; i < 3; i++) {
        if (all[i]->ndim < 2 || all[i]->ndim > 4)
            return misfit(a, "operands have 2 to 4 dimensions", err);
        if (!dtype_is_float((DType)all[i]->dtype)) {
            err_set(err, ERR_RUNTIME, "attention: wanted floating-point operands, got torch.%s",
                    dtype_name((DType)all[i]->dtype));
            return err_hint(err, "convert with .float()");
        }
    }
    if (a->q->dtype == a->k->dtype && a->q->dtype == a->v->dtype) return true;
    err_set(err, ERR_RUNTIME,
            "attention: query, key and value must have one dtype, got torch.%s, torch.%s and "
            "torch.%s",
            dtype_name((DType)a->q->dtype), dtype_name((DType)a->k->dtype),
            dtype_name((DType)a->v->dtype));
    return err_hint(err, "convert with .to(query.dtype)");
}

/* Fills sizes; the strides are of the operands as given. */
static bool check_shapes(const AttnArgs *a, Walk *w, Err *err) {
    int64_t q[4], k[4], v[4];
    spread(a->q, q, w->q_stride);
    spread(a->k, k, w->k_stride);
    spread(a->v, v, w->v_stride);
    w->B = q[0], w->H = q[1], w->T = q[2], w->D = q[3];
    w->G = k[1], w->S = k[2], w->Dv = v[3];
    if (k[3] != w->D) return misfit(a, "query and key differ in their last size", err);
    if (v[2] != w->S) return misfit(a, "key and value differ in length", err);
    if (v[1] != w->G) return misfit(a, "key and value differ in heads", err);
    if ((k[0] != w->B && k[0] != 1) || (v[0] != w->B && v[0] != 1))
        return misfit(a, "batch sizes differ", err);
    if (w->G == 0 || w->H % w->G != 0) {
        if (w->H == 0) return true;
        misfit(a, "the query's heads are not a multiple of the key's", err);
        return err_hint(err, "each key head serves the same number of query heads");
    }
    return true;
}

/* The mask in the compute type, broadcast to (B, H, T, S); *held keeps it alive. */
static bool place_mask(const AttnArgs *a, Walk *w, DType in, Tensor **held, Err *err) {
    if (!a->mask) return true;
    DType dt = (DType)a->mask->dtype;
    if (dt != DT_BOOL && !dtype_is_float(dt)) {
        err_set(err, ERR_RUNTIME, "attention: a mask is bool or floating, got torch.%s",
                dtype_name(dt));
        return err_hint(err, "compare it (mask != 0) so that True means: may attend");
    }
    Tensor *cast = NULL;
    int64_t shape[4] = {w->B, w->H, w->T, w->S};
    if (!tensor_cast(a->mask, dt == DT_BOOL ? dt : in, &cast, err)) return false;
    bool ok = tensor_expand(cast, 4, shape, held, err);
    tensor_release(cast);
    if (!ok) return err_hint(err, "a mask broadcasts to (batch, heads, queries, keys)");
    w->mask = tensor_data(*held);
    w->mask_is_bool = dt == DT_BOOL;
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
    if (w->S > (int64_t)ARRAY_LEN(room)) p = mem_alloc(sizeof *p * (size_t)w->S);
    bool ok = in == DT_F64 ? rows_f64(w, p, err) : rows_f32(w, (float *)p, err);
    if (p != room) mem_free(p);
    return ok;
}

bool attn_naive(const AttnArgs *a, AttnOut *out, Err *err) {
    Walk w = {.causal = a->causal};
    AttnOut o = {0};
    Tensor *q = NULL, *k = NULL, *v = NULL, *mask = NULL;
    bool ok = false;
    if (!check_types(a, err) || !check_shapes(a, &w, err)) return false;
    DType dt = (DType)a->q->dtype, in = a->f64 || dt == DT_F64 ? DT_F64 : DT_F32;
    int64_t unused[4];
    w.scale = a->scale != 0 ? a->scale : 1 / sqrt((double)w.D);
    w.shift = a->bottom_right ? w.S - w.T : 0;
    if (!tensor_cast(a->q, in, &q, err) || !tensor_cast(a->k, in, &k, err) ||
        !tensor_cast(a->v, in, &v, err) || !place_mask(a, &w, in, &mask, err) ||
        !make_results(a, &w, in, &o, err))
        goto out;
    spread(q, unused, w.q_stride);
    spread(k, unused, w.k_stride);
    spread(v, unused, w.v_stride);
    w.q = tensor_data(q), w.k = tensor_data(k), w.v = tensor_data(v);
    ok = run(&w, in, err) && narrow(&o.out, dt, err) && narrow(&o.weights, dt, err) &&
         narrow(&o.lse, dt, err);
    if (!ok) goto out;
    o.dead_rows = w.dead;
    o.scores_computed = w.alive;
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
