/* What is remembered: FSRS-6, the free spaced repetition scheduler.
 *
 * A memory is its stability (days until the chance of recall has fallen to 90 %) and its difficulty
 * (1..10). Formulas and weights: open-spaced-repetition, "The Algorithm", FSRS-6, 2025. Pure.
 *
 *     Memory m = fsrs_next((Memory){0}, GRADE_GOOD, 0);    (the first answer)
 *     m = fsrs_next(m, GRADE_HARD, 3);                     (three days later)
 *     fsrs_recall(m, 10);                                  -> 0.87, ten days after that
 */
#ifndef QKV_SCHEDULE_FSRS_H
#define QKV_SCHEDULE_FSRS_H

#include "base/base.h"

typedef enum Grade { GRADE_AGAIN = 1, GRADE_HARD, GRADE_GOOD, GRADE_EASY } Grade;

typedef struct Memory {
    double stability;  /* days, 0.001..36500; 0: never answered */
    double difficulty; /* 1..10 */
} Memory;

/* Days between two answers are whole ones, and an interval is at most this. */
enum { FSRS_DAYS_MAX = 36500 };

/* The chance 0..1 to know it after so many days; 0 for what was never answered. */
double fsrs_recall(Memory m, double days);
/* After an answer so many days (>= 0) behind the last one. */
Memory fsrs_next(Memory m, Grade grade, double days);
/* Days until the chance of recall is `recall` (0..1], rounded to 1..FSRS_DAYS_MAX. */
int fsrs_interval(double stability, double recall);
/* The intervals that the four grades would give, in the order again < hard < good < easy (as far as
 * FSRS_DAYS_MAX leaves room); days[0] is of GRADE_AGAIN. */
void fsrs_intervals(Memory m, double days_since, double recall, int days[4]);

#endif
