/* Part of the width template (lanes_kernel.h): vectors of W floats, loads of part of one,
 * transposition, 2^x. */

#define INLINE static inline __attribute__((always_inline))
#ifdef __clang__
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#define EACH(i, n) UNROLL for (int i = 0; i < (n); i++) /* n known at compile time */

typedef float V __attribute__((vector_size(4 * W)));
typedef float VLoose __attribute__((vector_size(4 * W), aligned(4), may_alias));
typedef int32_t VInt __attribute__((vector_size(4 * W)));
typedef uint32_t VBits __attribute__((vector_size(4 * W)));
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

INLINE V vabs(V x) {
    return (V)((VInt)x & INT32_MAX);
}

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

/* a0 b0 a1 b1 ... of the lower halves, of the upper halves. */
INLINE V interleave_lo(V a, V b) {
    return __builtin_shufflevector(a, b, INTERLEAVE_LO);
}

INLINE V interleave_hi(V a, V b) {
    return __builtin_shufflevector(a, b, INTERLEAVE_HI);
}

/* r[i][j] <-> r[j][i]. Interleaving rows i and i + W/2 rotates the bits of (row, column) by
 * one; after log2 W times rows and columns have changed places. */
INLINE void transpose(V *r) {
    V t[W];
    UNROLL for (int stage = 1; stage < W; stage *= 2) {
        EACH (i, W / 2) {
            t[2 * i] = interleave_lo(r[i], r[i + W / 2]);
            t[2 * i + 1] = interleave_hi(r[i], r[i + W / 2]);
        }
        EACH (i, W) r[i] = t[i];
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
    VBits bits = (VBits)p + ((VBits)t << 23);
    return (V)(bits & ~(VBits)(x < -126.0f));
}

/* Folding the upper half of x onto the lower, each sum twice; log2 W times. */
INLINE float vsum(V x) {
    UNROLL for (int step = 1; step < W; step *= 2) x = interleave_lo(x, x) + interleave_hi(x, x);
    return x[0];
}

INLINE float vtop(V x) {
    UNROLL for (int step = 1; step < W; step *= 2) x =
        vmax(interleave_lo(x, x), interleave_hi(x, x));
    return x[0];
}

/* Lane i of the result is the sum of r[i], i < W; r is used up. Vectors i and i + half fold into
 * one that holds their halves' sums alternately. */
INLINE V vsums(V *r) {
    UNROLL for (int half = W / 2; half; half /= 2) EACH (i, half) r[i] =
        interleave_lo(r[i], r[i + half]) + interleave_hi(r[i], r[i + half]);
    return r[0];
}
