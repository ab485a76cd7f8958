#include "config.h"

#include "attn/backward.h"

#include "attn/grid.h"
#include "attn/tiled.h"
#include "attn/pool.h"
#include "attn/shape.h"
#include "attn/tilemap.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"

typedef struct Backward {
    AttnProblem p;
    const AttnLanes *lanes;
    TileMap map;
    AttnGrid grid;
    Tensor *out, *lse, *dout; /* owned, contiguous float32 */
    Tensor *dq, *dk, *dv;     /* owned results */
    int64_t k_batch, v_batch; /* elements between batches of dk, dv; 0: one for all */
    int64_t items;            /* key heads of their own */
    int64_t slices; /* of the queries that read one key head; the first adds to dk and dv */
    float *sums;    /* (items, slices - 1, S, D + Dv): what the others add to */
    float *scratch;
    size_t stride; /* floats of scratch for each worker */
} Backward;

/* With fewer key heads than this, their queries are cut into slices for the threads. The shape
 * decides, not the number of threads: dk and dv are sums, whose order must not change. */
#define ENOUGH_ITEMS 8
#define LEAST_BLOCKS 4 /* in a slice */

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

/* Every slices-th block of the queries that read key head g of one batch, in a fixed order: dk and
 * dv are sums. */
static void run_group(const Backward *w, int64_t batch, int64_t g, int64_t item, int64_t slice,
                      float *scratch) {
    const AttnProblem *p = &w->p;
    int64_t group = p->H / p->G;
    AttnBlock b = {.p = p, .batch = batch}, one;
    b.k = attn_row(&p->k, batch, g, 0);
    b.v = attn_row(&p->v, batch, g, 0);
    b.dk = (float *)tensor_data(w->dk) + batch * w->k_batch + g * p->S * p->D;
    b.dv = (float *)tensor_data(w->dv) + batch * w->v_batch + g * p->S * p->Dv;
    if (slice > 0) {
        b.dk = w->sums + (item * (w->slices - 1) + slice - 1) * p->S * (p->D + p->Dv);
        b.dv = b.dk + p->S * p->D;
    }
    for (int64_t i = slice; i < group * w->grid.blocks && !INTERRUPTED(); i += w->slices) {
        one = b;
        place_block(w, &one, g * group + i / w->grid.blocks, i % w->grid.blocks);
        if (one.rows) w->lanes->backward(&one, scratch);
    }
}

/* An item is a key head: of one batch, or of all where they share keys or values. */
static void run_item(void *context, int64_t item, int worker) {
    const Backward *w = context;
    float *scratch = w->scratch + w->stride * (size_t)worker;
    int64_t head = item / w->slices, slice = item % w->slices;
    if (w->k_batch && w->v_batch) {
        run_group(w, head / w->p.G, head % w->p.G, head, slice, scratch);
        return;
    }
    for (int64_t b = 0; b < w->p.B; b++) run_group(w, b, head, head, slice, scratch);
}

/* Adds the slices' sums to the results, slice by slice. */
static void add_slices(void *context, int64_t item, int worker) {
    UNUSED(worker);
    const Backward *w = context;
    const AttnProblem *p = &w->p;
    bool own = w->k_batch && w->v_batch;
    int64_t b = own ? item / p->G : 0, g = own ? item % p->G : item;
    float *dk = (float *)tensor_data(w->dk) + b * w->k_batch + g * p->S * p->D;
    float *dv = (float *)tensor_data(w->dv) + b * w->v_batch + g * p->S * p->Dv;
    const float *sum = w->sums + item * (w->slices - 1) * p->S * (p->D + p->Dv);
    for (int64_t s = 1; s < w->slices; s++) {
        for (int64_t i = 0; i < p->S * p->D; i++) dk[i] += *sum++;
        for (int64_t i = 0; i < p->S * p->Dv; i++) dv[i] += *sum++;
    }
}

static void plan_slices(Backward *w) {
    const AttnProblem *p = &w->p;
    int64_t blocks = p->H / p->G * w->grid.blocks;
    w->items = w->k_batch && w->v_batch ? p->B * p->G : p->G;
    w->slices = (ENOUGH_ITEMS + w->items - 1) / w->items;
    w->slices = MAX(1, MIN(w->slices, blocks / LEAST_BLOCKS));
}

static bool run(Backward *w, Err *err) {
    AttnProblem *p = &w->p;
    w->lanes = attn_lanes();
    const AttnRule *r = &p->rule;
    if (attn_grid_wants_mask(r) && !attn_problem_lower(p, err)) return false;
    w->grid = attn_grid(r, p->T, w->lanes->block);
    if (attn_grid_is_plain(r) && !tile_map_init(&w->map, p, w->lanes->block))
        return tensor_interrupted(err);
    w->stride = (w->lanes->backward_scratch(p->D, p->Dv) + 15) / 16 * 16;
    size_t bytes = (size_t)attn_threads() * w->stride * sizeof(float);
    plan_slices(w);
    size_t sums = sizeof(float) * (size_t)(w->items * (w->slices - 1) * p->S * (p->D + p->Dv));
    if (sums && !memory_admit(sums, "the gradient's partial sums", err)) return false;
    w->scratch = scratch_new(bytes);
    w->sums = scratch_new(sums);
    bool done = pool_run(w->items * w->slices, run_item, w);
    if (done && w->slices > 1) done = pool_run(w->items, add_slices, w);
    scratch_free(w->sums, sums);
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
