/* Commands of practice: what is asked, at the prompt and aloud; one answer graded. */
#include "config.h"

#include <jansson.h>
#include <stdlib.h>

#include "shell/command.h"
#include "shell/drill.h"
#include "shell/file.h"
#include "shell/standing.h"
#include "shell/verdict.h"

/* ---- practice ---------------------------------------------------------------------------- */

static json_t *item_json(const Item *it) {
    return json_pack("{s:s, s:s, s:s, s:s?}", "item", it->id, "kind", item_kind_name(it->kind),
                     "level", level_name(it->level), "signature", it->signature);
}

/* What a lesson and a kind leave of the course. */
static void list_items(Session *s, const AskWhat *what) {
    const Items *items = asking_items(s);
    static const char *const head[] = {"item", "kind", "level", "signature"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    json_t *list = json_array();
    for (size_t i = 0; i < items->list.count; i++) {
        const Item *it = items->list.items[i];
        if (!wish_fits(what, it)) continue;
        view_cell(&t, "%s", it->id);
        view_cell(&t, "%s", item_kind_name(it->kind));
        view_cell(&t, "%s", level_name(it->level));
        view_cell(&t, "%s", it->signature ? it->signature : "");
        json_array_append_new(list, item_json(it));
    }
    char *text = json_dumps(list, JSON_COMPACT);
    out_view_take(s, view_table_end(&t, NULL));
    out_step_json(s, "items", text);
    free(text);
    json_decref(list);
}

/* The words behind a command of practice; list, day: where `--list` and `by DATE` are words. */
static bool what_words(Session *s, const Call *c, AskWhat *what, bool *list, const char **day,
                       Err *err) {
    int64_t seconds = 0;
    const char *by = NULL;
    if (s->opt.seed.given) what->seed = s->opt.seed.value;
    for (int i = 1; i < c->argc; i++) {
        const char *word = c->argv[i];
        if (day && (by = wish_day(c, &i, err)))
            *day = by;
        else if (list && err->kind == ERR_OK && strcmp(word, "--list") == 0)
            *list = true;
        else if (what->spoken && word_number(word, "seconds", 1, 3600, &seconds, err))
            what->seconds = (double)seconds;
        else if (err->kind != ERR_OK || !wish_word(s, word, what, err))
            return false;
    }
    return true;
}

static bool run_practice(Session *s, const Call *c, Err *err) {
    AskWhat what = ASK_WHAT_INIT;
    bool list = false;
    const char *day = NULL;
    if (!what_words(s, c, &what, &list, &day, err)) return false;
    if (day && !(asking_plan(s, day, err) && standing_tell(s, err))) return false;
    if (!list) return drill_open(s, &what, err);
    list_items(s, &what);
    return true;
}

static bool run_review(Session *s, const Call *c, Err *err) {
    AskWhat what = ASK_WHAT_INIT;
    what.missed = true;
    return what_words(s, c, &what, NULL, NULL, err) && drill_open(s, &what, err);
}

static bool run_aloud(Session *s, const Call *c, Err *err) {
    AskWhat what = ASK_WHAT_INIT;
    what.spoken = true;
    what.n = 1;
    return what_words(s, c, &what, NULL, NULL, err) && drill_open(s, &what, err);
}

static void offer_all(const char *const *words, size_t n, Offer offer, void *ctx) {
    for (size_t i = 0; i < n; i++) offer(ctx, words[i]);
}

static void offer_lessons(Session *s, Offer offer, void *ctx) {
    for (size_t i = 0; i < s->lessons.items.count; i++)
        offer(ctx, s->lessons.items.items[i]->command);
}

/* Behind "36/" the items of that lesson. */
static void offer_items(Session *s, const Call *c, Offer offer, void *ctx) {
    bool wanted = strchr(c->argv[c->argc - 1], '/') != NULL;
    const Items *items = wanted ? asking_items(s) : NULL;
    for (size_t i = 0; items && i < items->list.count; i++) offer(ctx, items->list.items[i]->id);
}

static void complete_review(Session *s, const Call *c, Offer offer, void *ctx) {
    static const char *const words[] = {"n=", "seed="};
    offer_all(words, ARRAY_LEN(words), offer, ctx);
    for (int k = 0; k < ITEM_KIND_COUNT; k++) offer(ctx, item_kind_name((ItemKind)k));
    offer_lessons(s, offer, ctx);
    offer_items(s, c, offer, ctx);
}

static void complete_practice(Session *s, const Call *c, Offer offer, void *ctx) {
    static const char *const words[] = {"due", "all", "by", "--list"};
    offer_all(words, ARRAY_LEN(words), offer, ctx);
    complete_review(s, c, offer, ctx);
}

static void complete_aloud(Session *s, const Call *c, Offer offer, void *ctx) {
    static const char *const words[] = {"n=", "seconds="};
    offer_all(words, ARRAY_LEN(words), offer, ctx);
    offer_lessons(s, offer, ctx);
    offer_items(s, c, offer, ctx);
}

const Command cmd_practice = {
    .name = "practice",
    .usage = "practice [LESSON|KIND|ITEM|due|all] [n=10] [seed=N] [by DATE] [--list]",
    .summary = "be asked, answer, see what was missing",
    .help =
        "Asks what is due and then what is new, weakest first. `practice by thursday` (or by a "
        "date, 2026-12-05) plans for that day, every item once more before it, and from then on "
        "practice follows the plan.\n\nAn answer is graded by running it: numbers may be "
        "expressions, code is run. `hint`, `solution`, `why`, `skip`, `e` (your editor) and `q` "
        "are words while it asks, `help` explains them; an empty line ends an answer of several "
        "lines. `practice --list 36 code` lists what there is. What is answered counts once the "
        "line with `recorded` has come, whatever happens then.",
    .run = run_practice,
    .complete = complete_practice,
};

const Command cmd_review = {
    .name = "review",
    .usage = "review [LESSON|KIND] [n=10]",
    .summary = "be asked again what was answered wrong or in part, the last mistake first",
    .help = "A mistake is one until its question was answered right, or its grade overruled.",
    .run = run_review,
    .complete = complete_review,
};

const Command cmd_aloud = {
    .name = "aloud",
    .usage = "aloud [LESSON|ITEM] [n=1] [seconds=N]",
    .summary = "answer aloud against the clock, then tick what you said",
    .help = "The question, a countdown (two minutes where its author says nothing else; Enter "
            "stops it, Ctrl-C leaves), then the points of its rubric one by one: `y` you said it, "
            "Enter you did not, `b` back. The model answer follows, and the grade is recorded; "
            "`good`, `again` and their kin overrule it.",
    .run = run_aloud,
    .complete = complete_aloud,
};

/* ---- grade ------------------------------------------------------------------------------- */

static bool find_item(Session *s, const char *id, const Item **out, Err *err) {
    *out = items_find(asking_items(s), id);
    if (*out) return true;
    err_set(err, ERR_NAME, "there is no item '%s'", id);
    return err_hint(err, "`practice --list` lists them");
}

/* What was typed is wrong, and no answer: not to be taken for one that is not right. */
static bool no_answer(Err *err) {
    if (err->kind != ERR_INTERRUPT) err->kind = ERR_VALUE;
    return false;
}

static bool keep(Session *s, const Asked *a, const Verdict *v, const char *answer, Card *card,
                 Err *err) {
    char id[STORE_ID];
    Review r = {.grade = verdict_grade(v->result),
                .verdict = result_name(v->result),
                .answer = answer,
                .diagnosis = v->diagnosis,
                .session = "grade"};
    return answer_record(s, a, &r, id, card, err);
}

static bool grade_answer(Session *s, const Asked *a, const char *text, size_t n, bool recorded,
                         Err *err) {
    Verdict v = {.result = RESULT_WRONG};
    Card card;
    bool ok = verdict_of(a, text, n, &v, err);
    if (ok) verdict_show(s, &v);
    ok = ok && (!recorded || keep(s, a, &v, text, &card, err));
    if (ok && recorded) recorded_show(s, &card, verdict_grade(v.result));
    if (ok) {
        char *line = verdict_json(s, a, &v, recorded && store_kept(asking_store(s, err)));
        out_object(s, line);
        mem_free(line);
    }
    if (!ok || v.result != RESULT_RIGHT) s->status = EXIT_ERROR;
    verdict_clear(&v);
    return ok;
}

static bool run_grade(Session *s, const Call *c, Err *err) {
    const char *words[2] = {NULL, "-"}; /* item, file */
    int n = 0;
    bool recorded = false;
    for (int i = 1; i < c->argc; i++) {
        bool record = strcmp(c->argv[i], "--record") == 0;
        recorded |= record;
        if (record) continue;
        if (n == 2) return command_usage(&cmd_grade, err);
        words[n++] = c->argv[i];
    }
    const Item *it = NULL;
    char *text = NULL;
    size_t len = 0;
    if (!n) return command_usage(&cmd_grade, err);
    if (!find_item(s, words[0], &it, err) || !file_read(words[1], ANSWER_LIMIT, &text, &len, err))
        return no_answer(err);
    Asked a;
    bool asked = ask(s->in, it, s->opt.seed.given ? (uint32_t)s->opt.seed.value : 0, &a, err);
    bool ok = asked && grade_answer(s, &a, text, len, recorded, err);
    if (asked) asked_clear(&a);
    mem_free(text);
    return ok;
}

static void complete_grade(Session *s, const Call *c, Offer offer, void *ctx) {
    if (c->argc <= 2) offer_items(s, c, offer, ctx);
    offer(ctx, "--record");
}

const Command cmd_grade = {
    .name = "grade",
    .usage = "grade ITEM [FILE] [--record]",
    .summary = "grade one answer from a file or standard input",
    .help = "Nothing is recorded but with `--record`. Exit status 0: right, 1: not right, 2: "
            "usage. `--seed N` draws other numbers. With `--json` one object on the last line: "
            "item, kind, verdict (right, partly, wrong), diagnosis (a mistake of the catalogue or "
            "null), points (id, level, met, by), traps (id, by, why), shown.",
    .complete = complete_grade,
    .run = run_grade,
};
