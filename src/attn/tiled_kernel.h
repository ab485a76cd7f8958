/* Part of the width template (lanes_kernel.h): a block of queries against all of its keys.
 *
 * Lanes are queries. A block of Q is transposed once, with scale and log2 e folded in; then for
 * each tile of keys
 *
 *     Sᵀ = K Qᵀ          K broadcast by the scalar, read where it lies
 *     m' = max(m, S), P = 2^(S - m'), l = l 2^(m - m') + ΣP        (Milakov & Gimelshein 2018)
 *     Oᵀ = Oᵀ 2^(m - m') + Vᵀ Pᵀ     likewise
 *
 * so that softmax never steps across lanes and nothing of K and V is packed. At the end O/l is
 * transposed back and log-sum-exp is (m + log2 l) ln 2.
 */

#define BLOCK (W * VECS)
#define ROUND_UP(n) (((n) + W - 1) / W * W)
/* A tile that the causal edge crosses is cut into pieces of so many keys, so that whole
 * vectors of queries drop out. */
#define CUT 32

#define LOG2E 1.44269504088896340736
#define LN2 0.69314718055994530942
#define LOWEST (-3.40282347e38f) /* a finite floor: -inf - -inf would be nan */

/* Aligned parts of the scratch; each row is a BLOCK of lanes. */
typedef struct Work {
    float *qt, *ot, *s, *bias; /* (D), (Dv), (ATTN_TILE), (ATTN_TILE) rows */
    V m[VECS], l[VECS];        /* running maximum and sum of each query */
    /* Of AttnRow; padding lanes have the block's greatest. */
    int32_t begin[BLOCK], end[BLOCK];
    float pos[BLOCK], slope[BLOCK];
    int64_t least_begin, most_begin, least_end, most_end;
    bool sloped;
    struct Back *back; /* NULL: forward */
} Work;

/* Keys first .. first + n - 1 of the block's row of tiles. */
typedef struct Piece {
    const float *k, *v;
    int64_t k_ld, v_ld, D, Dv;
    int64_t first;
    int n;
    int skip;         /* vectors of queries in front that see none of it */
    bool cut;         /* some query does not see all of it */
    bool sloped;      /* scores lose by distance */
    float *bias;      /* NULL: no mask here */
    int64_t alive;    /* out, where bias is given */
    int64_t computed; /* out: products of queries that are there */
} Piece;

static size_t tiled_scratch(int64_t D, int64_t Dv) {
    return (size_t)(D + Dv + 2 * W + 2 * ATTN_TILE) * BLOCK;
}

/* ---- Q in, O out ------------------------------------------------------------------- */

/* Rows at[0..rows-1] of D elements, `stride` apart, times scale, as lanes: out (D, BLOCK). */
static void pack_rows(const float *const *at, int rows, int64_t stride, int64_t D, float scale,
                      float *out) {
    for (int v = 0; v * W < rows; v++)
        for (int64_t d = 0; d < D; d += W) {
            V r[W];
            for (int i = 0; i < W; i++)
                r[i] = v * W + i < rows ? load_part(at[v * W + i] + d * stride, stride, D - d)
                                        : splat(0);
            transpose(r);
            for (int i = 0; i < W; i++) store(out + (d + i) * BLOCK + v * W, r[i] * scale);
        }
}

static void pack_queries(const AttnBlock *b, float *out) {
    const float *at[BLOCK];
    for (int i = 0; i < b->rows; i++) at[i] = b->row[i].q;
    pack_rows(at, b->rows, b->p->q.stride[3], b->p->D, (float)(b->p->scale * LOG2E), out);
}

/* Vector v of the lanes of x (D, BLOCK), times factor, into the rows' out. Leaves zeros for the
 * next block: cheaper here, where the lines are at hand, than before it. */
static void unpack_rows(const AttnBlock *b, float *x, int v, int64_t D, V factor) {
    int rows = MIN(W, b->rows - v * W);
    for (int64_t d = 0; d < D; d += W) {
        V r[W];
        for (int i = 0; i < W; i++) {
            r[i] = load(x + (d + i) * BLOCK + v * W) * factor;
            store(x + (d + i) * BLOCK + v * W, splat(0));
        }
        transpose(r);
        for (int i = 0; i < rows; i++) store_part(b->row[v * W + i].out + d, r[i], D - d);
    }
}

