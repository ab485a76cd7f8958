/* interview: questions against the clock. */
#include "config.h"

#include "shell/asking.h"
#include "shell/command.h"
#include "shell/file.h"
#include "shell/interview.h"
#include "shell/scorecard.h"
#include "shell/wish.h"

/* "level=middle"; false without err set: it is another word. */
static bool level_word(const char *word, Level *level, Err *err) {
    if (!str_starts(word, "level=")) return false;
    for (int k = 0; k < LEVEL_COUNT; k++)
        if (strcmp(level_name((Level)k), word + strlen("level=")) == 0) {
            *level = (Level)k;
            return true;
        }
    return err_set(err, ERR_VALUE, "level wants junior, middle or senior, got '%s'",
                   word + strlen("level="));
}

static bool out_word(const char *word, char **out, Err *err) {
    if (!str_starts(word, "out=")) return false;
    mem_free(*out);
    *out = file_expand(word + strlen("out="));
    return scorecard_can_write(*out, err);
}

static bool one_word(Session *s, const char *word, SittingWhat *w, Err *err) {
    int64_t v = 0;
    if (word_number(word, "n", 1, 100, &v, err)) {
        w->n = (int)v;
    } else if (err->kind == ERR_OK && word_number(word, "minutes", 1, 600, &v, err)) {
        w->minutes = (int)v;
    } else if (err->kind == ERR_OK && word_number(word, "seed", 0, UINT32_MAX, &v, err)) {
        w->seed = (uint32_t)v;
    } else if (err->kind != ERR_OK || level_word(word, &w->level, err) ||
               (err->kind == ERR_OK && out_word(word, &w->out, err))) {
        return err->kind == ERR_OK;
    } else if (err->kind == ERR_OK && strcmp(word, "new") != 0) {
        w->lesson = lesson_find(&s->lessons, word);
        if (w->lesson) return true;
        err_set(err, ERR_VALUE, "interview knows no '%s'", word);
        return err_hint(err, "n=5, minutes=20, level=middle, seed=7, out=card.html, new, or a "
                             "lesson (36, masking)");
    }
    return err->kind == ERR_OK;
}

static bool run_interview(Session *s, const Call *c, Err *err) {
    const Seed *seed = &s->opt.seed;
    SittingWhat w = {.n = 5,
                     .minutes = 20,
                     .level = LEVEL_MIDDLE,
                     .seed = (uint32_t)(seed->given ? seed->value : clock_ns())};
    bool ok = true, found = false;
    for (int i = 1; ok && i < c->argc; i++) ok = one_word(s, c->argv[i], &w, err);
    if (ok && c->argc == 1 && s->tty_in) ok = interview_resume(s, &found, err);
    if (!ok || found) {
        mem_free(w.out);
        return ok;
    }
    return interview_begin(s, &w, err);
}

static void complete_interview(Session *s, const Call *c, Offer offer, void *ctx) {
    static const char *const words[] = {
        "n=", "minutes=", "level=junior", "seed=", "level=middle", "level=senior", "out=", "new"};
    UNUSED(c);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) offer(ctx, words[i]);
    for (size_t i = 0; i < s->lessons.items.count; i++)
        offer(ctx, s->lessons.items.items[i]->command);
}

const Command cmd_interview = {
    .name = "interview",
    .usage = "interview [LESSON] [n=5] [minutes=20] [level=middle] [seed=N] [out=FILE] [new]",
    .summary = "questions across lessons against the clock, a score card at the end",
    .help =
        "Questions of the level, or near it, from as many lessons as there are, each lesson's "
        "first with a follow-up. There are no hints; `skip` passes, `q` ends it; the answers and a "
        "card per question and level come at the end. `out=card.md` (or .html, .csv, .json) writes "
        "it.\n\nWhat is answered is on record at once. An interview that was cut off goes on "
        "with `interview`; `interview new` begins another.\n\nThe same seed asks the same: `qkv "
        "interview seed=7 n=10 out=ada.csv < answers.txt` is a class test. There each answer is a "
        "line, of code and prose the lines up to a blank one; `skip` leaves one out.",
    .run = run_interview,
    .complete = complete_interview,
};
