#include "config.h"

#include "attn/backward.h"

#include "attn/grid.h"
#include "attn/tiled.h"
#include "attn/pool.h"
#include "attn/shape.h"
#include "attn/tilemap.h"
#include "tensor/copy.h"
#include "tensor/poll.h"

typedef struct Backward {
    AttnProblem p;
    const AttnLanes *lanes;
    TileMap map;
    AttnGrid grid;
    Tensor *out, *lse, *dout; /* owned, contiguous float32 */
    Tensor *dq, *dk, *dv;     /* owned results */
    int64_t k_batch, v_batch; /* elements between batches of dk, dv; 0: one for all */
    float *scratch;
    size_t stride; /* floats of scratch for each worker */
} Backward;

bool attn_backward_supports(const AttnArgs *a) {
    Err err = {0};
    AttnShape z;
    if (!attn_shape(a, &z, &err)) {
        err_clear(&err);
        return true; /* attn_backward says what is wrong */
    }
    return a->q->dtype == DT_F32 && !a->f64 && z.B > 0 && z.H > 0 && z.T > 0 && z.S > 0 &&
           z.D > 0 && z.Dv > 0 && z.D <= 512 && z.Dv <= 512 && z.S < INT32_MAX;
}

static void place_row(const Backward *w, AttnRow *row, int64_t b, int64_t h, int64_t t) {
    const AttnProblem *p = &w->p;
    int64_t at = (b * p->H + h) * p->T + t;
    const float *out = (const float *)tensor_data(w->out) + at * p->Dv;
    row->h = h;
    row->t = t;
    row->q = attn_row(&p->q, b, h, t);
    row->mask = attn_mask_row(p, b, h, t);
    row->out = (float *)tensor_data(w->dq) + at * p->D;
    row->lse = (float *)tensor_data(w->lse) + at;
    row->dout = (const float *)tensor_data(w->dout) + at * p->Dv;
    row->delta = 0;
    for (int64_t d = 0; d < p->Dv; d++) row->delta += row->dout[d] * out[d];
}

/* A block of queries of one head into b; its k, v, dk and dv are set. */
static void place_block(const Backward *w, AttnBlock *b, int64_t h, int64_t block) {
    const AttnProblem *p = &w->p;
    AttnSpan span = attn_span(&w->grid, block);
    b->rows = span.rows;
    if (!b->rows) return;
    b->k_ld = p->k.stride[2];
    b->v_ld = p->v.stride[2];
    b->dk_ld = p->D;
    b->dv_ld = p->Dv;
    b->tiles = tile_map_row(&w->map, b->batch, h, block);
    b->mixed = p->mask && !b->tiles;
    for (int i = 0; i < b->rows; i++)
        place_row(w, &b->row[i], b->batch, h, span.t0 + i * w->grid.step);
    attn_place_keys(b, w->grid.step);
}

/* All queries that read key head g of one batch, in a fixed order: dk and dv are sums. */
static void run_group(const Backward *w, int64_t batch, int64_t g, float *scratch) {
    const AttnProblem *p = &w->p;
    int64_t group = p->H / p->G;
    AttnBlock b = {.p = p, .batch = batch}, one;
    b.k = attn_row(&p->k, batch, g, 0);
    b.v = attn_row(&p->v, batch, g, 0);
    b.dk = (float *)tensor_data(w->dk) + batch * w->k_batch + g * p->S * p->D;
    b.dv = (float *)tensor_data(w->dv) + batch * w->v_batch + g * p->S * p->Dv;
    for (int64_t h = g * group; h < (g + 1) * group; h++)
        for (int64_t i = 0; i < w->grid.blocks && !INTERRUPTED(); i++) {
            one = b;
            place_block(w, &one, h, i);
            if (one.rows) w->lanes->backward(&one, scratch);
        }
}