static void finish_rows(AttnBlock *b, const Work *w, int v) {
    float l[W], m[W];
    store(l, w->l[v]);
    store(m, w->m[v]);
    unpack_rows(b, w->ot, v, b->p->Dv, pick((VInt)(w->l[v] == 0), splat(0), 1 / w->l[v]));
    for (int i = 0; i < MIN(W, b->rows - v * W); i++) {
        b->dead += l[i] == 0;
        if (!b->row[v * W + i].lse) continue;
        *b->row[v * W + i].lse = l[i] == 0 ? -INFINITY : (float)(((double)m[i] + log2(l[i])) * LN2);
    }
}

/* ---- products ---------------------------------------------------------------------- */

/* keys x vecs scores in registers, stored; their maximum goes into most[]. */
INLINE void score_keys(int keys, int vecs, const float *k, int64_t ld, const float *qt, int64_t D,
                       float *s, V *most) {
    V acc[2 * KEYS][VECS];
    EACH (i, keys)
        EACH (v, vecs) acc[i][v] = splat(0);
    for (int64_t d = 0; d < D; d++) {
        V q[VECS];
        EACH (v, vecs) q[v] = load(qt + d * BLOCK + v * W);
        EACH (i, keys)
            EACH (v, vecs) acc[i][v] += q[v] * k[i * ld + d];
    }
    EACH (i, keys)
        EACH (v, vecs) {
            store(s + i * BLOCK + v * W, acc[i][v]);
            most[v] = vmax(most[v], acc[i][v]);
        }
}

/* Few queries leave no time to wait for the cache: asks for the keys of the next tile and the
 * values of this one. */
INLINE void fetch_ahead(const Piece *t, int j, int keys) {
    for (int i = j; i < j + keys; i++) {
        const float *k = t->k + (ATTN_TILE + i) * t->k_ld, *v = t->v + i * t->v_ld;
        for (int64_t d = 0; d < t->D; d += 16) __builtin_prefetch(k + d);
        for (int64_t d = 0; d < t->Dv; d += 16) __builtin_prefetch(v + d);
    }
}

/* With few vectors more keys are needed to hide the latency of a multiply-add. */
INLINE void scores(int vecs, const Piece *t, const float *qt, float *s, V *most) {
    int j = 0;
    const int wide = 2 * vecs <= VECS ? 2 * KEYS : KEYS;
    for (; j + wide <= t->n; j += wide) {
        if (2 * vecs <= VECS) fetch_ahead(t, j, wide);
        score_keys(wide, vecs, t->k + j * t->k_ld, t->k_ld, qt, t->D, s + j * BLOCK, most);
    }
    for (; j + 4 <= t->n; j += 4)
        score_keys(4, vecs, t->k + j * t->k_ld, t->k_ld, qt, t->D, s + j * BLOCK, most);
    for (; j + 2 <= t->n; j += 2)
        score_keys(2, vecs, t->k + j * t->k_ld, t->k_ld, qt, t->D, s + j * BLOCK, most);
    for (; j < t->n; j++)
        score_keys(1, vecs, t->k + j * t->k_ld, t->k_ld, qt, t->D, s + j * BLOCK, most);
}

/* dims x vecs of O in registers; loading them rescales. */
INLINE void sum_dims(int dims, int vecs, const float *v, int64_t ld, int n, const float *p,
                     const V *rescale, float *o) {
    V acc[2 * DIMS][VECS];
    EACH (i, dims)
        EACH (u, vecs) acc[i][u] = load(o + i * BLOCK + u * W) * rescale[u];
    for (int j = 0; j < n; j++) {
        V pj[VECS];
        EACH (u, vecs) pj[u] = load(p + j * BLOCK + u * W);
        EACH (i, dims)
            EACH (u, vecs) acc[i][u] += pj[u] * v[j * ld + i];
    }
    EACH (i, dims)
        EACH (u, vecs) store(o + i * BLOCK + u * W, acc[i][u]);
}

/* As in scores: the fewer the vectors, the more dims. */
INLINE void values(int vecs, const Piece *t, const float *p, const V *rescale, float *o) {
    int64_t d = 0;
    int wide = 2 * vecs <= VECS ? 2 * DIMS : DIMS;
    for (; d + wide <= t->Dv; d += wide)
        sum_dims(wide, vecs, t->v + d, t->v_ld, t->n, p, rescale, o + d * BLOCK);
    for (; d + 4 <= t->Dv; d += 4)
        sum_dims(4, vecs, t->v + d, t->v_ld, t->n, p, rescale, o + d * BLOCK);
    for (; d < t->Dv; d++) sum_dims(1, vecs, t->v + d, t->v_ld, t->n, p, rescale, o + d * BLOCK);
}

