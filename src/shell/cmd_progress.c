/* progress: what is known, what is due, how it will be on the day. */
#include "config.h"

#include <time.h>

#include "schedule/plan.h"
#include "shell/asking.h"
#include "shell/command.h"
#include "shell/days.h"
#include "shell/file.h"

/* ---- the table --------------------------------------------------------------------------- */

/* One lesson's items. */
typedef struct Tally {
    int items, answered, due;
    double recall, on_day; /* sums over the items */
} Tally;

static void add_tally(Tally *to, const Tally *from) {
    to->items += from->items;
    to->answered += from->answered;
    to->due += from->due;
    to->recall += from->recall;
    to->on_day += from->on_day;
}

static void tally_row(ViewTable *t, const char *what, const Tally *y, bool exam) {
    view_cell(t, "%s", what);
    view_cell(t, "%d", y->items);
    view_cell(t, "%d", y->answered);
    view_cell(t, "%d", y->due);
    view_cell(t, "%.0f %%", y->items ? 100 * y->recall / y->items : 0);
    if (exam) view_cell(t, "%.0f %%", y->items ? 100 * y->on_day / y->items : 0);
}

/* Every item with its card; the plan's facts when an exam is near. */
typedef struct Standing {
    const Items *items;
    VEC(Card) cards; /* as items->list */
    VEC(PlanItem) planned;
    Plan plan;
    int today, exam; /* exam: -1: none */
} Standing;

static bool standing_of(Session *s, Standing *out, Err *err) {
    out->items = asking_items(s, err);
    Store *st = out->items ? asking_store(s, err) : NULL;
    if (!st || !asking_exam(s, &out->exam, err)) return false;
    out->today = day_today();
    for (size_t i = 0; i < out->items->list.count; i++) {
        Card c;
        if (!store_card(st, out->items->list.items[i]->id, &c, err)) return false;
        vec_push(&out->cards, c);
    }
    for (size_t i = 0; i < out->cards.count; i++)
        vec_push(&out->planned, (PlanItem){.card = &out->cards.items[i]});
    if (out->exam >= out->today)
        out->plan = plan_make(out->planned.items, out->planned.count, out->today, out->exam);
    return true;
}

static void standing_clear(Standing *st) {
    vec_clear(&st->cards);
    vec_clear(&st->planned);
}

static Tally tally_of(const Standing *st, size_t i) {
    const Card *c = &st->cards.items[i];
    return (Tally){.items = 1,
                   .answered = c->answers > 0,
                   .due = c->answers && card_due(c, (int64_t)time(NULL), st->today),
                   .recall = card_recall(c, st->today),
                   .on_day = st->planned.items[i].after};
}

static void show_table(Session *s, const Standing *st) {
    static const char *const head[] = {"lesson", "items",        "answered",
                                       "due",    "recall today", "on the day"};
    bool exam = st->exam >= st->today;
    ViewTable t = view_table_begin(head, exam ? 6 : 5);
    Tally all = {0};
    const Items *items = st->items;
    for (size_t i = 0; i < items->list.count;) {
        const Lesson *l = items->list.items[i]->lesson;
        Tally one = {0};
        for (; i < items->list.count && items->list.items[i]->lesson == l; i++) {
            Tally y = tally_of(st, i);
            add_tally(&one, &y);
        }
        Str name = STR_INIT;
        str_printf(&name, "%d %s", l->number, l->command);
        tally_row(&t, str_cstr(&name), &one, exam);
        str_clear(&name);
        add_tally(&all, &one);
    }
    tally_row(&t, "all", &all, exam);
    out_view_take(s, view_table_end(&t, NULL));
}

