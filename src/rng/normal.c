#include "config.h"

#include "rng/normal.h"

#include <math.h>

#include "base/isa.h"
#include "tensor/half.h"
#include "tensor/interrupt.h"

#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t bits_of(float f) {
    uint32_t u;
    memcpy(&u, &f, sizeof u);
    return u;
}

INLINE float float_of(uint32_t u) {
    float f;
    memcpy(&f, &u, sizeof f);
    return f;
}

/* log x for x in (0, 1]: x = m 2^e with m in [sqrt(1/2), sqrt(2)), a polynomial of degree 9
 * in m - 1, and e log 2 added in two parts, so that the small part is not lost. Where a product
 * is rounded by itself and where it is fused decides the last bit. */
INLINE float log_cephes(float x) {
    uint32_t u = bits_of(x);
    float e = (float)((int32_t)(u >> 23) - 126);
    float m = float_of((u & 0x007fffffu) | 0x3f000000u);
    bool low = m < 0.707106781186547524f;
    float t = (m - 1) + (low ? m : 0);
    e -= low ? 1 : 0;
    float z = t * t;
    float y = 7.0376836292e-2f;
    y = fmaf(y, t, -1.1514610310e-1f);
    y = fmaf(y, t, 1.1676998740e-1f);
    y = fmaf(y, t, -1.2420140846e-1f);
    y = fmaf(y, t, 1.4249322787e-1f);
    y = fmaf(y, t, -1.6668057665e-1f);
    y = fmaf(y, t, 2.0000714765e-1f);
    y = fmaf(y, t, -2.4999993993e-1f);
    y = fmaf(y, t, 3.3333331174e-1f);
    y = y * t;
    y = fmaf(y, z, e * -2.12194440e-4f);
    y = fmaf(-z, 0.5f, y);
    return fmaf(e, 0.693359375f, t + y);
}

/* Both of an angle >= 0: reduced by multiples of pi/4 in three parts, then the two
 * polynomials, swapped and signed by the octant j. */
INLINE void sincos_cephes(float x, float *sine, float *cosine) {
    int32_t j = ((int32_t)(x * 1.27323954473516f) + 1) & ~1;
    float y = (float)j;
    x = fmaf(y, -0.78515625f, x);
    x = fmaf(y, -2.4187564849853515625e-4f, x);
    x = fmaf(y, -3.77489497744594108e-8f, x);
    float z = x * x;
    float c = 2.443315711809948e-5f;
    c = fmaf(c, z, -1.388731625493765e-3f);
    c = fmaf(c, z, 4.166664568298827e-2f);
    c = c * z;
    c = fmaf(c, z, -(z * 0.5f)) + 1;
    float s = -1.9515295891e-4f;
    s = fmaf(s, z, 8.3321608736e-3f);
    s = fmaf(s, z, -1.6666654611e-1f);
    s = s * z;
    s = fmaf(s, x, x);
    bool swap = (j & 2) != 0;
    uint32_t sin_sign = (uint32_t)(j & 4) << 29, cos_sign = (uint32_t)(~(j - 2) & 4) << 29;
    *sine = float_of(bits_of(swap ? c : s) ^ sin_sign);
    *cosine = float_of(bits_of(swap ? s : c) ^ cos_sign);
}

/* With the FMA instruction fmaf is one instruction instead of a library call: 25 times faster. */
KERNEL(block_f32, (float *restrict p, float mean, float std), (p, mean, std)) {
    for (int j = 0; j < 8; j++) {
        float radius = sqrtf(-2.0f * log_cephes(1.0f - p[j]));
        float s, c;
        sincos_cephes(6.28318530717958647692f * p[j + 8], &s, &c);
        p[j] = fmaf(radius * c, std, mean);
        p[j + 8] = fmaf(radius * s, std, mean);
    }
}

