/* Walking a tensor with some dims reduced; see reduce_fold.h.
 *
 * Two ways, chosen by where memory is dense. *Runs*: the reduced elements of one
 * output lie close together; they are gathered into a buffer and folded 512 at a
 * time, the partial results added like a binary counter (pairwise). *Lanes*: the
 * outputs lie close together (a sum over rows of a matrix); up to 512 of them are
 * accumulated side by side, in blocks of 64 rows that are then joined.
 */
#include "config.h"

#include "tensor/reduce_fold.h"

#include "tensor/interrupt.h"
#include "tensor/reduce_kernels.h"

#define LANE_ROWS 64

typedef struct Dims {
    int n;
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM]; /* bytes; outermost first */
    int64_t at[TENSOR_MAX_DIM];
    int64_t count; /* product of shape */
} Dims;

typedef struct Walk {
    const FoldJob *job;
    const Fold *fold;
    DType from, cls;
    Dims kept, red;
    const char *base;
    Tensor *out;
    int64_t nout; /* outputs stored so far */
    int64_t work;
    Err *err;
} Walk;

static void dims_add(Dims *d, int64_t shape, int64_t stride) {
    d->count *= shape;
    if (shape == 1) return;
    d->shape[d->n] = shape;
    d->stride[d->n++] = stride;
}

/* Largest stride first, then neighbours merged: the order of a reduction is ours to choose. */
static void dims_settle(Dims *d) {
    for (int i = 1; i < d->n; i++)
        for (int j = i; j > 0 && d->stride[j - 1] < d->stride[j]; j--) {
            int64_t s = d->shape[j], t = d->stride[j];
            d->shape[j] = d->shape[j - 1], d->stride[j] = d->stride[j - 1];
            d->shape[j - 1] = s, d->stride[j - 1] = t;
        }
    int n = 0;
    for (int i = 0; i < d->n; i++) {
        if (n > 0 && d->stride[n - 1] == d->stride[i] * d->shape[i]) {
            d->shape[n - 1] *= d->shape[i];
            d->stride[n - 1] = d->stride[i];
            continue;
        }
        d->shape[n] = d->shape[i];
        d->stride[n++] = d->stride[i];
    }
    d->n = n;
}

/* Steps the first `n` dims; false after the last index. Moves *p along. */
static bool dims_next(Dims *d, int n, const char **p) {
    for (int i = n - 1; i >= 0; i--) {
        *p += d->stride[i];
        if (++d->at[i] < d->shape[i]) return true;
        *p -= d->stride[i] * d->shape[i];
        d->at[i] = 0;
    }
    return false;
}

static void dims_restart(Dims *d) {
    memset(d->at, 0, sizeof d->at);
}

/* ---- results --------------------------------------------------------------- */

/* m finished accumulators become the next m elements of the output. */
static void store(Walk *w, int64_t m, void *acc) {
    size_t size = dtype_size((DType)w->out->dtype);
    double *v = acc;
    if (w->job->finish)
        for (int64_t i = 0; i < m; i++) v[i] = w->job->finish(v[i], w->job->finish_p);
    convert_store((DType)w->out->dtype, w->cls, m, acc,
                  (char *)tensor_data(w->out) + (size_t)w->nout * size, (int64_t)size);
    w->nout += m;
}

/* ---- runs ------------------------------------------------------------------ */

/* Partial results of 2^k buffers each, one per bit of `count`. */
typedef struct Counter {
    uint64_t part[64];
    uint64_t count;
} Counter;

static void counter_push(Counter *c, const Fold *f, uint64_t v) {
    int k = 0;
    for (; c->count >> k & 1; k++) f->join(1, &v, &c->part[k]), v = c->part[k];
    c->part[k] = v;
    c->count++;
}

static uint64_t counter_total(const Counter *c, const Fold *f) {
    uint64_t total = f->init;
    bool first = true;
    for (int k = 0; k < 64 && c->count >> k; k++) {
        if (!(c->count >> k & 1)) continue;
        if (first)
            total = c->part[k];
        else
            f->join(1, &c->part[k], &total);
        first = false;
    }
    return total;
}

