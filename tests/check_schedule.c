/* schedule: FSRS-6 against published vectors, and the laws that hold for every card and plan. */
#include "config.h"

#include <math.h>

#include "base/mt19937.h"
#include "check_tap.h"
#include "schedule/plan.h"

/* ---- fsrs: vectors of open-spaced-repetition's implementations --------------------------- */

static Memory run(const int *grades, const int *days, size_t n) {
    Memory m = {0};
    for (size_t i = 0; i < n; i++) m = fsrs_next(m, (Grade)grades[i], days[i]);
    return m;
}

START_TEST(memories_are_as_published)
{
    static const int days[] = {0, 0, 1, 3, 8, 21};
    static const int good[] = {1, 3, 3, 3, 3, 3}, mixed[] = {1, 2, 3, 4, 3, 3};
    Memory m = run(good, days, ARRAY_LEN(days));
    ck_assert_double_eq_tol(m.stability, 53.62691, 1e-5);
    ck_assert_double_eq_tol(m.difficulty, 6.3574867, 1e-6);
    m = run(mixed, days, ARRAY_LEN(days));
    ck_assert_double_eq_tol(m.stability, 51.0810, 1e-4);
    ck_assert_double_eq_tol(m.difficulty, 6.7493, 1e-4);
}
END_TEST

START_TEST(intervals_are_as_published)
{
    static const int want[] = {36500, 34793, 2508, 387, 90, 27, 9, 3, 1, 1};
    for (int i = 0; i < 10; i++) ck_assert_int_eq(fsrs_interval(1, (i + 1) / 10.0), want[i]);
    static const int grades[] = {3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3};
    static const int due[] = {3, 14, 57, 196, 586, 1559, 10, 1, 3, 5, 9, 15, 25};
    Memory m = {0};
    for (int i = 0, since = 0, days[4]; i < (int)ARRAY_LEN(due); i++) {
        fsrs_intervals(m, since, 0.9, days);
        m = fsrs_next(m, (Grade)grades[i], since);
        since = days[grades[i] - 1];
        ck_assert_int_eq(since, due[i]);
    }
}
END_TEST

/* ---- laws ----------------------------------------------------------------------------------- */

static double uniform(Mt19937 *r) {
    return mt_next(r) / 4294967296.0;
}

/* A memory and the days since, anywhere in their ranges. */
static Memory any_memory(Mt19937 *r, double *days) {
    Memory m = {0};
    *days = 0;
    int n = (int)(uniform(r) * 12);
    for (int i = 0; i < n; i++) {
        m = fsrs_next(m, (Grade)(1 + (int)(uniform(r) * 4)), *days);
        *days = floor(exp(uniform(r) * 9) - 1);
    }
    return m;
}

START_TEST(a_better_grade_gives_a_later_day)
{
    Mt19937 r;
    mt_seed(&r, 7);
    for (int i = 0; i < 20000; i++) {
        double days;
        Memory m = any_memory(&r, &days), last = {0};
        int due[4];
        fsrs_intervals(m, days, 0.9, due);
        for (int g = GRADE_AGAIN; g <= GRADE_EASY; g++) {
            Memory next = fsrs_next(m, (Grade)g, days);
            ck_assert(next.stability >= 0.001 && next.stability <= 36500);
            ck_assert(next.difficulty >= 1 && next.difficulty <= 10);
            if (g > GRADE_AGAIN) {
                ck_assert_double_ge(next.stability, last.stability);
                ck_assert_double_le(next.difficulty, last.difficulty);
                ck_assert(due[g - 1] > due[g - 2] || due[g - 1] == FSRS_DAYS_MAX);
            }
            ck_assert(due[g - 1] >= 1 && due[g - 1] <= FSRS_DAYS_MAX);
            last = next;
        }
        if (m.stability > 0) {
            ck_assert_double_eq_tol(fsrs_recall(m, m.stability), 0.9, 1e-9);
            ck_assert_double_ge(fsrs_recall(m, days), fsrs_recall(m, days + 1));
            ck_assert(days < 1 || fsrs_next(m, GRADE_AGAIN, days).stability < m.stability);
            ck_assert_double_ge(fsrs_next(m, GRADE_GOOD, days).stability, m.stability);
        }
    }
}
END_TEST

/* ---- cards ---------------------------------------------------------------------------------- */

