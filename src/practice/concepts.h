/* What words mean to the grader of prose: data/concepts.yaml, made part of the program, and every
 * word that it or a rubric uses, each with a number.
 *
 * A name of the table is a stemmed word ("divid"), a sign ("/"), a number ("#0.5"), a variable
 * ("$d", whatever spells it), a formula ("=d^1/2") or a concept ("@12", whatever row says it).
 *
 *     int id = concepts_id(c, "divid", 5, false);      (-1: nobody speaks of that)
 */
#ifndef QKV_PRACTICE_CONCEPTS_H
#define QKV_PRACTICE_CONCEPTS_H

#include "base/err.h"
#include "base/str.h"

/* What a word does in a sentence, beside what it means. */
enum {
    WORD_SHORT = 1u << 0,   /* the, of, is: stands between words that belong together */
    WORD_VERB = 1u << 1,    /* makes a sentence of words */
    WORD_BREAK = 1u << 2,   /* but, because, a comma: a negation reaches no further */
    WORD_SUBJECT = 1u << 3, /* we, it: behind a few words, likewise */
    WORD_IF = 1u << 4,
    WORD_WOULD = 1u << 5,
    WORD_THIS = 1u << 6,    /* this, that: a sentence that begins so speaks of the one before */
    WORD_NEGATES = 1u << 7, /* a negation begins with it */
    WORD_TURN = 1u << 8,    /* but, because: a denial reaches no further */
    WORD_CONCEPT = 1u << 9, /* the name of a concept: @12 */
};

enum { PHRASE_WORDS = 8 };

/* A few names that follow each other, short words between them. */
typedef struct Phrase {
    int ids[PHRASE_WORDS], n;
    int means; /* the name that is found where the phrase stands; a reach for negations */
} Phrase;

/* What kind of phrase; the order in which a text is searched for them. */
typedef enum PhraseKind {
    PHRASE_VARIABLE, /* before formulas are read */
    PHRASE_SAME,
    PHRASE_NEGATION, /* means: how many words of weight it reaches */
    PHRASE_HARMLESS, /* "not only": negates nothing */
    PHRASE_DENIES,   /* "a mistake to": what follows is denied */
    PHRASE_DENIED,   /* "is a myth": what stands before is */
    PHRASE_KIND_COUNT
} PhraseKind;

typedef struct Concepts Concepts;

/* Empty but for nothing; table.h fills it. */
Concepts *concepts_new(void);
void concepts_free(Concepts *c);

/* The number of a name; with `add` it gets one. */
int concepts_id(Concepts *c, const char *name, size_t n, bool add);
const char *concepts_name(const Concepts *c, int id);
int concepts_count(const Concepts *c);
unsigned concepts_flags(const Concepts *c, int id); /* of -1: 0 */
void concepts_mark(Concepts *c, int id, unsigned flags);
/* A word as it is in the table: what "saw" is a form of, then stemmed; appended to out. */
void concepts_stem(const Concepts *c, const char *word, size_t n, Str *out);
/* What a word says as a number ("two", "half"); false: nothing. */
bool concepts_number(const Concepts *c, const char *word, size_t n, double *out);
/* A stemmed word that is nobody's, mistyped: the one that it must have been, or -1. */
int concepts_typo(const Concepts *c, const char *stem, size_t n);

/* False: another phrase of the kind is the same. */
bool concepts_add_phrase(Concepts *c, PhraseKind kind, const Phrase *p);
/* Phrases of a kind that begin with a name, the longest first; *count of them. */
const Phrase *concepts_phrases(const Concepts *c, PhraseKind kind, int first, size_t *count);
/* `word` is a form of `base`; a word that says a number. */
void concepts_add_form(Concepts *c, const char *word, const char *base);
void concepts_add_number(Concepts *c, const char *word, double number);

#endif
