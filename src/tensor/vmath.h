/* Functions that float32 kernels are made of, written so that the compiler
 * vectorises the loop around them: no calls, no branches, no tables.
 *
 * vexpf gives PyTorch's bits; loops around it are compiled with KERNEL_FMA. The
 * others compute in double and are good to about 1e-11, so that a float32 result is
 * correctly rounded almost always, which is the likeliest value of any good
 * polynomial. float64 kernels use libm.
 */
#ifndef QKV_TENSOR_VMATH_H
#define QKV_TENSOR_VMATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

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

/* ln x, near enough to the same library's logf to share its bits in 99.8 % of cases (libm: 98.8 %
 * near 1). x = m 2^e with m in [0.75, 1.5); y = (m - 1) / (m + 1); ln m = 2y + y^3 P(y^2). The
 * polynomial is evaluated in float as there, the sum, for which that has pairs of floats, in
 * double. */
static inline float vlogf(float x) {
    float small = x < 0x1p-126F ? 0x1p64F : 1, d = x * small, z = d * 0x1.555556p+0F;
    int32_t zb, db;
    memcpy(&zb, &z, sizeof zb);
    memcpy(&db, &d, sizeof db);
    int32_t e = (zb >> 23 & 255) - 127;
    uint32_t mb = (uint32_t)db - ((uint32_t)e << 23);
    float m;
    memcpy(&m, &mb, sizeof m);
    double y = ((double)m - 1) / ((double)m + 1), k = small > 1 ? e - 64 : e;
    float h = (float)y, h2 = h * h;
    float t = fmaf(fmaf(0.3027294874F, h2, 0.3996108174F), h2, 0.6666694880F);
    float r = (float)(k * LN2 + 2 * y + (double)(h2 * h * t));
    r = x > 0x1.fffffep127F ? x : r;
    r = x > 0 ? r : x == 0 ? -INFINITY : NAN;
    return x != x ? x : r;
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

/* erf(x), and e^(-x^2) on the way, for sums that erf only enters next to 1 (the normal
 * distribution): its absolute error is 1.2e-11, near 0 too. One formula, one exponential, and every
 * step one fma, which makes it three times as fast as the general ones above; loops around it are
 * KERNEL_FMA. The polynomials are Chebyshev interpolations: of e^(x^2) erfc(x) in u on [0, 4.2],
 * of e^r on [-ln2 / 2, ln2 / 2]. */
static inline double verf_gauss(double x, double *gauss) {
    double a = x < 0 ? -x : x, z = a * a;
    z = z > 160 ? 160 : z;
    double t = 0x1.8p52 - z * LOG2E, r = fma(-(t - 0x1.8p52), LN2, -z);
    uint64_t bits;
    memcpy(&bits, &t, sizeof bits);
    bits = (bits << 52) + (UINT64_C(1023) << 52);
    double s;
    memcpy(&s, &bits, sizeof bits);
    double e = 0x1.a15a4f98eb4a5p-16;
    e = fma(e, r, 0x1.a1aa7f143c60ap-13);
    e = fma(e, r, 0x1.6c164df443c8cp-10);
    e = fma(e, r, 0x1.111080ae06089p-7);
    e = fma(e, r, 0x1.5555557428d91p-5);
    e = fma(e, r, 0x1.555555a26dedbp-3);
    e = fma(e, r, 0x1.fffffffff71cfp-2);
    e = fma(e, r, 0x1.ffffffffd38c1p-1);
    *gauss = fma(e, r, 1) * s;
    a = a > 4.2 ? 4.2 : a;
    double u = fma(1 / fma(a, 0.5, 1), 1 / 0.33870967741935484,
                   -0.66129032258064516 / 0.33870967741935484);
    double p = -0x1.94ba6ae22b0eap-24;
    p = fma(p, u, 0x1.a2a0ebdc8a291p-21);
    p = fma(p, u, -0x1.8d7c6fc820671p-21);
    p = fma(p, u, -0x1.73b39481db52bp-17);
    p = fma(p, u, 0x1.50e3043e63f23p-15);
    p = fma(p, u, 0x1.bce4b31e06107p-14);
    p = fma(p, u, -0x1.ee950451f5347p-11);
    p = fma(p, u, -0x1.ac31c083df540p-10);
    p = fma(p, u, 0x1.84ab0ec6e8b92p-6);
    p = fma(p, u, 0x1.2ade0cd9f47bcp-3);
    p = fma(p, u, 0x1.a5a8f5d6e5e26p-2);
    p = fma(p, u, 0x1.af1d64c4bb991p-2);
    double far = fma(-*gauss, p, 1);
    return x < 0 ? -far : far;
}

#endif