/* A piece at a time, so that what was drawn is still in the cache when it is bent. */
bool normal_fill_f32(Rng *r, float *p, int64_t n, float mean, float std, Err *err) {
    enum { PIECE = 4096 };
    int64_t work = 0;
    for (int64_t at = 0; at < n; at += PIECE) {
        int64_t k = MIN(PIECE, n - at);
        rng_uniform_fill_f32(r, p + at, k);
        for (int64_t i = 0; i + 16 <= k; i += 16) block_f32(p + at + i, mean, std);
        if (!tensor_poll(&work, 3 * k, err)) return false;
    }
    if (n % 16 == 0) return true;
    p += n - 16;
    rng_uniform_fill_f32(r, p, 16);
    block_f32(p, mean, std);
    return true;
}

static void block_f64(double *p, double mean, double std) {
    for (int j = 0; j < 8; j++) {
        double radius = sqrt(-2 * log(1 - p[j]));
        double theta = 2 * 3.14159265358979323846 * p[j + 8];
        p[j] = fma(radius * cos(theta), std, mean);
        p[j + 8] = fma(radius * sin(theta), std, mean);
    }
}

void normal_fill_f64(Rng *r, double *p, int64_t n, double mean, double std) {
    for (int64_t i = 0; i < n; i++) p[i] = rng_uniform_f64(r);
    for (int64_t i = 0; i + 16 <= n; i += 16) block_f64(p + i, mean, std);
    if (n % 16 == 0) return;
    p += n - 16;
    for (int i = 0; i < 16; i++) p[i] = rng_uniform_f64(r);
    block_f64(p, mean, std);
}

static float round_f16(float v) {
    return f16_to_f32(f16_from_f32(v));
}

static float round_bf16(float v) {
    return bf16_to_f32(bf16_from_f32(v));
}

static float angle_of(float u) {
    return (float)(2 * 3.14159265358979323846 * u);
}

static void block_f16(uint16_t *p, float mean, float std) {
    for (int j = 0; j < 8; j++) {
        float u1 = round_f16(1 - f16_to_f32(p[j]));
        float radius = round_f16(sqrtf(-2 * logf(u1)));
        float theta = round_f16(angle_of(f16_to_f32(p[j + 8])));
        p[j] = f16_from_f32(radius * cosf(theta) * std + mean);
        p[j + 8] = f16_from_f32(radius * sinf(theta) * std + mean);
    }
}

static uint16_t scaled_bf16(float radius, float wave, float mean, float std) {
    float unit = round_bf16(radius * round_bf16(wave));
    return bf16_from_f32(round_bf16(unit * std) + mean);
}

static void block_bf16(uint16_t *p, float mean, float std) {
    for (int j = 0; j < 8; j++) {
        float u1 = round_bf16(1 - bf16_to_f32(p[j]));
        float radius = round_bf16(sqrtf(round_bf16(-2 * round_bf16(logf(u1)))));
        float theta = round_bf16(angle_of(bf16_to_f32(p[j + 8])));
        p[j] = scaled_bf16(radius, cosf(theta), mean, std);
        p[j + 8] = scaled_bf16(radius, sinf(theta), mean, std);
    }
}

void normal_fill_f16(Rng *r, uint16_t *p, int64_t n, float mean, float std) {
    mean = round_f16(mean);
    std = round_f16(std);
    for (int64_t i = 0; i < n; i++) p[i] = f16_from_f32((float)(rng_u32(r) & 0x7ff) * 0x1p-11f);
    for (int64_t i = 0; i + 16 <= n; i += 16) block_f16(p + i, mean, std);
    if (n % 16 == 0) return;
    p += n - 16;
    for (int i = 0; i < 16; i++) p[i] = f16_from_f32((float)(rng_u32(r) & 0x7ff) * 0x1p-11f);
    block_f16(p, mean, std);
}

void normal_fill_bf16(Rng *r, uint16_t *p, int64_t n, float mean, float std) {
    mean = round_bf16(mean);
    std = round_bf16(std);
    for (int64_t i = 0; i < n; i++) p[i] = bf16_from_f32((float)(rng_u32(r) & 0xff) * 0x1p-8f);
    for (int64_t i = 0; i + 16 <= n; i += 16) block_bf16(p + i, mean, std);
    if (n % 16 == 0) return;
    p += n - 16;
    for (int i = 0; i < 16; i++) p[i] = bf16_from_f32((float)(rng_u32(r) & 0xff) * 0x1p-8f);
    block_bf16(p, mean, std);
}
