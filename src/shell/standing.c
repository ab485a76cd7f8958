/* See standing.h. */
#include "config.h"

#include "shell/standing.h"

#include <limits.h>
#include <math.h>

#include "shell/days.h"

/* ---- what is known ------------------------------------------------------------------------- */

static bool count_day(void *ctx, const Review *r) {
    Standing *st = ctx;
    for (size_t i = st->answers.count; i > 0; i--)
        if (st->answers.items[i - 1].day == r->day) {
            st->answers.items[i - 1].count++;
            return true;
        }
    vec_push(&st->answers, (DayCount){r->day, 1});
    return true;
}

bool standing_of(Session *s, Standing *out, Err *err) {
    out->items = asking_items(s);
    Store *st = asking_store(s, err);
    if (!st || !asking_exam(s, &out->exam, err)) return false;
    out->today = day_today();
    for (size_t i = 0; i < out->items->list.count; i++) {
        Card c;
        if (!store_card(st, out->items->list.items[i]->id, &c, err)) return false;
        vec_push(&out->cards, c);
    }
    for (size_t i = 0; i < out->cards.count; i++)
        vec_push(&out->planned, asking_planned(out->items->list.items[i], &out->cards.items[i],
                                               asking_rank(out->items, i)));
    if (standing_plans(out))
        out->plan = plan_make(out->planned.items, out->planned.count, out->today, out->exam);
    return store_reviews(st, INT64_MIN, count_day, out, err);
}

void standing_clear(Standing *st) {
    vec_clear(&st->cards);
    vec_clear(&st->planned);
    vec_clear(&st->answers);
}

bool standing_plans(const Standing *st) {
    return st->exam >= st->today;
}

int standing_next(const Standing *st, size_t i) {
    int when = standing_plans(st) ? st->planned.items[i].day : st->cards.items[i].due_day;
    return MAX(when, st->today);
}

int standing_to_ask(const Standing *st, int day) {
    int n = 0;
    for (size_t i = 0; i < st->cards.count; i++) {
        const Card *c = &st->cards.items[i];
        if (standing_plans(st) || c->answers) n += standing_next(st, i) == day;
    }
    return n;
}

int standing_answered(const Standing *st, int day) {
    for (size_t i = 0; i < st->answers.count; i++)
        if (st->answers.items[i].day == day) return st->answers.items[i].count;
    return 0;
}

int standing_streak(const Standing *st) {
    int n = 0, day = st->today - !standing_answered(st, st->today);
    while (standing_answered(st, day - n)) n++;
    return n;
}

/* ---- the plan -------------------------------------------------------------------------------- */

void plan_show(Session *s, const Standing *st) {
    Str line = STR_INIT;
    if (standing_plans(st)) {
        int left = st->exam - st->today;
        str_add(&line, "The day is ");
        day_text(st->exam, &line);
        str_printf(
            &line,
            ", %d day%s from now. Expected recall on it: %.0f %% with the plan (at most %d a "
            "day, some %.0f minutes), %.0f %% without practice.",
            left, left == 1 ? "" : "s", 100 * st->plan.after, st->plan.per_day,
            ceil(st->plan.seconds / 60), 100 * st->plan.before);
    } else
        str_add(&line, "`progress by DATE` plans for the day of an interview.");
    out_view_take(s, view_text(STYLE_PLAIN, str_cstr(&line)));
    str_clear(&line);
}

bool standing_tell(Session *s, Err *err) {
    Standing st = {0};
    bool ok = standing_of(s, &st, err);
    if (ok) plan_show(s, &st);
    standing_clear(&st);
    return ok;
}

/* ---- the calendar -------------------------------------------------------------------------- */

static void add_cell(const Standing *st, int day, Str *out) {
    int done = standing_answered(st, day), open = day >= st->today ? standing_to_ask(st, day) : 0;
    bool today = day == st->today;
    if (today) str_addc(out, '[');
    if (done || (day < st->today && !open)) str_printf(out, done ? "%d" : "·", done);
    if (open) str_printf(out, "+%d", open);
    if (today && !done && !open) str_addc(out, '0');
    if (today) str_addc(out, ']');
    if (day == st->exam) str_addc(out, '!');
}

/* The last day that has something to ask or is the exam's; not further than `most`. */
static int last_day(const Standing *st, int most) {
    int last = st->exam <= most ? MAX(st->today, st->exam) : st->today;
    for (int day = st->today; day <= most; day++)
        if (standing_to_ask(st, day)) last = MAX(last, day);
    return last;
}

void calendar_show(Session *s, const Standing *st) {
    static const char *const head[] = {"week of", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    enum { WEEKS_BACK = 3, WEEKS_ON = 5 };
    int this_week = st->today - day_of_week(st->today), from = this_week;
    for (int k = 1; k <= WEEKS_BACK; k++)
        for (int d = 0; d < 7; d++)
            if (standing_answered(st, this_week - 7 * k + d)) from = this_week - 7 * k;
    int to = last_day(st, this_week + 7 * WEEKS_ON - 1);
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (int week = from; week <= to; week += 7) {
        Str text = STR_INIT;
        day_text(week, &text);
        view_cell(&t, "%s", str_cstr(&text));
        for (int d = 0; d < 7; d++) {
            str_reset(&text);
            add_cell(st, week + d, &text);
            view_cell(&t, "%s", str_cstr(&text));
        }
        str_clear(&text);
    }
    static const ViewAlign align[] = {VIEW_LEFT,  VIEW_RIGHT, VIEW_RIGHT, VIEW_RIGHT,
                                      VIEW_RIGHT, VIEW_RIGHT, VIEW_RIGHT, VIEW_RIGHT};
    out_view_take(s, view_table_end(&t, &(ViewTableOpts){.align = align}));
    out_view_take(s, view_text(STYLE_FAINT,
                               standing_plans(st)
                                   ? "3: answered, +3: to be asked by the plan, [today], !: the day"
                                   : "3: answered, +3: due, [today]"));
}

/* ---- the curve ----------------------------------------------------------------------------- */

/* In per cent; planned: each item is asked, and known, on its day of the plan. */
static double mean_recall(const Standing *st, int day, bool planned) {
    double sum = 0;
    for (size_t i = 0; i < st->cards.count; i++) {
        const Card *c = &st->cards.items[i];
        int asked = st->planned.items[i].day;
        bool is_known = planned && day >= asked;
        Card known = is_known ? card_answer(c, GRADE_GOOD, c->last_time, asked) : *c;
        sum += card_recall(&known, day);
    }
    return 100 * sum / (double)MAX(st->cards.count, (size_t)1);
}

void recall_curve_show(Session *s, const Standing *st) {
    enum { DAYS_LEAST = 14, DAYS_MOST = 60 };
    double y[2][DAYS_MOST + 1];
    bool plans = standing_plans(st);
    int days = MIN(MAX(plans ? st->exam - st->today : 0, DAYS_LEAST), DAYS_MOST);
    for (int d = 0; d <= days; d++) {
        y[0][d] = mean_recall(st, st->today + d, false);
        if (plans) y[1][d] = mean_recall(st, st->today + d, true);
    }
    size_t n = (size_t)days + 1;
    ViewSeries series[] = {{.name = "without practice", .y = y[0], .n = n},
                           {.name = "with the plan", .y = y[1], .n = n}};
    out_view_take(s, view_curve(series, plans ? 2 : 1,
                                &(ViewCurveOpts){.title = "expected recall of all items, per cent",
                                                 .x_label = "days from today",
                                                 .y_label = "%",
                                                 .height = 8}));
}
