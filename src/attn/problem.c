#include "config.h"

#include "attn/problem.h"

#include <math.h>

#include "attn/shape.h"
#include "tensor/copy.h"
#include "tensor/view.h"

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
    DType dt = (DType)a->mask->dtype;
    if (dt != DT_BOOL && !dtype_is_float(dt)) {
        err_set(err, ERR_RUNTIME, "attention: a mask is bool or floating, got torch.%s",
                dtype_name(dt));
        return err_hint(err, "compare it (mask != 0) so that True means: may attend");
    }
    Tensor *cast = NULL;
    int64_t shape[4] = {p->B, p->H, p->T, p->S};
    if (!tensor_cast(a->mask, dt == DT_BOOL ? dt : DT_F32, &cast, err)) return false;
    bool ok = tensor_expand(cast, 4, shape, &p->held_mask, err);
    tensor_release(cast);
    if (!ok) return err_hint(err, "a mask broadcasts to (batch, heads, queries, keys)");
    p->mask = tensor_data(p->held_mask);
    p->mask_is_bool = dt == DT_BOOL;
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
    AttnOut o = {.dead_rows = p->dead, .scores_computed = p->alive};
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
