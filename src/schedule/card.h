/* A card: what is known of one item, and when it is asked next.
 *
 * A new or forgotten item is first asked again within the day, after 1 minute and after 10 minutes;
 * then the memory (fsrs.h) gives days. Days are calendar days of the person, counted by whoever
 * calls; times are seconds since 1970. A clock that went back counts as no time gone. Pure.
 *
 *     Card c = {0};
 *     c = card_answer(&c, GRADE_GOOD, now, today);
 *     card_due(&c, now, today);                       -> false for the next ten minutes
 */
#ifndef QKV_SCHEDULE_CARD_H
#define QKV_SCHEDULE_CARD_H

#include "schedule/fsrs.h"

/* The chance of recall at which an item is asked again. */
#define CARD_RECALL 0.9

typedef struct Card {
    Memory memory;
    int answers, lapses; /* lapses: answered again, once it had been known */
    int step;            /* of the day's steps that come next; CARD_STEPS: none, it has days */
    int64_t last_time;   /* of the last answer */
    int64_t due_time;    /* within the day: from when it is asked */
    int last_day, due_day;
} Card;

enum { CARD_STEPS = 2 };

/* The card after an answer. */
Card card_answer(const Card *c, Grade grade, int64_t now, int today);
/* Is it to be asked? A new one always is. */
bool card_due(const Card *c, int64_t now, int today);
/* The chance 0..1 to know it on a day, if it is not asked before; 0 for a new one. */
double card_recall(const Card *c, int day);

#endif
