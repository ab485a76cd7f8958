/* Ctrl-C inside kernels: long loops ask about every millisecond of work.
 *
 *     for (int64_t i = 0; i < rows; i++) {
 *         if (!tensor_poll(&work, cols, err)) goto out;
 */
#ifndef QKV_TENSOR_INTERRUPT_H
#define QKV_TENSOR_INTERRUPT_H

#include "base/err.h"

/* interrupt_error: why the loop stops. Returns false. */
bool tensor_interrupted(Err *err) COLD;

/* Adds `units` (about nanoseconds of work) to *work; looks at the flag each time a million has
 * gathered. */
static inline bool tensor_poll(int64_t *work, int64_t units, Err *err) {
    if ((*work += units) < 1000000) return true;
    *work = 0;
    return INTERRUPTED() ? tensor_interrupted(err) : true;
}

#endif