/* An item is a key head: of one batch, or of all where they share keys or values. */
static void run_item(void *context, int64_t item, int worker) {
    const Backward *w = context;
    float *scratch = w->scratch + w->stride * (size_t)worker;
    if (w->k_batch && w->v_batch) {
        run_group(w, item / w->p.G, item % w->p.G, scratch);
        return;
    }
    for (int64_t b = 0; b < w->p.B; b++) run_group(w, b, item, scratch);
}

static bool run(Backward *w, Err *err) {
    AttnProblem *p = &w->p;
    w->lanes = attn_lanes();
    const AttnRule *r = &p->rule;
    if (r->at.layout && r->at.step > 1 && !attn_problem_lower(p, err)) return false;
    w->grid = attn_grid(r, p->T, w->lanes->block);
    if (attn_grid_is_plain(r) && !tile_map_init(&w->map, p, w->lanes->block))
        return tensor_interrupted(err);
    w->stride = (w->lanes->backward_scratch(p->D, p->Dv) + 15) / 16 * 16;
    size_t bytes = (size_t)attn_threads() * w->stride * sizeof(float);
    w->scratch = scratch_new(bytes);
    bool done = pool_run(w->k_batch && w->v_batch ? p->B * p->G : p->G, run_item, w);
    scratch_free(w->scratch, bytes);
    return done || tensor_interrupted(err);
}

/* *t contiguous float32, of the problem's size. */
static bool place(const Tensor *t, const char *name, int64_t numel, Tensor **out, Err *err) {
    if (t->dtype != DT_F32 || tensor_numel(t) != numel)
        return err_set(err, ERR_RUNTIME,
                       "attention backward: %s must be float32 with %lld elements, got torch.%s "
                       "with %lld",
                       name, (long long)numel, dtype_name((DType)t->dtype),
                       (long long)tensor_numel(t));
    return tensor_contiguous(t, out, err);
}

static bool prepare(Backward *w, const AttnArgs *a, const Tensor *out, const Tensor *lse,
                    const Tensor *dout, Err *err) {
    AttnProblem *p = &w->p;
    int64_t rows = p->B * p->H * p->T, size[4], stride[4];
    if (!place(out, "out", rows * p->Dv, &w->out, err) || !place(lse, "lse", rows, &w->lse, err) ||
        !place(dout, "dout", rows * p->Dv, &w->dout, err) ||
        !tensor_zeros(DT_F32, a->q->ndim, a->q->shape, &w->dq, err) ||
        !tensor_zeros(DT_F32, a->k->ndim, a->k->shape, &w->dk, err) ||
        !tensor_zeros(DT_F32, a->v->ndim, a->v->shape, &w->dv, err))
        return false;
    attn_spread(a->k, size, stride);
    w->k_batch = size[0] == 1 && p->B > 1 ? 0 : p->G * p->S * p->D;
    attn_spread(a->v, size, stride);
    w->v_batch = size[0] == 1 && p->B > 1 ? 0 : p->G * p->S * p->Dv;
    return true;
}

static void give(Tensor **from, Tensor **to) {
    if (!to) return;
    *to = *from;
    *from = NULL;
}

bool attn_backward(const AttnArgs *a, const Tensor *out, const Tensor *lse, const Tensor *dout,
                   Tensor **dq, Tensor **dk, Tensor **dv, Err *err) {
    Backward w = {0};
    if (!attn_backward_supports(a)) {
        err_set(err, ERR_RUNTIME,
                "attention backward: wanted float32 operands, none empty, head "
                "sizes up to 512");
        return err_hint(err, "build the scores by matmul and softmax instead");
    }
    if (!attn_problem_place(a, &w.p, err)) return false;
    bool ok = prepare(&w, a, out, lse, dout, err) && run(&w, err);
    if (ok) give(&w.dq, dq), give(&w.dk, dk), give(&w.dv, dv);
    Tensor *all[] = {w.out, w.lse, w.dout, w.dq, w.dk, w.dv};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) tensor_release(all[i]);
    tile_map_clear(&w.map);
    attn_problem_clear(&w.p);
    return ok;
}
