/* Attention over OpenBLAS: the second engine, and a check on the first.
 *
 * Keys are transposed once for each key head, so that both products are plain row-major ones;
 * tiles of 64 x 128 stay under OpenBLAS's limit for small matrices, where it packs nothing.
 * Softmax is online, as in tiled_kernel.h. Weights, where they are wanted, are scores computed
 * again when the sums are known.
 *
 * Legend: problem.h's.
 */
#include "config.h"

#include <math.h>
#include <stdatomic.h>

#include "attn/lanes.h"
#include "attn/pool.h"
#include "attn/tiled.h"
#include "attn/tilemap.h"
#include "linalg/blas.h"
#include "tensor/interrupt.h"

enum { ROWS = 64, KEYS = 128 };

#define LOG2E 1.44269504088896340736
#define LN2 0.69314718055994530942

/* One key head of one batch at a time. */
typedef struct Job {
    AttnProblem *p;
    const AttnLanes *lanes;
    TileMap map;
    const float *v; /* (S, Dv), rows v_ld apart */
    int64_t v_ld;
    float *kt, *v_copy; /* (D, S), (S, Dv) or NULL */
    int64_t batch, group, first_head, blocks;
    float *scratch;
    size_t stride; /* floats of scratch for each worker */
    atomic_llong dead, alive, computed, skipped;
    atomic_bool failed; /* the library is gone */
} Job;

/* A block of queries of one head, and its work space. */
typedef struct Block {
    int64_t h, t0, rows;
    float *q, *s, *o, *m, *l; /* (ROWS, D), (ROWS, KEYS), (ROWS, Dv), (ROWS), (ROWS) */
} Block;

static size_t block_floats(const AttnProblem *p) {
    return (size_t)(ROWS * (p->D + KEYS + p->Dv + 2));
}

static void transpose_keys(const Job *j, const float *k) {
    const AttnProblem *p = j->p;
    for (int64_t s0 = 0; s0 < p->S; s0 += 16)
        for (int64_t d = 0; d < p->D; d++)
            for (int64_t s = s0; s < MIN(p->S, s0 + 16); s++)
                j->kt[d * p->S + s] = k[s * p->k.stride[2] + d];
}

/* OpenBLAS wants rows that do not overlap: a value that is broadcast along the keys is copied. */
static void place_values(Job *j, const float *v) {
    const AttnProblem *p = j->p;
    j->v = v;
    j->v_ld = MAX(p->v.stride[2], p->Dv);
    if (!j->v_copy) return;
    for (int64_t s = 0; s < p->S; s++)
        memcpy(j->v_copy + s * p->Dv, v + s * p->v.stride[2], sizeof(float) * (size_t)p->Dv);
    j->v = j->v_copy;
}

static Block start_block(const Job *j, int64_t item, float *room) {
    const AttnProblem *p = j->p;
    Block b = {.h = j->first_head + item / j->blocks, .t0 = item % j->blocks * ROWS};
    b.rows = MIN(ROWS, p->T - b.t0);
    b.q = room;
    b.s = b.q + ROWS * p->D;
    b.o = b.s + ROWS * KEYS;
    b.m = b.o + ROWS * p->Dv;
    b.l = b.m + ROWS;
    memset(b.o, 0, sizeof(float) * (size_t)(ROWS * p->Dv));
    for (int64_t i = 0; i < b.rows; i++) {
        const float *q = attn_row(&p->q, j->batch, b.h, b.t0 + i);
        for (int64_t d = 0; d < p->D; d++) b.q[i * p->D + d] = q[d * p->q.stride[3]];
        b.m[i] = -INFINITY;
        b.l[i] = 0;
    }
    return b;
}

/* Whether some query of the block may see some of n keys. */
static bool tile_seen(const Job *j, const Block *b, int64_t first, int64_t n) {
    const uint8_t *cls = tile_map_row(&j->map, j->batch, b->h, b->t0 / ROWS);
    bool masked = cls != NULL;
    for (int64_t at = first; masked && at < first + n; at += ATTN_TILE)
        masked = cls[at / ATTN_TILE] == TILE_DEAD;
    return !masked && attn_rule_sees_some(&j->p->rule, j->batch, b->h, b->t0, b->rows, first, n);
}

/* Scores in bits, hidden ones -inf, columns behind n up to a vector as well. */
static int64_t score_tile(Job *j, const Block *b, int64_t first, int64_t n) {
    const AttnProblem *p = j->p;
    int64_t kept = 0, wide = MIN(KEYS, (n + 15) / 16 * 16);
    if (!blas_sgemm(false, false, b->rows, n, p->D, (float)(p->scale * LOG2E), b->q, p->D,
                    j->kt + first, p->S, 0, b->s, KEYS))
        atomic_store(&j->failed, true);
    for (int64_t i = 0; i < b->rows; i++) {
        float *row = b->s + i * KEYS;
        kept += attn_hide(p, j->batch, b->h, b->t0 + i, first, n, (float)LOG2E, row);
        for (int64_t k = n; k < wide; k++) row[k] = -INFINITY;
    }
    return kept;
}

