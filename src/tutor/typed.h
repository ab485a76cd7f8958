/* What a reader typed into a lesson, by the step before which it was typed: kept with the place, it
 * runs again behind the same cells.
 *
 *     Typed t = {0};
 *     typed_add(&t, step, "n = 9", false);
 *     while ((code = typed_due(&t, step))) run(code);      (none: what was added has run)
 *     typed_clear(&t);
 */
#ifndef QKV_TUTOR_TYPED_H
#define QKV_TUTOR_TYPED_H

#include "base/str.h"

/* What is kept of a lesson, in bytes and entries. */
enum { TYPED_BYTES = 8192, TYPED_MOST = 100 };

typedef struct TypedLine {
    size_t step;
    char *code;
    bool waits; /* to run */
} TypedLine;

typedef struct Typed {
    VEC(TypedLine) items; /* by step, and of one step as they came */
} Typed;

/* false: there is no room for it. waits: it has not run. */
bool typed_add(Typed *t, size_t step, const char *code, bool waits);
/* The first that waits and was typed before a step or further up, and no longer waits; NULL: none.
 * Borrowed, until the next typed_add. */
const char *typed_due(Typed *t, size_t step);
/* Does typed_due have one? */
bool typed_waits(const Typed *t, size_t step);
void typed_clear(Typed *t);

#endif
