/* See sitting.h. */
#include "config.h"

#include "shell/sitting.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/mt19937.h"
#include "shell/asking.h"
#include "shell/days.h"
#include "tutor/follow.h"

/* ---- choosing ----------------------------------------------------------------------------- */

typedef struct Pool {
    VEC(const Item *) items;
} Pool;

static void shuffle(Pool *p, Mt19937 *mt) {
    for (size_t i = p->items.count; i > 1; i--) {
        size_t k = mt_next(mt) % i;
        const Item *it = p->items.items[i - 1];
        p->items.items[i - 1] = p->items.items[k];
        p->items.items[k] = it;
    }
}

static int uses_of(const Sitting *t, const Lesson *l) {
    int n = 0;
    for (size_t i = 0; i < t->puts.count; i++) n += t->puts.items[i].lesson == l;
    return n;
}

/* Of what is left: of the level, or near it; then of the lesson that was asked about least. */
static size_t best(const Sitting *t, const Pool *p) {
    size_t at = p->items.count;
    int least = 0;
    for (size_t i = 0; i < p->items.count; i++) {
        const Item *it = p->items.items[i];
        if (!it) continue;
        int cost = abs((int)it->level - (int)t->what.level) * 1000 + uses_of(t, it->lesson);
        if (at == p->items.count || cost < least) at = i, least = cost;
    }
    return at;
}

static void choose(Sitting *t, Pool *p) {
    for (int k = 0; k < t->what.n; k++) {
        size_t at = best(t, p);
        if (at == p->items.count) return;
        const Item *it = p->items.items[at];
        vec_push(&t->puts,
                 (Put){.item = it, .lesson = it->lesson, .seed = t->what.seed + (uint32_t)k});
        p->items.items[at] = NULL;
    }
}

/* One of the lesson's follow-ups; false: it has none. */
static bool follow_up(Session *s, const Lesson *l, Mt19937 *mt, Put *out) {
    FollowUps all = {0};
    if (s->lesson) lesson_run_leave(s->lesson);
    follow_ups_read(s->in, l, &all);
    if (s->lesson) lesson_run_enter(s->lesson);
    bool any = all.list.count > 0;
    if (any) {
        const FollowUp *u = &all.list.items[mt_next(mt) % all.list.count];
        *out =
            (Put){.lesson = l, .question = mem_strdup(u->question), .model = mem_strdup(u->answer)};
    }
    follow_ups_clear(&all);
    return any;
}

/* One behind the first question of each lesson. */
static void add_follow_ups(Session *s, Sitting *t, Mt19937 *mt) {
    VEC(Put) all = {0};
    for (size_t i = 0; i < t->puts.count; i++) {
        const Lesson *l = t->puts.items[i].lesson;
        bool first = true;
        Put put;
        for (size_t k = 0; k < i; k++) first &= t->puts.items[k].lesson != l;
        vec_push(&all, t->puts.items[i]);
        if (first && follow_up(s, l, mt, &put)) vec_push(&all, put);
    }
    vec_clear(&t->puts);
    for (size_t i = 0; i < all.count; i++) vec_push(&t->puts, all.items[i]);
    vec_clear(&all);
}

bool sitting_choose(Session *s, const SittingWhat *what, Sitting *out, Err *err) {
    Sitting t = {.what = *what, .day = day_today()};
    Pool pool = {0};
    const Items *items = asking_items(s);
    for (size_t i = 0; i < items->list.count; i++) {
        const Item *it = items->list.items[i];
        if (!what->lesson || it->lesson == what->lesson) vec_push(&pool.items, it);
    }
    Mt19937 mt;
    mt_seed(&mt, what->seed);
    shuffle(&pool, &mt);
    choose(&t, &pool);
    vec_clear(&pool.items);
    if (!t.puts.count) {
        err_set(err, ERR_VALUE,
                what->lesson ? "this lesson has no questions" : "these lessons have no questions");
        sitting_clear(&t);
        return false;
    }
    if (what->follow) add_follow_ups(s, &t, &mt);
    *out = t;
    return true;
}

void sitting_clear(Sitting *t) {
    for (size_t i = 0; i < t->puts.count; i++) {
        Put *p = &t->puts.items[i];
        char *owned[] = {p->question, p->model, p->answer, p->diagnosis};
        for (size_t k = 0; k < ARRAY_LEN(owned); k++) mem_free(owned[k]);
    }
    vec_clear(&t->puts);
    mem_free(t->what.out);
    *t = (Sitting){0};
}

int sitting_number(const Sitting *t, size_t at) {
    int n = 0;
    for (size_t i = 0; i <= at && i < t->puts.count; i++) n += t->puts.items[i].item != NULL;
    return n;
}