/* ---- softmax ----------------------------------------------------------------------- */

/* Adds the biases, hides keys outside begin .. end, finds the maxima anew. */
INLINE void mask_scores(int vecs, Piece *t, const Work *w, float *s, V *most) {
    EACH (v, vecs) {
        int lane = (t->skip + v) * W;
        VInt begin, end, seen = {0};
        memcpy(&begin, w->begin + lane, sizeof begin);
        memcpy(&end, w->end + lane, sizeof end);
        V top = splat(-INFINITY), pos = load(w->pos + lane), slope = load(w->slope + lane);
        for (int j = 0; j < t->n; j++) {
            int32_t key = (int32_t)(t->first + j);
            V x = load(s + j * BLOCK + v * W);
            if (t->bias) x += load(t->bias + j * BLOCK + lane);
            if (t->sloped) x -= slope * vabs(pos - (float)key);
            if (t->cut) x = pick((VInt)(end > key) & (VInt)(begin <= key), x, splat(-INFINITY));
            seen -= (VInt)(x != -INFINITY);
            store(s + j * BLOCK + v * W, x);
            top = vmax(top, x);
        }
        most[v] = top;
        if (t->bias)
            for (int i = 0; i < W; i++) t->alive += seen[i];
    }
}

INLINE void softmax(int vecs, const Piece *t, Work *w, float *s, const V *most, V *rescale) {
    V m[VECS], sum[VECS];
    EACH (v, vecs) {
        V now = vmax(w->m[t->skip + v], most[v]);
        m[v] = vmax(now, splat(LOWEST));
        rescale[v] = exp2_nonpos(w->m[t->skip + v] - m[v]);
        w->m[t->skip + v] = now;
        sum[v] = w->l[t->skip + v] * rescale[v];
    }
    for (int j = 0; j < t->n; j++)
        EACH (v, vecs) {
            V p = exp2_nonpos(load(s + j * BLOCK + v * W) - m[v]);
            sum[v] += p;
            store(s + j * BLOCK + v * W, p);
        }
    EACH (v, vecs) w->l[t->skip + v] = sum[v];
}

/* ---- tiles ------------------------------------------------------------------------- */

INLINE void piece(int vecs, Piece *t, Work *w) {
    V most[VECS], rescale[VECS];
    EACH (v, vecs) most[v] = splat(-INFINITY);
    scores(vecs, t, w->qt + t->skip * W, w->s, most);
    if (t->cut || t->bias || t->sloped) mask_scores(vecs, t, w, w->s, most);
    softmax(vecs, t, w, w->s, most, rescale);
    values(vecs, t, w->s, rescale, w->ot + t->skip * W);
}

typedef void PieceFn(Piece *t, Work *w);

/* One copy for each number of vectors: PIECES(f) defines f_1, f_2, ... and the table f_by_vecs. */
#define PIECE_OF(f, n)                                                                             \
    static void f##_##n(Piece *t, Work *w) {                                                       \
        f(n, t, w);                                                                                \
    }
#if VECS == 2
#define PIECES(f)                                                                                  \
    PIECE_OF(f, 1)                                                                                 \
    PIECE_OF(f, 2) static PieceFn *const f##_by_vecs[] = {f##_1, f##_2};
#elif VECS == 3
#define PIECES(f)                                                                                  \
    PIECE_OF(f, 1)                                                                                 \
    PIECE_OF(f, 2) PIECE_OF(f, 3) static PieceFn *const f##_by_vecs[] = {f##_1, f##_2, f##_3};
#else
#define PIECES(f)                                                                                  \
    PIECE_OF(f, 1)                                                                                 \
    PIECE_OF(f, 2)                                                                                 \
    PIECE_OF(f, 3)                                                                                 \
    PIECE_OF(f, 4) static PieceFn *const f##_by_vecs[] = {f##_1, f##_2, f##_3, f##_4};
#endif

PIECES(piece)

#include "attn/backward_kernel.h"

/* Whether vector v of the block sees any of n keys from `first` on. */
static bool vector_sees(const Work *w, int v, int64_t first, int n) {
    for (int i = v * W; i < (v + 1) * W; i++)
        if (w->begin[i] < first + n && w->end[i] > first) return true;
    return false;
}

