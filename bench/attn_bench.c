/* Attention against OpenBLAS SGEMM 1024^3 in the same run, in rounds that alternate.
 *
 *     make bench && bench/attn_bench [rounds [start of a case's name | backward | serve]]
 *
 * Rates count 2 (D + Dv) operations for each score that the mask leaves; "of SGEMM" is the
 * median of the rounds' ratios. One thread unless QKV_THREADS says otherwise; with one, the
 * thread's processor time is taken, so that other programs on the machine disturb less.
 */
#include "config.h"

#include <math.h>

#include "attn/backward.h"
#include "attn/gauge.h"
#include "attn/mask.h"
#include "attn/pool.h"
#include "linalg/blas.h"

enum { MAX_ROUNDS = 101 };

typedef struct Case Case;
struct Case {
    const char *name;
    int64_t B, H, G, T, S, D, Dv;
    bool causal;
    int64_t window; /* 0: none; else a bool mask of so many keys on each side */
    void (*rule)(const Case *c, AttnPattern *at); /* NULL: none */
};

/* ---- patterns by rule ---------------------------------------------------------------- */

static void rule_window(const Case *c, AttnPattern *at) {
    UNUSED(c);
    *at = (AttnPattern){.windowed = true, .before = 128, .after = 128};
}

static void rule_dilated(const Case *c, AttnPattern *at) {
    UNUSED(c);
    *at = (AttnPattern){.windowed = true, .before = 128, .after = 128, .step = 4};
}

static void rule_alibi(const Case *c, AttnPattern *at) {
    static float slopes[64];
    attn_alibi_slopes(c->H, slopes);
    at->slopes = slopes;
}

static void rule_lengths(const Case *c, AttnPattern *at) {
    static int64_t lengths[16];
    for (int64_t b = 0; b < c->B; b++) lengths[b] = c->S * (b + 1) / c->B - 7;
    at->lengths = lengths;
}

/* A layout of the mask of that name over blocks. */
static void layout(const Case *c, const char *kind, int64_t block, int64_t window,
                   AttnPattern *at) {
    static Tensor *made; /* one case at a time */
    Err err = {0};
    MaskSpec spec = mask_spec(mask_kind_find(kind, NULL), c->T / block, c->S / block);
    spec.block = spec.globals = 1;
    spec.window = window;
    spec.randoms = 3;
    tensor_release(made);
    if (!mask_build(&spec, &made, &err)) BUG("%s", err.msg);
    at->layout = tensor_data(made);
    at->layout_heads = 1;
    at->block = block;
}

static void rule_blocks_64(const Case *c, AttnPattern *at) {
    layout(c, "global", 64, 1, at);
}

static void rule_blocks_32(const Case *c, AttnPattern *at) {
    layout(c, "global", 32, 1, at);
}

static void rule_blocks_16(const Case *c, AttnPattern *at) {
    layout(c, "global", 16, 1, at);
}

static void rule_random(const Case *c, AttnPattern *at) {
    layout(c, "random", 64, 1, at);
}

