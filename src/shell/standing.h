/* How a person stands: every item with its card, the plan for the day of an exam, the days on which
 * something was answered. */
#ifndef QKV_SHELL_STANDING_H
#define QKV_SHELL_STANDING_H

#include "schedule/plan.h"
#include "shell/asking.h"

typedef struct DayCount {
    int day, count;
} DayCount;

typedef struct Standing {
    const Items *items;
    VEC(Card) cards; /* as items->list */
    VEC(PlanItem) planned;
    Plan plan;
    int today, exam;       /* exam: -1: none */
    VEC(DayCount) answers; /* of each day that has any, in their order */
} Standing;

bool standing_of(Session *s, Standing *out, Err *err);
void standing_clear(Standing *st);
/* Is the plan in force? */
bool standing_plans(const Standing *st);
/* The day on which an item is to be asked, by the plan or when it is due; today or later. */
int standing_next(const Standing *st, size_t item);
/* How many items a day from today on has: those of the plan, or those that are due. */
int standing_to_ask(const Standing *st, int day);
int standing_answered(const Standing *st, int day);
/* Days in a row with an answer, up to today, or to yesterday as long as today has none. */
int standing_streak(const Standing *st);

/* The day, and the recall that is expected on it. */
void plan_show(Session *s, const Standing *st);
/* The same of the record as it is now. */
bool standing_tell(Session *s, Err *err);
/* Weeks as rows, days as cells: what was answered, what is to come, the exam's day. */
void calendar_show(Session *s, const Standing *st);
/* The mean chance of recall over the days to come, as it is and with the plan. */
void recall_curve_show(Session *s, const Standing *st);

#endif
