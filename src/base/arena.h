/* Memory that is freed all at once: a line's AST, a lesson, a canvas. Nothing in
 * an arena is freed singly and nothing in it may hold a counted reference.
 *
 *     Arena *a = arena_new();
 *     Node *n = arena_zero(a, sizeof *n);
 *     arena_free(a);
 */
#ifndef QKV_BASE_ARENA_H
#define QKV_BASE_ARENA_H

#include "base/base.h"

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *a);
void *arena_alloc(Arena *a, size_t bytes); /* aligned for any type */
void *arena_zero(Arena *a, size_t bytes);
char *arena_strndup(Arena *a, const char *s, size_t n);

#endif
