/* Functions that float32 kernels are made of, written so that the compiler
 * vectorises the loop around them: no calls, no branches, no tables.
 *
 * vexpf, vlogf, vsinf, vcosf, vtanhf and the short gelu give PyTorch's bits; loops around
 * them are KERNELs (base/isa.h). The others compute in double and are good to about 1e-11, so
 * that a float32 result is correctly rounded almost always, which is the likeliest value of any
 * good polynomial. float64 kernels use libm.
 */
#ifndef QKV_TENSOR_VMATH_H
#define QKV_TENSOR_VMATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "tensor/vpair.h"

#define LN2 0x1.62e42fefa39efp-1
#define LOG2E 0x1.71547652b82fep+0

/* e^x with the bits that PyTorch's AVX2 kernels give (they call the SLEEF library's expf, whose
 * reduction and polynomial these constants are): whether a row of softmax weights adds up to 1 or
 * to 0.99999994, and so prints as "1." or as "1.0000", hangs on the last bit of every exponential.
 * x = k ln2 + s; k by adding 1.5 * 2^23; 2^k in two factors, so that subnormals round once. */
static inline float vexpf(float x) {
    float c = x > 101 ? 101 : x;
    c = c < -105 ? -105 : c;
    float t = c * 0x1.715476p+0F + 0x1.8p23F, k = t - 0x1.8p23F;
    float s = fmaf(k, -0x1.62e4p-1F, c);
    s = fmaf(k, -0x1.7f7d1cp-20F, s);
    float u = 0x1.a057b4p-13F;
    u = fmaf(u, s, 0x1.6d2d92p-10F);
    u = fmaf(u, s, 0x1.11114cp-7F);
    u = fmaf(u, s, 0x1.5554f4p-5F);
    u = fmaf(u, s, 0x1.555556p-3F);
    u = fmaf(u, s, 0.5F);
    u = fmaf(s * s, u, s) + 1;
    int32_t bits, low, high;
    memcpy(&bits, &t, sizeof bits);
    bits -= 0x4B400000; /* k */
    low = (bits >> 1) + 127;
    high = bits - (bits >> 1) + 127;
    uint32_t lowb = (uint32_t)low << 23, highb = (uint32_t)high << 23;
    float a, b;
    memcpy(&a, &lowb, sizeof a);
    memcpy(&b, &highb, sizeof b);
    u = u * a * b;
    u = x < -104 ? 0 : u;
    return x > 100 ? INFINITY : u;
}

/* sin and cos with the same library's bits: x less q pi (or q pi/2, q odd, for cos) in three parts,
 * then an odd polynomial. For |x| < TRIG_MAX. */
#define TRIG_MAX 125.0F
#define PI_HIGH 3.1414794921875F
#define PI_MID 0.00011315941810607910156F
#define PI_LOW 1.9841872589410058936e-09F
static inline float vsin_odd(Pair t) {
    Pair s = pair_square(t);
    float u = 2.6083159809786593541503e-06F;
    u = fmaf(u, s.x, -0.0001981069071916863322258F);
    u = fmaf(u, s.x, 0.00833307858556509017944336F);
    Pair p = pair_mul(pair_add((Pair){-0.166666597127914428710938F, 0}, u * s.x), s);
    return pair_mul_round(t, pair_add_pair((Pair){1, 0}, p));
}
static inline float vsinf(float x) {
    float t = x * 0x1.45f306p-2F + 0x1.8p23F, q = t - 0x1.8p23F;
    Pair d = pair_sum(fmaf(q, -PI_HIGH, x), q * -PI_MID);
    float y = vsin_odd(pair_add(d, q * -PI_LOW));
    int32_t bits;
    memcpy(&bits, &t, sizeof bits);
    y = bits & 1 ? -y : y;
    return x == 0 ? x : y;
}
static inline float vcosf(float x) {
    float t = fmaf(x, 0x1.45f306p-2F, -0.5F) + 0x1.8p23F, q = fmaf(t - 0x1.8p23F, 2, 1);
    Pair d = pair_sum(x, q * (PI_HIGH * -0.5F));
    d = pair_sum_to(d, q * (PI_MID * -0.5F));
    float y = vsin_odd(pair_sum_to(d, q * (PI_LOW * -0.5F)));
    int32_t bits;
    memcpy(&bits, &t, sizeof bits);
    return bits & 1 ? y : -y;
}

