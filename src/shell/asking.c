/* See asking.h. */
#include "config.h"

#include "shell/asking.h"

#include <time.h>
#include <unistd.h>

#include "shell/days.h"
#include "shell/report.h"

struct Practice {
    Items items;
    bool read;
    Store *store;
    const Asker *who; /* NULL: nothing is asked */
    void *state;
};

static Practice *practice_of(Session *s) {
    if (!s->practice) {
        s->practice = mem_zero(sizeof *s->practice);
        practice_install(s->in);
    }
    return s->practice;
}

void asking_ready(Session *s) {
    practice_of(s);
}

/* ---- what there is ------------------------------------------------------------------------ */

/* A broken question hides no other. */
static void read_items(Session *s, Practice *p, size_t lesson) {
    const Lesson *l = s->lessons.items.items[lesson];
    for (size_t i = 0; i < l->quizzes.count; i++) {
        Err err = {0};
        if (items_read_one(l, i, &p->items, &err)) continue;
        warn_line(s, "%s; it is left out", err.msg);
        err_clear(&err);
    }
}

const Items *asking_items(Session *s) {
    Practice *p = practice_of(s);
    for (size_t i = 0; !p->read && i < s->lessons.items.count; i++) read_items(s, p, i);
    p->read = true;
    return &p->items;
}

Store *asking_store(Session *s, Err *err) {
    Practice *p = practice_of(s);
    if (!p->store) {
        char *dir = state_dir(s, false);
        store_open(dir, &p->store, err);
        mem_free(dir);
    }
    const char *warning = p->store ? store_warning(p->store) : NULL;
    if (warning) warn_line(s, "%s", warning);
    return p->store;
}

bool asking_recorded(const Session *s) {
    char *dir = state_dir(s, false);
    Str path = STR_INIT;
    if (dir) str_printf(&path, "%s/" STORE_FILE, dir);
    bool there = dir && access(str_cstr(&path), F_OK) == 0;
    str_clear(&path);
    mem_free(dir);
    return there;
}

size_t asking_rank(const Items *items, size_t i) {
    size_t in_lesson = 0, lesson = 0;
    for (size_t k = 1; k <= i; k++) {
        bool same = items->list.items[k]->lesson == items->list.items[k - 1]->lesson;
        in_lesson = same ? in_lesson + 1 : 0;
        lesson += !same;
    }
    return in_lesson * items->list.count + lesson;
}

PlanItem asking_planned(const Item *it, const Card *card, size_t rank) {
    return (PlanItem){.card = card, .seconds = it->seconds, .rank = rank};
}

bool asking_plan(Session *s, const char *date, Err *err) {
    Store *st = asking_store(s, err);
    int day = 0;
    if (!st) return false;
    if (strcmp(date, "none") == 0) return store_fact_set(st, "exam", "", err);
    if (!day_read(date, &day, err)) return false;
    if (day < day_today()) {
        err_set(err, ERR_VALUE, "%s has passed", date);
        return err_hint(err, "give a day to come; `progress by none` takes the plan away");
    }
    Str text = STR_INIT;
    day_text(day, &text);
    bool ok = store_fact_set(st, "exam", str_cstr(&text), err);
    str_clear(&text);
    return ok;
}

bool asking_exam(Session *s, int *day, Err *err) {
    Str text = STR_INIT;
    Store *st = asking_store(s, err);
    bool ok = st && store_fact(st, "exam", &text, err);
    *day = -1;
    if (ok && text.len) ok = day_read(text.buf, day, err);
    str_clear(&text);
    return ok;
}

void asking_free(Session *s) {
    Practice *p = s->practice;
    if (!p) return;
    asking_end(s);
    items_clear(&p->items);
    store_close(p->store);
    mem_free(p);
    s->practice = NULL;
}

/* ---- who asks ----------------------------------------------------------------------------- */

void asking_begin(Session *s, const Asker *who, void *state) {
    Practice *p = practice_of(s);
    if (p->who) p->who->close(s);
    p->who = who;
    p->state = state;
}

void *asking_state(const Session *s) {
    return s->practice->state;
}

