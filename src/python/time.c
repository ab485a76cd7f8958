/* The module time: clocks, and a sleep that Ctrl-C and the time limit can end. */
#include "config.h"

#include <math.h>
#include <time.h>

#include "python/python.h"
#include "value/obj.h"

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

/* ---- dates ------------------------------------------------------------------------------ */

enum { TM_FIELDS = 9, TEXT_MAX = 4096 };

static Value tm_value(const struct tm *t) {
    Value v = tuple_new(TM_FIELDS);
    const int f[TM_FIELDS] = {t->tm_year + 1900,    t->tm_mon + 1,  t->tm_mday,
                              t->tm_hour,           t->tm_min,      t->tm_sec,
                              (t->tm_wday + 6) % 7, t->tm_yday + 1, t->tm_isdst};
    for (int i = 0; i < TM_FIELDS; i++) tuple_items(v)[i] = value_int(f[i]);
    return v;
}

/* Nine numbers of local time, or of Greenwich's. */
static bool time_fields(Interp *in, Value *args, Value *out, Err *err) {
    double seconds = wall_seconds();
    bool local;
    struct tm t;
    if (args[0].tag != VT_NONE && !value_to_float(in, args[0], &seconds, err)) return false;
    if (!value_truth(in, args[1], &local, err)) return false;
    if (!(fabs(seconds) < 6e10))
        return err_set(err, ERR_OVERFLOW, "timestamp out of range for platform time_t");
    time_t whole = (time_t)floor(seconds);
    if (!(local ? localtime_r(&whole, &t) : gmtime_r(&whole, &t)))
        return err_set(err, ERR_OVERFLOW, "timestamp out of range for platform time_t");
    *out = tm_value(&t);
    return true;
}

static bool tm_read(Interp *in, Value fields, struct tm *t, Err *err) {
    Value *items;
    int64_t n, f[TM_FIELDS];
    if (!seq_items(fields, &items, &n) || n != TM_FIELDS)
        return err_set(err, ERR_TYPE, "Tuple or struct_time argument required");
    for (int i = 0; i < TM_FIELDS; i++)
        if (!value_to_int(in, items[i], &f[i], err)) return false;
    if (f[0] < -9999 || f[0] > 99999 || f[1] < 0 || f[1] > 12 || f[2] < 0 || f[2] > 31 ||
        f[3] < 0 || f[3] > 23 || f[4] < 0 || f[4] > 59 || f[5] < 0 || f[5] > 61 || f[7] < 0 ||
        f[7] > 366)
        return err_set(err, ERR_VALUE, "time tuple: a field is out of range");
    *t = (struct tm){.tm_year = (int)f[0] - 1900,
                     .tm_mon = (int)MAX(f[1], 1) - 1,
                     .tm_mday = (int)MAX(f[2], 1),
                     .tm_hour = (int)f[3],
                     .tm_min = (int)f[4],
                     .tm_sec = (int)f[5],
                     .tm_wday = (int)((f[6] % 7 + 8) % 7),
                     .tm_yday = (int)MAX(f[7], 1) - 1,
                     .tm_isdst = (f[8] > 0) - (f[8] < 0)};
    return true;
}

static bool time_text(Interp *in, Value *args, Value *out, Err *err) {
    struct tm t;
    if (!tm_read(in, args[1], &t, err)) return false;
    const StrObj *format = str_of(args[0]);
    char room[TEXT_MAX];
    if (format->len > TEXT_MAX / 8)
        return err_set(err, ERR_VALUE, "strftime: a format of %zu bytes; %d at most", format->len,
                       TEXT_MAX / 8);
    *out = str_value(room, strftime(room, sizeof room, format->s, &t));
    return true;
}

const NativeRow time_rows[] = {
    {"_fields(seconds=None, local=True, /)", time_fields, NATIVE_TIME, "A time's nine numbers.",
     ">>> import time; time._fields(0, False)\n(1970, 1, 1, 0, 0, 0, 3, 1, 0)"},
    {"_text(format: str, fields, /)", time_text, 0, "A time's nine numbers as text.",
     ">>> import time; time._text('%Y-%m', (1970, 1, 1, 0, 0, 0, 3, 1, 0))\n'1970-01'"},
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