/* ln x, likewise. x = m 2^e with m in [0.75, 1.5); y = (m - 1) / (m + 1); ln m = 2y + y^3 P(y^2).
 */
static inline float vlogf(float x) {
    float small = x < 0x1p-126F ? 0x1p64F : 1, d = x * small, z = d * 0x1.555556p+0F;
    int32_t zb, db;
    memcpy(&zb, &z, sizeof zb);
    memcpy(&db, &d, sizeof db);
    int32_t e = (zb >> 23 & 255) - 127;
    uint32_t mb = (uint32_t)db - ((uint32_t)e << 23);
    float m;
    memcpy(&m, &mb, sizeof m);
    Pair y = pair_div(pair_sum(-1, m), pair_sum(1, m));
    float k = (float)(small > 1 ? e - 64 : e), y2 = y.x * y.x;
    float t = fmaf(fmaf(0.3027294874F, y2, 0.3996108174F), y2, 0.6666694880F);
    Pair s = pair_scale((Pair){0.69314718246459960938F, -1.904654323148236017e-09F}, k);
    s = pair_add_pair(s, (Pair){2 * y.x, 2 * y.y});
    s = pair_add(s, y2 * y.x * t);
    float r = s.x + s.y;
    r = x > 0x1.fffffep127F ? x : r;
    r = x > 0 ? r : x == 0 ? -INFINITY : NAN;
    return x != x ? x : r;
}

/* tanh, likewise: (e^a - e^-a) / (e^a + e^-a) of a = |x|, in pairs; 1 from where it rounds to 1.
 * Inlined by order: a call that is left in a loop costs the vectors, 300 us for 8192 elements
 * instead of 19. */
__attribute__((always_inline)) static inline float vtanhf(float x) {
    float a = x < 0 ? -x : x, c = a > 9 ? 9 : a;
    float n = c * 0x1.715476p+0F + 0x1.8p23F, q = n - 0x1.8p23F;
    Pair s = pair_sum_to((Pair){c, 0}, q * -0.693145751953125F);
    s = pair_sum_to(s, q * -1.428606765330187045e-06F);
    float u = 0.1980960224e-3F;
    u = fmaf(u, s.x, 0.1394256484e-2F);
    u = fmaf(u, s.x, 0.8333456703e-2F);
    u = fmaf(u, s.x, 0.4166637361e-1F);
    Pair t = pair_sum_to(pair_scale(s, u), 0.166666659414234244790680580464F);
    t = pair_sum_to(pair_mul(s, t), 0.5F);
    t = pair_add_pair((Pair){1, 0}, pair_sum_pair(s, pair_mul(pair_square(s), t)));
    uint32_t bits = ((uint32_t)(int32_t)q + 127) << 23;
    float two;
    memcpy(&two, &bits, sizeof two);
    Pair e = {t.x * two, t.y * two}, r = pair_inverse(e);
    Pair y = pair_div(pair_add_pair(e, (Pair){-r.x, -r.y}), pair_add_pair(e, r));
    float v = a > 8.664339742F ? 1 : y.x + y.y;
    v = x < 0 ? -v : v;
    return x != x || x == 0 ? x : v;
}

/* GELU as PyTorch's CPU build computes it for contiguous float32: through the oneDNN library, whose
 * exp has a polynomial of degree 5 and whose erf is Abramowitz and Stegun's formula 7.1.26, off by
 * up to 1.5e-7. Its fused operations, in its order. */
