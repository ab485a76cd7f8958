/* Bump allocation in blocks that double; see arena.h. */
#include "config.h"

#include "base/arena.h"

#include <stdalign.h>

typedef struct Block {
    struct Block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
} Block;

struct Arena {
    Block *top;
};

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

Arena *arena_new(void) {
    return mem_zero(sizeof(Arena));
}

void arena_free(Arena *a) {
    if (!a) return;
    for (Block *b = a->top, *next; b; b = next) {
        next = b->next;
        mem_free(b);
    }
    mem_free(a);
}

static void grow(Arena *a, size_t bytes) {
    size_t size = a->top ? MIN(a->top->size * 2, (size_t)LARGEST_BLOCK) : FIRST_BLOCK;
    size = MAX(size, bytes);
    Block *b = mem_alloc(sizeof *b + size);
    *b = (Block){.next = a->top, .size = size};
    a->top = b;
}

void *arena_alloc(Arena *a, size_t bytes) {
    size_t align = alignof(max_align_t);
    size_t want;
    if (!size_add(bytes, align - 1, &want)) BUG("arena size overflows");
    want &= ~(align - 1);
    if (!a->top || a->top->size - a->top->used < want) grow(a, want);
    void *p = a->top->bytes + a->top->used;
    a->top->used += want;
    return p;
}

void *arena_zero(Arena *a, size_t bytes) {
    void *p = arena_alloc(a, bytes);
    memset(p, 0, bytes);
    return p;
}

char *arena_strndup(Arena *a, const char *s, size_t n) {
    char *copy = arena_alloc(a, n + 1);
    if (n) memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}