static void add_tile(Job *j, Block *b, int64_t first, int64_t n) {
    const AttnProblem *p = j->p;
    int64_t wide = (n + 15) / 16 * 16, kept = score_tile(j, b, first, n);
    j->lanes->online_rows((int)b->rows, (int)wide, b->s, KEYS, b->m, b->l, b->o, p->Dv);
    if (!blas_sgemm(false, false, b->rows, p->Dv, n, 1, b->s, KEYS, j->v + first * j->v_ld, j->v_ld,
                    1, b->o, p->Dv))
        atomic_store(&j->failed, true);
    atomic_fetch_add_explicit(&j->alive, kept, memory_order_relaxed);
    atomic_fetch_add_explicit(&j->computed, b->rows * n, memory_order_relaxed);
}

/* P = 2^(S - m) / l of the block's tiles that are seen; the results' other weights are 0. */
static void write_weights(Job *j, Block *b) {
    const AttnProblem *p = j->p;
    for (int64_t first = 0; first < p->S; first += KEYS) {
        int64_t n = MIN(KEYS, p->S - first);
        bool seen = tile_seen(j, b, first, n);
        if (seen) score_tile(j, b, first, n);
        for (int64_t i = 0; i < b->rows; i++) {
            int64_t row = (j->batch * p->H + b->h) * p->T + b->t0 + i;
            float *w = p->weights + row * p->S + first, *s = b->s + i * KEYS;
            float top = b->m[i], inverse = b->l[i] == 0 ? 0 : 1 / b->l[i];
            for (int64_t k = 0; k < n; k++)
                w[k] = seen && s[k] != -INFINITY ? exp2f(s[k] - top) * inverse : 0;
        }
    }
}

static void finish_block(Job *j, Block *b) {
    const AttnProblem *p = j->p;
    for (int64_t i = 0; i < b->rows; i++) {
        int64_t row = (j->batch * p->H + b->h) * p->T + b->t0 + i;
        float l = b->l[i], inverse = l == 0 ? 0 : 1 / l;
        for (int64_t d = 0; d < p->Dv; d++) p->out[row * p->Dv + d] = b->o[i * p->Dv + d] * inverse;
        if (p->lse)
            p->lse[row] = l == 0 ? -INFINITY : (float)(((double)b->m[i] + log2((double)l)) * LN2);
        if (l == 0) atomic_fetch_add_explicit(&j->dead, 1, memory_order_relaxed);
    }
}

static void run_block(void *context, int64_t item, int worker) {
    Job *j = context;
    Block b = start_block(j, item, j->scratch + j->stride * (size_t)worker);
    for (int64_t first = 0; first < j->p->S; first += KEYS) {
        int64_t n = MIN(KEYS, j->p->S - first);
        if (tile_seen(j, &b, first, n))
            add_tile(j, &b, first, n);
        else
            atomic_fetch_add_explicit(&j->skipped, 1, memory_order_relaxed);
    }
    finish_block(j, &b);
    if (j->p->weights) write_weights(j, &b);
}

static bool run_heads(Job *j, Err *err) {
    AttnProblem *p = j->p;
    j->group = p->H / p->G;
    j->blocks = (p->T + ROWS - 1) / ROWS;
    for (int64_t b = 0; b < p->B; b++)
        for (int64_t g = 0; g < p->G; g++) {
            j->batch = b;
            j->first_head = g * j->group;
            place_values(j, attn_row(&p->v, b, g, 0));
            transpose_keys(j, attn_row(&p->k, b, g, 0));
            if (!pool_run(j->blocks * j->group, run_block, j)) return tensor_interrupted(err);
        }
    p->dead = atomic_load(&j->dead);
    p->alive = atomic_load(&j->alive);
    p->computed = atomic_load(&j->computed);
    p->skipped = atomic_load(&j->skipped);
    p->tiles = p->B * p->H * j->blocks * ((p->S + KEYS - 1) / KEYS);
    return true;
}

bool attn_blas(AttnProblem *p, Err *err) {
    Job j = {.p = p, .lanes = attn_lanes()};
    size_t kt_bytes = sizeof(float) * (size_t)(p->D * p->S);
    size_t v_bytes =
        p->S > 1 && p->v.stride[2] < p->Dv ? sizeof(float) * (size_t)(p->S * p->Dv) : 0;
    if (!tile_map_init(&j.map, p, ROWS)) return tensor_interrupted(err);
    j.stride = (block_floats(p) + 15) / 16 * 16;
    size_t bytes = sizeof(float) * j.stride * (size_t)attn_threads();
    j.scratch = scratch_new(bytes);
    j.kt = scratch_new(kt_bytes);
    j.v_copy = v_bytes ? scratch_new(v_bytes) : NULL;
    bool ok = run_heads(&j, err);
    scratch_free(j.scratch, bytes);
    scratch_free(j.kt, kt_bytes);
    scratch_free(j.v_copy, v_bytes);
    tile_map_clear(&j.map);
    if (ok && atomic_load(&j.failed))
        return err_set(err, ERR_RUNTIME, "attention: a product was too large for OpenBLAS");
    return ok;
}
