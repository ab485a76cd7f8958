/* Feeding elementwise kernels; see ewise.h. */
#include "config.h"

#include "tensor/ewise.h"

typedef struct Feed {
    bool direct;        /* the kernel may read the operand where it lies */
    bool constant;      /* one element for the whole run */
    DType dt, want;     /* stored as, handed over as */
    const char *filled; /* element that buf holds copies of; NULL: none */
    int64_t buf[CONVERT_CHUNK];
} Feed;

/* Rounds through `common` on the way to its class, which matters when the operand is a wider
 * dtype than a half or narrow-integer common dtype. */
static void load_as(DType common, Feed *f, int64_t n, const char *src, int64_t step) {
    if (f->dt == common || f->want == common) {
        convert_load(f->want, f->dt, n, src, step, f->buf);
        return;
    }
    int64_t narrow[CONVERT_CHUNK];
    int64_t size = (int64_t)dtype_size(common);
    convert_strided(common, f->dt, n, src, step, (char *)narrow, size);
    convert_load(f->want, common, n, (const char *)narrow, size, f->buf);
}

static void feed_init(Feed *f, DType dt, DType want, int64_t step) {
    f->dt = dt;
    f->want = want;
    f->constant = step == 0;
    f->direct = dt == want && step == (int64_t)dtype_size(dt);
    f->filled = NULL;
}

/* Brings elements [at, at + n) of the run to where the kernel reads them. */
static const void *feed(Feed *f, DType common, char *base, int64_t at, int64_t n, int64_t step,
                        int64_t fill) {
    if (f->direct) return base + at * step;
    if (f->want == DT_BOOL) {
        convert_strided(DT_BOOL, f->dt, n, base + at * step, step, (char *)f->buf, 1);
        return f->buf;
    }
    if (f->constant) {
        if (f->filled == base) return f->buf;
        load_as(common, f, 1, base, 0);
        size_t size = dtype_size(f->want);
        char *b = (char *)f->buf;
        if (size == 4)
            for (int64_t i = 1; i < fill; i++) memcpy(b + i * 4, b, 4);
        else
            for (int64_t i = 1; i < fill; i++) memcpy(b + i * 8, b, 8);
        f->filled = base;
        return f->buf;
    }
    load_as(common, f, n, base + at * step, step);
    return f->buf;
}

bool ewise_run(const Ewise *e, Iter *it, const DType *dt, Err *err) {
    Feed feeds[3];
    int64_t result[CONVERT_CHUNK];
    if (!iter_start(it)) return true;
    DType cls = convert_class(e->common);
    bool direct_out = dt[0] == e->kout && it->step[0] == (int64_t)dtype_size(dt[0]);
    bool whole = direct_out;
    bool dense = it->step[0] == (int64_t)dtype_size(dt[0]);
    for (int k = 0; k < e->nin; k++) {
        feed_init(&feeds[k], dt[k + 1], e->bool_first && k == 0 ? DT_BOOL : cls, it->step[k + 1]);
        whole &= feeds[k].direct;
        dense &= it->step[k + 1] == (int64_t)dtype_size(dt[k + 1]);
    }
    EwiseFn *fn = e->apart && !dense && it->n > 1 ? e->apart : e->fn;
    do {
        int64_t chunk = whole ? it->n : MIN(it->n, CONVERT_CHUNK);
        for (int64_t at = 0; at < it->n; at += chunk) {
            int64_t n = MIN(it->n - at, chunk);
            const void *in[3];
            for (int k = 0; k < e->nin; k++)
                in[k] = feed(&feeds[k], e->common, it->ptr[k + 1], at, n, it->step[k + 1],
                             MIN(it->shape[0], CONVERT_CHUNK));
            char *dst = it->ptr[0] + at * it->step[0];
            fn(n, in, direct_out ? dst : (char *)result, e->p);
            if (!direct_out)
                convert_strided(dt[0], e->kout, n, (char *)result, (int64_t)dtype_size(e->kout),
                                dst, it->step[0]);
        }
    } while (iter_next(it));
    return iter_finish(it, err);
}

bool ewise_new(const Ewise *e, DType result, const Tensor *const *in, Tensor **out, Err *err) {
    Iter it;
    DType dt[ITER_MAX];
    Tensor *t = NULL;
    if (!iter_output(&it, result, e->nin, in, &t, err)) return false;
    dt[0] = result;
    for (int k = 0; k < e->nin; k++) dt[k + 1] = (DType)in[k]->dtype;
    if (!ewise_run(e, &it, dt, err)) {
        tensor_release(t);
        return false;
    }
    *out = t;
    return true;
}

bool ewise_into(const Ewise *e, Tensor *dst, const Tensor *const *in, Err *err) {
    Iter it;
    DType dt[ITER_MAX];
    if (!iter_inplace(&it, dst, e->nin, in, err)) return false;
    dt[0] = (DType)dst->dtype;
    for (int k = 0; k < e->nin; k++) dt[k + 1] = (DType)in[k]->dtype;
    dst->st->version++;
    return ewise_run(e, &it, dt, err);
}
