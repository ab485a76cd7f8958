/* Part of the width template (lanes_kernel.h), included by tiled_kernel.h: gradients of a block of
 * queries, tiles recomputed from the log-sum-exp that the forward pass left (Dao et al. 2022,
 * algorithm 4).
 *
 *     P = 2^(S - lse)   dPᵀ = V dOᵀ   dS = P (dP - delta), delta = dO · O of each query
 *     dQᵀ += Kᵀ dSᵀ     lanes are queries, as forward
 *     dV += Pᵀ dO       dK += dSᵀ Q · scale      lanes lie along the head size
 */

typedef struct Back {
    float *dot, *dp;         /* dOᵀ (Dv, BLOCK); dP (ATTN_TILE, BLOCK) */
    float *q_rows, *do_rows; /* scale · Q (BLOCK, D) and dO (BLOCK, Dv), columns padded by 0 */
    float *dk, *dv;          /* (S, D), (S, Dv) */
    int64_t dk_ld, dv_ld;
    V lse[VECS], delta[VECS]; /* lse in bits; +inf where every key is hidden: P is 0 there */
} Back;

static size_t backward_scratch(int64_t D, int64_t Dv) {
    return (size_t)(3 * ROUND_UP(D) + 2 * ROUND_UP(Dv) + 3 * ATTN_TILE) * BLOCK;
}

static void start_back(AttnBlock *b, Work *w, Back *back, float *scratch) {
    int64_t D = b->p->D, Dv = b->p->Dv, wide = ROUND_UP(D), wide_v = ROUND_UP(Dv);
    int64_t stride = b->p->q.stride[3];
    const float *at[BLOCK];
    float lse[BLOCK] = {0}, delta[BLOCK] = {0};
    w->back = back;
    w->qt = scratch;
    w->ot = w->qt + wide * BLOCK;
    w->s = w->ot + wide * BLOCK;
    w->bias = w->s + ATTN_TILE * BLOCK;
    back->dp = w->bias + ATTN_TILE * BLOCK;
    back->dot = back->dp + ATTN_TILE * BLOCK;
    back->q_rows = back->dot + wide_v * BLOCK;
    back->do_rows = back->q_rows + wide * BLOCK;
    back->dk = b->dk;
    back->dv = b->dv;
    back->dk_ld = b->dk_ld;
    back->dv_ld = b->dv_ld;
    memset(back->q_rows, 0, sizeof(float) * (size_t)((wide + wide_v) * BLOCK));
    for (int i = 0; i < b->rows; i++) {
        const AttnRow *row = &b->row[i];
        at[i] = row->dout;
        lse[i] = *row->lse == -INFINITY ? INFINITY : *row->lse * (float)LOG2E;
        delta[i] = row->delta;
        memcpy(back->do_rows + i * wide_v, row->dout, sizeof(float) * (size_t)Dv);
        for (int64_t d = 0; d < D; d++)
            back->q_rows[i * wide + d] = row->q[d * stride] * b->p->scale;
    }
    for (int v = 0; v < VECS; v++)
        back->lse[v] = load(lse + v * W), back->delta[v] = load(delta + v * W);
    pack_queries(b, w->qt);
    pack_rows(at, b->rows, 1, Dv, 1, back->dot);
}

/* keys x vecs of a gradient: out[i] += sum over lanes of p[i][lane] x[lane], `left` columns. */
INLINE void outer_keys(int keys, int vecs, const float *p, int lanes, const float *x, int64_t x_ld,
                       float *out, int64_t out_ld, int64_t left) {
    V acc[KEYS][VECS];
    EACH (i, keys)
        EACH (v, vecs) {
            acc[i][v] = splat(0);
            __builtin_prefetch(out + i * out_ld + v * W, 1); /* wanted when the sums are done */
        }
    for (int l = 0; l < lanes; l++) {
        V r[VECS];
        EACH (v, vecs) r[v] = load(x + l * x_ld + v * W);
        EACH (i, keys)
            EACH (v, vecs) acc[i][v] += r[v] * p[i * BLOCK + l];
    }
    EACH (i, keys)
        EACH (v, vecs) {
            float *at = out + i * out_ld + v * W;
            if (left >= vecs * W)
                store(at, load(at) + acc[i][v]);
            else
                store_part(at, load_part(at, 1, left - v * W) + acc[i][v], left - v * W);
        }
}

INLINE void outer_columns(int vecs, int n, const float *p, int lanes, const float *x, int64_t x_ld,
                          float *out, int64_t out_ld, int64_t left) {
    int j = 0;
    for (; j + KEYS <= n; j += KEYS)
        outer_keys(KEYS, vecs, p + j * BLOCK, lanes, x, x_ld, out + j * out_ld, out_ld, left);
    for (; j + 2 <= n; j += 2)
        outer_keys(2, vecs, p + j * BLOCK, lanes, x, x_ld, out + j * out_ld, out_ld, left);
    for (; j < n; j++)
        outer_keys(1, vecs, p + j * BLOCK, lanes, x, x_ld, out + j * out_ld, out_ld, left);
}

/* out (n, D) += pᵀ (n, lanes) x (lanes, D padded to x_ld). */
static void outer(int n, const float *p, int lanes, const float *x, int64_t x_ld, float *out,
                  int64_t out_ld, int64_t D) {
    int64_t d = 0;
    for (; d + BLOCK <= D; d += BLOCK)
        outer_columns(VECS, n, p, lanes, x + d, x_ld, out + d, out_ld, D - d);
    for (; d + 2 * W <= D; d += 2 * W)
        outer_columns(2, n, p, lanes, x + d, x_ld, out + d, out_ld, D - d);
    for (; d < D; d += W) outer_columns(1, n, p, lanes, x + d, x_ld, out + d, out_ld, D - d);
}

/* Scores to P, dP to dS, in place. */
INLINE void score_gradients(int vecs, const Piece *t, const Back *g, float *s, float *dp) {
    for (int j = 0; j < t->n; j++)
        EACH (v, vecs) {
            float *p_at = s + j * BLOCK + v * W, *dp_at = dp + j * BLOCK + v * W;
            V p = exp2_nonpos(load(p_at) - g->lse[t->skip + v]);
            store(p_at, p);
            store(dp_at, p * (load(dp_at) - g->delta[t->skip + v]));
        }
}

INLINE void back_piece(int vecs, Piece *t, Work *w) {
    Back *g = w->back;
    V most[VECS], one[VECS];
    EACH (v, vecs) most[v] = splat(-INFINITY), one[v] = splat(1);
    Piece of_v = *t, of_k = *t;
    of_v.k = t->v, of_v.k_ld = t->v_ld, of_v.D = t->Dv;
    of_k.v = t->k, of_k.v_ld = t->k_ld, of_k.Dv = t->D;
    scores(vecs, t, w->qt + t->skip * W, w->s, most);
    if (t->cut || t->bias || t->sloped) mask_scores(vecs, t, w, w->s, most);
    scores(vecs, &of_v, g->dot + t->skip * W, g->dp, most);
    score_gradients(vecs, t, g, w->s, g->dp);
    values(vecs, &of_k, g->dp, one, w->ot + t->skip * W);
    int64_t wide = ROUND_UP(t->D), wide_v = ROUND_UP(t->Dv), lane = t->skip * W;
    outer(t->n, w->s, vecs * W, g->do_rows + lane * wide_v, wide_v, g->dv + t->first * g->dv_ld,
          g->dv_ld, t->Dv);
    outer(t->n, g->dp, vecs * W, g->q_rows + lane * wide, wide, g->dk + t->first * g->dk_ld,
          g->dk_ld, t->D);
}

PIECES(back_piece)
