/* The body of the reference kernel, for one type. Included by naive.c with its macros defined:
 *
 *     #define REAL float
 *     #define NAME(x) x##_f32
 *     #define EXP expf
 *     #define LOG logf
 *     #include "attn/naive_kernel.h"
 *
 * so this header has no guard. Sums run in rising order of d and s; hidden pairs take no part at
 * all, so that what they hold cannot change a bit of the result.
 */

/* The mask's part of the bias at key s, -inf where it hides. */
static REAL NAME(mask_at)(const Walk *w, const char *mask_bht, int64_t s) {
    if (!mask_bht) return 0;
    if (w->mask_is_bool) return mask_bht[s * w->mask_stride[3]] ? 0 : -(REAL)INFINITY;
    return ((const REAL *)(const void *)mask_bht)[s * w->mask_stride[3]];
}

/* s_bht[s] = scale * q·k_s + bias, -inf where hidden. Returns how many are not hidden. */
static int64_t NAME(scores)(const Walk *w, const REAL *q_bht, const REAL *k_bg, int64_t b,
                            int64_t h, int64_t t, REAL *s_bht) {
    const char *mask_bht = mask_row(w, b, h, t);
    int64_t alive = 0;
    for (int64_t s = 0; s < w->S; s++) {
        REAL bias = -(REAL)INFINITY;
        if (attn_sees(&w->rule, b, h, t, s)) bias = NAME(mask_at)(w, mask_bht, s);
        if (bias == -(REAL)INFINITY) {
            s_bht[s] = bias;
            continue;
        }
        const REAL *k_bgs = k_bg + s * w->k_stride[2];
        REAL dot = 0;
        for (int64_t d = 0; d < w->D; d++)
            dot += q_bht[d * w->q_stride[3]] * k_bgs[d * w->k_stride[3]];
        s_bht[s] = dot * (REAL)w->scale + bias + (REAL)attn_distance_bias(&w->rule, h, t, s);
        alive++;
    }
    return alive;
}

/* In place: s -> exp(s - max) / sum; returns max + log sum, -inf when nothing is visible. The
 * maximum is subtracted so that exp does not overflow. */
static REAL NAME(softmax)(REAL *s_bht, int64_t S) {
    REAL max = -(REAL)INFINITY, sum = 0;
    for (int64_t s = 0; s < S; s++)
        if (s_bht[s] > max || isnan(s_bht[s])) max = s_bht[s];
    if (max == -(REAL)INFINITY) {
        memset(s_bht, 0, sizeof *s_bht * (size_t)S);
        return max;
    }
    for (int64_t s = 0; s < S; s++) {
        s_bht[s] = s_bht[s] == -(REAL)INFINITY ? 0 : EXP(s_bht[s] - max);
        sum += s_bht[s];
    }
    for (int64_t s = 0; s < S; s++) s_bht[s] /= sum;
    return max + LOG(sum);
}

/* o = sum over s of p_s v_s. */
static void NAME(values)(const Walk *w, const REAL *p_bht, const REAL *v_bg, REAL *o_bht) {
    memset(o_bht, 0, sizeof *o_bht * (size_t)w->Dv);
    for (int64_t s = 0; s < w->S; s++) {
        REAL p = p_bht[s];
        const REAL *v_bgs = v_bg + s * w->v_stride[2];
        if (p == 0) continue;
        if (w->v_stride[3] == 1)
            for (int64_t d = 0; d < w->Dv; d++) o_bht[d] += p * v_bgs[d];
        else
            for (int64_t d = 0; d < w->Dv; d++) o_bht[d] += p * v_bgs[d * w->v_stride[3]];
    }
}

/* All (b, h, t) rows. p: (S) scratch. */
static bool NAME(rows)(Walk *w, REAL *p, Err *err) {
    int64_t work = 0, row = 0;
    for (int64_t b = 0; b < w->B; b++)
        for (int64_t h = 0; h < w->H; h++) {
            int64_t g = h / (w->H / w->G);
            const REAL *k_bg = (const REAL *)w->k + b * w->k_stride[0] + g * w->k_stride[1];
            const REAL *v_bg = (const REAL *)w->v + b * w->v_stride[0] + g * w->v_stride[1];
            for (int64_t t = 0; t < w->T; t++, row++) {
                const REAL *q_bht = (const REAL *)w->q + b * w->q_stride[0] + h * w->q_stride[1] +
                                    t * w->q_stride[2];
                int64_t alive = NAME(scores)(w, q_bht, k_bg, b, h, t, p);
                REAL lse = NAME(softmax)(p, w->S);
                w->dead += alive == 0;
                w->alive += alive;
                NAME(values)(w, p, v_bg, (REAL *)w->out + row * w->Dv);
                if (w->weights)
                    memcpy((REAL *)w->weights + row * w->S, p, sizeof *p * (size_t)w->S);
                if (w->lse) ((REAL *)w->lse)[row] = lse;
                if (!tensor_poll(&work, w->S * (w->D + w->Dv + 8), err)) return false;
            }
        }
    return true;
}

#undef REAL
#undef NAME
#undef EXP
#undef LOG
