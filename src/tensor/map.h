/* Elementwise kernels written as one expression, compiled for float and double.
 *
 *     MAP(d_tanh, , g * (1 - y * y))
 *     ...
 *     map_apply(&d_tanh, 3, (Tensor *[]){g, NULL, y}, NULL, &out, err)
 *
 * Inside the expression g, x, y, z are the operands' elements, T their type, p the
 * parameters as T; the middle argument may declare what the expression uses twice.
 * <tgmath.h> picks expf or exp. Write K(0.5), not 0.5: a double literal would make
 * the float kernel compute in double.
 */
#ifndef QKV_TENSOR_MAP_H
#define QKV_TENSOR_MAP_H

#include <tgmath.h>

#include "tensor/ewise.h"
#include "tensor/vmath.h"

#define MAP_OPERANDS 4
#define MAP_PARAMS 4

typedef struct Map {
    void (*f32)(int64_t n, const float *const *in, const float *p, float *out);
    void (*f64)(int64_t n, const double *const *in, const double *p, double *out);
} Map;

#define K(number) ((T)(number))

/* exp, tanh and erf that loops of floats vectorise around (tensor/vmath.h). */
static inline float map_expf(float u) {
    return (float)vexp((double)u);
}
static inline float map_tanhf(float u) {
    return (float)vtanh((double)u);
}
static inline float map_erff(float u) {
    return (float)verf((double)u);
}
#define EXP(u) _Generic((u), float : map_expf, default : exp)(u)
#define TANH(u) _Generic((u), float : map_tanhf, default : tanh)(u)
#define ERF(u) _Generic((u), float : map_erff, default : erf)(u)
/* The same with the forward's bits. */
static inline float map_logisticf(float u) {
    return 1 / (1 + vexpf(0 - u));
}
static inline double map_logistic(double u) {
    return 1 / (1 + exp(-u));
}
#define LOGISTIC(u) _Generic((u), float : map_logisticf, default : map_logistic)(u)
static inline float map_sinf(float u) {
    return fabsf(u) < TRIG_MAX ? vsinf(u) : sinf(u);
}
static inline float map_cosf(float u) {
    return fabsf(u) < TRIG_MAX ? vcosf(u) : cosf(u);
}
#define SIN(u) _Generic((u), float : map_sinf, default : sin)(u)
#define COS(u) _Generic((u), float : map_cosf, default : cos)(u)
#define SIGMOID(u) (1 / (1 + EXP(-(u))))

#define MAP_LOOP(T_, how, fn, pre, expr)                                                           \
    how(fn, (int64_t n, const T_ *const *in, const T_ *p, T_ *restrict out), (n, in, p, out)) {    \
        typedef T_ T;                                                                              \
        const T *gs = in[0], *xs = in[1], *ys = in[2], *zs = in[3];                                \
        EACH (i, n) {                                                                              \
            T g = gs[i], x = xs[i], y = ys[i], z = zs[i];                                          \
            UNUSED(g), UNUSED(x), UNUSED(y), UNUSED(z), UNUSED(p);                                 \
            pre;                                                                                   \
            out[i] = (T)(expr);                                                                    \
        }                                                                                          \
    }
#define MAP_WITH(how, name, pre, expr)                                                             \
    MAP_LOOP(float, how, name##_f32, pre, expr)                                                    \
    MAP_LOOP(double, how, name##_f64, pre, expr)                                                   \
    static const Map name = {name##_f32, name##_f64};
#define MAP(name, pre, expr) MAP_WITH(PLAIN_KERNEL, name, pre, expr)
/* Compiled for several instruction sets: for what training spends time in. */
#define MAP_FAST(name, pre, expr) MAP_WITH(KERNEL, name, pre, expr)

/* out: fresh, contiguous, of the operands' broadcast shape; operands (n <= 4, an unused one
 * NULL) broadcast and convert to the widest of them: float64, else float32; integers become the
 * default float. float16 and bfloat16 compute in float32 and round into out. p: MAP_PARAMS
 * numbers or NULL. ERR_RUNTIME for complex operands. */
bool map_apply(const Map *m, int n, Tensor *const *operands, const double *p, Tensor **out,
               Err *err);

#endif
