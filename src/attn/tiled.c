#include "config.h"

#include "attn/tiled.h"

#include <stdatomic.h>

#include "attn/lanes.h"
#include "attn/pool.h"
#include "attn/tilemap.h"
#include "tensor/poll.h"

/* Multiply-adds below which waking threads costs more than it gives: about 100 µs. */
#define SERIAL_WORK 5e6

typedef struct Job {
    const AttnProblem *p;
    const AttnLanes *lanes;
    TileMap map;
    bool packed;    /* a block's rows are (head of the group, query), not queries of one head */
    int64_t rows;   /* of a packed group, or T */
    int64_t block;  /* rows in a block */
    int64_t blocks; /* of a group or head */
    int64_t heads;  /* groups or heads of a batch */
    float *scratch; /* aligned; `stride` floats for each worker */
    size_t stride;
    atomic_llong dead, alive, computed, tiles, skipped;
} Job;

int64_t attn_shared_rows(int64_t T, int64_t H, int64_t G, bool mask_by_head) {
    return mask_by_head || G == 0 ? T : H / G * T;
}

static void place_row(const AttnProblem *p, AttnRow *row, int64_t b, int64_t h, int64_t t) {
    int64_t at = (b * p->H + h) * p->T + t;
    row->q = attn_row(&p->q, b, h, t);
    row->mask = attn_mask_row(p, b, h, t);
    row->out = p->out + at * p->Dv;
    row->lse = p->lse ? p->lse + at : NULL;
    row->end = attn_key_end(p, t);
}

/* The last blocks come first: under causality they are the longest. */
static void place_block(const Job *j, int64_t item, AttnBlock *b) {
    const AttnProblem *p = j->p;
    int64_t group = p->H / p->G, block = j->blocks - 1 - item % j->blocks;
    int64_t head = item / j->blocks % j->heads, batch = item / j->blocks / j->heads;
    int64_t h = j->packed ? head * group : head, r0 = block * j->block;
    b->p = p;
    b->k = attn_row(&p->k, batch, h / group, 0);
    b->v = attn_row(&p->v, batch, h / group, 0);
    b->rows = (int)MIN(j->block, j->rows - r0);
    b->dead = b->alive = b->computed = b->tiles_all = b->tiles_run = 0;
    b->tiles = tile_map_row(&j->map, batch, h, j->packed ? 0 : block);
    for (int i = 0; i < b->rows; i++)
        place_row(p, &b->row[i], batch, h + (j->packed ? (r0 + i) / p->T : 0), (r0 + i) % p->T);
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
    b.tiles_all = (j->p->S + ATTN_TILE - 1) / ATTN_TILE;
    j->lanes->tiled(&b, j->scratch + j->stride * (size_t)worker);
    tally(j, &b);
}

static void run_decode(void *context, int64_t item, int worker) {
    Job *j = context;
    AttnBlock b;
    place_block(j, item, &b);
    j->lanes->decode(&b, j->scratch + j->stride * (size_t)worker);
    tally(j, &b);
}

/* All items, on the pool where the work pays for it. */
static bool run_items(Job *j, AttnProblem *p, size_t floats, void (*body)(void *, int64_t, int),
                      Err *err) {
    int64_t items = p->B * j->heads * j->blocks;
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
    Job j = {.p = p, .lanes = lanes, .block = lanes->block};
    int64_t group = p->H / p->G;
    j.packed = group > 1 && p->T < lanes->block && !mask_by_head(p);
    j.rows = j.packed ? group * p->T : p->T;
    j.heads = j.packed ? p->G : p->H;
    j.blocks = (j.rows + j.block - 1) / j.block;
    if (!tile_map_init(&j.map, p, j.packed ? p->T : j.block)) return tensor_interrupted(err);
    bool ok = run_items(&j, p, lanes->tiled_scratch(p->D, p->Dv), run_block, err);
    tile_map_clear(&j.map);
    return ok;
}

bool attn_decode(AttnProblem *p, Err *err) {
    Job j = {.p = p, .lanes = attn_lanes(), .block = ATTN_DECODE_ROWS};
    j.packed = !mask_by_head(p);
    j.rows = j.packed ? p->H / p->G * p->T : p->T;
    j.heads = j.packed ? p->G : p->H;
    j.blocks = (j.rows + j.block - 1) / j.block;
    size_t floats = ATTN_DECODE_ROWS * (size_t)(p->S + 2 * ATTN_TILE);
    return run_items(&j, p, floats, run_decode, err);
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
