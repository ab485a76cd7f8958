/* How the sentences of an answer stand to what they name: what is negated, denied or only supposed,
 * and which sentences say anything.
 *
 * A negation (not, no, without, rather than) reaches over a few words of weight, not past a comma,
 * a "but" or a "because". A denial ("a mistake to", "is a myth", and "That is wrong." behind a
 * sentence) reaches further. Two of them cancel.
 *
 * A sentence counts when it is one: one word in six is short (the, of, is), or one in three where
 * it has no verb, no = and no formula; a few words without ("Softmax over keys.") in an answer that
 * is prose by two thirds. It does not stand a second time; and it has more words than the question.
 */
#ifndef QKV_PRACTICE_SCOPES_H
#define QKV_PRACTICE_SCOPES_H

#include "practice/atoms.h"

/* Tokens from..to are negated by what stands in not_from..not_to. */
typedef struct Scope {
    int from, to, not_from, not_to;
} Scope;

typedef struct Sentence {
    int from, to; /* tokens */
    bool counts;
} Sentence;

typedef struct Scopes {
    VEC(Scope) negations; /* by from */
    VEC(Scope) supposed;  /* behind an if, up to the comma */
    VEC(Scope) would;     /* a clause up to its would, or with an if all of it */
    VEC(Sentence) sentences;
} Scopes;

/* question: what was asked, whose words alone say nothing. */
void scopes_read(const Concepts *c, const Atoms *a, const Atoms *question, Scopes *out);
void scopes_clear(Scopes *s);

/* Is what stands in tokens from..to negated (an odd number of times)? */
bool scopes_negated(const Scopes *s, int from, int to);
/* As negated as it takes for a way that says not: also what stands right before one. */
bool scopes_negated_around(const Scopes *s, const Atoms *a, int from, int to);
/* All of it behind an if; any of it in a clause of would. */
bool scopes_supposed(const Scopes *s, int from, int to);
bool scopes_would(const Scopes *s, int from, int to);

#endif