static const Case cases[] = {
    {"n 6, d 8", 1, 1, 1, 6, 6, 8, 8, false, 0, NULL},
    {"n 64", 1, 12, 12, 64, 64, 64, 64, false, 0, NULL},
    {"n 64 causal", 1, 12, 12, 64, 64, 64, 64, true, 0, NULL},
    {"n 512", 1, 12, 12, 512, 512, 64, 64, false, 0, NULL},
    {"n 512 causal", 1, 12, 12, 512, 512, 64, 64, true, 0, NULL},
    {"n 1024", 1, 12, 12, 1024, 1024, 64, 64, false, 0, NULL},
    {"n 1024 causal", 1, 12, 12, 1024, 1024, 64, 64, true, 0, NULL},
    {"n 2048", 1, 4, 4, 2048, 2048, 64, 64, false, 0, NULL},
    {"n 2048 causal", 1, 4, 4, 2048, 2048, 64, 64, true, 0, NULL},
    {"n 4096", 1, 2, 2, 4096, 4096, 64, 64, false, 0, NULL},
    {"n 4096 causal", 1, 2, 2, 4096, 4096, 64, 64, true, 0, NULL},
    {"n 8192", 1, 1, 1, 8192, 8192, 64, 64, false, 0, NULL},
    {"n 1000 (ragged)", 1, 12, 12, 1000, 1000, 64, 64, false, 0, NULL},
    {"d 32", 1, 12, 12, 1024, 1024, 32, 32, false, 0, NULL},
    {"d 80", 1, 12, 12, 1024, 1024, 80, 80, false, 0, NULL},
    {"d 128", 1, 6, 6, 1024, 1024, 128, 128, false, 0, NULL},
    {"d 256", 1, 3, 3, 1024, 1024, 256, 256, false, 0, NULL},
    {"d 96, d_v 40", 1, 12, 12, 1024, 1024, 96, 40, false, 0, NULL},
    {"T 300, S 2048", 1, 12, 12, 300, 2048, 64, 64, false, 0, NULL},
    {"T 10, S 2048", 1, 12, 12, 10, 2048, 64, 64, false, 0, NULL},
    {"GQA 12/3", 1, 12, 3, 1024, 1024, 64, 64, false, 0, NULL},
    {"window, by mask", 1, 4, 4, 4096, 4096, 64, 64, false, 128, NULL},
    {"window 128 of 4096", 1, 4, 4, 4096, 4096, 64, 64, false, 0, rule_window},
    {"window causal", 1, 4, 4, 4096, 4096, 64, 64, true, 0, rule_window},
    {"dilated 128 x 4", 1, 4, 4, 4096, 4096, 64, 64, false, 0, rule_dilated},
    {"lengths", 4, 4, 4, 1024, 1024, 64, 64, false, 0, rule_lengths},
    {"ALiBi causal", 1, 12, 12, 1024, 1024, 64, 64, true, 0, rule_alibi},
    {"blocks of 64", 1, 4, 4, 4096, 4096, 64, 64, false, 0, rule_blocks_64},
    {"blocks of 32", 1, 4, 4, 4096, 4096, 64, 64, false, 0, rule_blocks_32},
    {"blocks of 16", 1, 4, 4, 4096, 4096, 64, 64, false, 0, rule_blocks_16},
    {"random blocks of 64", 1, 4, 4, 4096, 4096, 64, 64, false, 0, rule_random},
    {"decode n 4096", 1, 12, 12, 1, 4096, 64, 64, false, 0, NULL},
    {"decode GQA 12/3", 1, 12, 3, 1, 4096, 64, 64, false, 0, NULL},
    {"decode MQA 12/1", 1, 12, 1, 1, 4096, 64, 64, false, 0, NULL},
};

static Tensor *values(uint32_t seed, int64_t b, int64_t h, int64_t n, int64_t d) {
    Err err = {0};
    Tensor *t = NULL;
    if (!gauge_operand(seed, b, h, n, d, &t, &err)) BUG("%s", err.msg);
    return t;
}

static Tensor *window_mask(const Case *c) {
    Err err = {0};
    Tensor *t = NULL;
    if (!tensor_zeros(DT_BOOL, 2, (int64_t[]){c->T, c->S}, &t, &err)) BUG("%s", err.msg);
    uint8_t *p = tensor_data(t);
    for (int64_t i = 0; i < c->T; i++)
        for (int64_t j = MAX(0, i - c->window); j <= MIN(c->S - 1, i + c->window); j++)
            p[i * c->S + j] = 1;
    return t;
}

static double seconds_of(const AttnArgs *a, int64_t *kept) {
    Err err = {0};
    double seconds;
    if (!gauge_attention(a, NULL, &seconds, kept, &err)) BUG("%s", err.msg);
    return seconds;
}

/* A case with its operands. */
typedef struct Made {
    AttnArgs a;
    Tensor *q, *k, *v, *mask;
} Made;

