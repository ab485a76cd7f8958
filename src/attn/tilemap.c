#include "config.h"

#include "attn/tilemap.h"

#include <math.h>

#include "attn/pool.h"

typedef struct Scan {
    const AttnProblem *p;
    TileMap *map;
    int64_t heads, blocks, tiles; /* distinct heads of a batch, blocks of a head */
} Scan;

/* n bytes that are 0 or 1: whether some are 1, whether all are. */
static void scan_bytes(const uint8_t *at, int64_t n, bool *some, bool *all) {
    uint64_t any = 0, every = 0x0101010101010101u, word;
    int64_t i = 0;
    for (; i + 8 <= n; i += 8) {
        memcpy(&word, at + i, sizeof word);
        any |= word;
        every &= word;
    }
    bool rest_any = false, rest_all = true;
    for (; i < n; i++) {
        rest_any |= at[i] != 0;
        rest_all &= at[i] != 0;
    }
    *some |= any != 0 || rest_any;
    *all &= every == 0x0101010101010101u && rest_all;
}

/* One row of a tile: whether some keys are seen, whether all are seen as they are. */
static void scan_row(const AttnProblem *p, const char *row, int64_t first, int64_t n, bool *some,
                     bool *all) {
    int64_t stride = p->mask_stride[3];
    if (p->mask_is_bool && stride == 1) {
        scan_bytes((const uint8_t *)row + first, n, some, all);
        return;
    }
    if (p->mask_is_bool) {
        for (int64_t j = first; j < first + n; j++) {
            *some |= row[j * stride] != 0;
            *all &= row[j * stride] != 0;
        }
        return;
    }
    const float *x = (const float *)(const void *)row;
    for (int64_t j = first; j < first + n; j++) {
        *some |= x[j * stride] != -INFINITY;
        *all &= x[j * stride] == 0;
    }
}

static void scan_block(void *context, int64_t item, int worker) {
    UNUSED(worker);
    const Scan *s = context;
    const AttnProblem *p = s->p;
    int64_t block = item % s->blocks, head = item / s->blocks % s->heads;
    int64_t batch = item / s->blocks / s->heads;
    int64_t t0 = block * s->map->rows, t1 = MIN(p->T, t0 + s->map->rows);
    if (p->mask_stride[2] == 0) t1 = t0 + 1;
    uint8_t *out = s->map->cls + item * s->tiles;
    for (int64_t tile = 0; tile < s->tiles; tile++) {
        int64_t first = tile * ATTN_TILE, n = MIN(ATTN_TILE, p->S - first);
        bool some = false, all = true;
        for (int64_t t = t0; t < t1 && !(some && !all); t++)
            scan_row(p, attn_mask_row(p, batch, head, t), first, n, &some, &all);
        out[tile] = !some ? TILE_DEAD : all ? TILE_FULL : TILE_MIXED;
    }
}

bool tile_map_init(TileMap *m, const AttnProblem *p, int64_t rows) {
    *m = (TileMap){.rows = rows};
    if (!p->mask) return true;
    Scan s = {.p = p, .map = m};
    s.tiles = (p->S + ATTN_TILE - 1) / ATTN_TILE;
    s.blocks = p->mask_stride[2] == 0 ? 1 : (p->T + rows - 1) / rows;
    s.heads = p->mask_stride[1] == 0 ? 1 : p->H;
    int64_t batches = p->mask_stride[0] == 0 ? 1 : p->B;
    m->block_stride = s.blocks == 1 ? 0 : s.tiles;
    m->h_stride = s.heads == 1 ? 0 : s.tiles * s.blocks;
    m->b_stride = batches == 1 ? 0 : s.tiles * s.blocks * s.heads;
    m->bytes = (size_t)(s.tiles * s.blocks * s.heads * batches);
    m->cls = scratch_new(m->bytes);
    if (pool_run(batches * s.heads * s.blocks, scan_block, &s)) return true;
    tile_map_clear(m);
    return false;
}

void tile_map_clear(TileMap *m) {
    scratch_free(m->cls, m->bytes);
    *m = (TileMap){0};
}
