/* See plan.h. */
#include "config.h"

#include "schedule/plan.h"

#include <stdlib.h>

/* Weakest first; where equal, by rank, then in the order given. */
static int by_recall(const void *a, const void *b) {
    const PlanItem *x = *(PlanItem *const *)a, *y = *(PlanItem *const *)b;
    if (x->before != y->before) return x->before < y->before ? -1 : 1;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    return (x > y) - (x < y);
}

static double recall_after(const Card *c, int day, int exam) {
    Card known = card_answer(c, GRADE_GOOD, c->last_time, day);
    return card_recall(&known, exam);
}

Plan plan_make(PlanItem *items, size_t n, int today, int exam) {
    Plan plan = {0};
    if (!n) return plan;
    PlanItem **order = mem_alloc(n * sizeof *order);
    size_t days = (size_t)MAX(exam - today, 1);
    plan.per_day = (int)((n + days - 1) / days);
    for (size_t i = 0; i < n; i++) {
        items[i].before = card_recall(items[i].card, exam);
        order[i] = &items[i];
    }
    qsort(order, n, sizeof *order, by_recall);
    double seconds = 0;
    for (size_t i = 0; i < n; i++) {
        order[i]->day = today + (int)(i * days / n);
        seconds = (i && order[i]->day == order[i - 1]->day ? seconds : 0) + order[i]->seconds;
        plan.seconds = MAX(plan.seconds, seconds);
        order[i]->after = recall_after(order[i]->card, order[i]->day, exam);
        plan.before += order[i]->before;
        plan.after += order[i]->after;
    }
    plan.before /= (double)n;
    plan.after /= (double)n;
    mem_free(order);
    return plan;
}
