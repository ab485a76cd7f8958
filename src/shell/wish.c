/* See wish.h. */
#include "config.h"

#include "shell/wish.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <time.h>

#include "schedule/plan.h"
#include "shell/days.h"

static int by_wish(const void *a, const void *b) {
    const Wish *x = a, *y = b;
    if (x->missed != y->missed) return x->missed > y->missed ? -1 : 1;
    bool new_x = !x->card.answers, new_y = !y->card.answers;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    if (new_x != new_y) return new_x ? 1 : -1;
    if (new_x && x->item->level != y->item->level) return x->item->level < y->item->level ? -1 : 1;
    if (!new_x && x->recall != y->recall) return x->recall < y->recall ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

bool wish_fits(const AskWhat *w, const Item *it) {
    if (w->item) return strcmp(it->id, w->item) == 0;
    if (w->spoken && !it->points.count) return false;
    if (w->kind >= 0 && (int)it->kind != w->kind) return false;
    return !w->lesson || it->lesson == w->lesson;
}

/* Days of the plan, which is over all items whatever is asked now. */
static void follow_plan(Wishes *w, int today, int exam) {
    VEC(PlanItem) items = {0};
    for (size_t i = 0; i < w->count; i++)
        vec_push(&items, asking_planned(w->items[i].item, &w->items[i].card, w->items[i].place));
    plan_make(items.items, items.count, today, exam);
    for (size_t i = 0; i < w->count; i++)
        w->items[i].day = MAX(items.items[i].day, today); /* what is late is of today */
    vec_clear(&items);
}

static bool note_review(void *ctx, const Review *r) {
    Wishes *w = ctx;
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->items[i].item->id, r->item) == 0)
            w->items[i].missed = r->grade < GRADE_GOOD && strcmp(r->verdict, "right") ? r->time : 0;
    return true;
}

/* Leaves only what was last answered otherwise than right. */
static bool keep_missed(Store *st, Wishes *w, Err *err) {
    if (!store_reviews(st, INT64_MIN, note_review, w, err)) return false;
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++)
        if (w->items[i].missed) w->items[kept++] = w->items[i];
    w->count = kept;
    return true;
}

static void keep_wanted(const AskWhat *what, Wishes *w, int64_t now, int today) {
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++) {
        const Card *c = &w->items[i].card;
        bool due = !what->due || (c->answers && card_due(c, now, today));
        if (due && wish_fits(what, w->items[i].item)) w->items[kept++] = w->items[i];
    }
    w->count = kept;
}

bool wishes_collect(Session *s, const AskWhat *what, Wishes *out, Err *err) {
    const Items *items = asking_items(s);
    Store *st = asking_store(s, err);
    if (!st) return false;
    int64_t now = (int64_t)time(NULL);
    int today = day_of(now), exam;
    if (!asking_exam(s, &exam, err)) return false;
    for (size_t i = 0; i < items->list.count; i++) {
        Wish w = {.item = items->list.items[i], .day = INT_MAX, .place = asking_rank(items, i)};
        if (!store_card(st, w.item->id, &w.card, err)) return false;
        w.recall = card_recall(&w.card, today);
        vec_push(out, w);
    }
    if (exam >= today) follow_plan(out, today, exam);
    keep_wanted(what, out, now, today);
    if (what->missed && !keep_missed(st, out, err)) return false;
    if (out->count) qsort(out->items, out->count, sizeof *out->items, by_wish);
    return true;
}

/* ---- words -------------------------------------------------------------------------------- */

static bool is_kind(const char *word, int *kind) {
    for (int k = 0; k < ITEM_KIND_COUNT; k++)
        if (strcmp(item_kind_name((ItemKind)k), word) == 0) {
            *kind = k;
            return true;
        }
    return false;
}

bool word_number(const char *word, const char *name, int64_t least, int64_t most, int64_t *out,
                 Err *err) {
    size_t n = strlen(name);
    char *end;
    if (strncmp(word, name, n) != 0 || word[n] != '=') return false;
    errno = 0;
    long long v = strtoll(word + n + 1, &end, 10);
    if (end == word + n + 1 || *end || errno || v < least || v > most)
        return err_set(err, ERR_VALUE, "%s wants a whole number %lld..%lld, got '%s'", name,
                       (long long)least, (long long)most, word + n + 1);
    *out = v;
    return true;
}

const char *wish_day(const Call *c, int *at, Err *err) {
    const char *word = c->argv[*at];
    word += strncmp(word, "--", 2) == 0 ? 2 : 0;
    if (strncmp(word, "by=", 3) == 0 && word[3]) return word + 3;
    if (strcmp(word, "by") != 0 && strcmp(word, "by=") != 0) return NULL;
    if (!strchr(word, '=') && *at + 1 < c->argc) return c->argv[++*at];
    err_set(err, ERR_VALUE, "%s: which day?", c->argv[0]);
    err_hint(err, "%s by 2026-12-05, by tomorrow, by thursday", c->argv[0]);
    return NULL;
}

bool wish_word(Session *s, const char *word, AskWhat *what, Err *err) {
    int64_t n = 0;
    if (word_number(word, "n", 1, 1000, &n, err)) {
        what->n = (int)n;
        return true;
    }
    if (err->kind != ERR_OK) return false;
    if (word_number(word, "seed", 0, UINT32_MAX, &what->seed, err)) return true;
    if (err->kind != ERR_OK) return false;
    if (strcmp(word, "due") == 0) return what->due = true;
    if (strcmp(word, "all") == 0) {
        what->n = INT_MAX;
        return true;
    }
    if (is_kind(word, &what->kind)) return true;
    if (strchr(word, '/')) {
        const Item *it = items_find(asking_items(s), word);
        if (it) what->item = it->id;
        if (it) return true;
        err_set(err, ERR_NAME, "there is no item '%s'", word);
        return err_hint(err, "`practice --list` lists them");
    }
    what->lesson = lesson_find(&s->lessons, word);
    if (what->lesson) return true;
    err_set(err, ERR_VALUE, "practice knows no '%s'", word);
    return err_hint(err, "a lesson (36, masking), a kind (number, code, …), an item (36/leak), "
                         "due, all, n=10, seed=7, by DATE");
}
