/* A plan for the day of an exam: every item once more before it, the weakest first.
 *
 *     PlanItem *items = ...;                        (card filled in)
 *     Plan p = plan_make(items, n, today, exam);    (sets day, before and after of each)
 *     p.after                                       -> 0.93, the mean chance of recall on the day
 */
#ifndef QKV_SCHEDULE_PLAN_H
#define QKV_SCHEDULE_PLAN_H

#include "schedule/card.h"

typedef struct PlanItem {
    const Card *card; /* borrowed */
    double seconds;   /* that an answer takes */
    size_t rank;      /* of two that are as weak, the lower one goes first */
    int day;          /* out: to be asked on, or before when it is due */
    double before;    /* out: chance of recall on the exam's day if it is not asked any more */
    double after;     /* out: if it is asked on `day` and known */
} PlanItem;

typedef struct Plan {
    int per_day;          /* the most items that a day has */
    double seconds;       /* of the longest day */
    double before, after; /* means over the items; 0 without any */
} Plan;

/* Items are spread evenly over the days from today to the one before the exam (over today alone
 * when the exam is today): the weakest on the first. exam >= today. */
Plan plan_make(PlanItem *items, size_t n, int today, int exam);

#endif
