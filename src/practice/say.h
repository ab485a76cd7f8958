/* Ways to say a point, as a rubric writes them: `divided|over root_d -embedding`.
 *
 * A way is a few elements, all of which must be found near each other, in any order. `|` parts
 * alternatives of an element, `_` joins words that follow each other, `-` in front forbids one,
 * not_ in front wants it negated; `rnn>` wants the others to be said of that subject (owner.h).
 * Every word stands for its stem, or for its row of data/concepts.yaml; formulas for what they
 * compute.
 *
 *     Way w = {0};
 *     if (!way_read(c, "scores divided root_d", &w, &err)) ...
 *     way_clear(&w);
 */
#ifndef QKV_PRACTICE_SAY_H
#define QKV_PRACTICE_SAY_H

#include "practice/owner.h"

enum { WAY_ELEMENTS = 20 };

typedef struct Alternative {
    Phrase phrase;
    bool negated; /* it is wanted where a negation reaches it */
} Alternative;

typedef struct Element {
    VEC(Alternative) list;
    bool forbidden;
} Element;

typedef struct Way {
    VEC(Element) elements;
    bool negated; /* an alternative is: the other words may stand in a negation, too */
    int owner;    /* the subject of which it is said; -1: of whatever */
} Way;

/* ERR_VALUE: what is wrong with the way. Words without a name get one. */
bool way_read(Concepts *c, const Subjects *subjects, const char *text, Way *out, Err *err);
void way_clear(Way *w);

#endif