static Made make(const Case *c) {
    Made m = {.q = values(1, c->B, c->H, c->T, c->D), .k = values(2, c->B, c->G, c->S, c->D)};
    m.v = values(3, c->B, c->G, c->S, c->Dv);
    m.mask = c->window ? window_mask(c) : NULL;
    m.a = attn_args(m.q, m.k, m.v);
    m.a.causal = c->causal;
    m.a.mask = m.mask;
    if (c->rule) c->rule(c, &m.a.pattern);
    return m;
}

static void made_clear(Made *m) {
    tensor_release(m->q);
    tensor_release(m->k);
    tensor_release(m->v);
    tensor_release(m->mask);
}

static void run_case(const Case *c, int rounds, const Tensor *room) {
    double ratio[MAX_ROUNDS], time[MAX_ROUNDS], gemm[MAX_ROUNDS];
    Made m = make(c);
    int64_t kept = 0;
    seconds_of(&m.a, &kept);
    for (int i = 0; i < rounds; i++) {
        gemm[i] = gauge_sgemm(room);
        time[i] = seconds_of(&m.a, &kept);
        double flops = 2.0 * (double)kept * (double)(c->D + c->Dv);
        ratio[i] = flops / time[i] / (GAUGE_GEMM_FLOPS / gemm[i]);
    }
    double seconds = gauge_median(time, rounds);
    double bytes = 4.0 * (double)(c->B * c->G * c->S * (c->D + c->Dv));
    double of = gauge_median(ratio, rounds);
    printf("%-20s %-7s %10.2f us %7.2f of SGEMM +-%2.0f%% %7.1f GB/s of K and V (SGEMM %.0f)\n",
           c->name, attn_kernel_choose(&m.a)->name, seconds * 1e6, of,
           100 * gauge_spread(ratio, rounds), bytes / seconds * 1e-9,
           GAUGE_GEMM_FLOPS / gauge_median(gemm, rounds) * 1e-9);
    fflush(stdout);
    made_clear(&m);
}

/* Seconds of forward with log-sum-exp, and of backward after it. */
static void backward_seconds(const AttnArgs *args, double *forward, double *backward) {
    Err err = {0};
    AttnArgs a = *args;
    AttnOut o = {0};
    Tensor *dq = NULL, *dk = NULL, *dv = NULL;
    a.want_lse = true;
    int64_t t0 = gauge_ns();
    if (!attn_run(&a, &o, &err)) BUG("%s", err.msg);
    int64_t t1 = gauge_ns();
    if (!attn_backward(&a, o.out, o.lse, o.out, &dq, &dk, &dv, &err)) BUG("%s", err.msg);
    *forward = (double)(t1 - t0) * 1e-9;
    *backward = (double)(gauge_ns() - t1) * 1e-9;
    attn_out_clear(&o);
    tensor_release(dq);
    tensor_release(dk);
    tensor_release(dv);
}

/* Forward and backward together, in units of forward alone. */
static void run_backward(const Case *c, int rounds) {
    double ratio[MAX_ROUNDS], forward, backward;
    Made m = make(c);
    for (int i = 0; i < rounds; i++) {
        backward_seconds(&m.a, &forward, &backward);
        ratio[i] = (forward + backward) / forward;
    }
    printf("forward + backward, %s: %.2f times forward\n", c->name, gauge_median(ratio, rounds));
    made_clear(&m);
}

/* ---- answers for compare.py ------------------------------------------------------------ */

/* Largest difference from the reference in double. */
static double error_of(const AttnArgs *a) {
    Err err = {0};
    AttnArgs exact = *a;
    AttnOut o = {0}, want = {0};
    double most = 0;
    exact.f64 = true;
    if (!attn_run(a, &o, &err) || !attn_naive(&exact, &want, &err)) BUG("%s", err.msg);
    const float *x = tensor_data(o.out), *y = tensor_data(want.out);
    for (int64_t i = 0; i < tensor_numel(o.out); i++)
        most = fmax(most, fabs((double)x[i] - (double)y[i]));
    attn_out_clear(&o);
    attn_out_clear(&want);
    return most;
}

