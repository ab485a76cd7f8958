/* The generator: mt19937, the numbers drawn from it, and its state as a tensor.
 * What fills tensors is in random.c.
 */
#include "config.h"

#include "rng/rng.h"

#include <math.h>

#include "tensor/ewise.h"

/* ---- Mersenne twister ------------------------------------------------------- */

/* next = MT_FRESH: seeded and nothing drawn, which the saved state tells from a spent block. */
enum { MT_N = 624, MT_M = 397, MT_FRESH = MT_N + 1 };

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
KERNEL(mt_block, (Mt19937 * mt), (mt)) {
    uint32_t *s = mt->state;
    int i = 0;
    for (; i < MT_N - MT_M; i++) s[i] = s[i + MT_M] ^ mt_twist(s[i], s[i + 1]);
    for (; i < MT_N - 1; i++) s[i] = s[i + MT_M - MT_N] ^ mt_twist(s[i], s[i + 1]);
    s[i] = s[MT_M - 1] ^ mt_twist(s[i], s[0]);
    mt->next = 0;
}

static inline uint32_t mt_temper(uint32_t y) {
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

uint32_t mt_next(Mt19937 *mt) {
    if (mt->next >= MT_N) mt_block(mt);
    return mt_temper(mt->state[mt->next++]);
}

/* ---- draws -------------------------------------------------------------------- */

Rng *rng_default(void) {
    static Rng rng;
    static bool ready;
    if (!ready) rng_seed(&rng, 67280421310721u);
    ready = true;
    return &rng;
}

void rng_seed(Rng *r, uint64_t seed) {
    mt_seed(&r->mt, (uint32_t)seed);
    r->seed = seed;
    r->has_normal = false;
    r->normal = 0;
}

uint32_t rng_u32(Rng *r) {
    return mt_next(&r->mt);
}

uint64_t rng_u64(Rng *r) {
    uint64_t high = mt_next(&r->mt);
    return high << 32 | mt_next(&r->mt);
}

float rng_uniform_f32(Rng *r) {
    return (float)(rng_u32(r) & 0xffffffu) * 0x1p-24f;
}

KERNEL(uniforms, (int n, const uint32_t *state, float *restrict p), (n, state, p)) {
    for (int i = 0; i < n; i++) p[i] = (float)(int32_t)(mt_temper(state[i]) & 0xffffffu) * 0x1p-24f;
}

void rng_uniform_fill_f32(Rng *r, float *p, int64_t n) {
    while (n) {
        if (r->mt.next >= MT_N) mt_block(&r->mt);
        int count = (int)MIN(n, MT_N - r->mt.next);
        uniforms(count, r->mt.state + r->mt.next, p);
        r->mt.next += count;
        p += count, n -= count;
    }
}

double rng_uniform_f64(Rng *r) {
    return (double)(rng_u64(r) & 0x1fffffffffffffu) * 0x1p-53;
}

double rng_normal(Rng *r) {
    if (r->has_normal) {
        r->has_normal = false;
        return r->normal;
    }
    double u1 = rng_uniform_f64(r), u2 = rng_uniform_f64(r);
    double radius = sqrt(-2 * log(1 - u2)), theta = 2 * 3.14159265358979323846 * u1;
    r->normal = radius * sin(theta);
    r->has_normal = true;
    return radius * cos(theta);
}

uint64_t rng_below(Rng *r, uint64_t range) {
    return (range >= (uint64_t)1 << 32 ? rng_u64(r) : rng_u32(r)) % range;
}

/* ---- state ---------------------------------------------------------------------- */

/* What torch.get_rng_state() holds. `left` counts the words of the block from its end: 624
 * after the first draw, 1 when a new block is due. Behind this stand 8 bytes for a float normal
 * that PyTorch never fills on a CPU. */
typedef struct TorchState {
    uint64_t seed;
    int32_t left, seeded;
    uint64_t next;
    uint64_t state[MT_N];
    double normal_x, normal_y, normal_rho; /* y: the waiting half of a pair */
    int32_t normal_is_valid;
    int32_t pad;
} TorchState;

enum { TORCH_STATE_BYTES = 5056 };

bool rng_get_state(const Rng *r, Tensor **out, Err *err) {
    bool fresh = r->mt.next > MT_N; /* seeded, nothing drawn */
    TorchState s = {.seed = r->seed, .seeded = 1};
    s.left = fresh ? 1 : MT_N - r->mt.next + 1;
    s.next = fresh ? 0 : (uint64_t)r->mt.next;
    for (int i = 0; i < MT_N; i++) s.state[i] = r->mt.state[i];
    s.normal_is_valid = r->has_normal;
    if (r->has_normal) s.normal_y = r->normal;
    int64_t n = TORCH_STATE_BYTES;
    if (!tensor_zeros(DT_U8, 1, &n, out, err)) return false;
    memcpy(tensor_data(*out), &s, sizeof s);
    return true;
}

bool rng_set_state(Rng *r, const Tensor *state, Err *err) {
    if (state->dtype != DT_U8 || state->ndim != 1)
        return err_set(err, ERR_TYPE, "RNG state must be a torch.ByteTensor");
    if (state->shape[0] != TORCH_STATE_BYTES)
        return err_set(err, ERR_RUNTIME, "RNG state is wrong size: wanted %d bytes, got %lld",
                       TORCH_STATE_BYTES, (long long)state->shape[0]);
    TorchState s;
    const uint8_t *bytes = tensor_data(state);
    for (size_t i = 0; i < sizeof s; i++) ((uint8_t *)&s)[i] = bytes[(int64_t)i * state->stride[0]];
    if (!s.seeded || s.left < 1 || s.left > MT_N || s.next > MT_N)
        return err_set(err, ERR_RUNTIME, "RNG state is not one that get_rng_state gave");
    r->seed = s.seed;
    for (int i = 0; i < MT_N; i++) r->mt.state[i] = (uint32_t)s.state[i];
    r->mt.next = s.next == 0 ? MT_FRESH : (int)s.next;
    r->has_normal = s.normal_is_valid != 0;
    r->normal = r->has_normal ? s.normal_y : 0;
    return true;
}
