/* Part of the width template (lanes_kernel.h): small matrices, as lessons have them.
 *
 * Lanes are keys for the scores and lie along Dv for the output; K is transposed and V padded
 * once into the stack. A block of 64 query lanes would be mostly padding here.
 */

#define NARROW_S ((ATTN_NARROW_MAX + W - 1) / W * W)

typedef struct Narrow {
    float kt[ATTN_NARROW_D][NARROW_S];           /* Kᵀ; columns behind S are 0 */
    float v[ATTN_NARROW_MAX][ATTN_NARROW_D + W]; /* V; columns behind Dv up to a vector are 0 */
    float s[NARROW_S];
} Narrow;

static void narrow_load(const AttnProblem *p, Narrow *n, int64_t batch, int64_t g) {
    int64_t wide = (p->S + W - 1) / W * W, deep = (p->Dv + W - 1) / W * W;
    for (int64_t j = 0; j < p->S; j++) {
        const float *k = attn_row(&p->k, batch, g, j), *v = attn_row(&p->v, batch, g, j);
        for (int64_t d = 0; d < p->D; d++) n->kt[d][j] = k[d];
        for (int64_t d = 0; d < p->Dv; d++) n->v[j][d] = v[d];
        for (int64_t d = p->Dv; d < deep; d++) n->v[j][d] = 0;
    }
    for (int64_t d = 0; d < p->D; d++)
        for (int64_t j = p->S; j < wide; j++) n->kt[d][j] = 0;
}

/* One row of probabilities into n->s, unnormalised; returns their sum, *most the maximum. */
static float narrow_softmax(AttnProblem *p, Narrow *n, int64_t b, int64_t h, int64_t t,
                            float *most) {
    const VInt lane = {
        0,
        1,
        2,
        3,
#if W > 4
        4,
        5,
        6,
        7,
#endif
#if W > 8
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15
#endif
    };
    const AttnRule *r = &p->rule;
    const float *q = attn_row(&p->q, b, h, t);
    const char *mask = attn_mask_row(p, b, h, t);
    int64_t stride = p->q.stride[3], begin = attn_first_key(r, t), end = attn_end_key(r, b, t);
    bool plain = attn_rule_is_range(r);
    float scale = (float)(p->scale * LOG2E);
    V top = splat(LOWEST), sum = splat(0);
    VInt seen = {0};
    for (int64_t j = 0; j < p->S; j += W) {
        V x = splat(0);
        for (int64_t d = 0; d < p->D; d++) x += load(&n->kt[d][j]) * q[d * stride];
        x *= scale;
        if (!plain) {
            store(n->s + j, x);
            attn_hide(p, b, h, t, j, MIN(W, p->S - j), (float)LOG2E, n->s + j);
            x = load(n->s + j);
        } else if (mask)
            x += bias_of(p, mask, p->mask_stride[3], j, p->S - j);
        x = pick((VInt)(lane < (int32_t)(end - j)) & (VInt)(lane >= (int32_t)(begin - j)), x,
                 splat(-INFINITY));
        seen -= (VInt)(x != -INFINITY);
        top = vmax(top, x);
        store(n->s + j, x);
    }
    *most = vtop(top);
    for (int64_t j = 0; j < p->S; j += W) {
        V e = exp2_nonpos(load(n->s + j) - *most);
        sum += e;
        store(n->s + j, e);
    }
    int32_t counts[W];
    memcpy(counts, &seen, sizeof counts);
    for (int i = 0; i < W; i++) p->alive += counts[i];
    return vsum(sum);
}

static void narrow_head(AttnProblem *p, int64_t batch, int64_t head) {
    Narrow n;
    narrow_load(p, &n, batch, head / (p->H / p->G));
    p->computed += p->T * p->S;
    for (int64_t t = 0; t < p->T; t++) {
        int64_t row = (batch * p->H + head) * p->T + t;
        float most, sum = narrow_softmax(p, &n, batch, head, t, &most);
        float inverse = sum == 0 ? 0 : 1 / sum;
        for (int64_t d = 0; d < p->Dv; d += W) {
            V o = splat(0);
            for (int64_t j = 0; j < p->S; j++) o += load(&n.v[j][d]) * n.s[j];
            store_part(p->out + row * p->Dv + d, o * inverse, p->Dv - d);
        }
        if (p->weights)
            for (int64_t j = 0; j < p->S; j++) p->weights[row * p->S + j] = n.s[j] * inverse;
        if (p->lse) p->lse[row] = sum == 0 ? -INFINITY : (float)(((double)most + log2(sum)) * LN2);
        p->dead += sum == 0;
    }
}
