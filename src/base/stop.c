/* The timer behind a time limit, and the error that a pending interrupt is; see stop.h. */
#include "config.h"

#include "base/stop.h"

#include <signal.h>
#include <stdarg.h>
#include <sys/time.h>

#include "base/memory.h"
#include "base/str.h"

enum { AGAIN_NS = 20000000 }; /* several threads use up the processor's time before the clock's */

static struct {
    int64_t limit_ns, clock_end;
    bool handled, said;
} timer;
static volatile sig_atomic_t over;

static void on_timer(int sig) {
    UNUSED(sig);
    if (clock_ns() < timer.clock_end) return;
    over = 1;
    interrupt_pending = 1;
}

static void arm(int64_t ns, int64_t again_ns) {
    struct itimerval t = {
        .it_value = {(time_t)(ns / 1000000000), (suseconds_t)(ns % 1000000000 / 1000)},
        .it_interval = {0, (suseconds_t)(again_ns / 1000)},
    };
    setitimer(ITIMER_PROF, &t, NULL);
}

void stop_after(int64_t ns) {
    over = 0;
    timer.said = false;
    if (!ns && !timer.limit_ns) return;
    if (!timer.handled) {
        struct sigaction act = {.sa_handler = on_timer, .sa_flags = SA_RESTART};
        sigemptyset(&act.sa_mask);
        sigaction(SIGPROF, &act, NULL);
        timer.handled = true;
    }
    timer.limit_ns = ns;
    timer.clock_end = clock_ns() + ns;
    arm(ns, ns ? AGAIN_NS : 0);
}

bool stop_time_said(void) {
    return timer.said;
}

bool stop_time_error(int64_t ns, Err *err) {
    arm(0, 0);
    over = interrupt_pending = 0;
    timer.said = true;
    err_set(err, ERR_TIMEOUT, "the time limit of %.3g s is over", (double)ns / 1e9);
    return err_hint(err, "make the work smaller, or raise the limit (--time, set time=)");
}

bool interrupt_error(Err *err, const char *fmt, ...) {
    interrupt_pending = 0;
    if (over) return stop_time_error(timer.limit_ns, err);
    if (memory_full()) return memory_full_error(err);
    Str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    err_set(err, ERR_INTERRUPT, "%s", str_cstr(&text));
    str_clear(&text);
    return false;
}
