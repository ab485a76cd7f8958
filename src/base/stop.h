/* Why running code is to stop: Ctrl-C, a time limit, or memory that was refused (memory.h).
 *
 * One flag says it (interrupt_pending, base.h), so that one poll in a loop serves all three:
 *
 *     for (...)
 *         if (INTERRUPTED()) return interrupt_error(err, "%s", "");
 *
 * The time limit is a timer on the process's processor time: kernels need no clock.
 */
#ifndef QKV_BASE_STOP_H
#define QKV_BASE_STOP_H

#include "base/err.h"

/* Sets the flag when `ns` have passed both on the clock and of the processor's time; 0: never.
 * One limit at a time; it is over once it was said. */
void stop_after(int64_t ns);
/* "the time limit of 2 s is over", and ends the timer. Returns false. */
bool stop_time_error(int64_t ns, Err *err) COLD;
/* That was said since the last stop_after. */
bool stop_time_said(void);
/* The error that interrupt_pending stands for; of Ctrl-C's message this is the text. Clears the
 * flag. Returns false. */
bool interrupt_error(Err *err, const char *fmt, ...) COLD PRINTF_LIKE(2, 3);

#endif
