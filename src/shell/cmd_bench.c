/* bench: what this machine gives, in a few seconds. The programs in bench/ measure more. */
#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attn/gauge.h"
#include "attn/pool.h"
#include "linalg/blas.h"
#include "shell/command.h"
#include "tensor/interrupt.h"

extern char **environ;

enum { ROUNDS = 7, STARTS = 15, COLUMNS = 4, MAX_ROWS = 16 };

/* Attention calls that are timed beside SGEMM; d = 64. */
typedef struct BenchRow {
    const char *name;
    int64_t H, T, S;
    bool causal;
    int64_t window; /* keys before the query; 0: all */
    bool reads;     /* bound by memory: held against reading */
} BenchRow;

static const BenchRow bench_rows[] = {
    {"attention n=6", 1, 6, 6, false, 0, false},
    {"attention n=512, h=12", 12, 512, 512, false, 0, false},
    {"attention n=2048, h=4", 4, 2048, 2048, false, 0, false},
    {"  causal", 4, 2048, 2048, true, 0, false},
    {"  causal, window 256", 4, 2048, 2048, true, 256, false},
    {"decoding n=4096, h=12", 12, 1, 4096, false, 0, true},
};

/* The table being filled, and what everything is held against. */
typedef struct Bench {
    Session *s;
    Tensor *room;
    double gemm, reading; /* flops and bytes per second */
    Str cell[MAX_ROWS][COLUMNS];
    int rows, done, steps;
} Bench;

static void put_progress(Bench *b, const char *what) {
    Sink *sink = &b->s->sink.base;
    sink->progress(sink, what, (double)b->done++ / b->steps);
}

static Str *put_row(Bench *b, const char *name) {
    Str *row = b->cell[b->rows++];
    if (b->rows > MAX_ROWS) BUG("more rows than the table of bench holds");
    str_add(&row[0], name);
    return row;
}

static void put_seconds(Str *out, double s) {
    if (s < 1e-3)
        str_printf(out, "%.3g µs", s * 1e6);
    else
        str_printf(out, "%.3g ms", s * 1e3);
}

/* ---- the parts ------------------------------------------------------------------------- */

static bool bench_gemm(Bench *b, Err *err) {
    double took[ROUNDS];
    put_progress(b, "matrix product");
    gauge_sgemm(b->room); /* opens the library */
    for (int i = 0; i < ROUNDS; i++) {
        if (INTERRUPTED()) return tensor_interrupted(err);
        took[i] = gauge_sgemm(b->room);
    }
    b->gemm = GAUGE_GEMM_FLOPS / gauge_median(took, ROUNDS);
    Str *row = put_row(b, "SGEMM 1024³");
    put_seconds(&row[1], took[ROUNDS / 2]);
    str_printf(&row[2], "%.1f GF/s", b->gemm * 1e-9);
    return true;
}

static bool bench_reading(Bench *b, Err *err) {
    double rate[ROUNDS];
    put_progress(b, "reading memory");
    for (int i = 0; i < ROUNDS; i++) {
        if (INTERRUPTED()) return tensor_interrupted(err);
        rate[i] = gauge_reading(b->room);
    }
    b->reading = gauge_median(rate, ROUNDS);
    double bytes = (double)b->room->st->bytes;
    Str *row = put_row(b, "reading 24 MiB");
    put_seconds(&row[1], bytes / b->reading);
    str_printf(&row[2], "%.1f GB/s", b->reading * 1e-9);
    return true;
}

static bool bench_operands(const BenchRow *r, AttnArgs *a, Tensor **qkv, Err *err) {
    if (!gauge_operand(1, 1, r->H, r->T, 64, &qkv[0], err) ||
        !gauge_operand(2, 1, r->H, r->S, 64, &qkv[1], err) ||
        !gauge_operand(3, 1, r->H, r->S, 64, &qkv[2], err))
        return false;
    *a = attn_args(qkv[0], qkv[1], qkv[2]);
    a->causal = r->causal;
    if (r->window) a->pattern = (AttnPattern){.windowed = true, .before = r->window};
    return true;
}

/* Rounds that alternate with what the row is held against; ratio: the median of theirs. */
static bool time_rounds(Bench *b, const BenchRow *r, const AttnArgs *a, double *took, double *ratio,
                        int64_t *kept, Err *err) {
    double bytes = 4.0 * 2 * 64 * (double)(r->H * r->S);
    for (int i = 0; i < ROUNDS; i++) {
        if (INTERRUPTED()) return tensor_interrupted(err);
        double beside = r->reads ? gauge_reading(b->room) : GAUGE_GEMM_FLOPS / gauge_sgemm(b->room);
        if (!gauge_attention(a, NULL, &took[i], kept, err)) return false;
        ratio[i] = (r->reads ? bytes : 256.0 * (double)*kept) / took[i] / beside;
    }
    return true;
}

static bool bench_attention(Bench *b, const BenchRow *r, Err *err) {
    double took[ROUNDS], ratio[ROUNDS];
    int64_t kept = 0;
    AttnArgs a;
    Tensor *qkv[3] = {0};
    put_progress(b, r->name);
    bool ok = bench_operands(r, &a, qkv, err) && gauge_attention(&a, NULL, took, &kept, err) &&
              time_rounds(b, r, &a, took, ratio, &kept, err);
    for (int i = 0; i < 3; i++) tensor_release(qkv[i]);
    if (!ok) return false;
    Str *row = put_row(b, r->name);
    double seconds = gauge_median(took, ROUNDS), flops = 256.0 * (double)kept;
    put_seconds(&row[1], seconds);
    if (r->reads)
        str_printf(&row[2], "%.1f GB/s", 512.0 * (double)(r->H * r->S) / seconds * 1e-9);
    else
        str_printf(&row[2], "%.1f GF/s", flops / seconds * 1e-9);
    str_printf(&row[3], "%.2f of %s", gauge_median(ratio, ROUNDS), r->reads ? "reading" : "SGEMM");
    return true;
}

