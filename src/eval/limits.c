/* The limits of a run: time, depth of the C stack, output; and the polls that see them. */
#include "config.h"

#include <sys/resource.h>

#include "base/memory.h"
#include "base/stop.h"
#include "eval/vm.h"

enum {
    POLL_EVERY = 512,
    MEASURE_EVERY = 128, /* polls */
    GRACE_NS = 100000000 /* for cleanups after the time limit */
};

/* Three quarters of what the process may use, from where we are. */
static void note_stack(Interp *in) {
    struct rlimit r;
    size_t limit = 8u << 20;
    if (getrlimit(RLIMIT_STACK, &r) == 0 && r.rlim_cur != RLIM_INFINITY) limit = r.rlim_cur;
    limit = MIN(limit, (size_t)64 << 20);
    in->machine.stack_low = (char *)__builtin_frame_address(0) - limit / 4 * 3;
}

void limits_start(Interp *in) {
    in->machine.budget = POLL_EVERY;
    note_stack(in);
}

void limits_begin(Interp *in) {
    if (in->depth) return; /* an import inside a run */
    note_stack(in);
    in->fatal = false;
    in->output_used = 0;
    in->nwarned = 0;
    in->began = clock_ns();
    in->cpu_began = in->time_limit_ns ? cpu_ns() : 0;
    in->deadline = in->time_limit_ns ? in->began + in->time_limit_ns : 0;
    stop_after(in->time_limit_ns);
}

void limits_end(Interp *in) {
    if (!in->depth) stop_after(0);
}

/* The deadline has passed on the clock; what the run did not get of the processor it may have
 * still. */
static bool deadline_moves(Interp *in) {
    enum { PATIENCE = 10 };
    int64_t now = clock_ns(), left = in->time_limit_ns - (cpu_ns() - in->cpu_began);
    if (in->fatal || left <= 0 || now - in->began > PATIENCE * in->time_limit_ns) return false;
    in->deadline = now + left;
    return true;
}

/* An error after the deadline is the limit's: kernels that were stopped set it without us. */
bool interp_time_over(Interp *in) {
    bool said = in->deadline && !in->fatal && stop_time_said();
    if (said || (UNLIKELY(in->deadline && clock_ns() > in->deadline) && !deadline_moves(in))) {
        in->fatal = true;
        in->deadline = clock_ns() + GRACE_NS;
    }
    return in->fatal;
}

static bool out_of_time(Interp *in, Err *err) {
    interp_time_over(in);
    return stop_time_error(in->time_limit_ns, err);
}

bool limits_poll(Interp *in, Err *err) {
    if (UNLIKELY(in->deadline && clock_ns() > in->deadline) && !deadline_moves(in))
        return out_of_time(in, err);
    return INTERRUPTED() ? interrupt_error(err, "%s", "") : true;
}

bool vm_poll(Interp *in, Err *err) {
    in->machine.budget = POLL_EVERY;
    bool full = memory_full();
    if (gc_wanted || full) gc_collect();
    if (full && memory_relax()) interrupt_pending = 0;
    if (in->polls++ % MEASURE_EVERY == 0) memory_look();
    return limits_poll(in, err);
}

static bool count_output(Interp *in, size_t n, Err *err) {
    if (n > in->output_limit - in->output_used) {
        in->fatal = true;
        err_set(err, ERR_RUNTIME, "more than %zu bytes were printed in one run", in->output_limit);
        return err_hint(err, "print less, or only every n-th time");
    }
    in->output_used += n;
    return true;
}

bool interp_print(Interp *in, const char *bytes, size_t n, Err *err) {
    if (!count_output(in, n, err)) return false;
    if (in->sink && in->sink->text) in->sink->text(in->sink, bytes, n);
    return true;
}

bool interp_aside(Interp *in, const char *bytes, size_t n, Err *err) {
    if (!count_output(in, n, err)) return false;
    if (in->sink && in->sink->aside) in->sink->aside(in->sink, bytes, n);
    return true;
}