/* Drops vectors that see nothing of it from both sides, then runs it. */
static void run_piece(const AttnBlock *b, Piece *t, Work *w, int64_t first, int n) {
    PieceFn *const *run = w->back ? back_piece_by_vecs : piece_by_vecs;
    int vecs = (b->rows + W - 1) / W;
    int64_t at = first - t->first;
    Piece part = *t;
    part.first = first;
    part.n = n;
    part.alive = 0;
    part.k += at * t->k_ld;
    part.v += at * t->v_ld;
    if (t->bias) part.bias += at * BLOCK;
    part.cut = first + n > w->least_end || first < w->most_begin;
    if (part.cut) {
        while (vecs > 0 && !vector_sees(w, vecs - 1, first, n)) vecs--;
        while (part.skip < vecs && !vector_sees(w, part.skip, first, n)) part.skip++;
        if (part.skip == vecs) return;
    }
    run[vecs - 1 - part.skip](&part, w);
    t->alive += part.alive;
    t->computed += (int64_t)n * (MIN(b->rows, vecs * W) - part.skip * W);
}

/* W elements of one query's mask, `stride` apart, as what is added to its scores. */
INLINE V bias_of(const AttnProblem *p, const char *mask, int64_t stride, int64_t first, int64_t n) {
    if (!p->mask_is_bool) {
        V x = load_part((const float *)(const void *)mask + first * stride, stride, n);
        V scaled = vmax(x * (float)LOG2E, splat(LOWEST)); /* masked_fill(finfo.min) stays finite */
        return pick((VInt)(x == -INFINITY), x, scaled);
    }
    VByte seen;
    if (n >= W && stride == 1)
        memcpy(&seen, mask + first, sizeof seen);
    else {
        uint8_t bytes[W] = {0};
        for (int64_t i = 0; i < MIN(n, W); i++) bytes[i] = (uint8_t)mask[(first + i) * stride];
        memcpy(&seen, bytes, sizeof seen);
    }
    return pick(__builtin_convertvector(seen, VInt) != 0, splat(0), splat(-INFINITY));
}

static void fill_bias(const AttnBlock *b, const Work *w, int64_t first, int n) {
    for (int v = 0; v * W < b->rows; v++)
        for (int j = 0; j < n; j += W) {
            V r[W];
            for (int i = 0; i < W; i++)
                r[i] = v * W + i < b->rows
                           ? bias_of(b->p, b->row[v * W + i].mask, b->mask_ld, first + j, n - j)
                           : splat(-INFINITY);
            transpose(r);
            for (int i = 0; i < W; i++) store(w->bias + (j + i) * BLOCK + v * W, r[i]);
        }
}

/* Pairs that are in range, of keys without a mask. */
static int64_t count_alive(const AttnBlock *b, const Work *w, int64_t first, int n) {
    if (first + n <= w->least_end && first >= w->most_begin) return (int64_t)b->rows * n;
    int64_t alive = 0;
    for (int i = 0; i < b->rows; i++)
        alive += MAX(0, MIN(first + n, w->end[i]) - MAX(first, w->begin[i]));
    return alive;
}

/* Keys at .. stop - 1 in pieces that let vectors of queries drop out. */
static void run_edge(const AttnBlock *b, Piece *t, Work *w, int64_t at, int64_t stop) {
    for (; at < stop; at += CUT) run_piece(b, t, w, at, (int)MIN(CUT, stop - at));
}

/* Up to ATTN_TILE keys: what all queries see whole, the edges of the range in pieces. */
static void run_tile(AttnBlock *b, Work *w, int64_t first, int n, bool mixed) {
    Piece t = {.k = b->k + first * b->k_ld,
               .v = b->v + first * b->v_ld,
               .k_ld = b->k_ld,
               .v_ld = b->v_ld,
               .D = b->p->D,
               .Dv = b->p->Dv,
               .first = first,
               .sloped = w->sloped,
               .bias = mixed ? w->bias : NULL};
    int64_t stop = first + n, from = MIN(stop, MAX(first, w->most_begin));
    int64_t to = MAX(from, MIN(stop, w->least_end));
    if (mixed) fill_bias(b, w, first, n);
    if (to - from < CUT / 2) from = to = first; /* not worth a piece of its own */
    if (to < stop) to = from + ((to - from) & ~(int64_t)7);
    run_edge(b, &t, w, first, from);
    if (to > from) run_piece(b, &t, w, from, (int)(to - from));
    run_edge(b, &t, w, to, stop);
    b->alive += mixed ? t.alive : count_alive(b, w, first, n);
    b->computed += t.computed;
    b->tiles_run += !b->layout;
}

