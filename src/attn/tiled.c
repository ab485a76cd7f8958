#include "config.h"

#include "attn/tiled.h"

#include <math.h>
#include <stdatomic.h>

#include "attn/grid.h"
#include "attn/pool.h"
#include "attn/tilemap.h"
#include "tensor/interrupt.h"

/* Multiply-adds below which waking threads costs more than it gives: about 100 µs. */
#define SERIAL_WORK 5e6
/* With fewer blocks of queries than this, long keys are cut into parts for the threads; it is the
 * shape that decides, so that the result does not depend on how many there are. */
#define DECODE_ITEMS 16
#define DECODE_CHUNK 1024
#define LOG2E 1.44269504088896340736

typedef struct Job {
    const AttnProblem *p;
    const AttnLanes *lanes;
    TileMap map;
    bool packed;    /* a block's rows are (head of the group, query), not queries of one head */
    AttnGrid grid;  /* of a head, or of a packed group's rows */
    int64_t heads;  /* groups or heads of a batch */
    int64_t chunks; /* decode: parts of the keys */
    float *part;    /* (B, H, T, chunks, Dv + 2): output, maximum and sum of each; NULL: one part */
    float *scratch; /* aligned; `stride` floats for each worker */
    size_t stride;
    atomic_llong dead, alive, computed, tiles, skipped;
} Job;

int64_t attn_shared_rows(int64_t T, int64_t H, int64_t G, bool mask_by_head) {
    return mask_by_head || G == 0 ? T : H / G * T;
}

/* Keys before j that are first + a multiple of step. */
static int64_t keys_before(int64_t j, int64_t first, int64_t step) {
    return j <= first ? 0 : (j - first + step - 1) / step;
}

void attn_place_keys(AttnBlock *b, int64_t step) {
    const AttnProblem *p = b->p;
    const AttnRule *r = &p->rule;
    int64_t size = p->mask_is_bool ? 1 : (int64_t)sizeof(float);
    int64_t first = ((b->row[0].t + r->shift) % step + step) % step; /* of the keys in reach */
    b->k += first * b->k_ld;
    b->v += first * b->v_ld;
    if (b->dk) b->dk += first * b->dk_ld, b->dv += first * b->dv_ld;
    for (int i = 0; i < b->rows; i++) {
        AttnRow *row = &b->row[i];
        row->begin = keys_before(attn_first_key(r, row->t), first, step);
        row->end = keys_before(attn_end_key(r, b->batch, row->t), first, step);
        row->pos = (float)((row->t + r->shift - first) / step);
        row->slope = r->at.slopes ? r->at.slopes[row->h] * (float)((double)step * LOG2E) : 0;
        if (row->mask) row->mask += first * p->mask_stride[3] * size;
    }
    b->k_ld *= step, b->v_ld *= step, b->dk_ld *= step, b->dv_ld *= step;
    b->mask_ld = p->mask_stride[3] * step;
    if (r->at.layout)
        b->layout =
            r->at.layout + b->row[0].h * r->layout_head + b->row[0].t / r->at.block * r->cols;
}

static void place_row(const AttnProblem *p, AttnRow *row, int64_t b, int64_t h, int64_t t) {
    int64_t at = (b * p->H + h) * p->T + t;
    row->h = h;
    row->t = t;
    row->q = attn_row(&p->q, b, h, t);
    row->mask = attn_mask_row(p, b, h, t);
    row->out = p->out + at * p->Dv;
    row->lse = p->lse ? p->lse + at : NULL;
}

