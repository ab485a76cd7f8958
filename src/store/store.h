/* What a person has answered, kept: the log of all reviews, each item's card, sessions, the day of
 * the exam. One SQLite file, practice.db, in the state folder.
 *
 * An answer is one transaction: when store_answer returns true and store_kept says so, it is on the
 * disk, and killing the process loses nothing. Several processes may use the file at once. Where it
 * cannot be written (no permission, a full disk) everything goes on in memory; store_warning says
 * so once. A damaged file or one of a newer qkv is refused and not touched.
 *
 *     Store *st = NULL;
 *     if (!store_open("/home/a/.local/state/qkv", &st, &err)) ...
 *     Card card;
 *     char id[STORE_ID];
 *     store_answer(st, &(Review){.item = "36/leak", .grade = GRADE_GOOD, ...}, id, &card, &err);
 *     store_close(st);
 */
#ifndef QKV_STORE_STORE_H
#define QKV_STORE_STORE_H

#include "base/err.h"
#include "base/str.h"
#include "schedule/card.h"

typedef struct Store Store;

#define STORE_FILE "practice.db"

enum { STORE_ID = 33 }; /* bytes of a review's id with its end */

/* One answer. Texts are borrowed and may be NULL where the comment says so. */
typedef struct Review {
    const char *id;   /* 32 hex digits that no other review has; NULL: made */
    const char *item; /* "36/leak" */
    int64_t time;     /* seconds since 1970 */
    int day;          /* calendar day of the person (see card.h) */
    Grade grade;
    const char *verdict;   /* "right", "partly", "wrong" or "shown" */
    const char *answer;    /* as given, or NULL */
    const char *diagnosis; /* of the mistake, or NULL */
    double seconds;        /* that the answer took */
    int hints;
    const char *session; /* "practice", "interview", "aloud" */
    int64_t seed;        /* that the question was drawn with; < 0: not known */
} Review;

/* dir: the state folder, made when it is not there; NULL: in memory. */
bool store_open(const char *dir, Store **out, Err *err);
void store_close(Store *st);
/* Is what is answered on a disk? */
bool store_kept(const Store *st);
/* Why it is not, for the person to read once: NULL the next time. Borrowed. */
const char *store_warning(Store *st);

/* Writes the review and the card that it leads to; both are given back, the review by the id that
 * it now has. */
bool store_answer(Store *st, const Review *r, char id[STORE_ID], Card *card, Err *err);
/* Gives a review another grade; its item's card is made anew from all its reviews. */
bool store_regrade(Store *st, const char *id, Grade grade, Card *card, Err *err);
/* The card of an item; a new one for what was never answered. */
bool store_card(Store *st, const char *item, Card *card, Err *err);

typedef bool (*EachCard)(void *ctx, const char *item, const Card *card);
bool store_cards(Store *st, EachCard each, void *ctx, Err *err);
/* Reviews in the order of their times, from `since` on. */
typedef bool (*EachReview)(void *ctx, const Review *r);
bool store_reviews(Store *st, int64_t since, EachReview each, void *ctx, Err *err);

/* A fact by its name ("exam"): text, "" when there is none. */
bool store_fact(Store *st, const char *name, Str *value, Err *err);
bool store_fact_set(Store *st, const char *name, const char *value, Err *err);

/* Forgets everything (`reset progress`). */
bool store_forget(Store *st, Err *err);

/* JSON lines, one a review. Reading merges by id: what is known already is not taken twice, and the
 * cards are made anew from all reviews. All of the text or nothing: ERR_VALUE names the line. */
bool store_export(Store *st, Str *out, Err *err);
bool store_import(Store *st, const char *text, size_t n, int *taken, Err *err);

#endif