int sitting_count(const Sitting *t) {
    return sitting_number(t, t->puts.count);
}

/* ---- kept, and back ------------------------------------------------------------------------ */

static json_t *put_json(const Put *p) {
    return json_pack("{s:s, s:b, s:s?, s:s?, s:b, s:i, s:f}", "is",
                     p->item ? p->item->id : p->question, "reached", (int)p->reached, "answer",
                     p->answer, "diagnosis", p->diagnosis, "judged", (int)p->judged, "result",
                     (int)p->result, "seconds", p->seconds);
}

char *sitting_text(const Sitting *t, double used) {
    const SittingWhat *w = &t->what;
    json_t *puts = json_array();
    for (size_t i = 0; i < t->puts.count; i++)
        json_array_append_new(puts, put_json(&t->puts.items[i]));
    json_t *o = json_pack("{s:i, s:i, s:i, s:I, s:i, s:s?, s:b, s:I, s:f, s:I, s:o}", "level",
                          (int)w->level, "n", w->n, "minutes", w->minutes, "seed",
                          (json_int_t)w->seed, "lesson", w->lesson ? w->lesson->number : -1, "out",
                          w->out, "follow", (int)w->follow, "at", (json_int_t)t->at, "used", used,
                          "day", (json_int_t)t->day, "puts", puts);
    char *text = o ? json_dumps(o, JSON_COMPACT) : NULL, *own = text ? mem_strdup(text) : NULL;
    free(text);
    json_decref(o);
    return own;
}

static const char *text_of(const json_t *o, const char *key) {
    return json_string_value(json_object_get(o, key));
}

static bool put_restore(const json_t *o, Put *p) {
    const char *is = text_of(o, "is"), *answer = text_of(o, "answer"),
               *diagnosis = text_of(o, "diagnosis");
    int result = (int)json_integer_value(json_object_get(o, "result"));
    if (!is || strcmp(is, p->item ? p->item->id : p->question) != 0) return false;
    if (result < RESULT_WRONG || result > RESULT_RIGHT) return false;
    p->answer = answer ? mem_strdup(answer) : NULL;
    p->diagnosis = diagnosis ? mem_strdup(diagnosis) : NULL;
    p->reached = json_is_true(json_object_get(o, "reached"));
    p->judged = json_is_true(json_object_get(o, "judged"));
    p->result = (Result)result;
    p->seconds = json_number_value(json_object_get(o, "seconds"));
    return true;
}

static bool puts_restore(const json_t *o, Sitting *t) {
    const json_t *puts = json_object_get(o, "puts");
    bool ok = json_array_size(puts) == t->puts.count;
    for (size_t i = 0; ok && i < t->puts.count; i++)
        ok = put_restore(json_array_get(puts, i), &t->puts.items[i]);
    t->at = (size_t)json_integer_value(json_object_get(o, "at"));
    t->used = json_number_value(json_object_get(o, "used"));
    t->day = json_integer_value(json_object_get(o, "day"));
    return ok && t->at <= t->puts.count && t->used >= 0;
}

/* What it was begun with; false: it is not that, or of a lesson that is gone. */
static bool what_restore(Session *s, const json_t *o, SittingWhat *w) {
    int level, lesson, follow;
    json_int_t seed;
    if (json_unpack((json_t *)o, "{s:i, s:i, s:i, s:I, s:i, s:b}", "level", &level, "n", &w->n,
                    "minutes", &w->minutes, "seed", &seed, "lesson", &lesson, "follow",
                    &follow) != 0 ||
        level < 0 || level >= LEVEL_COUNT || w->n < 1 || w->minutes < 1)
        return false;
    char number[16];
    snprintf(number, sizeof number, "%d", lesson);
    w->level = (Level)level;
    w->seed = (uint32_t)seed;
    w->follow = follow;
    w->lesson = lesson >= 0 ? lesson_find(&s->lessons, number) : NULL;
    return lesson < 0 || w->lesson;
}

bool sitting_restore(Session *s, const char *text, Sitting *out) {
    json_t *o = json_loads(text, 0, NULL);
    SittingWhat w = {0};
    Err err = {0};
    bool ok = o && what_restore(s, o, &w);
    if (ok) {
        const char *path = text_of(o, "out");
        w.out = path ? mem_strdup(path) : NULL;
        ok = sitting_choose(s, &w, out, &err);
        if (ok && !puts_restore(o, out)) {
            sitting_clear(out);
            ok = false;
        }
    }
    err_clear(&err);
    json_decref(o);
    return ok;
}
