/* What every file may take for granted: memory that does not return NULL,
 * checked sizes, small helpers.
 *
 * Small internal allocations abort when memory is out (one line on stderr,
 * exit status 1); a tensor's allocation is an Err instead, see tensor.h.
 *
 *     char *p = mem_alloc(n);
 *     size_t bytes;
 *     if (!size_mul(rows, cols, &bytes)) return err_set(err, ERR_MEMORY, ...);
 *     mem_free(p);
 */
#ifndef QKV_BASE_BASE_H
#define QKV_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define UNUSED(x) ((void)(x))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define COLD __attribute__((cold, noinline))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* A broken invariant: prints file, line and text, then aborts. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Owned by the caller; mem_free(NULL) is fine. mem_zero returns zeroed bytes. */
void *mem_alloc(size_t bytes);
void *mem_zero(size_t bytes);
void *mem_realloc(void *p, size_t bytes);
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t n);
void mem_free(void *p);

/* Makes the n-th allocation from now on fail (0 = never); for tests. The second counts only those
 * that are answered with an Err (tensors), not those that end the process. */
void mem_fail_after(long n);
void mem_fail_answered_after(long n);
/* True when the fault injector says that this allocation is the one to fail.
 * Allocators that answer with an Err (tensors) ask it too. */
bool mem_should_fail(void);

/* Checked arithmetic: false on overflow, *out untouched. */
static inline bool size_mul(size_t a, size_t b, size_t *out) {
    size_t r;
    if (__builtin_mul_overflow(a, b, &r)) return false;
    *out = r;
    return true;
}
static inline bool size_add(size_t a, size_t b, size_t *out) {
    size_t r;
    if (__builtin_add_overflow(a, b, &r)) return false;
    *out = r;
    return true;
}

/* Growable array: VEC(int) v = {0}; vec_push(&v, 3); v.items[0]; vec_clear(&v). */
#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *items;                                                                                  \
        size_t count, cap;                                                                         \
    }
#define vec_push(v, ...)                                                                           \
    do {                                                                                           \
        if ((v)->count == (v)->cap) {                                                              \
            (v)->cap = (v)->cap ? (v)->cap * 2 : 8;                                                \
            (v)->items = mem_realloc((v)->items, (v)->cap * sizeof *(v)->items);                   \
        }                                                                                          \
        (v)->items[(v)->count++] = __VA_ARGS__;                                                    \
    } while (0)
#define vec_clear(v)                                                                               \
    do {                                                                                           \
        mem_free((v)->items);                                                                      \
        (v)->items = NULL;                                                                         \
        (v)->count = (v)->cap = 0;                                                                 \
    } while (0)

/* Monotonic time in nanoseconds. */
int64_t clock_ns(void);
/* Processor time of this process, all threads, in nanoseconds. */
int64_t cpu_ns(void);
/* Bytes that this process holds in memory; 0 where that is not known. A microsecond or two. */
size_t process_memory(void);
/* Gives freed memory back to the system. Milliseconds. */
void memory_trim(void);
/* Bytes of physical memory. */
size_t machine_memory(void);

/* Set by the SIGINT handler and where memory is refused (memory.h), polled by every loop and
 * kernel that can run long. Polling is one load; interrupt_error says why and clears it. */
extern volatile int interrupt_pending;
#define INTERRUPTED() UNLIKELY(interrupt_pending)

#endif
