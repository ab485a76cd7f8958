/* progress: what is known, what is due, how it will be on the day. */
#include "config.h"

#include <time.h>

#include "shell/command.h"
#include "shell/days.h"
#include "shell/file.h"
#include "shell/standing.h"
#include "shell/wish.h"

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
    bool exam = standing_plans(st);
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

static void show_streak(Session *s, const Standing *st) {
    int streak = standing_streak(st), today = standing_answered(st, st->today), all = 0;
    for (size_t i = 0; i < st->answers.count; i++) all += st->answers.items[i].count;
    out_step_number(s, "streak", streak);
    out_step_number(s, "answers", all);
    if (!all)
        out_print(s, "Nothing was answered yet: `practice` asks.\n");
    else
        out_print(s, "%d day%s in a row; %d answer%s today, %d in all.\n", streak,
                  streak == 1 ? "" : "s", today, today == 1 ? "" : "s", all);
}

static bool show_progress(Session *s, Err *err) {
    Standing st = {0};
    bool ok = standing_of(s, &st, err);
    if (ok && !st.items->list.count) {
        ok = err_set(err, ERR_VALUE, "these lessons have no items to practise");
    } else if (ok) {
        bool paged = out_page_begin(s);
        show_table(s, &st);
        show_streak(s, &st);
        plan_show(s, &st);
        out_gap(s);
        calendar_show(s, &st);
        if (st.answers.count) recall_curve_show(s, &st);
        if (paged) out_page_end(s);
    }
    standing_clear(&st);
    return ok;
}

/* Every item of a lesson. */
static bool show_lesson(Session *s, const Lesson *l, Err *err) {
    static const char *const head[] = {"item", "kind", "next", "recall today", "on the day"};
    Standing st = {0};
    bool ok = standing_of(s, &st, err);
    bool exam = ok && standing_plans(&st);
    ViewTable t = view_table_begin(head, exam ? 5 : 4);
    for (size_t i = 0; ok && i < st.items->list.count; i++) {
        const Item *it = st.items->list.items[i];
        const Card *c = &st.cards.items[i];
        if (it->lesson != l) continue;
        Str next = STR_INIT;
        if (exam || c->answers) day_text(standing_next(&st, i), &next);
        view_cell(&t, "%s", it->id);
        view_cell(&t, "%s", item_kind_name(it->kind));
        view_cell(&t, "%s", next.len ? str_cstr(&next) : "not asked yet");
        view_cell(&t, "%.0f %%", 100 * card_recall(c, st.today));
        if (exam) view_cell(&t, "%.0f %%", 100 * st.planned.items[i].after);
        str_clear(&next);
    }
    out_view_take(s, view_table_end(&t, NULL));
    if (ok) plan_show(s, &st);
    standing_clear(&st);
    return ok;
}

/* A record of practice is no longer than this. */
#define IMPORT_LIMIT ((size_t)64 << 20)

/* ---- the day, and the record as a file --------------------------------------------------- */

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
    int at = 1;
    if (c->argc == 1) return show_progress(s, err);
    const char *day = wish_day(c, &at, err);
    if (day && at + 1 == c->argc) return asking_plan(s, day, err) && show_progress(s, err);
    if (err->kind != ERR_OK) return false;
    if (c->argc <= 3 && strcmp(word, "export") == 0) return export_to(s, arg, err);
    if (c->argc == 3 && strcmp(word, "import") == 0) return import_from(s, arg, err);
    const Lesson *l = c->argc == 2 ? lesson_find(&s->lessons, word) : NULL;
    return l ? show_lesson(s, l, err) : command_usage(&cmd_progress, err);
}

static void complete_progress(Session *s, const Call *c, Offer offer, void *ctx) {
    static const char *const words[] = {"by", "export", "import"};
    for (size_t i = 0; c->argc <= 2 && i < ARRAY_LEN(words); i++) offer(ctx, words[i]);
    for (size_t i = 0; c->argc <= 2 && i < s->lessons.items.count; i++)
        offer(ctx, s->lessons.items.items[i]->command);
}

const Command cmd_progress = {
    .name = "progress",
    .usage = "progress [LESSON | by DATE | export [FILE] | import FILE]",
    .summary = "what is known, what is due, how it will be on the day",
    .help =
        "Per lesson how many items there are, were answered and are due, the chance that you know "
        "them today and on the day; days in a row; a calendar; what is expected to be left of "
        "it as the days go; `progress 36` says it of each item of a lesson.\n\n`progress by "
        "2026-12-05` (or tomorrow, thursday) plans for that day: every item once more before it, "
        "weakest first; `progress by none` takes the plan away. `export` writes the answers as "
        "JSON lines, "
        "`import` merges "
        "such a file.",
    .run = run_progress,
    .complete = complete_progress,
};