/* Folds everything that one output reduces. */
static bool fold_one(Walk *w, const char *p, double center, uint64_t *total) {
    uint64_t buf[CONVERT_CHUNK], v;
    Dims *r = &w->red;
    Counter c;
    int inner = r->n - 1;
    int64_t have = 0, n = r->n ? r->shape[inner] : 1, step = r->n ? r->stride[inner] : 0;
    c.count = 0;
    dims_restart(r);
    do {
        for (int64_t done = 0; done < n;) {
            int64_t m = MIN(n - done, CONVERT_CHUNK - have);
            convert_load(w->cls, w->from, m, p + done * step, step, buf + have);
            done += m;
            have += m;
            if (have < CONVERT_CHUNK) continue;
            w->fold->run(have, buf, center, w->job->p, &v);
            counter_push(&c, w->fold, v);
            have = 0;
            if (!tensor_poll(&w->work, CONVERT_CHUNK, w->err)) return false;
        }
    } while (dims_next(r, inner, &p));
    if (have) {
        w->fold->run(have, buf, center, w->job->p, &v);
        counter_push(&c, w->fold, v);
    }
    *total = counter_total(&c, w->fold);
    return true;
}

static bool fold_runs(Walk *w) {
    uint64_t done[CONVERT_CHUNK];
    int64_t have = 0;
    const char *p = w->base;
    do {
        double c = w->job->center ? w->job->center[w->nout + have] : 0;
        if (!fold_one(w, p, c, &done[have])) return false;
        if (!tensor_poll(&w->work, w->red.count + 32, w->err)) return false;
        if (++have == CONVERT_CHUNK) {
            store(w, have, done);
            have = 0;
        }
    } while (dims_next(&w->kept, w->kept.n, &p));
    store(w, have, done);
    return true;
}

/* ---- lanes ----------------------------------------------------------------- */

static void set_all(uint64_t *acc, int64_t m, uint64_t v) {
    for (int64_t i = 0; i < m; i++) acc[i] = v;
}

/* m outputs, `step` bytes apart, the first one's elements starting at p. */
static bool fold_tile(Walk *w, const char *p, int64_t m, int64_t step) {
    uint64_t x[CONVERT_CHUNK], acc[CONVERT_CHUNK], total[CONVERT_CHUNK];
    const double *center = w->job->center ? w->job->center + w->nout : NULL;
    int rows = 0;
    set_all(acc, m, w->fold->init);
    set_all(total, m, w->fold->init);
    dims_restart(&w->red);
    do {
        convert_load(w->cls, w->from, m, p, step, x);
        w->fold->lanes(m, x, center, w->job->p, acc);
        if (++rows == LANE_ROWS) {
            w->fold->join(m, acc, total);
            set_all(acc, m, w->fold->init);
            rows = 0;
        }
        if (!tensor_poll(&w->work, m, w->err)) return false;
    } while (dims_next(&w->red, w->red.n, &p));
    w->fold->join(m, acc, total);
    store(w, m, total);
    return true;
}

static bool fold_lanes(Walk *w) {
    int inner = w->kept.n - 1;
    int64_t n = w->kept.shape[inner], step = w->kept.stride[inner];
    const char *p = w->base;
    do {
        for (int64_t at = 0; at < n; at += CONVERT_CHUNK)
            if (!fold_tile(w, p + at * step, MIN(n - at, CONVERT_CHUNK), step)) return false;
    } while (dims_next(&w->kept, inner, &p));
    return true;
}

/* ---- entry ----------------------------------------------------------------- */

static bool fold_nothing(Walk *w) {
    uint64_t acc[CONVERT_CHUNK];
    for (int64_t left = w->kept.count; left > 0; left -= CONVERT_CHUNK) {
        int64_t m = MIN(left, CONVERT_CHUNK);
        set_all(acc, m, w->fold->init);
        store(w, m, acc);
    }
    return true;
}

bool fold_tensor(const FoldJob *job, const Tensor *t, unsigned reduced, Tensor *out, Err *err) {
    DType from = (DType)t->dtype, cls = from <= DT_I64 ? DT_I64 : DT_F64;
    int64_t size = (int64_t)dtype_size(from);
    Walk w = {.job = job,
              .fold = fold_kernel(job->op, cls),
              .from = from,
              .cls = cls,
              .base = tensor_data(t),
              .out = out,
              .err = err};
    w.kept.count = w.red.count = 1;
    for (int i = 0; i < t->ndim; i++)
        dims_add(reduced & 1u << i ? &w.red : &w.kept, t->shape[i], t->stride[i] * size);
    if (w.kept.count == 0) return true;
    if (w.red.count == 0) return fold_nothing(&w);
    dims_settle(&w.red);
    bool lanes = w.kept.n > 0 && w.red.n > 0 &&
                 w.kept.stride[w.kept.n - 1] < w.red.stride[w.red.n - 1] &&
                 w.kept.shape[w.kept.n - 1] >= 4;
    return lanes ? fold_lanes(&w) : fold_runs(&w);
}
