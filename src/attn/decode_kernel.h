/* Part of the width template (lanes_kernel.h): a few queries against a long cache.
 *
 * Nothing is reused enough to be worth transposing: the time is that of reading K and V once.
 * Lanes lie along the head size; the scores of a row are all kept, so softmax is the plain one.
 */

/* DECODE_AHEAD: keys that are asked for early. They lie on the next pages, where the processor's
 * own prefetching does not go. */
enum { DECODE_KEYS = 4, DECODE_VECS = 4, DECODE_AHEAD = 32 };

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

/* rows x DECODE_KEYS products, not yet summed across lanes: part[r][i] for key i. */
INLINE void decode_keys(int rows, const AttnBlock *b, const DecodeQ *q, const float *const *k,
                        V (*part)[W]) {
    int64_t D = b->p->D, full = D / W * W;
    V acc[ATTN_DECODE_ROWS][DECODE_KEYS];
    EACH (r, rows)
        EACH (i, DECODE_KEYS) acc[r][i] = splat(0);
    for (int64_t d = 0; d < full; d += W)
        EACH (i, DECODE_KEYS) {
            V x = load(k[i] + d);
            if (d % 16 == 0) __builtin_prefetch(k[i] + DECODE_AHEAD * b->k_ld + d);
            EACH (r, rows) acc[r][i] += load(q->at[r] + d) * x;
        }
    if (full < D)
        EACH (i, DECODE_KEYS) {
            V x = D < W ? load_part(k[i], 1, D) : load(k[i] + D - W);
            EACH (r, rows) acc[r][i] += load(q->at[r] + full) * x;
        }
    EACH (r, rows)
        EACH (i, DECODE_KEYS) part[r][i] = acc[r][i];
}

/* Scores of the keys from .. n - 1, row r at s + r * ld; up to W - 1 of what lies behind is
 * written. */
INLINE void decode_scores(int rows, const AttnBlock *b, const DecodeQ *q, int64_t from, int64_t n,
                          float *s, int64_t ld) {
    int64_t k_ld = b->k_ld;
    for (int64_t j = from; j < n; j += W) {
        V part[ATTN_DECODE_ROWS][W];
        for (int first = 0; first < W; first += DECODE_KEYS) {
            const float *k[DECODE_KEYS];
            EACH (i, DECODE_KEYS) k[i] = b->k + MIN(j + first + i, n - 1) * k_ld;
            decode_keys(rows, b, q, k, (V(*)[W])(void *)&part[0][first]);
        }
        EACH (r, rows) store(s + r * ld + j, vsums(part[r]));
    }
}

/* Scores to probabilities (unnormalised); returns their sum, *most their maximum. */
static float decode_softmax(AttnBlock *b, int r, int64_t from, float *s, float *most) {
    const AttnRow *row = &b->row[r];
    int64_t n = row->end;
    bool plain = attn_rule_is_range(&b->p->rule);
    V top = splat(LOWEST), sum = splat(0);
    VInt seen = {0};
    for (int64_t j = n; j < n + W; j++) s[j] = -INFINITY;
    for (int64_t j = from; j < row->begin; j++) s[j] = -INFINITY;
    if (!plain) attn_hide(b->p, b->batch, row->h, row->t, from, n - from, (float)LOG2E, s + from);
    for (int64_t j = from; j < n; j += W) {
        V x = load(s + j);
        if (row->mask && plain) store(s + j, x += bias_of(b->p, row->mask, b->mask_ld, j, n - j));
        seen -= (VInt)(x != -INFINITY);
        top = vmax(top, x);
    }
    *most = vtop(top);
    for (int64_t j = from; j < n; j += W) {
        V p = exp2_nonpos(load(s + j) - *most);
        store(s + j, p);
        sum += p;
    }
    for (int i = 0; i < W; i++) b->alive += seen[i];
    return vsum(sum);
}

/* rows x vecs vectors of O, over keys from .. n - 1. */
INLINE void decode_values(int rows, int vecs, const AttnBlock *b, int64_t from, int64_t n,
                          const float *s, int64_t ld, int64_t d, const float *inverse) {
    V acc[ATTN_DECODE_ROWS][DECODE_VECS];
    const float *v = b->v;
    int64_t v_ld = b->v_ld, left = b->p->Dv - d;
    EACH (r, rows)
        EACH (u, vecs) acc[r][u] = splat(0);
    if (left >= vecs * W)
        for (int64_t j = from; j < n; j++)
            EACH (u, vecs) {
                V x = load(v + j * v_ld + d + u * W);
                if (u * W % 16 == 0) __builtin_prefetch(v + (j + DECODE_AHEAD) * v_ld + d + u * W);
                EACH (r, rows) acc[r][u] += x * s[r * ld + j];
            }
    else
        for (int64_t j = from; j < n; j++) {
            V x = load_part(v + j * v_ld + d, 1, left);
            EACH (r, rows) acc[r][0] += x * s[r * ld + j];
        }
    EACH (r, rows)
        EACH (u, vecs) store_part(b->row[r].out + d + u * W, acc[r][u] * inverse[r], left - u * W);
}

INLINE void decode(int rows, AttnBlock *b, float *s) {
    const AttnProblem *p = b->p;
    DecodeQ q;
    int64_t from = p->S, n = 0, ld = p->S + W;
    float inverse[ATTN_DECODE_ROWS], most, sum;
    for (int r = 0; r < rows; r++) {
        from = MIN(from, b->row[r].begin);
        n = MAX(n, b->row[r].end);
    }
    from = MIN(from, n);
    b->computed += (n - from) * rows;
    decode_load(b, &q);
    decode_scores(rows, b, &q, from, n, s, ld);
    for (int r = 0; r < rows; r++) {
        sum = decode_softmax(b, r, from, s + r * ld, &most);
        for (int64_t j = MAX(from, b->row[r].end); j < n; j++) s[r * ld + j] = 0;
        inverse[r] = sum == 0 ? 0 : 1 / sum;
        if (b->row[r].part) {
            b->row[r].part[0] = most;
            b->row[r].part[1] = sum;
            continue;
        }
        b->dead += sum == 0;
        if (b->row[r].lse)
            *b->row[r].lse = sum == 0 ? -INFINITY : (float)(((double)most + log2(sum)) * LN2);
    }
    int64_t d = 0;
    for (; d + DECODE_VECS * W <= p->Dv; d += DECODE_VECS * W)
        decode_values(rows, DECODE_VECS, b, from, n, s, ld, d, inverse);
    for (; d < p->Dv; d += W) decode_values(rows, 1, b, from, n, s, ld, d, inverse);
}

static void decode_rows(AttnBlock *b, float *scratch) {
    switch (b->rows) {
    case 1:
        decode(1, b, scratch);
        break;
    case 2:
        decode(2, b, scratch);
        break;
    case 3:
        decode(3, b, scratch);
        break;
    case 4:
        decode(4, b, scratch);
        break;
    default:
        BUG("decode: %d rows", b->rows);
    }
}
