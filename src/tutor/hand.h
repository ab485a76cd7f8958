/* Which variables of a lesson were set by hand, and which by its cells: names and what they stood
 * for are compared around each cell. What is written into a value in place is not seen.
 */
#ifndef QKV_TUTOR_HAND_H
#define QKV_TUTOR_HAND_H

#include "eval/interp.h"

typedef struct HandVar {
    char *name;
    uint64_t stood; /* for what: a number's bits, an object's address; nothing is kept alive */
    ValueTag tag;
    bool by_hand, here;
} HandVar;

typedef struct Hand {
    VEC(HandVar) vars;
} Hand;

/* Looks at the scope: what is new or other than at the last look was set by hand, or was not. true:
 * something is, or is gone. */
bool hand_look(Hand *h, Value scope, bool by_hand);
/* Appends the names that were last set by hand: "n, q". */
void hand_names(const Hand *h, Str *out);
void hand_clear(Hand *h);

#endif
