/* The module time: clocks, and a sleep that Ctrl-C and the time limit can end. */
#include "config.h"

#include <math.h>
#include <time.h>

#include "builtin/core.h"
#include "eval/obj.h"

static double wall_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool time_time(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_float(wall_seconds());
    return true;
}

static bool time_time_ns(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    *out = value_int((int64_t)t.tv_sec * 1000000000 + t.tv_nsec);
    return true;
}

static bool time_seconds(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_float((double)clock_ns() * 1e-9);
    return true;
}

static bool time_ns(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_int(clock_ns());
    return true;
}

static bool time_process(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    *out = value_float((double)t.tv_sec + (double)t.tv_nsec * 1e-9);
    return true;
}

enum { SLEEP_MAX = 60 };

/* Sleeps in slices, so that an interrupt is noticed within 20 ms. */
static bool time_sleep(Interp *in, Value *args, Value *out, Err *err) {
    double seconds;
    if (!value_to_float(in, args[0], &seconds, err)) return false;
    if (seconds < 0) return err_set(err, ERR_VALUE, "sleep length must be non-negative");
    if (!(seconds <= SLEEP_MAX)) {
        err_set(err, ERR_VALUE, "sleep(%g): longer than the %d seconds that code may sleep",
                seconds, SLEEP_MAX);
        return err_hint(err, "sleep less");
    }
    int64_t end = clock_ns() + (int64_t)(seconds * 1e9), left;
    while ((left = end - clock_ns()) > 0) {
        if (!interp_poll(in, err)) return false;
        nanosleep(&(struct timespec){.tv_nsec = MIN(left, 20000000)}, NULL);
    }
    *out = VALUE_NONE;
    return true;
}

const NativeRow time_rows[] = {
    {"time() -> float", time_time, NATIVE_TIME, "Seconds since 1970.",
     ">>> import time; time.time() > 1.6e9\nTrue"},
    {"time_ns() -> int", time_time_ns, NATIVE_TIME, "Nanoseconds since 1970.",
     ">>> import time; time.time_ns() > 10**18\nTrue"},
    {"perf_counter() -> float", time_seconds, NATIVE_TIME,
     "Seconds of a clock that only goes forward.",
     ">>> import time; t = time.perf_counter(); time.perf_counter() >= t\nTrue"},
    {"perf_counter_ns() -> int", time_ns, NATIVE_TIME, "The same in nanoseconds.",
     ">>> import time; t = time.perf_counter_ns(); time.perf_counter_ns() >= t\nTrue"},
    {"monotonic() -> float", time_seconds, NATIVE_TIME, "The same clock as perf_counter.",
     ">>> import time; t = time.monotonic(); time.monotonic() >= t\nTrue"},
    {"process_time() -> float", time_process, NATIVE_TIME, "Seconds of processor time so far.",
     ">>> import time; time.process_time() > 0\nTrue"},
    {"sleep(seconds, /)", time_sleep, NATIVE_TIME, "Waits, 60 seconds at most.",
     ">>> import time; time.sleep(0)"},
    {0}};
