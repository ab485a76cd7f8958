/* Part of the width template (lanes_kernel.h): a few queries against a long cache.
 *
 * Nothing is reused enough to be worth transposing: the time is that of reading K and V once.
 * Lanes lie along the head size; the scores of a row are all kept, so softmax is the plain one.
 */

enum { DECODE_KEYS = 4, DECODE_VECS = 4 };

/* Rows of Q, scaled; the last vector of a row whose D is no multiple of W overlaps the one
 * before and is zero where it does. */
typedef struct DecodeQ {
    float at[ATTN_DECODE_ROWS][512 + 2 * W];
} DecodeQ;

static void decode_load(const AttnBlock *b, DecodeQ *q) {
    int64_t D = b->p->D, full = D / W * W, stride = b->p->q.stride[3];
    float scale = (float)(b->p->scale * LOG2E);
    for (int r = 0; r < b->rows; r++) {
        memset(q->at[r] + full, 0, sizeof(V));
        for (int64_t d = 0; d < D; d++) {
            int64_t at = d < full || D < W ? d : d + W - (D - full);
            q->at[r][at] = b->row[r].q[d * stride] * scale;
        }
    }
}

/* rows x keys dot products; s[r * ld + key]. */
INLINE void decode_scores(int rows, int keys, const AttnBlock *b, const DecodeQ *q, const float *k,
                          float *s, int64_t ld) {
    int64_t D = b->p->D, full = D / W * W, k_ld = b->p->k.stride[2];
    V acc[ATTN_DECODE_ROWS][DECODE_KEYS];
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int i = 0; i < keys; i++) acc[r][i] = splat(0);
    for (int64_t d = 0; d < full; d += W)
        UNROLL for (int i = 0; i < keys; i++) {
            V x = load(k + i * k_ld + d);
            UNROLL for (int r = 0; r < rows; r++) acc[r][i] += load(q->at[r] + d) * x;
        }
    if (full < D)
        UNROLL for (int i = 0; i < keys; i++) {
            const float *row = k + i * k_ld;
            V x = D < W ? load_part(row, 1, D) : load(row + D - W);
            UNROLL for (int r = 0; r < rows; r++) acc[r][i] += load(q->at[r] + full) * x;
        }
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int i = 0; i < keys; i++) s[r * ld + i] = vsum(acc[r][i]);
}

/* Scores to probabilities (unnormalised); returns their sum, *most their maximum. */
static float decode_softmax(AttnBlock *b, int r, float *s, float *most) {
    const AttnRow *row = &b->row[r];
    int64_t n = row->end;
    V top = splat(LOWEST), sum = splat(0);
    VInt seen = {0};
    for (int64_t j = n; j < n + W; j++) s[j] = -INFINITY;
    for (int64_t j = 0; j < n; j += W) {
        V x = load(s + j);
        if (row->mask) store(s + j, x += bias_of(b->p, row->mask, j, n - j));
        seen -= (VInt)(x != -INFINITY);
        top = vmax(top, x);
    }
    float tops[W];
    store(tops, top);
    for (int i = 1; i < W; i++) tops[0] = tops[i] > tops[0] ? tops[i] : tops[0];
    for (int64_t j = 0; j < n; j += W) {
        V p = exp2_nonpos(load(s + j) - tops[0]);
        store(s + j, p);
        sum += p;
    }
    for (int i = 0; i < W; i++) b->alive += seen[i];
    *most = tops[0];
    return vsum(sum);
}

/* rows x vecs vectors of O, over all keys. */
INLINE void decode_values(int rows, int vecs, const AttnBlock *b, const float *v, int64_t n,
                          const float *s, int64_t ld, int64_t d, const float *inverse) {
    V acc[ATTN_DECODE_ROWS][DECODE_VECS];
    int64_t v_ld = b->p->v.stride[2], left = b->p->Dv - d;
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int u = 0; u < vecs; u++) acc[r][u] = splat(0);
    if (left >= vecs * W)
        for (int64_t j = 0; j < n; j++)
            UNROLL for (int u = 0; u < vecs; u++) {
                V x = load(v + j * v_ld + d + u * W);
                UNROLL for (int r = 0; r < rows; r++) acc[r][u] += x * s[r * ld + j];
            }
    else
        for (int64_t j = 0; j < n; j++) {
            V x = load_part(v + j * v_ld + d, 1, left);
            UNROLL for (int r = 0; r < rows; r++) acc[r][0] += x * s[r * ld + j];
        }
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int u = 0; u < vecs; u++)
            store_part(b->row[r].out + d + u * W, acc[r][u] * inverse[r], left - u * W);
}

INLINE void decode(int rows, AttnBlock *b, float *s) {
    const AttnProblem *p = b->p;
    DecodeQ q;
    int64_t n = 0, j = 0, ld = p->S + W;
    float inverse[ATTN_DECODE_ROWS], most, sum;
    for (int r = 0; r < rows; r++) n = MAX(n, b->row[r].end);
    decode_load(b, &q);
    for (; j + DECODE_KEYS <= n; j += DECODE_KEYS)
        decode_scores(rows, DECODE_KEYS, b, &q, b->k + j * p->k.stride[2], s + j, ld);
    for (; j < n; j++) decode_scores(rows, 1, b, &q, b->k + j * p->k.stride[2], s + j, ld);
    for (int r = 0; r < rows; r++) {
        sum = decode_softmax(b, r, s + r * ld, &most);
        for (j = b->row[r].end; j < n; j++) s[r * ld + j] = 0;
        b->dead += sum == 0;
        inverse[r] = sum == 0 ? 0 : 1 / sum;
        if (b->row[r].lse)
            *b->row[r].lse = sum == 0 ? -INFINITY : (float)(((double)most + log2(sum)) * LN2);
    }
    int64_t d = 0;
    for (; d + DECODE_VECS * W <= p->Dv; d += DECODE_VECS * W)
        decode_values(rows, DECODE_VECS, b, b->v, n, s, ld, d, inverse);
    for (; d < p->Dv; d += W) decode_values(rows, 1, b, b->v, n, s, ld, d, inverse);
}

static void decode_rows(AttnBlock *b, float *scratch) {
    switch (b->rows) {
    case 1: decode(1, b, scratch); break;
    case 2: decode(2, b, scratch); break;
    case 3: decode(3, b, scratch); break;
    case 4: decode(4, b, scratch); break;
    default: BUG("decode: %d rows", b->rows);
    }
}
