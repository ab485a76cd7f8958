/* Pairs of floats whose sum stands for one number of about 48 bits (Dekker 1971), with the fused
 * multiply-add: the arithmetic inside the SLEEF library's functions, operation by operation, so
 * that vmath.h can share their bits. pair_add wants |x| >= |y|, pair_sum does not.
 */
#ifndef QKV_TENSOR_VPAIR_H
#define QKV_TENSOR_VPAIR_H

#include <math.h>

typedef struct Pair {
    float x, y; /* head and tail */
} Pair;

/* a + b */
static inline Pair pair_sum(float a, float b) {
    float s = a + b, v = s - a;
    return (Pair){s, (a - (s - v)) + (b - v)};
}
static inline Pair pair_sum_to(Pair p, float b) {
    Pair s = pair_sum(p.x, b);
    return (Pair){s.x, s.y + p.y};
}
static inline Pair pair_sum_pair(Pair p, Pair q) {
    float s = p.x + q.x, v = s - p.x;
    return (Pair){s, ((p.x - (s - v)) + (q.x - v)) + (p.y + q.y)};
}
static inline Pair pair_add(Pair p, float b) {
    float s = p.x + b;
    return (Pair){s, ((p.x - s) + b) + p.y};
}
static inline Pair pair_add_pair(Pair p, Pair q) {
    float s = p.x + q.x;
    return (Pair){s, (((p.x - s) + q.x) + p.y) + q.y};
}
static inline Pair pair_scale(Pair p, float b) {
    float s = p.x * b;
    return (Pair){s, fmaf(p.y, b, fmaf(p.x, b, -s))};
}
static inline Pair pair_square(Pair p) {
    float s = p.x * p.x;
    return (Pair){s, fmaf(p.x + p.x, p.y, fmaf(p.x, p.x, -s))};
}
static inline Pair pair_mul(Pair p, Pair q) {
    float s = p.x * q.x;
    return (Pair){s, fmaf(p.x, q.y, fmaf(p.y, q.x, fmaf(p.x, q.x, -s)))};
}
static inline float pair_mul_round(Pair p, Pair q) {
    return fmaf(p.x, q.x, fmaf(p.y, q.x, p.x * q.y));
}
static inline Pair pair_div(Pair n, Pair d) {
    float t = 1 / d.x, s = n.x * t, u = fmaf(t, n.x, -s);
    float v = fmaf(-d.y, t, fmaf(-d.x, t, 1));
    return (Pair){s, fmaf(s, v, fmaf(n.y, t, u))};
}
/* 1 / d */
static inline Pair pair_inverse(Pair d) {
    float s = 1 / d.x;
    return (Pair){s, s * fmaf(-d.y, s, fmaf(-d.x, s, 1))};
}

#endif
