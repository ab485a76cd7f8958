/* Commands of practice: what is asked, one answer graded. */
#include "config.h"

#include <limits.h>
#include <stdlib.h>

#include "shell/asking.h"
#include "shell/command.h"
#include "shell/file.h"

/* ---- practice ---------------------------------------------------------------------------- */

static bool is_kind(const char *word, int *kind) {
    for (int k = 0; k < ITEM_KIND_COUNT; k++)
        if (strcmp(item_kind_name((ItemKind)k), word) == 0) {
            *kind = k;
            return true;
        }
    return false;
}

/* "n=10"; false with err set when the number is none. */
static bool take_number(const char *word, const char *name, int64_t most, int64_t *out, Err *err) {
    size_t n = strlen(name);
    char *end;
    if (strncmp(word, name, n) != 0 || word[n] != '=') return false;
    long long v = strtoll(word + n + 1, &end, 10);
    if (end == word + n + 1 || *end || v < 0 || v > most)
        return err_set(err, ERR_VALUE, "%s wants a whole number 0..%lld, got '%s'", name,
                       (long long)most, word + n + 1);
    *out = v;
    return true;
}

static bool what_word(Session *s, const char *word, AskWhat *what, Err *err) {
    int64_t n = 0;
    if (take_number(word, "n", 1000, &n, err)) {
        what->n = (int)n;
        return true;
    }
    if (err->kind != ERR_OK) return false;
    if (take_number(word, "seed", UINT32_MAX, &what->seed, err)) return true;
    if (err->kind != ERR_OK) return false;
    if (strcmp(word, "due") == 0) return what->due = true;
    if (strcmp(word, "all") == 0) {
        what->n = INT_MAX;
        return true;
    }
    if (is_kind(word, &what->kind)) return true;
    if (strchr(word, '/')) {
        what->item = word;
        return true;
    }
    what->lesson = lesson_find(&s->lessons, word);
    if (what->lesson) return true;
    err_set(err, ERR_VALUE, "practice knows no '%s'", word);
    return err_hint(
        err, "a lesson (36, masking), a kind (number, code, …), an item (36/leak), due, all, "
             "n=10, seed=7");
}

static bool list_items(Session *s, Err *err) {
    const Items *items = asking_items(s, err);
    if (!items) return false;
    static const char *const head[] = {"item", "kind", "level", "signature"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < items->list.count; i++) {
        const Item *it = items->list.items[i];
        view_cell(&t, "%s", it->id);
        view_cell(&t, "%s", item_kind_name(it->kind));
        view_cell(&t, "%s", level_name(it->level));
        view_cell(&t, "%s", it->signature ? it->signature : "");
    }
    out_view_take(s, view_table_end(&t, NULL));
    return true;
}

static bool run_practice(Session *s, const Call *c, Err *err) {
    AskWhat what = {.kind = -1, .n = 10, .seed = s->opt.seed.given ? s->opt.seed.value : -1};
    for (int i = 1; i < c->argc; i++) {
        if (strcmp(c->argv[i], "--list") == 0) return list_items(s, err);
        if (!what_word(s, c->argv[i], &what, err)) return false;
    }
    return asking_open(s, &what, err);
}

static void complete_practice(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(c);
    static const char *const words[] = {"due", "all", "n=", "seed=", "--list"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) offer(ctx, words[i]);
    for (int k = 0; k < ITEM_KIND_COUNT; k++) offer(ctx, item_kind_name((ItemKind)k));
    for (size_t i = 0; i < s->lessons.items.count; i++)
        offer(ctx, s->lessons.items.items[i]->command);
}

const Command cmd_practice = {
    .name = "practice",
    .usage = "practice [LESSON|KIND|ITEM|due|all] [n=10] [seed=N]",
    .summary = "be asked, answer, see what was missing",
    .help =
        "Asks what is due and then what is new, weakest first; with an exam's day (`progress by "
        "DATE`) it follows the plan.\n\nAn answer is graded by running it: numbers may be "
        "expressions, "
        "code is run. `hint`, `solution`, `why`, `skip` and `q` are words while it asks; an empty "
        "line "
        "ends an answer of several lines. `practice --list` lists all items.",
    .run = run_practice,
    .complete = complete_practice,
};

/* ---- grade ------------------------------------------------------------------------------- */

static bool find_item(Session *s, const char *id, const Item **out, Err *err) {
    const Items *items = asking_items(s, err);
    if (!items) return false;
    *out = items_find(items, id);
    if (*out) return true;
    err_set(err, ERR_NAME, "there is no item '%s'", id);
    return err_hint(err, "`practice --list` lists them");
}

static bool run_grade(Session *s, const Call *c, Err *err) {
    const Item *it = NULL;
    if (c->argc < 2 || c->argc > 3) return command_usage(&cmd_grade, err);
    if (!find_item(s, c->argv[1], &it, err)) return false;
    char *text = NULL;
    size_t len = 0;
    if (!file_read(c->argc > 2 ? c->argv[2] : "-", ANSWER_LIMIT, &text, &len, err)) return false;
    Asked a;
    Verdict v = {.result = RESULT_WRONG};
    bool asked = ask(s->in, it, s->opt.seed.given ? (uint32_t)s->opt.seed.value : 0, &a, err);
    bool ok = asked && grade(&a, text, len, &v, err);
    if (ok) verdict_show(s, &v);
    if (!ok || v.result != RESULT_RIGHT) s->status = EXIT_ERROR;
    if (asked) asked_clear(&a);
    verdict_clear(&v);
    mem_free(text);
    return ok;
}

const Command cmd_grade = {
    .name = "grade",
    .usage = "grade ITEM [FILE]",
    .summary = "grade one answer from a file or standard input, without recording it",
    .help = "Exit status 0: right, 1: not right, 2: usage. `--seed N` draws other numbers.",
    .run = run_grade,
};
