/* The generator: mt19937, the numbers drawn from it, and its state as a tensor.
 * What fills tensors is in fill.c.
 */
#include "config.h"

#include "rng/rng.h"

#include <math.h>

#include "tensor/ewise.h"

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
