/* See card.h. */
#include "config.h"

#include "schedule/card.h"

static const int step_seconds[CARD_STEPS] = {60, 600};

static int days_since(const Card *c, int today) {
    return c->answers ? MAX(today - c->last_day, 0) : 0;
}

/* Which step comes next: again begins anew, hard repeats the one that was, easy needs none. */
static int next_step(const Card *c, Grade grade) {
    int done = c->answers ? c->step : 0;
    switch (grade) {
    case GRADE_AGAIN:
        return 0;
    case GRADE_HARD:
        return c->answers && done == CARD_STEPS ? CARD_STEPS : MAX(done, 1);
    case GRADE_GOOD:
        return MIN(done + 1, CARD_STEPS);
    case GRADE_EASY:
        break;
    }
    return CARD_STEPS;
}

Card card_answer(const Card *c, Grade grade, int64_t now, int today) {
    Card next = *c;
    int since = days_since(c, today), days[4];
    bool known = c->answers && c->step == CARD_STEPS;
    now = MAX(now, c->last_time);
    today = MAX(today, c->last_day);
    fsrs_intervals(c->memory, since, CARD_RECALL, days);
    next.memory = fsrs_next(c->memory, grade, since);
    next.answers++;
    next.lapses += known && grade == GRADE_AGAIN;
    next.step = next_step(c, grade);
    next.last_time = next.due_time = now;
    next.last_day = next.due_day = today;
    if (next.step < CARD_STEPS)
        next.due_time += step_seconds[next.step];
    else
        next.due_day += days[grade - 1];
    return next;
}

bool card_due(const Card *c, int64_t now, int today) {
    if (!c->answers) return true;
    return c->step < CARD_STEPS && c->due_day == today ? c->due_time <= now : c->due_day <= today;
}

double card_recall(const Card *c, int day) {
    return fsrs_recall(c->memory, days_since(c, day));
}