static void answer_case(const char *what, const Case *c) {
    Err err = {0};
    Made m = make(c);
    AttnOut o = {0};
    int64_t kept;
    double forward, backward;
    if (!attn_run(&m.a, &o, &err)) BUG("%s", err.msg);
    if (!strcmp(what, "error")) {
        printf("%.3g\n", error_of(&m.a));
    } else if (!strcmp(what, "backward")) {
        backward_seconds(&m.a, &forward, &backward);
        printf("%.9g %.9g\n", forward, backward);
    } else {
        double seconds = seconds_of(&m.a, &kept);
        printf("%.9g %.9g %.9g %lld\n", seconds, 2.0 * (double)kept * (double)(c->D + c->Dv),
               4.0 * (double)(c->B * c->G * c->S * (c->D + c->Dv)), (long long)o.scratch);
    }
    attn_out_clear(&o);
    made_clear(&m);
}

/* As many bytes as decoding with 4096 keys reads, made just before as a case's operands are: what
 * was left alone for a while is no longer in the cache. */
static void answer_reading(void) {
    Tensor *fresh = values(4, 2, 12, 4096, 64);
    printf("%.9g\n", gauge_reading(fresh));
    tensor_release(fresh);
}

/* One answer a line: sgemm, read, threads N, about; case, error or backward and a case's name. */
static void serve(const Tensor *room) {
    char line[200], *name;
    Str about = STR_INIT;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        name = strchr(line, ' ');
        if (name) *name++ = '\0';
        if (!strcmp(line, "sgemm")) printf("%.9g %.9g\n", gauge_sgemm(room), GAUGE_GEMM_FLOPS);
        if (!strcmp(line, "read")) answer_reading();
        if (!strcmp(line, "threads")) {
            attn_threads_set((int)strtol(name, NULL, 10));
            printf("%d\n", attn_threads());
        }
        if (!strcmp(line, "about")) {
            blas_describe(&about);
            printf("qkv %s, kernels %s; %s\n", PACKAGE_VERSION, attn_simd_name(), str_cstr(&about));
        }
        for (size_t i = 0; name && i < ARRAY_LEN(cases); i++)
            if (!strcmp(cases[i].name, name)) answer_case(line, &cases[i]);
        fflush(stdout);
    }
    str_clear(&about);
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 9;
    rounds = MIN(MAX(rounds, 1), MAX_ROUNDS);
    const char *threads = getenv("QKV_THREADS"), *only = argc > 2 ? argv[2] : "";
    if (threads) attn_threads_set((int)strtol(threads, NULL, 10));
    Tensor *room = values(0, 6, 1, GAUGE_GEMM, GAUGE_GEMM);
    gauge_sgemm(room);
    if (!strcmp(only, "serve")) {
        serve(room);
        tensor_release(room);
        pool_stop();
        return 0;
    }
    Str about = STR_INIT;
    blas_describe(&about);
    printf("attention: %s, %d thread%s; %s; medians of %d rounds\n", attn_simd_name(),
           attn_threads(), attn_threads() == 1 ? "" : "s", str_cstr(&about), rounds);
    str_clear(&about);
    double best = 0;
    for (int i = 0; i < 15; i++) best = fmax(best, gauge_reading(room));
    printf("reading memory (best of 15): %.1f GB/s\n", best * 1e-9);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (!strncmp(cases[i].name, only, strlen(only))) run_case(&cases[i], rounds, room);
    for (size_t i = 0; i < ARRAY_LEN(cases) && (!*only || !strcmp(only, "backward")); i++)
        if (!strncmp(cases[i].name, "n ", 2)) run_backward(&cases[i], rounds);
    tensor_release(room);
    pool_stop();
    return 0;
}
