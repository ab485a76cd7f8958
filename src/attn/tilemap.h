/* Which tiles of the score matrix a mask leaves: found once per distinct mask matrix and read by
 * all the heads that share it, so that hidden tiles cost nothing further.
 */
#ifndef QKV_ATTN_TILEMAP_H
#define QKV_ATTN_TILEMAP_H

#include "attn/lanes.h"

typedef struct TileMap {
    uint8_t *cls; /* AttnTileClass (matrices, blocks, tiles); owned; NULL without a mask */
    size_t bytes; /* of cls */
    int64_t rows; /* queries in a block */
    int64_t b_stride, h_stride, block_stride; /* 0 where the mask is broadcast */
} TileMap;

/* Reads every element of the mask's distinct matrices once, on all threads. False: interrupted. */
bool tile_map_init(TileMap *m, const AttnProblem *p, int64_t rows);
void tile_map_clear(TileMap *m);

/* The classes of one block's tiles; NULL without a mask. */
static inline const uint8_t *tile_map_row(const TileMap *m, int64_t b, int64_t h, int64_t block) {
    return m->cls ? m->cls + b * m->b_stride + h * m->h_stride + block * m->block_stride : NULL;
}

#endif