START_TEST(a_new_card_has_its_steps)
{
    Card c = {0};
    ck_assert(card_due(&c, 0, 0));
    c = card_answer(&c, GRADE_AGAIN, 1000, 5);
    ck_assert(!card_due(&c, 1059, 5) && card_due(&c, 1060, 5));
    c = card_answer(&c, GRADE_GOOD, 1060, 5);
    ck_assert(!card_due(&c, 1659, 5) && card_due(&c, 1660, 5));
    c = card_answer(&c, GRADE_GOOD, 1660, 5);
    ck_assert_int_eq(c.step, CARD_STEPS);
    ck_assert(c.due_day > 5 && !card_due(&c, 9999, 5) && card_due(&c, 0, c.due_day));
    ck_assert_int_eq(c.lapses, 0);
    c = card_answer(&c, GRADE_AGAIN, 99999, c.due_day);
    ck_assert_int_eq(c.lapses, 1);
    ck_assert_int_eq(c.step, 0);
    Card easy = card_answer(&(Card){0}, GRADE_EASY, 0, 0);
    ck_assert_int_eq(easy.step, CARD_STEPS);
    ck_assert_int_eq(easy.due_day, 8);
}
END_TEST

/* What was left within its steps is due on every later day, whatever the time of day. */
START_TEST(an_unfinished_step_is_due_the_next_day)
{
    Card c = card_answer(&(Card){0}, GRADE_GOOD, 86000, 3);
    ck_assert(!card_due(&c, 86100, 3));
    ck_assert(card_due(&c, 86400, 4));
}
END_TEST

START_TEST(a_clock_that_goes_back_loses_nothing)
{
    Mt19937 r;
    mt_seed(&r, 8);
    for (int i = 0; i < 5000; i++) {
        Card c = {0};
        int day = 1000;
        int64_t now = (int64_t)day * 86400;
        for (int k = 0; k < 10; k++) {
            Card next = card_answer(&c, (Grade)(1 + (int)(uniform(&r) * 4)), now, day);
            ck_assert_int_ge(next.last_day, c.last_day);
            ck_assert_int_ge(next.due_day, next.last_day);
            ck_assert(next.last_time >= c.last_time && next.due_time >= next.last_time);
            ck_assert_int_eq(next.answers, c.answers + 1);
            ck_assert(isfinite(next.memory.stability) && next.memory.stability > 0);
            c = next;
            day += (int)(uniform(&r) * 60) - 20;
            now = (int64_t)day * 86400 + (int64_t)(uniform(&r) * 86400);
        }
    }
}
END_TEST

/* ---- plans ---------------------------------------------------------------------------------- */

START_TEST(a_plan_asks_everything_before_the_day)
{
    Mt19937 r;
    mt_seed(&r, 9);
    for (int round = 0; round < 400; round++) {
        size_t n = (size_t)(uniform(&r) * 60);
        int today = 100, exam = today + (int)(uniform(&r) * 20);
        Card cards[60] = {{.answers = 0}};
        PlanItem items[60] = {{.card = NULL}};
        for (size_t i = 0; i < n; i++) {
            for (int k = (int)(uniform(&r) * 5); k > 0; k--)
                cards[i] =
                    card_answer(&cards[i], (Grade)(1 + (int)(uniform(&r) * 4)), 0, today - k * 3);
            items[i] = (PlanItem){.card = &cards[i], .seconds = 1, .rank = n - i};
        }
        Plan p = plan_make(items, n, today, exam);
        int last = MAX(exam - 1, today);
        for (size_t i = 0; i < n; i++) {
            int same = 0;
            ck_assert(items[i].day >= today && items[i].day <= last);
            ck_assert_double_ge(items[i].after, items[i].before);
            for (size_t j = 0; j < n; j++) {
                same += items[j].day == items[i].day;
                if (items[j].before < items[i].before) ck_assert(items[j].day <= items[i].day);
                if (items[j].before == items[i].before && j > i)
                    ck_assert(items[j].day <= items[i].day);
            }
            ck_assert_int_le(same, p.per_day);
        }
        ck_assert(p.after >= p.before && p.after <= 1);
        ck_assert_double_eq(p.seconds, p.per_day);
        if (n) ck_assert_double_gt(p.after, 0.5);
    }
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("schedule");
    TCase *t = tcase_create("schedule");
    tcase_add_test(t, memories_are_as_published);
    tcase_add_test(t, intervals_are_as_published);
    tcase_add_test(t, a_better_grade_gives_a_later_day);
    tcase_add_test(t, a_new_card_has_its_steps);
    tcase_add_test(t, an_unfinished_step_is_due_the_next_day);
    tcase_add_test(t, a_clock_that_goes_back_loses_nothing);
    tcase_add_test(t, a_plan_asks_everything_before_the_day);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
