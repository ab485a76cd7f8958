/* Where one (b, h) stands in each operand, and the walk over its blocks of queries, for one type.
 * Included by backward_blocks.c with its macros defined:
 *
 *     #define REAL float
 *     #define NAME(x) x##_f32
 *     #include "attn/backward_blocks_kernel.h"
 *
 * so this header has no guard. Letters as in backward_blocks.h.
 */

#define HEAD NAME(Head)

typedef struct HEAD {
    const REAL *q, *k, *v, *g, *out, *lse;
    const char *mask;
    REAL *dq, *dk, *dv, *dmask;
} HEAD;

/* raw scores -> weights, in place; hidden ones and dead rows become exactly 0 */
static void NAME(weights)(const AttnBlocksBack *a, const HEAD *h, int64_t t0, int64_t n, REAL *p) {
    int64_t S = a->k->shape[2];
    const int64_t *ms = a->mask ? a->mask->stride : NULL;
    bool is_bool = a->mask && a->mask->dtype == DT_BOOL;
    for (int64_t t = t0; t < t0 + n; t++, p += S) {
        REAL lse = h->lse[t], scale = (REAL)a->scale;
        int64_t visible = a->causal ? MIN(S, t + 1) : S;
        if (lse == -(REAL)INFINITY) visible = 0;
        for (int64_t s = 0; s < visible; s++) {
            REAL bias = 0;
            if (is_bool)
                bias = h->mask[t * ms[2] + s * ms[3]] ? 0 : -(REAL)INFINITY;
            else if (h->mask)
                bias = ((const REAL *)(const void *)h->mask)[t * ms[2] + s * ms[3]];
            p[s] = exp(scale * p[s] + bias - lse);
        }
        for (int64_t s = visible; s < S; s++) p[s] = 0;
    }
}

/* ds = p (ds - delta), then times scale; the bias gets the unscaled one */
static void NAME(scores)(const AttnBlocksBack *a, const HEAD *h, int64_t t0, int64_t n,
                         const REAL *p, REAL *ds) {
    int64_t S = a->k->shape[2], Dv = a->v->shape[3];
    for (int64_t t = t0; t < t0 + n; t++, p += S, ds += S) {
        REAL delta = 0, scale = (REAL)a->scale;
        for (int64_t d = 0; d < Dv; d++) delta += h->g[t * Dv + d] * h->out[t * Dv + d];
        for (int64_t s = 0; s < S; s++) ds[s] = p[s] == 0 ? 0 : p[s] * (ds[s] - delta);
        if (h->dmask)
            for (int64_t s = 0; s < S; s++) h->dmask[t * S + s] = ds[s];
        for (int64_t s = 0; s < S; s++) ds[s] *= scale;
    }
}

static bool NAME(head)(const AttnBlocksBack *a, const HEAD *h, REAL *p, REAL *ds, Err *err) {
    int64_t T = a->q->shape[2], D = a->q->shape[3], S = a->k->shape[2], Dv = a->v->shape[3];
    const int64_t *qs = a->q->stride, *ks = a->k->stride, *vs = a->v->stride;
    int64_t work = 0;
    for (int64_t t = 0; t < T; t += BLOCK) {
        int64_t n = MIN(BLOCK, T - t);
        const REAL *q = h->q + t * qs[2], *g = h->g + t * Dv;
        NAME(gemm)(n, S, D, q, qs[2], qs[3], h->k, ks[3], ks[2], p, S, false);
        NAME(weights)(a, h, t, n, p);
        NAME(gemm)(S, Dv, n, p, 1, S, g, Dv, 1, h->dv, Dv, true);
        NAME(gemm)(n, S, Dv, g, Dv, 1, h->v, vs[3], vs[2], ds, S, false);
        NAME(scores)(a, h, t, n, p, ds);
        NAME(gemm)(n, D, S, ds, S, 1, h->k, ks[2], ks[3], h->dq + t * D, D, false);
        NAME(gemm)(S, D, n, ds, 1, S, q, qs[2], qs[3], h->dk, D, true);
        if (!tensor_poll(&work, n * S, err)) return false;
    }
    return true;
}

static bool NAME(all)(const AttnBlocksBack *a, Err *err) {
    int64_t B = a->q->shape[0], H = a->q->shape[1], T = a->q->shape[2], D = a->q->shape[3];
    int64_t G = a->k->shape[1], S = a->k->shape[2], Dv = a->v->shape[3];
    size_t size = sizeof(REAL) * (size_t)MIN(BLOCK, MAX(T, 1)) * (size_t)S;
    REAL *p = mem_alloc(2 * size + 1), *ds = p + size / sizeof(REAL);
    bool ok = true;
    for (int64_t i = 0; ok && i < B * H; i++) {
        int64_t b = i / H, hq = i % H, hk = hq / (H / G);
        const Tensor *m = a->mask;
        size_t msize = m ? dtype_size((DType)m->dtype) : 0;
        HEAD h = {.q = (REAL *)tensor_data(a->q) + b * a->q->stride[0] + hq * a->q->stride[1],
                  .k = (REAL *)tensor_data(a->k) + b * a->k->stride[0] + hk * a->k->stride[1],
                  .v = (REAL *)tensor_data(a->v) + b * a->v->stride[0] + hk * a->v->stride[1],
                  .g = (REAL *)tensor_data(a->g) + i * T * Dv,
                  .out = (REAL *)tensor_data(a->out) + i * T * Dv,
                  .lse = (REAL *)tensor_data(a->lse) + i * T,
                  .dq = (REAL *)tensor_data(a->dq) + i * T * D,
                  .dk = (REAL *)tensor_data(a->dk) + (b * G + hk) * S * D,
                  .dv = (REAL *)tensor_data(a->dv) + (b * G + hk) * S * Dv,
                  .dmask = a->dmask ? (REAL *)tensor_data(a->dmask) + i * T * S : NULL};
        if (m)
            h.mask =
                (char *)tensor_data(m) + (b * m->stride[0] + hq * m->stride[1]) * (int64_t)msize;
        ok = NAME(head)(a, &h, p, ds, err);
    }
    mem_free(p);
    return ok;
}

#undef REAL
#undef NAME
#undef HEAD
