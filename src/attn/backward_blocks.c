/* See sdpa.h. One template for float and double; the five products are gemm calls on
 * blocks of BLOCK queries, everything between them is one pass over the block. */
#include "config.h"

#include "attn/backward_blocks.h"

#include <tgmath.h>

#include "linalg/matmul.h"
#include "tensor/interrupt.h"

enum { BLOCK = 64 };

/* Where one (b, h) stands in each operand, for queries t0 .. t0 + n. */
#define KERNELS(T_, SUFFIX)                                                                        \
    typedef struct Head_##SUFFIX {                                                                 \
        const T_ *q, *k, *v, *g, *out, *lse;                                                       \
        const char *mask;                                                                          \
        T_ *dq, *dk, *dv, *dmask;                                                                  \
    } Head_##SUFFIX;                                                                               \
                                                                                                   \
    /* raw scores -> weights, in place; hidden ones and dead rows become exactly 0 */              \
    static void weights_##SUFFIX(const SdpaBack *a, const Head_##SUFFIX *h, int64_t t0, int64_t n, \
                                 T_ *p) {                                                          \
        int64_t S = a->k->shape[2];                                                                \
        const int64_t *ms = a->mask ? a->mask->stride : NULL;                                      \
        bool is_bool = a->mask && a->mask->dtype == DT_BOOL;                                       \
        for (int64_t t = t0; t < t0 + n; t++, p += S) {                                            \
            T_ lse = h->lse[t], scale = (T_)a->scale;                                              \
            int64_t visible = a->causal ? MIN(S, t + 1) : S;                                       \
            if (lse == -(T_)INFINITY) visible = 0;                                                 \
            for (int64_t s = 0; s < visible; s++) {                                                \
                T_ bias = 0;                                                                       \
                if (is_bool)                                                                       \
                    bias = h->mask[t * ms[2] + s * ms[3]] ? 0 : -(T_)INFINITY;                     \
                else if (h->mask)                                                                  \
                    bias = ((const T_ *)(const void *)h->mask)[t * ms[2] + s * ms[3]];             \
                p[s] = exp(scale * p[s] + bias - lse);                                             \
            }                                                                                      \
            for (int64_t s = visible; s < S; s++) p[s] = 0;                                        \
        }                                                                                          \
    }                                                                                              \
                                                                                                   \
    /* ds = p (ds - delta), then times scale; the bias gets the unscaled one */                    \
    static void scores_##SUFFIX(const SdpaBack *a, const Head_##SUFFIX *h, int64_t t0, int64_t n,  \
                                const T_ *p, T_ *ds) {                                             \
        int64_t S = a->k->shape[2], Dv = a->v->shape[3];                                           \
        for (int64_t t = t0; t < t0 + n; t++, p += S, ds += S) {                                   \
            T_ delta = 0, scale = (T_)a->scale;                                                    \
            for (int64_t d = 0; d < Dv; d++) delta += h->g[t * Dv + d] * h->out[t * Dv + d];       \
            for (int64_t s = 0; s < S; s++) ds[s] = p[s] == 0 ? 0 : p[s] * (ds[s] - delta);        \
            if (h->dmask)                                                                          \
                for (int64_t s = 0; s < S; s++) h->dmask[t * S + s] = ds[s];                       \
            for (int64_t s = 0; s < S; s++) ds[s] *= scale;                                        \
        }                                                                                          \
    }                                                                                              \
                                                                                                   \
    static bool head_##SUFFIX(const SdpaBack *a, const Head_##SUFFIX *h, T_ *p, T_ *ds,            \
                              Err *err) {                                                          \
        int64_t T = a->q->shape[2], D = a->q->shape[3], S = a->k->shape[2], Dv = a->v->shape[3];   \
        const int64_t *qs = a->q->stride, *ks = a->k->stride, *vs = a->v->stride;                  \
        int64_t work = 0;                                                                          \
        for (int64_t t = 0; t < T; t += BLOCK) {                                                   \
            int64_t n = MIN(BLOCK, T - t);                                                         \
            const T_ *q = h->q + t * qs[2], *g = h->g + t * Dv;                                    \
            gemm_##SUFFIX(n, S, D, q, qs[2], qs[3], h->k, ks[3], ks[2], p, S, false);              \
            weights_##SUFFIX(a, h, t, n, p);                                                       \
            gemm_##SUFFIX(S, Dv, n, p, 1, S, g, Dv, 1, h->dv, Dv, true);                           \
            gemm_##SUFFIX(n, S, Dv, g, Dv, 1, h->v, vs[3], vs[2], ds, S, false);                   \
            scores_##SUFFIX(a, h, t, n, p, ds);                                                    \
            gemm_##SUFFIX(n, D, S, ds, S, 1, h->k, ks[2], ks[3], h->dq + t * D, D, false);         \
            gemm_##SUFFIX(S, D, n, ds, 1, S, q, qs[2], qs[3], h->dk, D, true);                     \
            if (!tensor_poll(&work, n * S, err)) return false;                                     \
        }                                                                                          \
        return true;                                                                               \
    }                                                                                              \
                                                                                                   \
    static bool all_##SUFFIX(const SdpaBack *a, Err *err) {                                        \
        int64_t B = a->q->shape[0], H = a->q->shape[1], T = a->q->shape[2], D = a->q->shape[3];    \
        int64_t G = a->k->shape[1], S = a->k->shape[2], Dv = a->v->shape[3];                       \
        size_t size = sizeof(T_) * (size_t)MIN(BLOCK, MAX(T, 1)) * (size_t)S;                      \
        T_ *p = mem_alloc(2 * size + 1), *ds = p + size / sizeof(T_);                              \
        bool ok = true;                                                                            \
        for (int64_t i = 0; ok && i < B * H; i++) {                                                \
            int64_t b = i / H, hq = i % H, hk = hq / (H / G);                                      \
            const Tensor *m = a->mask;                                                             \
            size_t msize = m ? dtype_size((DType)m->dtype) : 0;                                    \
            Head_##SUFFIX h = {                                                                    \
                .q = (T_ *)tensor_data(a->q) + b * a->q->stride[0] + hq * a->q->stride[1],         \
                .k = (T_ *)tensor_data(a->k) + b * a->k->stride[0] + hk * a->k->stride[1],         \
                .v = (T_ *)tensor_data(a->v) + b * a->v->stride[0] + hk * a->v->stride[1],         \
                .g = (T_ *)tensor_data(a->g) + i * T * Dv,                                         \
                .out = (T_ *)tensor_data(a->out) + i * T * Dv,                                     \
                .lse = (T_ *)tensor_data(a->lse) + i * T,                                          \
                .dq = (T_ *)tensor_data(a->dq) + i * T * D,                                        \
                .dk = (T_ *)tensor_data(a->dk) + (b * G + hk) * S * D,                             \
                .dv = (T_ *)tensor_data(a->dv) + (b * G + hk) * S * Dv,                            \
                .dmask = a->dmask ? (T_ *)tensor_data(a->dmask) + i * T * S : NULL};               \
            if (m)                                                                                 \
                h.mask = (char *)tensor_data(m) +                                                  \
                         (b * m->stride[0] + hq * m->stride[1]) * (int64_t)msize;                  \
            ok = head_##SUFFIX(a, &h, p, ds, err);                                                 \
        }                                                                                          \
        mem_free(p);                                                                               \
        return ok;                                                                                 \
    }
KERNELS(float, f32)
KERNELS(double, f64)

bool sdpa_backward(const SdpaBack *a, Err *err) {
    if (tensor_numel(a->q) == 0 || tensor_numel(a->k) == 0) return true;
    return a->q->dtype == DT_F64 ? all_f64(a, err) : all_f32(a, err);
}