void asking_end(Session *s) {
    Practice *p = s->practice;
    if (!p->who) return;
    p->who->free(p->state);
    p->who = NULL;
    p->state = NULL;
}

bool asking_now(const Session *s) {
    return s->practice && s->practice->who;
}

void asking_entry(Session *s, const char *text) {
    s->practice->who->entry(s, text);
}

bool asking_incomplete(Session *s, const char *text) {
    return asking_now(s) ? s->practice->who->incomplete(s, text) : session_incomplete(s, text);
}

void asking_prompt(const Session *s, Str *out) {
    s->practice->who->prompt(s, out);
}

void asking_close(Session *s) {
    if (asking_now(s)) s->practice->who->close(s);
}

/* ---- what they show ----------------------------------------------------------------------- */

bool asking_word(const char *words, const char *text, size_t n) {
    for (const char *p = words; *p; p += strspn(p, " ")) {
        size_t w = strcspn(p, " ");
        if (w == n && strncmp(p, text, n) == 0) return true;
        p += w;
    }
    return false;
}

bool asking_long(ItemKind kind) {
    return kind == ITEM_CODE || kind == ITEM_BUG || kind == ITEM_FREE || kind == ITEM_MASK;
}

/* An opened definition, as against a line in place of another or a line's number. */
static bool begins_program(const char *text) {
    return str_starts(text, "def ") || str_starts(text, "class ") || str_starts(text, "import ") ||
           str_starts(text, "from ") || *text == '@' || *text == '#';
}

bool asking_goes_on(ItemKind kind, const char *text) {
    size_t n = strlen(text);
    bool one = !memchr(text, '\n', n);
    if (!asking_long(kind) || !n) return false;
    if (kind == ITEM_MASK && one && strpbrk(text, "/.(")) return false;
    if (kind == ITEM_BUG && one && !begins_program(text)) return false;
    return text[n - 1] != '\n';
}

const char *asking_how(ItemKind kind) {
    if (kind == ITEM_BUG) return "the line's number, that line mended, or all of it";
    return asking_long(kind) ? "an empty line ends the answer" : "type the answer";
}

void question_show(Session *s, const Asked *a) {
    const Item *it = a->item;
    Str head = STR_INIT;
    str_printf(&head, "%s  %s, %s", it->id, item_kind_name(it->kind), level_name(it->level));
    out_step_begin(s, "question", it->id);
    out_view_take(s, view_text(STYLE_LABEL, str_cstr(&head)));
    out_markdown(s, str_cstr(&a->text));
    if (it->signature && it->kind == ITEM_CODE) out_print(s, "\n    %s\n", it->signature);
    out_step_end(s, NULL);
    out_flush(s);
    str_clear(&head);
}

bool why_show(Session *s, const Asked *a, Err *err) {
    Str text = STR_INIT;
    bool ok = asked_why(a, &text, err);
    if (ok && text.len) out_markdown(s, str_cstr(&text));
    str_clear(&text);
    return ok;
}

bool answer_show(Session *s, const Asked *a, Err *err) {
    Str text = STR_INIT, shown = STR_INIT;
    bool code = a->item->kind == ITEM_CODE || a->item->kind == ITEM_BUG;
    bool ok = asked_answer(a, &text, err);
    str_printf(&shown,
               code                         ? "```python\n%s```\n"
               : a->item->kind == ITEM_FREE ? "%s\n"
                                            : "Answer: `%s`\n",
               str_cstr(&text));
    if (ok) out_markdown(s, str_cstr(&shown));
    str_clear(&shown);
    str_clear(&text);
    return ok && why_show(s, a, err);
}

bool answer_record(Session *s, const Asked *a, Review *r, char id[STORE_ID], Card *card, Err *err) {
    Store *st = asking_store(s, err);
    if (!st) return false;
    r->item = a->item->id;
    r->seed = a->seed;
    r->time = (int64_t)time(NULL);
    r->day = day_of(r->time);
    bool ok = store_answer(st, r, id, card, err);
    return ok && asking_store(s, err) != NULL; /* a disk that has just filled up is said now */
}
