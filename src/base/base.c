/* Memory that aborts instead of returning NULL, the clock, the interrupt flag. */
#include "config.h"

#include "base/memory.h"

#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes(void); /* its header comes with clang alone */
#endif
#include <stdarg.h>
#include <time.h>
#include <unistd.h>

volatile int interrupt_pending;

static long fail_countdown, fail_answered_countdown;

void mem_fail_after(long n) {
    fail_countdown = n;
}

void mem_fail_answered_after(long n) {
    fail_answered_countdown = n;
}

static inline bool due(long *countdown) {
    return UNLIKELY(*countdown > 0) && --*countdown == 0;
}

bool mem_should_fail(void) {
    return due(&fail_countdown) || due(&fail_answered_countdown);
}

static _Noreturn COLD void out_of_memory(size_t bytes) {
    fprintf(stderr, "qkv: out of memory (%zu bytes wanted)\n", bytes);
    _Exit(1);
}

static void *checked(void *p, size_t bytes) {
    if (UNLIKELY(!p)) out_of_memory(bytes);
    return p;
}

static size_t block_size(void *p) {
#ifdef __GLIBC__
    return malloc_usable_size(p);
#else
    UNUSED(p);
    return 0;
#endif
}

void *mem_alloc(size_t bytes) {
    memory_take(bytes);
    return checked(due(&fail_countdown) ? NULL : malloc(bytes ? bytes : 1), bytes);
}

/* glibc's calloc does not use the thread's cache of small blocks: malloc and clearing is three
 * times as fast there. */
void *mem_zero(size_t bytes) {
    if (bytes <= 512) return memset(mem_alloc(bytes), 0, bytes);
    memory_take(bytes);
    return checked(due(&fail_countdown) ? NULL : calloc(1, bytes ? bytes : 1), bytes);
}

/* A large block grows where it stands or moves by its pages. */
void *mem_realloc(void *p, size_t bytes) {
    size_t had = bytes >= MEMORY_LARGE && p ? block_size(p) : 0;
    memory_take(bytes > had ? bytes - had : 0);
    return checked(due(&fail_countdown) ? NULL : realloc(p, bytes ? bytes : 1), bytes);
}

char *mem_strndup(const char *s, size_t n) {
    char *copy = mem_alloc(n + 1);
    if (n) memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *mem_strdup(const char *s) {
    return mem_strndup(s, strlen(s));
}

void mem_free(void *p) {
    free(p);
}

void bug_at(const char *file, int line, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "qkv: a defect in qkv itself at %s:%d: ", file, line);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    abort();
}

int64_t clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

size_t process_memory(void) {
#if defined(__SANITIZE_ADDRESS__) /* what was freed stays resident: its own count is the right one \
                                   */
    return __sanitizer_get_current_allocated_bytes();
#elif defined(__linux__)
    static int statm = -2; /* -2: not yet opened, -1: not there */
    static long page;
    char text[128];
    if (statm == -2) {
        statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
        page = sysconf(_SC_PAGESIZE);
    }
    ssize_t n = statm < 0 ? -1 : pread(statm, text, sizeof text - 1, 0);
    if (n <= 0) return 0;
    text[n] = '\0';
    const char *resident = strchr(text, ' '); /* the second number, in pages */
    return resident ? (size_t)strtoul(resident, NULL, 10) * (size_t)page : 0;
#else
    return 0;
#endif
}

void memory_trim(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

size_t machine_memory(void) {
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || size <= 0) return (size_t)1 << 30;
    return (size_t)pages * (size_t)size;
}
