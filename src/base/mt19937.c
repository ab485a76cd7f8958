/* See mt19937.h. */
#include "config.h"

#include "base/mt19937.h"

#include "base/isa.h"

void mt_seed(Mt19937 *mt, uint32_t seed) {
    mt->state[0] = seed;
    for (uint32_t i = 1; i < MT_N; i++) {
        uint32_t prev = mt->state[i - 1];
        mt->state[i] = 1812433253u * (prev ^ (prev >> 30)) + i;
    }
    mt->next = MT_FRESH;
}

/* One step of the array seeding: mixes word i with the one before it. */
static uint32_t mt_mix(const Mt19937 *mt, int i, uint32_t factor) {
    uint32_t prev = mt->state[i - 1];
    return mt->state[i] ^ ((prev ^ (prev >> 30)) * factor);
}

static int mt_wrap(Mt19937 *mt, int i) {
    if (i < MT_N) return i;
    mt->state[0] = mt->state[MT_N - 1];
    return 1;
}

void mt_seed_array(Mt19937 *mt, const uint32_t *key, int n) {
    mt_seed(mt, 19650218u);
    int i = 1;
    for (int k = 0, j = 0; k < MAX(MT_N, n); k++, j = (j + 1) % n) {
        mt->state[i] = mt_mix(mt, i, 1664525u) + key[j] + (uint32_t)j;
        i = mt_wrap(mt, i + 1);
    }
    for (int k = 0; k < MT_N - 1; k++) {
        mt->state[i] = mt_mix(mt, i, 1566083941u) - (uint32_t)i;
        i = mt_wrap(mt, i + 1);
    }
    mt->state[0] = 0x80000000u;
    mt->next = MT_FRESH;
}

static uint32_t mt_twist(uint32_t upper, uint32_t lower) {
    uint32_t y = (upper & 0x80000000u) | (lower & 0x7fffffffu);
    return (y >> 1) ^ (-(lower & 1u) & 0x9908b0dfu);
}

/* Each loop reads ahead of what it writes, or 227 words behind: it vectorises. */
KERNEL(refill, (Mt19937 * mt), (mt)) {
    uint32_t *s = mt->state;
    int i = 0;
    for (; i < MT_N - MT_M; i++) s[i] = s[i + MT_M] ^ mt_twist(s[i], s[i + 1]);
    for (; i < MT_N - 1; i++) s[i] = s[i + MT_M - MT_N] ^ mt_twist(s[i], s[i + 1]);
    s[i] = s[MT_M - 1] ^ mt_twist(s[i], s[0]);
    mt->next = 0;
}

void mt_block(Mt19937 *mt) {
    refill(mt);
}

uint32_t mt_next(Mt19937 *mt) {
    if (mt->next >= MT_N) mt_block(mt);
    return mt_temper(mt->state[mt->next++]);
}