/* The last blocks come first: under causality they are the longest. */
static void place_block(const Job *j, int64_t item, AttnBlock *b) {
    const AttnProblem *p = j->p;
    int64_t group = p->H / p->G, blocks = j->grid.blocks, block = blocks - 1 - item % blocks;
    int64_t head = item / blocks % j->heads, batch = item / blocks / j->heads;
    int64_t h = j->packed ? head * group : head;
    AttnSpan span = attn_span(&j->grid, block);
    *b = (AttnBlock){.p = p, .batch = batch, .rows = span.rows};
    if (!b->rows) return;
    b->k = attn_row(&p->k, batch, h / group, 0);
    b->v = attn_row(&p->v, batch, h / group, 0);
    b->k_ld = p->k.stride[2];
    b->v_ld = p->v.stride[2];
    b->tiles = tile_map_row(&j->map, batch, h, j->packed ? 0 : block);
    b->mixed = p->mask && !b->tiles;
    for (int i = 0; i < b->rows; i++) {
        int64_t t = span.t0 + i * j->grid.step;
        place_row(p, &b->row[i], batch, h + (j->packed ? t / p->T : 0), t % p->T);
    }
    attn_place_keys(b, j->grid.step);
}

static void tally(Job *j, const AttnBlock *b) {
    atomic_fetch_add_explicit(&j->dead, b->dead, memory_order_relaxed);
    atomic_fetch_add_explicit(&j->alive, b->alive, memory_order_relaxed);
    atomic_fetch_add_explicit(&j->computed, b->computed, memory_order_relaxed);
    atomic_fetch_add_explicit(&j->tiles, b->tiles_all, memory_order_relaxed);
    atomic_fetch_add_explicit(&j->skipped, b->tiles_all - b->tiles_run, memory_order_relaxed);
}

static void run_block(void *context, int64_t item, int worker) {
    Job *j = context;
    AttnBlock b;
    place_block(j, item, &b);
    if (!b.rows) return;
    b.tiles_all = b.layout ? j->p->rule.cols : (j->p->S + ATTN_TILE - 1) / ATTN_TILE;
    j->lanes->tiled(&b, j->scratch + j->stride * (size_t)worker);
    tally(j, &b);
}

/* Part `chunk` of the block's keys, into the rows' parts. */
static void narrow_to(const Job *j, AttnBlock *b, int64_t chunk) {
    const AttnProblem *p = j->p;
    int64_t from = chunk * DECODE_CHUNK, to = MIN(p->S, from + DECODE_CHUNK);
    for (int i = 0; i < b->rows; i++) {
        AttnRow *row = &b->row[i];
        int64_t at = ((b->batch * p->H + row->h) * p->T + row->t) * j->chunks + chunk;
        row->out = j->part + at * (p->Dv + 2);
        row->part = row->out + p->Dv;
        row->begin = MIN(to, MAX(from, row->begin));
        row->end = MAX(row->begin, MIN(to, row->end));
    }
}

static void run_decode(void *context, int64_t item, int worker) {
    Job *j = context;
    AttnBlock b;
    place_block(j, item / j->chunks, &b);
    if (j->part) narrow_to(j, &b, item % j->chunks);
    j->lanes->decode(&b, j->scratch + j->stride * (size_t)worker);
    tally(j, &b);
}

/* One row's parts, in their order: with w = l 2^(m - M) of each, out = sum of w o / sum of w. */
static void merge_row(Job *j, AttnProblem *p, int64_t row) {
    int64_t wide = p->Dv + 2;
    const float *part = j->part + row * j->chunks * wide;
    float *out = p->out + row * p->Dv, most = -INFINITY;
    double sum = 0;
    memset(out, 0, sizeof *out * (size_t)p->Dv);
    for (int64_t c = 0; c < j->chunks; c++) most = fmaxf(most, part[c * wide + p->Dv]);
    for (int64_t c = 0; c < j->chunks; c++, part += wide) {
        double w = (double)part[p->Dv + 1] * exp2((double)(part[p->Dv] - most));
        for (int64_t d = 0; d < p->Dv && w != 0; d++) out[d] += (float)w * part[d];
        sum += w;
    }
    for (int64_t d = 0; d < p->Dv && sum != 0; d++) out[d] *= (float)(1 / sum);
    if (p->lse) p->lse[row] = sum == 0 ? -INFINITY : (float)(((double)most + log2(sum)) / LOG2E);
    p->dead += sum == 0;
}