/* How many items each of the next days has: what is due then, or what the plan has. */
static void show_days(Session *s, const Standing *st) {
    enum { DAYS = 14 };
    int counts[DAYS] = {0}, last = 0;
    bool exam = st->exam >= st->today;
    for (size_t i = 0; i < st->cards.count; i++) {
        const Card *c = &st->cards.items[i];
        if (!exam && !c->answers) continue;
        int day = MAX((exam ? st->planned.items[i].day : c->due_day) - st->today, 0);
        if (day < DAYS) counts[day]++, last = MAX(last, day);
    }
    static const char *const head[] = {"day", "to be asked"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (int d = 0; d <= last; d++) {
        Str day = STR_INIT;
        day_text(st->today + d, &day);
        view_cell(&t, "%s%s", str_cstr(&day), d ? "" : " (today)");
        view_cell(&t, "%d", counts[d]);
        str_clear(&day);
    }
    out_view_take(s, view_table_end(&t, NULL));
}

static void show_exam(Session *s, const Standing *st) {
    if (st->exam < st->today) {
        out_print(s, "`progress by DATE` plans for the day of an interview.\n");
        return;
    }
    Str day = STR_INIT;
    int left = st->exam - st->today;
    day_text(st->exam, &day);
    out_print(s,
              "The day is %s, %d day%s from now. Expected recall on it: %.0f %% with the plan (at "
              "most %d "
              "a day), %.0f %% without practice.\n",
              str_cstr(&day), left, left == 1 ? "" : "s", 100 * st->plan.after, st->plan.per_day,
              100 * st->plan.before);
    str_clear(&day);
}

static bool show_progress(Session *s, Err *err) {
    Standing st = {0};
    bool ok = standing_of(s, &st, err);
    if (ok && !st.items->list.count) {
        ok = err_set(err, ERR_VALUE, "these lessons have no items to practise");
    } else if (ok) {
        show_table(s, &st);
        show_days(s, &st);
        show_exam(s, &st);
    }
    standing_clear(&st);
    return ok;
}

/* A record of practice is no longer than this. */
#define IMPORT_LIMIT ((size_t)64 << 20)

/* ---- the day, and the record as a file --------------------------------------------------- */

static bool set_exam(Session *s, const char *date, Err *err) {
    Store *st = asking_store(s, err);
    int day = 0;
    if (!st) return false;
    if (strcmp(date, "none") == 0) return store_fact_set(st, "exam", "", err);
    if (!day_read(date, &day, err)) return false;
    if (day < day_today()) {
        err_set(err, ERR_VALUE, "%s has passed", date);
        return err_hint(err, "give a day to come; `progress by none` takes the plan away");
    }
    return store_fact_set(st, "exam", date, err) && show_progress(s, err);
}

static bool export_to(Session *s, const char *path, Err *err) {
    Store *st = asking_store(s, err);
    Str lines = STR_INIT;
    bool ok = st && store_export(st, &lines, err);
    if (ok && !path)
        out_text(s, str_cstr(&lines));
    else if (ok)
        ok = file_write_whole(path, str_cstr(&lines), lines.len, false, err);
    str_clear(&lines);
    return ok;
}

static bool import_from(Session *s, const char *path, Err *err) {
    Store *st = asking_store(s, err);
    char *text = NULL;
    size_t len = 0;
    int taken = 0;
    bool ok = st && file_read(path, IMPORT_LIMIT, &text, &len, err) &&
              store_import(st, text, len, &taken, err);
    if (ok) out_print(s, "%d answer%s taken\n", taken, taken == 1 ? "" : "s");
    mem_free(text);
    return ok;
}

static bool run_progress(Session *s, const Call *c, Err *err) {
    const char *word = c->argc > 1 ? c->argv[1] : "", *arg = c->argc > 2 ? c->argv[2] : NULL;
    if (c->argc == 1) return show_progress(s, err);
    if (c->argc == 3 && strcmp(word, "by") == 0) return set_exam(s, arg, err);
    if (c->argc <= 3 && strcmp(word, "export") == 0) return export_to(s, arg, err);
    if (c->argc == 3 && strcmp(word, "import") == 0) return import_from(s, arg, err);
    return command_usage(&cmd_progress, err);
}

static void complete_progress(Session *s, const Call *c, Offer offer, void *ctx) {
    static const char *const words[] = {"by", "export", "import"};
    UNUSED(s);
    for (size_t i = 0; c->argc <= 2 && i < ARRAY_LEN(words); i++) offer(ctx, words[i]);
}

const Command cmd_progress = {
    .name = "progress",
    .usage = "progress [by DATE | export [FILE] | import FILE]",
    .summary = "what is known, what is due, how it will be on the day",
    .help = "`progress by 2026-12-05` plans for that day: every item once more before it, weakest "
            "first; "
            "`progress by none` takes the plan away. `export` writes the answers as JSON lines, "
            "`import` merges "
            "such a file.",
    .run = run_progress,
    .complete = complete_progress,
};