/* One thread against all, by the clock, in turns. */
static bool bench_threads(Bench *b, Err *err) {
    int before = attn_threads(), all = (int)MAX(1, sysconf(_SC_NPROCESSORS_ONLN));
    double one[ROUNDS], many[ROUNDS];
    int64_t kept;
    AttnArgs a;
    Tensor *qkv[3] = {0};
    put_progress(b, "threads");
    bool ok = bench_operands(&bench_rows[1], &a, qkv, err);
    for (int i = 0; ok && i < ROUNDS; i++) {
        for (int k = 0; ok && k < 2; k++) {
            attn_threads_set(k ? all : 1);
            int64_t t0 = clock_ns();
            ok = gauge_attention(&a, NULL, k ? &many[i] : &one[i], &kept, err);
            if (!k) one[i] = (double)(clock_ns() - t0) * 1e-9;
        }
    }
    attn_threads_set(before);
    for (int i = 0; i < 3; i++) tensor_release(qkv[i]);
    if (!ok) return false;
    Str *row = put_row(b, "all threads n=512, h=12");
    put_seconds(&row[1], gauge_median(many, ROUNDS));
    str_printf(&row[3], "%.2f times one, %d thread%s", gauge_median(one, ROUNDS) / many[ROUNDS / 2],
               all, all == 1 ? "" : "s");
    return true;
}

/* `qkv -c 1`, started and waited for. */
static bool start_once(const char *exe, double *seconds) {
    char *argv[] = {(char *)exe, (char *)"-c", (char *)"1", NULL};
    posix_spawn_file_actions_t files;
    pid_t child;
    int status = 0;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    int64_t t0 = clock_ns();
    bool ok = posix_spawn(&child, exe, &files, NULL, argv, environ) == 0 &&
              waitpid(child, &status, 0) == child && status == 0;
    *seconds = (double)(clock_ns() - t0) * 1e-9;
    posix_spawn_file_actions_destroy(&files);
    return ok;
}

static bool bench_start(Bench *b, Err *err) {
    char exe[4096];
    double took[STARTS];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    put_progress(b, "starting");
    if (n <= 0) return true;
    exe[n] = '\0';
    for (int i = 0; i < STARTS; i++) {
        if (INTERRUPTED()) return tensor_interrupted(err);
        if (!start_once(exe, &took[i])) return true;
    }
    Str *row = put_row(b, "start, qkv -c 1");
    put_seconds(&row[1], gauge_median(took, STARTS));
    return true;
}

/* ---- the command ------------------------------------------------------------------------ */

static void show_table(Bench *b) {
    static const char *const head[COLUMNS] = {"what", "time", "rate", ""};
    static const ViewAlign align[COLUMNS] = {VIEW_LEFT, VIEW_RIGHT, VIEW_RIGHT, VIEW_LEFT};
    const char *cells[MAX_ROWS * COLUMNS];
    for (int i = 0; i < b->rows * COLUMNS; i++)
        cells[i] = str_cstr(&b->cell[i / COLUMNS][i % COLUMNS]);
    out_view_take(
        b->s, view_table(head, COLUMNS, cells, (size_t)b->rows, &(ViewTableOpts){.align = align}));
    Str note = STR_INIT;
    blas_describe(&note);
    str_printf(&note,
               "\nattention: %s, %d thread%s, d=64, float32; medians of %d rounds in turns\n",
               attn_simd_name(), attn_threads(), attn_threads() == 1 ? "" : "s", ROUNDS);
    out_text(b->s, str_cstr(&note));
    str_clear(&note);
}

static bool run_bench(Session *s, const Call *c, Err *err) {
    if (c->argc > 1) return command_usage(&cmd_bench, err);
    Bench b = {.s = s, .steps = (int)ARRAY_LEN(bench_rows) + 4};
    bool ok = gauge_operand(0, 6, 1, GAUGE_GEMM, GAUGE_GEMM, &b.room, err) && bench_gemm(&b, err) &&
              bench_reading(&b, err);
    for (size_t i = 0; ok && i < ARRAY_LEN(bench_rows); i++)
        ok = bench_attention(&b, &bench_rows[i], err);
    ok = ok && bench_threads(&b, err) && bench_start(&b, err);
    if (ok) show_table(&b);
    for (int i = 0; i < MAX_ROWS * COLUMNS; i++) str_clear(&b.cell[i / COLUMNS][i % COLUMNS]);
    tensor_release(b.room);
    return ok;
}

const Command cmd_bench = {
    .name = "bench",
    .usage = "bench",
    .summary = "measure this machine: matrix product, attention, memory, decoding, threads",
    .help = "Takes some seconds; Ctrl-C ends it. Attention is held against one matrix product of "
            "1024³ by OpenBLAS, its FLOPs counted for the scores that are kept; decoding against "
            "reading memory. Every ratio is the median of rounds that alternate. With one thread "
            "its processor time counts, so that other programs disturb less.\n",
    .run = run_bench,
};
