/* Part of the width template (lanes_kernel.h): vectors of W floats, loads of part of one,
 * transposition, 2^x. */

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 16")

typedef float V __attribute__((vector_size(4 * W)));
typedef float VLoose __attribute__((vector_size(4 * W), aligned(4), may_alias));
typedef int32_t VInt __attribute__((vector_size(4 * W)));
typedef uint8_t VByte __attribute__((vector_size(W)));

INLINE V load(const float *p) {
    return *(const VLoose *)p;
}

INLINE void store(float *p, V x) {
    *(VLoose *)p = x;
}

INLINE V splat(float x) {
    return x - (V){0};
}

/* a where the mask's bits are set, else b. */
INLINE V pick(VInt mask, V a, V b) {
    return (V)(((VInt)a & mask) | ((VInt)b & ~mask));
}

#ifdef VMAX
INLINE V vmax(V a, V b) {
    return VMAX(a, b);
}
#else
INLINE V vmax(V a, V b) {
    return pick((VInt)(a > b), a, b);
}
#endif

/* n <= W elements, zeros behind them. */
INLINE V load_part(const float *p, int64_t stride, int64_t n) {
    if (n >= W && stride == 1) return load(p);
    float x[W] = {0};
    for (int64_t i = 0; i < n && i < W; i++) x[i] = p[i * stride];
    return load(x);
}

INLINE void store_part(float *p, V x, int64_t n) {
    if (n >= W) {
        store(p, x);
        return;
    }
    float y[W];
    store(y, x);
    for (int64_t i = 0; i < n; i++) p[i] = y[i];
}

/* r[i][j] <-> r[j][i]. Interleaving rows i and i + W/2 rotates the bits of (row, column) by
 * one; after log2 W times rows and columns have changed places. */
INLINE void transpose(V *r) {
    V t[W];
    UNROLL for (int stage = 1; stage < W; stage *= 2) {
        UNROLL for (int i = 0; i < W / 2; i++) {
            t[2 * i] = __builtin_shufflevector(r[i], r[i + W / 2], INTERLEAVE_LO);
            t[2 * i + 1] = __builtin_shufflevector(r[i], r[i + W / 2], INTERLEAVE_HI);
        }
        UNROLL for (int i = 0; i < W; i++) r[i] = t[i];
    }
}

/* 2^x for x <= 0, largest relative error 1.6e-7; 0 below 2^-126, nan stays.
 *
 * Adding 1.5 * 2^23 rounds x to an integer n, left in the low bits; 2^f for the rest f in
 * [-1/2, 1/2] is a polynomial (fitted for relative error by reweighted least squares, exact at
 * 0); n is added to its exponent. Reassociating the two additions would lose n: no -ffast-math. */
INLINE V exp2_nonpos(V x) {
    const float magic = 12582912.0f;
    V t = x + magic;
    V f = x - (t - magic);
    V p = f * 1.326472731e-3f + 9.671512991e-3f;
    p = p * f + 5.550733581e-2f;
    p = p * f + 0.2402224243f;
    p = p * f + 0.6931470037f;
    p = p * f + 1.0f;
    VInt bits = (VInt)p + ((VInt)t << 23);
    return (V)(bits & ~(VInt)(x < -126.0f));
}

INLINE float vsum(V x) {
    float y[W], sum = 0;
    store(y, x);
    UNROLL for (int step = W / 2; step; step /= 2)
        UNROLL for (int i = 0; i < step; i++) y[i] += y[i + step];
    sum = y[0];
    return sum;
}
