/* One pool of threads for all kernels. Items are claimed in order and each writes only its own
 * results, so that what comes out does not depend on the number of threads.
 *
 *     attn_threads_set(2);
 *     pool_run(count, body, &context);      body(&context, item, worker), worker < attn_threads()
 */
#ifndef QKV_ATTN_POOL_H
#define QKV_ATTN_POOL_H

#include <stdbool.h>
#include <stdint.h>

enum { POOL_MAX = 64 };

/* 1 at the start. Clamped to 1..POOL_MAX; threads start with the first work that pays for them. */
void attn_threads_set(int n);
int attn_threads(void);

/* Returns when all items are done, or, after Ctrl-C (interrupt_pending), when those begun are:
 * then false. Not reentrant; called by one thread at a time. */
bool pool_run(int64_t items, void (*body)(void *context, int64_t item, int worker), void *context);

/* Ends the threads; the next pool_run starts them again. */
void pool_stop(void);

#endif