static void place_lanes(const AttnBlock *b, Work *w) {
    w->least_begin = w->least_end = INT64_MAX;
    w->most_begin = w->most_end = 0;
    w->sloped = b->p->rule.at.slopes != NULL;
    for (int i = 0; i < b->rows; i++) {
        const AttnRow *row = &b->row[i];
        w->least_begin = MIN(w->least_begin, row->begin);
        w->most_begin = MAX(w->most_begin, row->begin);
        w->least_end = MIN(w->least_end, row->end);
        w->most_end = MAX(w->most_end, row->end);
    }
    for (int i = 0; i < BLOCK; i++) {
        const AttnRow *row = &b->row[MIN(i, b->rows - 1)];
        w->begin[i] = (int32_t)(i < b->rows ? row->begin : w->most_begin);
        w->end[i] = (int32_t)(i < b->rows ? row->end : w->most_end);
        w->pos[i] = row->pos;
        w->slope[i] = row->slope;
    }
}

static void start(AttnBlock *b, Work *w, float *scratch) {
    int64_t D = ROUND_UP(b->p->D), Dv = ROUND_UP(b->p->Dv);
    w->back = NULL;
    w->qt = scratch;
    w->ot = w->qt + D * BLOCK;
    w->s = w->ot + Dv * BLOCK;
    w->bias = w->s + ATTN_TILE * BLOCK;
    for (int v = 0; v < VECS; v++) w->m[v] = splat(-INFINITY), w->l[v] = splat(0);
    place_lanes(b, w);
    pack_queries(b, w->qt);
}

/* The next tile at or after key j of which something is seen. A mask's rows lie pages apart: they
 * are asked for now, one tile ahead of their use. */
static int64_t next_tile(const AttnBlock *b, const Work *w, int64_t j) {
    if (!b->tiles) return j;
    while (j < w->most_end && b->tiles[j / ATTN_TILE] == TILE_DEAD) j += ATTN_TILE;
    if (j >= w->most_end || b->tiles[j / ATTN_TILE] != TILE_MIXED) return j;
    int64_t size = b->p->mask_is_bool ? 1 : (int64_t)sizeof(float);
    for (int i = 0; i < b->rows; i++)
        for (int64_t at = 0; at < ATTN_TILE * size; at += 64)
            __builtin_prefetch(b->row[i].mask + j * b->mask_ld * size + at);
    return j;
}

/* The runs of a layout's blocks that are seen, tile by tile. */
static void run_layout(AttnBlock *b, Work *w) {
    int64_t block = b->p->rule.at.block, col = w->least_begin / block;
    int64_t cols = (w->most_end + block - 1) / block;
    while (col < cols) {
        int64_t stop = col;
        for (; stop < cols && b->layout[stop]; stop++) b->tiles_run++;
        int64_t end = MIN(w->most_end, stop * block);
        for (int64_t j = MAX(col * block, w->least_begin); j < end; j += ATTN_TILE)
            run_tile(b, w, j, (int)MIN(ATTN_TILE, end - j), b->mixed);
        col = stop + 1;
    }
}

/* Tiles of a map lie at multiples of their size; others begin with the first key that is seen. */
static void run_tiles(AttnBlock *b, Work *w) {
    int64_t j = b->tiles ? w->least_begin / ATTN_TILE * ATTN_TILE : w->least_begin;
    if (b->layout) {
        run_layout(b, w);
        return;
    }
    for (j = next_tile(b, w, j); j < w->most_end;) {
        int64_t next = next_tile(b, w, j + ATTN_TILE);
        bool mixed = b->mixed || (b->tiles && b->tiles[j / ATTN_TILE] == TILE_MIXED);
        run_tile(b, w, j, (int)MIN(ATTN_TILE, w->most_end - j), mixed);
        j = next;
    }
}

static void tiled_block(AttnBlock *b, float *scratch) {
    Work w;
    start(b, &w, scratch);
    run_tiles(b, &w);
    for (int v = 0; v * W < b->rows; v++) finish_rows(b, &w, v);
}

static void backward_block(AttnBlock *b, float *scratch) {
    Work w;
    Back back;
    start_back(b, &w, &back, scratch);
    place_lanes(b, &w);
    run_tiles(b, &w);
    for (int v = 0; v * W < b->rows; v++) unpack_rows(b, w.ot, v, b->p->D, splat(b->p->scale));
}
