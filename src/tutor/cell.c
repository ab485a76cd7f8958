/* See cell.h. */
#include "config.h"

#include "tutor/cell.h"

#include "base/stop.h"
#include "value/obj.h"
#include "toolkit/qkv.h"

bool cell_within(Interp *in, int64_t ns, Source *src, Value scope, UseValue use, void *ctx,
                 Err *err) {
    int64_t old = interp_time_limit(in);
    int64_t limit = ns && old ? MIN(ns, old) : ns + old;
    Value v = VALUE_UNSET;
    interp_time_limit_set(in, limit);
    bool ok = interp_run(in, src, scope, RUN_ECHO, &v, NULL, err);
    if (ok && use) {
        stop_after(limit); /* the run's own timer ended with it */
        ok = use(in, v, ctx, err);
        stop_after(0);
    }
    interp_time_limit_set(in, old);
    value_release(v);
    return ok;
}

static bool print_repr(Interp *in, Value v, Err *err) {
    Str repr = STR_INIT;
    bool ok = value_repr(in, v, &repr, err);
    if (ok) str_addc(&repr, '\n');
    ok = ok && interp_print(in, str_cstr(&repr), repr.len, err);
    str_clear(&repr);
    return ok;
}

static bool echo(Interp *in, Value v, const CellRun *how, Err *err) {
    if (how->echo == ECHO_NOT || v.tag == VT_UNSET || v.tag == VT_NONE) return true;
    if (how->keeps) module_set(in, how->scope, "_", v);
    View *view = how->echo == ECHO_PICTURE ? value_view(v, how->name) : NULL;
    if (!view) return print_repr(in, v, err);
    Sink *sink = interp_sink(in);
    if (sink && sink->show) sink->show(sink, view);
    view_release(view);
    return true;
}

typedef struct Running {
    const CellRun *how;
    Trace *trace; /* recording, or NULL */
} Running;

/* The code's own ops are counted, not those that show its value. */
static bool end_and_echo(Interp *in, Value v, void *ctx, Err *err) {
    Running *r = ctx;
    if (r->trace) trace_end(r->trace);
    r->trace = NULL;
    return echo(in, v, r->how, err);
}

bool cell_run(Interp *in, Source *src, const CellRun *how, View **ledger, Err *err) {
    Trace *trace = how->ledger ? trace_begin() : NULL;
    Running running = {how, trace};
    bool ok = cell_within(in, how->ns, src, how->scope, end_and_echo, &running, err);
    if (running.trace) trace_end(running.trace);
    if (trace) *ledger = ledger_view(trace, NULL);
    trace_free(trace);
    return ok;
}
