/* See check.h. */
#include "config.h"

#include "practice/check.h"

#include <stdarg.h>

#include "practice/grade.h"
#include "tutor/quiet.h"

typedef struct Checking {
    Interp *in;
    CheckReport report;
    void *ctx;
    const Item *item;
    uint32_t seed;
    int defects, of_item;
    int ungraded; /* items of a kind that has no grader */
} Checking;

/* One of an item's; the first few will do. */
static void defect(Checking *k, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);
static void defect(Checking *k, int line, const char *fmt, ...) {
    enum { SHOWN = 5 };
    Str text = STR_INIT;
    va_list ap;
    k->defects++;
    if (k->of_item++ >= SHOWN) return;
    str_printf(&text, "%s:%d: %s: ", k->item->lesson->path, line, k->item->id);
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    if (k->item->draw.count) str_printf(&text, " (seed %u)", k->seed);
    k->report(k->ctx, str_cstr(&text), true);
    str_clear(&text);
}

static void failed(Checking *k, const char *what, Err *err) {
    const char *msg = err->msg ? err->msg : "";
    defect(k, k->item->line, "%s: %s: %s", what, err_kind_name(err->kind), msg);
    err_clear(err);
}

/* The first line of what a verdict has to say. */
static void add_said(const Verdict *v, Str *out) {
    const char *text = str_cstr(&v->shown);
    if (*text) str_printf(out, ": %.*s", (int)strcspn(text, "\n"), text);
}

/* Grades one answer; wanted: that it is right, or (false) that it is not. diagnosis: that it is
 * named so, or NULL. line: of the answer. */
static void judge(Checking *k, const Asked *a, const char *what, const char *answer, bool wanted,
                  const char *diagnosis, int line) {
    Verdict v = {.result = RESULT_WRONG};
    Err err = {0};
    if (!grade(a, answer, strlen(answer), &v, &err)) {
        if (err.kind == ERR_NOTIMPL)
            k->ungraded++;
        else if (wanted)
            defect(k, line, "%s cannot be graded: %s", what, err.msg ? err.msg : "");
        err_clear(&err);
        return;
    }
    Str said = STR_INIT;
    add_said(&v, &said);
    if ((v.result == RESULT_RIGHT) != wanted)
        defect(k, line, "%s is graded %s%s", what, result_name(v.result), str_cstr(&said));
    else if (diagnosis && (!v.diagnosis || strcmp(v.diagnosis, diagnosis) != 0))
        defect(k, line, "%s is named %s", what, v.diagnosis ? v.diagnosis : "nothing");
    str_clear(&said);
    verdict_clear(&v);
}

static void judge_texts(Checking *k, const Asked *a, const char *what, const Texts *texts,
                        bool wanted) {
    for (size_t i = 0; i < texts->count && !INTERRUPTED(); i++) {
        Str name = STR_INIT;
        str_printf(&name, "%s %zu", what, i + 1);
        judge(k, a, str_cstr(&name), texts->items[i], wanted, NULL, k->item->line);
        str_clear(&name);
    }
}

/* Line number `at` (from 1) of a text; it may be empty. */
static void add_line(const char *text, int at, Str *out) {
    for (; at > 1 && *text; at--) text += strcspn(text, "\n"), text += *text == '\n';
    str_addn(out, text, strcspn(text, "\n"));
}

static int count_lines(const char *text) {
    size_t n = strlen(text);
    int lines = n && text[n - 1] != '\n';
    for (; *text; text++) lines += *text == '\n';
    return lines;
}

/* The lines of a bug that are named right are those that the mended code has otherwise, and each
 * typed as it has it is right where it is the only one. */
static void check_bug(Checking *k, const Asked *a) {
    const char *code = k->item->code, *mended = k->item->solution;
    if (!mended) mended = k->item->reference;
    int lines = count_lines(code), wrong = 0, last = 0;
    judge(k, a, "the code as it is", code, false, NULL, k->item->line);
    if (lines != count_lines(mended)) {
        defect(k, k->item->line, "the mended code has %d lines, the code %d", count_lines(mended),
               lines);
        return;
    }
    for (int i = 1; i <= lines && !INTERRUPTED(); i++) {
        Str is = STR_INIT, should = STR_INIT, number = STR_INIT;
        add_line(code, i, &is);
        add_line(mended, i, &should);
        str_printf(&number, "line %d", i);
        bool same = strcmp(str_cstr(&is), str_cstr(&should)) == 0;
        judge(k, a, str_cstr(&number), str_cstr(&number), !same, NULL, k->item->line);
        if (!same) wrong++, last = i;
        str_clear(&is);
        str_clear(&should);
        str_clear(&number);
    }
    if (!wrong) defect(k, k->item->line, "the mended code is the same");
    if (wrong != 1) return;
    Str line = STR_INIT;
    add_line(mended, last, &line);
    judge(k, a, "the line mended", str_cstr(&line), true, NULL, k->item->line);
    str_clear(&line);
}

