/* The Mersenne twister mt19937 (Matsumoto and Nishimura 1998): the core of PyTorch's, NumPy's and
 * Python's generators, each of which draws from it in its own way.
 *
 *     Mt19937 mt;
 *     mt_seed(&mt, 5489);
 *     uint32_t first = mt_next(&mt);             (3499211612)
 */
#ifndef QKV_BASE_MT19937_H
#define QKV_BASE_MT19937_H

#include "base/base.h"

/* MT_FRESH as next: seeded and nothing drawn, which a saved state tells from a spent block. */
enum { MT_N = 624, MT_M = 397, MT_FRESH = MT_N + 1 };

typedef struct Mt19937 {
    uint32_t state[MT_N];
    int next; /* index of the word that comes next; MT_N or more: a new block is due */
} Mt19937;

void mt_seed(Mt19937 *mt, uint32_t seed);
/* init_by_array of the paper's code: how Python's random.seed(int) begins. n >= 1. */
void mt_seed_array(Mt19937 *mt, const uint32_t *key, int n);
uint32_t mt_next(Mt19937 *mt);

/* For loops over whole blocks: the next MT_N words, each to be tempered. */
void mt_block(Mt19937 *mt);
static inline uint32_t mt_temper(uint32_t y) {
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

#endif
