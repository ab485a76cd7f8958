/* One limit for all that the process holds.
 *
 * Every allocation (mem_alloc and its kin, tensors' blocks) takes its bytes from a credit. When the
 * credit is used up, what the process really holds is measured and a new one is given, never more
 * than there is room for: so nothing is made beyond the limit without a look first, and a look
 * costs a microsecond or two for megabytes of allocations. Freeing gives no credit back; the next
 * look sees it.
 *
 * Who is about to make something large asks before, and answers with an Err:
 *
 *     if (!memory_fits(bytes)) return err_set(err, ERR_MEMORY, ...);    memory_admit does both
 *
 * Who cannot answer (a builder deep in a repr, a table that grows) says memory_refuse and goes on
 * with less. That is an interrupt: interrupt_pending is set, every loop that polls stops, and the
 * poll's error (interrupt_error, stop.h) is the MemoryError. Values that were cut short meanwhile
 * are dropped where C code hands its result to the evaluator (interp_built), so that nobody sees
 * them.
 *
 * Small objects go on beyond the limit until the next poll, within a reserve of a few percent.
 */
#ifndef QKV_BASE_MEMORY_H
#define QKV_BASE_MEMORY_H

#include "base/err.h"

enum { MEMORY_LARGE = 1 << 16 }; /* from here on one asks before */

extern size_t memory_credit; /* for the functions below alone */

/* What the process holds when a limit is first set, its start, is not counted. */
void memory_limit_set(size_t bytes);
size_t memory_limit(void); /* half of the machine's unless set */

/* True when `bytes` more are within the limit; the allocation itself is still to come. */
bool memory_fits_measured(size_t bytes) COLD;
static inline bool memory_fits(size_t bytes) {
    return LIKELY(bytes <= memory_credit) || memory_fits_measured(bytes);
}

/* Counts an allocation that comes now. */
void memory_take_measured(size_t bytes) COLD;
static inline void memory_take(size_t bytes) {
    if (LIKELY(bytes <= memory_credit))
        memory_credit -= bytes;
    else
        memory_take_measured(bytes);
}

/* Something was not made, or made smaller, because `bytes` more did not fit. */
void memory_refuse(const char *what, size_t bytes) COLD;
/* The memory is full; nothing was refused so far when memory_relax, after some of it was freed,
 * finds room again: true then, and all goes on. */
bool memory_full(void);
bool memory_relax(void) COLD;

/* ERR_MEMORY: "what needs 1.5 GB; 200.0 MB of 256.0 MB are in use"; held: what is in use. */
bool memory_error(const char *what, size_t bytes, size_t held, Err *err) COLD;
/* What the process holds, as the limit counts it. */
size_t memory_held(void);

/* Measures now and then what fills without an allocation. */
void memory_look(void) COLD;

/* The error of a full memory, which is over with it: handlers have a little room. False. */
bool memory_full_error(Err *err) COLD;

#endif