/* All items, on the pool where the work pays for it. */
static bool run_items(Job *j, AttnProblem *p, size_t floats, void (*body)(void *, int64_t, int),
                      Err *err) {
    int64_t items = p->B * j->heads * j->grid.blocks * MAX(1, j->chunks);
    double work =
        (double)p->B * (double)p->H * (double)p->T * (double)p->S * (double)(p->D + p->Dv);
    bool share = work >= SERIAL_WORK && items > 1, done = true;
    j->stride = (floats + 15) / 16 * 16;
    size_t workers = share ? (size_t)attn_threads() : 1;
    size_t bytes = workers * j->stride * sizeof(float);
    j->scratch = scratch_new(bytes);
    if (share)
        done = pool_run(items, body, j);
    else
        for (int64_t i = 0; i < items && !INTERRUPTED(); i++) body(j, i, 0);
    scratch_free(j->scratch, bytes);
    p->dead = atomic_load(&j->dead);
    p->alive = atomic_load(&j->alive);
    p->computed = atomic_load(&j->computed);
    p->tiles = atomic_load(&j->tiles);
    p->skipped = atomic_load(&j->skipped);
    return (done && !INTERRUPTED()) || tensor_interrupted(err);
}

static bool mask_by_head(const AttnProblem *p) {
    return p->mask && p->mask_stride[1] != 0;
}

bool attn_tiled(AttnProblem *p, Err *err) {
    const AttnLanes *lanes = attn_lanes();
    const AttnRule *r = &p->rule;
    Job j = {.p = p, .lanes = lanes};
    int64_t group = p->H / p->G;
    if (attn_grid_wants_mask(r) && !attn_problem_lower(p, err)) return false;
    j.packed = group > 1 && p->T < lanes->block && !mask_by_head(p) && attn_grid_is_plain(r);
    j.grid = attn_grid(r, j.packed ? group * p->T : p->T, lanes->block);
    j.heads = j.packed ? p->G : p->H;
    if (attn_grid_is_plain(r) && !tile_map_init(&j.map, p, j.packed ? p->T : lanes->block))
        return tensor_interrupted(err);
    bool ok = run_items(&j, p, lanes->tiled_scratch(p->D, p->Dv), run_block, err);
    tile_map_clear(&j.map);
    return ok;
}

bool attn_decode(AttnProblem *p, Err *err) {
    Job j = {.p = p, .lanes = attn_lanes()};
    AttnRule plain = {0};
    j.packed = !mask_by_head(p);
    j.grid = attn_grid(&plain, j.packed ? p->H / p->G * p->T : p->T, ATTN_DECODE_ROWS);
    j.heads = j.packed ? p->G : p->H;
    bool split = p->B * j.heads * j.grid.blocks < DECODE_ITEMS && p->S >= 2 * DECODE_CHUNK;
    j.chunks = split ? (p->S + DECODE_CHUNK - 1) / DECODE_CHUNK : 1;
    int64_t rows = p->B * p->H * p->T;
    size_t floats = ATTN_DECODE_ROWS * (size_t)(p->S + 2 * ATTN_TILE);
    size_t bytes = sizeof(float) * (size_t)(rows * j.chunks * (p->Dv + 2));
    if (split) j.part = scratch_new(bytes);
    bool ok = run_items(&j, p, floats, run_decode, err);
    for (int64_t row = 0; split && ok && row < rows; row++) merge_row(&j, p, row);
    scratch_free(j.part, bytes);
    return ok;
}

bool attn_narrow(AttnProblem *p, Err *err) {
    const AttnLanes *lanes = attn_lanes();
    for (int64_t b = 0; b < p->B; b++)
        for (int64_t h = 0; h < p->H; h++) {
            if (INTERRUPTED()) return tensor_interrupted(err);
            lanes->narrow(p, b, h);
        }
    return true;
}