/* What does not depend on what was drawn. */
static void check_samples(Checking *k, const Asked *a) {
    const Item *it = k->item;
    judge_texts(k, a, "good sample", &it->good, true);
    judge_texts(k, a, "bad sample", &it->bad, false);
    if (it->kind == ITEM_BUG) check_bug(k, a);
    for (size_t i = 0; i < it->mistakes.count && !INTERRUPTED(); i++) {
        const ItemPair *m = &it->mistakes.items[i];
        Str name = STR_INIT;
        str_printf(&name, "mistake %s", m->name);
        judge(k, a, str_cstr(&name), m->text, false, m->name, m->line);
        str_clear(&name);
    }
}

static void check_texts(Checking *k, const Asked *a) {
    Str text = STR_INIT;
    Err err = {0};
    if (!asked_why(a, &text, &err)) failed(k, "why", &err);
    for (size_t i = 0; i < k->item->hints.count; i++)
        if (!asked_hint(a, i, &text, &err)) failed(k, "hints", &err);
    str_clear(&text);
}

/* At one seed; false: it cannot even be asked. */
static bool check_drawn(Checking *k, bool samples) {
    Asked a;
    Str answer = STR_INIT;
    Err err = {0};
    if (!ask(k->in, k->item, k->seed, &a, &err)) {
        failed(k, "the question", &err);
        return false;
    }
    if (asked_answer(&a, &answer, &err))
        judge(k, &a, "the model answer", str_cstr(&answer), true, NULL, k->item->line);
    else
        failed(k, "the answer", &err);
    check_texts(k, &a);
    if (samples) check_samples(k, &a);
    str_clear(&answer);
    asked_clear(&a);
    return true;
}

/* Options are shuffled by the seed, too. */
static void check_item(Checking *k, const Item *it) {
    uint32_t seeds = it->draw.count || it->options.count ? ITEM_SEEDS : 1;
    k->item = it;
    k->of_item = 0;
    for (k->seed = 0; k->seed < seeds && !INTERRUPTED(); k->seed++)
        if (!check_drawn(k, k->seed == 0)) return;
}

static void check_lesson(Checking *k, const Lesson *l) {
    Items items = {0};
    Str line = STR_INIT;
    int before = k->defects;
    k->ungraded = 0;
    for (size_t i = 0; i < l->quizzes.count; i++) {
        Err err = {0};
        if (items_read_one(l, i, &items, &err)) continue;
        k->defects++;
        k->report(k->ctx, err.msg, true);
        err_clear(&err);
    }
    for (size_t i = 0; i < items.list.count && !INTERRUPTED(); i++)
        check_item(k, items.list.items[i]);
    if (items.list.count && k->defects == before) {
        str_printf(&line, "%s: %zu question%s, answered right by %s own answers", l->path,
                   items.list.count, items.list.count == 1 ? "" : "s",
                   items.list.count == 1 ? "its" : "their");
        if (k->ungraded)
            str_printf(&line, " (%d answers are of kinds without a grader)", k->ungraded);
        k->report(k->ctx, str_cstr(&line), false);
    }
    str_clear(&line);
    items_clear(&items);
}

int items_check(Interp *in, const char *dir, CheckReport report, void *ctx) {
    Checking k = {.in = in, .report = report, .ctx = ctx};
    LessonSet set = {0};
    Err err = {0};
    if (lesson_scan(dir, &set, &err)) {
        Quiet quiet;
        quiet_begin(&quiet, in);
        for (size_t i = 0; i < set.items.count && !INTERRUPTED(); i++)
            check_lesson(&k, set.items.items[i]);
        quiet_end(&quiet);
    }
    lesson_set_clear(&set);
    err_clear(&err);
    return k.defects;
}