static inline float vexpf_short(float x) {
    float c = x < -0x1.5d58ap+6F ? -0x1.5d58ap+6F : x; /* ln of the least normal number */
    float n = floorf(c * 0x1.715476p+0F + 0.5F), r = fmaf(n, -0x1.62e43p-1F, c);
    float u = 0x1.0f9f9cp-7F;
    u = fmaf(u, r, 0x1.573a1ap-5F);
    u = fmaf(u, r, 0x1.555a8p-3F);
    u = fmaf(u, r, 0x1.fffdc6p-2F);
    u = fmaf(u, r, 0x1.fffff6p-1F);
    u = fmaf(u, r, 1);
    uint32_t half = ((uint32_t)(int32_t)n + 126) << 23;
    float s;
    memcpy(&s, &half, sizeof s);
    return x < -0x1.5d58ap+6F ? 0 : u * s * 2;
}
static inline float verf_short(float r, float e) { /* r = x / sqrt 2, e = exp(-r r) */
    float a = r < 0 ? -r : r, t = 1 / fmaf(0x1.4f740ap-2F, a, 1);
    float p = 0x1.0fb844p+0F;
    p = fmaf(p, t, -0x1.7401c6p+0F);
    p = fmaf(p, t, 0x1.6be1c6p+0F);
    p = fmaf(p, t, -0x1.23531cp-2F);
    p = fmaf(p, t, 0x1.04f20cp-2F);
    float erf = fmaf(-e * t, p, 1);
    return copysignf(1, r) * erf;
}
static inline float vgelu_short(float x) {
    float r = x * 0x1.6a09e6p-1F, half = x * 0.5F;
    return fmaf(verf_short(r, vexpf_short(-(r * r))), half, half);
}
/* Its derivative, likewise. */
static inline float vgelu_slope_short(float x) {
    float r = x * 0x1.6a09e6p-1F, e = vexpf_short(-(r * r));
    return fmaf(verf_short(r, e), 0.5F, r * 0x1.20dd74p-1F * e + 0.5F);
}

/* e^x - 1 = s*q + (s - 1) with s = 2^k, x = k ln2 + r, |r| <= ln2 / 2, q = e^r - 1.
 *
 * k is found by adding 1.5 * 2^52: the sum's low bits are k, rounded to nearest,
 * and its exponent field takes s from them by a shift. Clamped to +-160, where
 * float32 has long over- or underflowed, so that s stays finite; nan passes through
 * both comparisons. */
static inline void vexp_parts(double x, double *s, double *q) {
    x = x > 160 ? 160 : x;
    x = x < -160 ? -160 : x;
    double t = x * LOG2E + 0x1.8p52;
    double r = x - (t - 0x1.8p52) * LN2;
    uint64_t bits;
    memcpy(&bits, &t, sizeof bits);
    bits = (bits << 52) + (UINT64_C(1023) << 52);
    memcpy(s, &bits, sizeof bits);
    double p = 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r + 1;
    *q = p * r;
}

static inline double vexp(double x) {
    double s, q;
    vexp_parts(x, &s, &q);
    return s * q + s;
}

/* No cancellation near 0: there s = 1 and the result is q itself. */
static inline double vexpm1(double x) {
    double s, q;
    vexp_parts(x, &s, &q);
    return s * q + (s - 1);
}

static inline double vtanh(double x) {
    x = x > 20 ? 20 : x;
    x = x < -20 ? -20 : x;
    double m = vexpm1(2 * x);
    return m / (m + 2);
}

/* Near 0 the Taylor series; further out 1 - e^(-x^2) P(u), u affine in 1/(1 + x/2),
 * P fitted to e^(x^2) erfc(x) on [0.5, 4.2] (Chebyshev nodes, largest error of erf
 * 2e-12). Past 4.2 erf rounds to 1 in float32. */
static inline double verf(double x) {
    double a = x < 0 ? -x : x, z = x * x;
    double near = 1.0 / 685440;
    near = -1.0 / 75600 + z * near;
    near = 1.0 / 9360 + z * near;
    near = -1.0 / 1320 + z * near;
    near = 1.0 / 216 + z * near;
    near = -1.0 / 42 + z * near;
    near = 1.0 / 10 + z * near;
    near = -1.0 / 3 + z * near;
    near = (1 + z * near) * 0x1.20dd750429b6dp+0 * x;
    a = a > 4.2 ? 4.2 : a;
    double u = (1 / (1 + a * 0.5) - 0.5612903225806452) / 0.23870967741935487;
    double p = 0x1.c649fdad013fdp-26;
    p = p * u - 0x1.46f2bc80fa1dep-23;
    p = p * u - 0x1.5fd0def520e1ep-22;
    p = p * u + 0x1.637519ca2aacfp-18;
    p = p * u - 0x1.2c6fcdad8f206p-23;
    p = p * u - 0x1.7c455fd52c33ep-13;
    p = p * u - 0x1.29d2f8c1fa597p-15;
    p = p * u + 0x1.1c4f9fe20f894p-7;
    p = p * u + 0x1.f9d64c343a318p-5;
    p = p * u + 0x1.df1c431fbb0a1p-3;
    p = p * u + 0x1.3f03bb1e17673p-2;
    double far = 1 - vexp(-a * a) * p;
    far = x < 0 ? -far : far;
    far = x != x ? x : far;
    return z < 0.25 ? near : far;
}

#endif
