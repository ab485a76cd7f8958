/* Which items are asked, in which order. */
#ifndef QKV_SHELL_WISH_H
#define QKV_SHELL_WISH_H

#include "shell/asking.h"
#include "shell/command.h"

/* What to ask. */
typedef struct AskWhat {
    const Lesson *lesson; /* NULL: all */
    const char *item;     /* "36/leak" or NULL */
    int kind;             /* ItemKind, or -1: all */
    bool due;             /* only what is due, nothing new */
    bool missed;          /* only what was last answered wrong or in part */
    bool spoken;          /* only what has a rubric (aloud) */
    int n;                /* at most */
    int64_t seed;         /* < 0: drawn */
    double seconds;       /* to speak (aloud); 0: as the item says */
} AskWhat;

#define ASK_WHAT_INIT                                                                              \
    { .kind = -1, .n = 10, .seed = -1 }

/* An item that may be asked, and how much it wants to be. */
typedef struct Wish {
    const Item *item;
    Card card;
    double recall;  /* today */
    int day;        /* of the plan; INT_MAX: there is none */
    size_t place;   /* its rank, asking.h */
    int64_t missed; /* when it was last answered, if not right; 0: it was right, or never asked */
} Wish;

typedef VEC(Wish) Wishes;

/* What may be asked, most wanted first: what the plan has for today and before; then what is due,
 * weakest first; then new items, easy levels first; then the rest, weakest first; equals in turn
 * from every lesson. Mistakes: the last one first. */
bool wishes_collect(Session *s, const AskWhat *what, Wishes *out, Err *err);

/* Does it fit what does not depend on the record? */
bool wish_fits(const AskWhat *what, const Item *it);

/* A word of a command line that says what to ask: a lesson, a kind, an item, due, all, n=, seed=.
 * ERR_VALUE: it is none. */
bool wish_word(Session *s, const char *word, AskWhat *what, Err *err);
/* The day that words at argv[*at] name: `by DATE`, `--by DATE`, `by=DATE`, `--by=DATE`; *at moves
 * to the last of them. NULL without err set: they name none; with it: the date is missing. */
const char *wish_day(const Call *c, int *at, Err *err);
/* "n=10". False without err set: it is another word; with it: the number is none or not within
 * least..most. */
bool word_number(const char *word, const char *name, int64_t least, int64_t most, int64_t *out,
                 Err *err);

#endif
