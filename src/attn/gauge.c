#include "config.h"

#include "attn/gauge.h"

#include <math.h>
#include <time.h>

#include "attn/pool.h"
#include "linalg/matmul.h"

/* ---- numbers ---------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double gauge_median(double *x, int n) {
    qsort(x, (size_t)n, sizeof *x, by_value);
    return x[n / 2];
}

double gauge_spread(double *x, int n) {
    double middle = gauge_median(x, n);
    return (x[n * 3 / 4] - x[n / 4]) / 2 / middle;
}

int64_t gauge_ns(void) {
    if (attn_threads() > 1) return clock_ns();
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool gauge_operand(uint32_t seed, int64_t b, int64_t h, int64_t n, int64_t d, Tensor **out,
                   Err *err) {
    if (!tensor_empty(DT_F32, 4, (int64_t[]){b, h, n, d}, out, err)) return false;
    uint32_t x = seed * 2654435761u + 12345;
    float *p = tensor_data(*out);
    for (int64_t i = 0; i < tensor_numel(*out); i++) {
        x = x * 1664525u + 1013904223u;
        p[i] = (float)(x >> 8) / 8388608.0f - 1;
    }
    return true;
}

/* ---- what is measured ---------------------------------------------------------------------- */

double gauge_sgemm(const Tensor *room) {
    const int64_t n = GAUGE_GEMM, cells = n * n;
    float *a = tensor_data(room);
    int64_t t0 = gauge_ns();
    gemm_f32(n, n, n, a, n, 1, a + cells, n, 1, a + 2 * cells, n, false);
    return (double)(gauge_ns() - t0) * 1e-9;
}

enum {
    READ_WORDS = 1 << 16, /* of 8 bytes, one item of the pool */
    READ_AHEAD = 1024     /* asked for early: on the next pages, as in decode_kernel.h */
};

typedef struct Reading {
    const uint64_t *at;
    int64_t words;
} Reading;

static void read_piece(void *context, int64_t item, int worker) {
    UNUSED(worker);
    const Reading *r = context;
    const uint64_t *p = r->at + item * READ_WORDS;
    int64_t n = MIN(READ_WORDS, r->words - item * READ_WORDS);
    uint64_t sum[8] = {0};
    static _Thread_local volatile uint64_t sink; /* keeps the loop from being dropped */
    for (int64_t i = 0; i + 8 <= n; i += 8) {
        __builtin_prefetch(p + i + READ_AHEAD);
        for (int k = 0; k < 8; k++) sum[k] ^= p[i + k];
    }
    sink = sum[0] ^ sum[1] ^ sum[2] ^ sum[3] ^ sum[4] ^ sum[5] ^ sum[6] ^ sum[7];
    (void)sink;
}

double gauge_reading(const Tensor *t) {
    Reading r = {tensor_data(t), (int64_t)(t->st->bytes / sizeof(uint64_t))};
    int64_t items = (r.words + READ_WORDS - 1) / READ_WORDS, passes = 0, t0, t1;
    pool_run(items, read_piece, &r);
    t0 = gauge_ns();
    do {
        if (!pool_run(items, read_piece, &r)) break;
        passes++;
        t1 = gauge_ns();
    } while (t1 - t0 < 2000000);
    return passes ? 8.0 * (double)r.words * (double)passes / ((double)(t1 - t0) * 1e-9) : NAN;
}

bool gauge_attention(const AttnArgs *a, const AttnKernel *kernel, double *seconds, int64_t *kept,
                     Err *err) {
    int64_t t0 = gauge_ns(), t1;
    int calls = 0;
    if (!kernel) kernel = attn_kernel_choose(a);
    do {
        AttnOut o = {0};
        if (!attn_run_kernel(kernel, a, &o, err)) return false;
        *kept = o.scores_kept;
        attn_out_clear(&o);
        calls++;
        t1 = gauge_ns();
    } while (t1 - t0 < 2000000);
    *seconds = (double)(t1 - t0) * 1e-9 / calls;
    return true;
}
