/* The credit, the measurements and the errors; see memory.h. */
#include "config.h"

#include "base/memory.h"

#include "base/str.h"

enum {
    FIRST_CREDIT = 8 << 20, /* a start's own allocations: no measurement before */
    STEP_MAX = 64 << 20,    /* credit given at once, at most */
    STEP_PART = 32,         /* ... and a 32nd of the limit */
    LEAST = 16 << 20,       /* what running anything may take */
    EMERGENCY = 256 << 10,  /* credit while the memory is full, until the next poll */
    GRACE_PART = 64,        /* of the limit: for handlers and cleanups after the error ... */
    GRACE_TOP_PART = 16,    /* ... unless so much more than the limit is held */
};

size_t memory_credit = FIRST_CREDIT;

static struct {
    size_t limit, start, asked; /* start: what was held before a limit was set */
    const char *what;           /* was refused; NULL: only the credit is gone */
    bool full;
} heap;

void memory_limit_set(size_t bytes) {
    if (!heap.limit) heap.start = process_memory();
    heap.limit = bytes;
    memory_credit = MIN(memory_credit, bytes / STEP_PART);
}

size_t memory_limit(void) {
    if (UNLIKELY(!heap.limit)) heap.limit = machine_memory() / 2;
    return heap.limit;
}

size_t memory_held(void) {
    size_t all = process_memory();
    return all > heap.start ? all - heap.start : 0;
}

bool memory_full(void) {
    return heap.full;
}

/* Below LEAST the limit is one of tensors alone: code, constants and stacks come and go. */
static size_t room_now(void) {
    size_t held = memory_held(), limit = MAX(memory_limit(), (size_t)LEAST);
    return held < limit ? limit - held : 0;
}

/* Freed memory that malloc holds back is returned first where that could help. */
static size_t room_for(size_t bytes) {
    size_t room = room_now();
    if (LIKELY(room >= bytes) || bytes > MAX(memory_limit(), (size_t)LEAST)) return room;
    memory_trim();
    return room_now();
}

static size_t step(void) {
    return MIN(memory_limit() / STEP_PART, (size_t)STEP_MAX);
}

bool memory_fits_measured(size_t bytes) {
    size_t room = room_for(bytes);
    if (room < bytes) return false;
    memory_credit = MIN(room, MAX(step(), bytes));
    return true;
}

void memory_take_measured(size_t bytes) {
    if (!heap.full) {
        size_t room = room_for(bytes);
        if (bytes <= room) {
            memory_credit = MIN(room - bytes, step());
            return;
        }
        heap.full = true;
        heap.asked = bytes;
        heap.what = NULL;
        interrupt_pending = 1;
    }
    memory_credit = EMERGENCY;
}

void memory_look(void) {
    size_t room = room_now();
    memory_credit = MIN(room, step());
    if (!room) memory_take_measured(1);
}

void memory_refuse(const char *what, size_t bytes) {
    if (heap.full && heap.what) return;
    heap.full = true;
    heap.asked = bytes;
    heap.what = what;
    interrupt_pending = 1;
}

bool memory_relax(void) {
    if (heap.what || room_for(EMERGENCY) < EMERGENCY) return false;
    heap.full = false;
    memory_credit = 0;
    return true;
}

/* ---- errors -------------------------------------------------------------------------------- */

/* "12.4 GB", decimal units as disks and PyTorch's messages use. */
static void bytes_str(Str *out, size_t bytes) {
    static const char *const unit[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    double v = (double)bytes;
    size_t u = 0;
    for (; v >= 1000 && u + 1 < ARRAY_LEN(unit); u++) v /= 1000;
    str_printf(out, u ? "%.1f %s" : "%.0f %s", v, unit[u]);
}

bool memory_error(const char *what, size_t bytes, size_t held, Err *err) {
    Str need = STR_INIT, used = STR_INIT, limit = STR_INIT;
    bytes_str(&need, bytes);
    bytes_str(&used, held);
    bytes_str(&limit, memory_limit());
    if (!what)
        err_set(err, ERR_MEMORY, "memory is full: %s of %s are in use", str_cstr(&used),
                str_cstr(&limit));
    else if (bytes > memory_limit())
        err_set(err, ERR_MEMORY, "%s needs %s; the limit is %s", what, str_cstr(&need),
                str_cstr(&limit));
    else
        err_set(err, ERR_MEMORY, "%s needs %s; %s of %s are in use", what, str_cstr(&need),
                str_cstr(&used), str_cstr(&limit));
    str_clear(&need);
    str_clear(&used);
    str_clear(&limit);
    return err_hint(err, "make it smaller, delete what is not needed (del x), or raise the "
                         "limit (--memory, set memory=)");
}

bool memory_full_error(Err *err) {
    size_t held = memory_held(), limit = memory_limit();
    memory_error(heap.what, heap.asked, held, err);
    heap.full = false;
    heap.what = NULL;
    memory_credit = held < limit + limit / GRACE_TOP_PART ? limit / GRACE_PART : 0;
    return false;
}
