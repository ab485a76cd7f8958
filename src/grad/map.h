/* Elementwise kernels written as one expression, compiled for float and double.
 *
 *     MAP(d_tanh, , g * (1 - y * y))
 *     ...
 *     v_map(v, &d_tanh, 3, (Tensor *[]){v->g[0], NULL, v->out[0]}, NULL)
 *
 * Inside the expression g, x, y, z are the operands' elements, T their type, p the
 * parameters as T; the middle argument may declare what the expression uses twice.
 * <tgmath.h> picks expf or exp. Write K(0.5), not 0.5: a double literal would make
 * the float kernel compute in double.
 */
#ifndef QKV_MAP_H
#define QKV_MAP_H

#include <tgmath.h>

#include "grad/vjp.h"

#define MAP_OPERANDS 4
#define MAP_PARAMS 4

typedef struct Map {
    void (*f32)(int64_t n, const float *const *in, const float *p, float *out);
    void (*f64)(int64_t n, const double *const *in, const double *p, double *out);
} Map;

#define K(number) ((T)(number))
#define MAP_LOOP(T_, fn, pre, expr)                                                                \
    static void fn(int64_t n, const T_ *const *in, const T_ *p, T_ *restrict out) {                \
        typedef T_ T;                                                                              \
        const T *gs = in[0], *xs = in[1], *ys = in[2], *zs = in[3];                                \
        for (int64_t i = 0; i < n; i++) {                                                          \
            T g = gs[i], x = xs[i], y = ys[i], z = zs[i];                                          \
            UNUSED(g), UNUSED(x), UNUSED(y), UNUSED(z), UNUSED(p);                                 \
            pre;                                                                                   \
            out[i] = (T)(expr);                                                                    \
        }                                                                                          \
    }
#define MAP(name, pre, expr)                                                                       \
    MAP_LOOP(float, name##_f32, pre, expr)                                                         \
    MAP_LOOP(double, name##_f64, pre, expr)                                                        \
    static const Map name = {name##_f32, name##_f64};

/* out: fresh, contiguous, of the operands' broadcast shape; operands (n <= 4, an unused one
 * NULL) broadcast and convert to the widest of them: float64, else float32; integers become the
 * default float. float16 and bfloat16 compute in float32 and round into out. p: MAP_PARAMS
 * numbers or NULL. ERR_RUNTIME for complex operands. */
bool map_apply(const Map *m, int n, Tensor *const *operands, const double *p, Tensor **out,
               Err *err);
/* The same as a step of a vjp. */
Tensor *v_map(Vjp *v, const Map *m, int n, Tensor *const *operands, const double *p);

#endif
