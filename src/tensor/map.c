/* Runs one-expression kernels over broadcast operands. */
#include "config.h"

#include "tensor/map.h"

#include "tensor/copy.h"
#include "tensor/interrupt.h"
#include "tensor/view.h"

enum { CHUNK = 8192 };

static bool common_shape(int n, Tensor *const *operands, int *ndim, int64_t *shape, Err *err) {
    *ndim = 0;
    for (int i = 0; i < n; i++) {
        const Tensor *t = operands[i];
        if (t && !shape_broadcast(*ndim, shape, t->ndim, t->shape, ndim, shape, err)) return false;
    }
    return true;
}

/* t converted, broadcast and contiguous; owned. */
static bool prepare(Tensor *t, DType dt, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    Tensor *cast = NULL, *wide = NULL;
    bool ok = tensor_cast(t, dt, &cast, err) &&
              tensor_broadcast_to(cast, ndim, shape, &wide, err) &&
              tensor_contiguous(wide, out, err);
    tensor_release(cast);
    tensor_release(wide);
    return ok;
}

static bool run(const Map *m, DType dt, Tensor *const *ready, const double *p, Tensor *out,
                Err *err) {
    int64_t n = tensor_numel(out), work = 0;
    size_t size = dtype_size(dt);
    float p32[MAP_PARAMS] = {0};
    double p64[MAP_PARAMS] = {0};
    for (int i = 0; p && i < MAP_PARAMS; i++) p32[i] = (float)(p64[i] = p[i]);
    for (int64_t at = 0; at < n; at += CHUNK) {
        int64_t len = MIN(CHUNK, n - at);
        const void *in[MAP_OPERANDS];
        void *first = NULL;
        for (int i = MAP_OPERANDS; i-- > 0;) {
            in[i] = ready[i] ? (char *)tensor_data(ready[i]) + (size_t)at * size : NULL;
            if (in[i]) first = (void *)in[i];
        }
        for (int i = 0; i < MAP_OPERANDS; i++)
            if (!in[i]) in[i] = first; /* unused: read, not looked at */
        void *to = (char *)tensor_data(out) + (size_t)at * size;
        if (dt == DT_F32)
            m->f32(len, (const float *const *)in, p32, to);
        else
            m->f64(len, (const double *const *)in, p64, to);
        if (!tensor_poll(&work, len * 4, err)) return false;
    }
    return true;
}

bool map_apply(const Map *m, int n, Tensor *const *operands, const double *p, Tensor **out,
               Err *err) {
    Tensor *some[MAP_OPERANDS] = {0}, *ready[MAP_OPERANDS] = {0}, *raw = NULL;
    int count = 0, ndim = 0;
    int64_t shape[TENSOR_MAX_DIM] = {0};
    for (int i = 0; i < n; i++)
        if (operands[i]) some[count++] = operands[i];
    DType want = tensor_result_type(count, some);
    if (dtype_is_complex(want))
        return err_set(err, ERR_RUNTIME, "not implemented for 'ComplexFloat'");
    if (!dtype_is_float(want)) want = dtype_default();
    DType dt = want == DT_F64 ? DT_F64 : DT_F32;
    bool ok = common_shape(n, operands, &ndim, shape, err);
    for (int i = 0; ok && i < n; i++)
        if (operands[i]) ok = prepare(operands[i], dt, ndim, shape, &ready[i], err);
    ok = ok && tensor_empty(dt, ndim, shape, &raw, err) && run(m, dt, ready, p, raw, err) &&
         tensor_cast(raw, want, out, err);
    for (int i = 0; i < n; i++) tensor_release(ready[i]);
    tensor_release(raw);
    return ok;
}
