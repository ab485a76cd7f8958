/* What a text speaks of: its names (concepts.h) where they stand. One place may hold several: the
 * tokens of "root of the key size" are words, $d from "key" on, and =d^1/2 all of them.
 *
 *     Atoms a = {0};
 *     atoms_read(c, text, n, false, &a);
 *     int end = atoms_match(&a, 0, &phrase, true);
 *     atoms_clear(&a);
 */
#ifndef QKV_PRACTICE_ATOMS_H
#define QKV_PRACTICE_ATOMS_H

#include "practice/tokens.h"

typedef struct Atom {
    int id;
    int from, to; /* tokens, to excluded */
} Atom;

typedef VEC(Atom) AtomList;

typedef struct Atoms {
    Concepts *concepts; /* borrowed */
    Tokens tokens;
    AtomList list;  /* by from, then longest first */
    VEC(int) first; /* first[i]: the first atom of token i; one entry more than tokens */
} Atoms;

/* add: words and formulas that have no name get one. */
void atoms_read(Concepts *c, const char *text, size_t n, bool add, Atoms *out);
void atoms_clear(Atoms *a);

/* How a phrase is taken from its text. */
typedef enum PhraseFrom {
    FROM_RUBRIC,  /* short words left out, unless they are all; concepts for their words */
    FROM_ROW,     /* no concepts */
    FROM_GRAMMAR, /* nor is a short word left out */
} PhraseFrom;

/* A phrase as the names that stand for it, the longest of each place. False: it has no words, or
 * more than a phrase may. */
bool atoms_phrase(const Atoms *a, PhraseFrom from, Phrase *out);
/* Where a phrase that begins with token i ends, or 0: it does not stand there. Between its names
 * may be short words, and with `loose` one other word. */
int atoms_match(const Atoms *a, int i, const Phrase *p, bool loose);

#endif
