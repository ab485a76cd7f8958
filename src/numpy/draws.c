/* See draws.h. */
#include "config.h"

#include "numpy/draws.h"

#include "tensorobj/args.h"

static bool empty(Interp *in, const char *fn, Value *args, DType dt, Tensor **t, Err *err) {
    int64_t n;
    return arg_int(in, fn, 1, args[1], &n, err) && tensor_empty(dt, 1, &n, t, err);
}

bool draw_floats(Interp *in, const char *fn, Value *args, double (*draw)(void *self), Value *out,
                 Err *err) {
    Tensor *t = NULL;
    if (!empty(in, fn, args, DT_F64, &t, err)) return false;
    double *x = tensor_data(t);
    for (int64_t i = 0; i < t->shape[0]; i++) x[i] = draw(args[0].o);
    *out = tensor_wrap_take(t);
    return true;
}

bool draw_ints(Interp *in, const char *fn, Value *args, DrawBelow below, Value *out, Err *err) {
    int64_t low, high;
    Tensor *t = NULL;
    if (!arg_int(in, fn, 2, args[2], &low, err) || !arg_int(in, fn, 3, args[3], &high, err))
        return false;
    if (low >= high) return err_set(err, ERR_VALUE, "low >= high");
    if (!empty(in, fn, args, DT_I64, &t, err)) return false;
    int64_t *x = tensor_data(t);
    uint64_t max = (uint64_t)high - (uint64_t)low - 1;
    for (int64_t i = 0; i < t->shape[0]; i++)
        x[i] = (int64_t)((uint64_t)low + below(args[0].o, max));
    *out = tensor_wrap_take(t);
    return true;
}

void draw_shuffle(void *self, DrawBelow below, int64_t *x, int64_t n, int64_t first) {
    for (int64_t i = n - 1; i >= first; i--) {
        int64_t j = (int64_t)below(self, (uint64_t)i), held = x[i];
        x[i] = x[j];
        x[j] = held;
    }
}

bool draw_order(Interp *in, const char *fn, Value *args, DrawBelow below, Value *out, Err *err) {
    Tensor *t = NULL;
    if (!empty(in, fn, args, DT_I64, &t, err)) return false;
    int64_t *x = tensor_data(t), n = t->shape[0];
    for (int64_t i = 0; i < n; i++) x[i] = i;
    draw_shuffle(args[0].o, below, x, n, 1);
    *out = tensor_wrap_take(t);
    return true;
}
