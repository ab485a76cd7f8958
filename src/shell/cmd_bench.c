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
#include "view/number.h"

extern char **environ;

enum { ROUNDS = 7, STARTS = 15 };

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
    ViewTable table;      /* what, time, rate, against what */
    int done, steps;
} Bench;

static void put_progress(Bench *b, const char *what) {
    out_progress(b->s, what, (double)b->done++ / b->steps);
}

/* "what" and "time" of a row. */
static void put_seconds(Bench *b, const char *what, double seconds) {
    Str time = STR_INIT;
    number_duration(&time, seconds * 1e9);
    view_cell(&b->table, "%s", what);
    view_cell(&b->table, "%s", str_cstr(&time));
    str_clear(&time);
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
    put_seconds(b, "SGEMM 1024³", took[ROUNDS / 2]);
    view_cell(&b->table, "%.1f GF/s", b->gemm * 1e-9);
    view_cell(&b->table, "%s", "");
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
    put_seconds(b, "reading 24 MiB", bytes / b->reading);
    view_cell(&b->table, "%.1f GB/s", b->reading * 1e-9);
    view_cell(&b->table, "%s", "");
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
    double seconds = gauge_median(took, ROUNDS), flops = 256.0 * (double)kept;
    put_seconds(b, r->name, seconds);
    if (r->reads)
        view_cell(&b->table, "%.1f GB/s", 512.0 * (double)(r->H * r->S) / seconds * 1e-9);
    else
        view_cell(&b->table, "%.1f GF/s", flops / seconds * 1e-9);
    view_cell(&b->table, "%.2f of %s", gauge_median(ratio, ROUNDS), r->reads ? "reading" : "SGEMM");
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
    put_seconds(b, "all threads n=512, h=12", gauge_median(many, ROUNDS));
    view_cell(&b->table, "%s", "");
    view_cell(&b->table, "%.2f times one, %d thread%s",
              gauge_median(one, ROUNDS) / many[ROUNDS / 2], all, all == 1 ? "" : "s");
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
    put_seconds(b, "start, qkv -c 1", gauge_median(took, STARTS));
    for (int i = 0; i < 2; i++) view_cell(&b->table, "%s", "");
    return true;
}

/* ---- the command ------------------------------------------------------------------------ */

static void show_table(Bench *b) {
    static const ViewAlign align[] = {VIEW_LEFT, VIEW_RIGHT, VIEW_RIGHT, VIEW_LEFT};
    out_view_take(b->s, view_table_end(&b->table, &(ViewTableOpts){.align = align}));
    Str note = STR_INIT;
    blas_describe(&note);
    out_print(
        b->s, "%s\nattention: %s, %d thread%s, d=64, float32; medians of %d rounds in turns\n",
        str_cstr(&note), attn_simd_name(), attn_threads(), attn_threads() == 1 ? "" : "s", ROUNDS);
    str_clear(&note);
}

static bool run_bench(Session *s, const Call *c, Err *err) {
    if (c->argc > 1) return command_usage(&cmd_bench, err);
    static const char *const head[] = {"what", "time", "rate", ""};
    Bench b = {.s = s,
               .table = view_table_begin(head, ARRAY_LEN(head)),
               .steps = (int)ARRAY_LEN(bench_rows) + 4};
    bool ok = gauge_operand(0, 6, 1, GAUGE_GEMM, GAUGE_GEMM, &b.room, err) && bench_gemm(&b, err) &&
              bench_reading(&b, err);
    for (size_t i = 0; ok && i < ARRAY_LEN(bench_rows); i++)
        ok = bench_attention(&b, &bench_rows[i], err);
    ok = ok && bench_threads(&b, err) && bench_start(&b, err);
    if (ok) show_table(&b);
    view_table_drop(&b.table);
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
