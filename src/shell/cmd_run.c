/* Commands that run code under observation: time, timeit, trace. */
#include "config.h"

#include <math.h>

#include "shell/command.h"
#include "view/number.h"

static bool need_code(const Command *cmd, const Call *c, Err *err) {
    return c->rest[strspn(c->rest, " \t")] || command_usage(cmd, err);
}

static bool run_time(Session *s, const Call *c, Err *err) {
    if (!need_code(&cmd_time, c, err)) return false;
    int64_t start = clock_ns();
    bool ok = session_code(s, "time", c->rest, strlen(c->rest), FROM_ENTRY);
    Str took = STR_INIT;
    number_duration(&took, (double)(clock_ns() - start));
    if (ok) out_print(s, "%s\n", str_cstr(&took));
    str_clear(&took);
    return ok;
}

const Command cmd_time = {
    .name = "time",
    .usage = "time CODE",
    .summary = "run once and say how long it took",
    .run = run_time,
    .flags = CMD_RAW,
};

/* Seconds that all rounds together may take. */
#define TIMEIT_BUDGET_NS 4e8
enum { TIMEIT_ROUNDS = 7 };

/* Runs the code `loops` times inside the evaluator's own loop. */
static bool time_loops(Session *s, Source *src, int64_t loops, double *ns, Err *err) {
    int64_t start = clock_ns();
    for (int64_t i = 0; i < loops; i++)
        if (!interp_run(s->in, src, s->scope, 0, NULL, NULL, err)) return false;
    *ns = (double)(clock_ns() - start);
    return true;
}

static bool run_timeit(Session *s, const Call *c, Err *err) {
    if (!need_code(&cmd_timeit, c, err)) return false;
    Source *src = session_source(s, "timeit", c->rest, strlen(c->rest));
    int64_t loops = 1;
    double ns = 0, best = INFINITY, sum = 0, square = 0;
    bool ok = time_loops(s, src, 1, &ns, err);
    while (ok && ns < TIMEIT_BUDGET_NS / TIMEIT_ROUNDS / 2 && loops < 1000000) {
        loops *= ns * 20 < TIMEIT_BUDGET_NS / TIMEIT_ROUNDS ? 10 : 2;
        ok = time_loops(s, src, loops, &ns, err);
    }
    int rounds = ns * TIMEIT_ROUNDS > 20 * TIMEIT_BUDGET_NS ? 1 : TIMEIT_ROUNDS;
    for (int i = 0; ok && i < rounds; i++) {
        ok = time_loops(s, src, loops, &ns, err);
        double each = ns / (double)loops;
        best = fmin(best, each);
        sum += each;
        square += each * each;
    }
    source_release(src);
    if (!ok) return false;
    double mean = sum / rounds, sd = sqrt(fmax(square / rounds - mean * mean, 0));
    Str line = STR_INIT;
    number_duration(&line, mean);
    str_add(&line, " ± ");
    number_duration(&line, sd);
    str_add(&line, " a loop, best ");
    number_duration(&line, best);
    out_print(s, "%s (%d rounds of %lld)\n", str_cstr(&line), rounds, (long long)loops);
    str_clear(&line);
    return true;
}

const Command cmd_timeit = {
    .name = "timeit",
    .usage = "timeit CODE",
    .summary = "run many times: mean, spread and best",
    .run = run_timeit,
    .flags = CMD_RAW,
};

static bool run_trace(Session *s, const Call *c, Err *err) {
    if (!need_code(&cmd_trace, c, err)) return false;
    Trace *t = trace_begin();
    bool ok = session_code(s, "trace", c->rest, strlen(c->rest), FROM_ENTRY);
    trace_end(t);
    View *v = ok ? ledger_view(t, NULL) : NULL;
    if (v)
        out_view_take(s, v);
    else if (ok)
        out_text(s, "no engine operation ran\n");
    trace_free(t);
    return ok;
}

static bool run_ledger(Session *s, const Call *c, Err *err) {
    if (c->argc > 1) return command_usage(&cmd_ledger, err);
    if (s->ledger) {
        out_view_take(s, view_retain(s->ledger));
        return true;
    }
    err_set(err, ERR_VALUE, "there is no ledger yet");
    return err_hint(err, "`set ledger=on` makes one of every line that computes, `trace CODE` one "
                         "of its code");
}

const Command cmd_ledger = {
    .name = "ledger",
    .usage = "ledger",
    .summary = "the last ledger whole: every step's shape, parameters, FLOPs, bytes, time",
    .run = run_ledger,
    .flags = CMD_PAGED,
};

const Command cmd_trace = {
    .name = "trace",
    .usage = "trace CODE",
    .summary = "run and list every engine step: shape, parameters, FLOPs, bytes, time",
    .run = run_trace,
    .flags = CMD_RAW,
};
