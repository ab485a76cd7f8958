/* Windows to columns and back (im2col, col2im): one loop over channel, kernel place and output
 * row; a row is copied element by element because strides and dilations may skip. */
#include "config.h"

#include "tensor/window.h"

typedef struct Geometry {
    const Windows *w;
    int64_t n, c, height, width, out[2];
} Geometry;

bool windows_count(const Windows *w, int64_t height, int64_t width, int64_t out[2]) {
    int64_t size[2] = {height, width};
    for (int i = 0; i < 2; i++) {
        int64_t span = w->dilation[i] * (w->kernel[i] - 1) + 1;
        int64_t room = size[i] + 2 * w->pad[i] - span;
        if (room < 0) return false;
        out[i] = room / w->stride[i] + 1;
    }
    return true;
}

/* A size too large for a number is too large for memory as well: tensor_empty says so. */
static int64_t times(int64_t a, int64_t b) {
    int64_t product;
    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

/* Calls BODY with `at` in the image plane (-1: outside) for every place of every window; `col` runs
 * through the columns in order. */
#define EACH_PLACE(g, BODY)                                                                        \
    for (int64_t plane = 0; plane < (g)->n * (g)->c; plane++) {                                    \
        for (int64_t k = 0; k < (g)->w->kernel[0] * (g)->w->kernel[1]; k++) {                      \
            int64_t dy = k / (g)->w->kernel[1] * (g)->w->dilation[0] - (g)->w->pad[0];             \
            int64_t dx = k % (g)->w->kernel[1] * (g)->w->dilation[1] - (g)->w->pad[1];             \
            for (int64_t oy = 0; oy < (g)->out[0]; oy++) {                                         \
                int64_t y = oy * (g)->w->stride[0] + dy;                                           \
                for (int64_t ox = 0; ox < (g)->out[1]; ox++, col++) {                              \
                    int64_t x = ox * (g)->w->stride[1] + dx;                                       \
                    bool in = y >= 0 && y < (g)->height && x >= 0 && x < (g)->width;               \
                    int64_t at = in ? (plane * (g)->height + y) * (g)->width + x : -1;             \
                    BODY;                                                                          \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
    }

#define MOVES(T, suffix)                                                                           \
    static void take_##suffix(const Geometry *g, const T *from, T outside, T *to) {                \
        int64_t col = 0;                                                                           \
        EACH_PLACE(g, to[col] = at < 0 ? outside : from[at])                                       \
    }                                                                                              \
    static void add_##suffix(const Geometry *g, const T *from, T *to) {                            \
        int64_t col = 0;                                                                           \
        EACH_PLACE(g, if (at >= 0) to[at] += from[col])                                            \
    }
MOVES(float, f32)
MOVES(double, f64)

bool tensor_windows(const Tensor *x, const Windows *w, double outside, Tensor **out, Err *err) {
    Geometry g = {
        .w = w, .n = x->shape[0], .c = x->shape[1], .height = x->shape[2], .width = x->shape[3]};
    if (!windows_count(w, g.height, g.width, g.out)) BUG("a kernel larger than its image");
    int64_t shape[] = {g.n, times(g.c, times(w->kernel[0], w->kernel[1])),
                       times(g.out[0], g.out[1])};
    if (!tensor_empty((DType)x->dtype, 3, shape, out, err)) return false;
    if (x->dtype == DT_F64)
        take_f64(&g, tensor_data(x), outside, tensor_data(*out));
    else
        take_f32(&g, tensor_data(x), (float)outside, tensor_data(*out));
    return true;
}

bool tensor_windows_add(const Tensor *cols, const Windows *w, const int64_t nchw[4], Tensor **out,
                        Err *err) {
    Geometry g = {.w = w, .n = nchw[0], .c = nchw[1], .height = nchw[2], .width = nchw[3]};
    if (!windows_count(w, g.height, g.width, g.out)) BUG("a kernel larger than its image");
    if (!tensor_zeros((DType)cols->dtype, 4, nchw, out, err)) return false;
    if (cols->dtype == DT_F64)
        add_f64(&g, tensor_data(cols), tensor_data(*out));
    else
        add_f32(&g, tensor_data(cols), tensor_data(*out));
    return true;
}
