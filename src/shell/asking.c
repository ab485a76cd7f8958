/* See asking.h. */
#include "config.h"

#include "shell/asking.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <time.h>

#include "schedule/plan.h"
#include "shell/days.h"
#include "shell/report.h"

/* Where one question stands. */
typedef enum Phase {
    PHASE_ASK,   /* waits for an answer */
    PHASE_RETRY, /* answered wrong, and recorded: may be tried again, Enter shows the answer */
    PHASE_DONE   /* the answer was shown: Enter goes on */
} Phase;

typedef struct Asking {
    VEC(const Item *) queue;
    size_t at;
    Asked asked;
    Phase phase;
    size_t hints;           /* shown of this item */
    int64_t began;          /* of this question, clock_ns */
    uint32_t seed;          /* of the first question */
    char last_id[STORE_ID]; /* of the review that again, hard, good and easy overrule; "" none */
    int right, partly, wrong;
} Asking;

struct Practice {
    Items items;
    bool read;
    Store *store;
    Asking *now; /* NULL: nothing is asked */
};

static Practice *practice_of(Session *s) {
    if (!s->practice) {
        s->practice = mem_zero(sizeof *s->practice);
        practice_install(s->in);
    }
    return s->practice;
}

/* ---- what there is ------------------------------------------------------------------------ */

const Items *asking_items(Session *s, Err *err) {
    Practice *p = practice_of(s);
    for (size_t i = 0; !p->read && i < s->lessons.items.count; i++)
        if (!items_read(s->lessons.items.items[i], &p->items, err)) {
            items_clear(&p->items);
            return NULL;
        }
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

static int64_t now_seconds(void) {
    return (int64_t)time(NULL);
}

/* ---- which items, in which order -------------------------------------------------------- */

/* An item that may be asked, and how much it wants to be. */
typedef struct Wish {
    const Item *item;
    Card card;
    double recall; /* today */
    int day;       /* of the plan; INT_MAX: there is none */
    size_t place;  /* in the course */
} Wish;

typedef VEC(Wish) Wishes;

/* What the plan has for today and before; then what is due, weakest first; then new items, easy
 * levels first; then the rest, weakest first. */
static int by_wish(const void *a, const void *b) {
    const Wish *x = a, *y = b;
    bool new_x = !x->card.answers, new_y = !y->card.answers;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    if (new_x != new_y) return new_x ? 1 : -1;
    if (new_x && x->item->level != y->item->level) return x->item->level < y->item->level ? -1 : 1;
    if (!new_x && x->recall != y->recall) return x->recall < y->recall ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static bool wanted(const AskWhat *w, const Item *it) {
    if (w->item) return strcmp(it->id, w->item) == 0;
    if (w->kind >= 0 && (int)it->kind != w->kind) return false;
    return !w->lesson || it->lesson == w->lesson;
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

static void follow_plan(Wishes *w, int today, int exam) {
    VEC(PlanItem) items = {0};
    for (size_t i = 0; i < w->count; i++) vec_push(&items, (PlanItem){.card = &w->items[i].card});
    plan_make(items.items, items.count, today, exam);
    for (size_t i = 0; i < w->count; i++)
        w->items[i].day = MAX(items.items[i].day, today); /* what is late is of today */
    vec_clear(&items);
}

/* What may be asked, most wanted first. */
static bool collect(Session *s, const AskWhat *what, Wishes *out, Err *err) {
    const Items *items = asking_items(s, err);
    Store *st = items ? asking_store(s, err) : NULL;
    if (!st) return false;
    int64_t now = now_seconds();
    int today = day_of(now), exam;
    if (!asking_exam(s, &exam, err)) return false;
    for (size_t i = 0; i < items->list.count; i++) {
        Wish w = {.item = items->list.items[i], .day = INT_MAX, .place = i};
        if (!wanted(what, w.item)) continue;
        if (!store_card(st, w.item->id, &w.card, err)) return false;
        if (what->due && (!w.card.answers || !card_due(&w.card, now, today))) continue;
        w.recall = card_recall(&w.card, today);
        vec_push(out, w);
    }
    if (exam >= today) follow_plan(out, today, exam);
    if (out->count) qsort(out->items, out->count, sizeof *out->items, by_wish);
    return true;
}

/* ---- asking ------------------------------------------------------------------------------ */

static void show_question(Session *s, const Asking *a) {
    const Item *it = a->asked.item;
    Str head = STR_INIT;
    str_printf(&head, "%s  %s, %s", it->id, item_kind_name(it->kind), level_name(it->level));
    out_step_begin(s, "question", it->id);
    out_view_take(s, view_text(STYLE_LABEL, str_cstr(&head)));
    out_markdown(s, str_cstr(&a->asked.text));
    if (it->signature) out_print(s, "\n    %s\n", it->signature);
    out_step_end(s, NULL);
    out_flush(s);
    str_clear(&head);
}

/* Asks item number a->at; past the last one practice ends. */
static bool ask_next(Session *s, Err *err) {
    Asking *a = s->practice->now;
    asked_clear(&a->asked);
    if (a->at >= a->queue.count) {
        asking_close(s);
        return true;
    }
    const Item *it = a->queue.items[a->at];
    if (!ask(s->in, it, a->seed + (uint32_t)a->at, &a->asked, err)) return false;
    a->phase = PHASE_ASK;
    a->hints = 0;
    a->last_id[0] = '\0';
    a->began = clock_ns();
    out_gap(s);
    show_question(s, a);
    return true;
}

bool asking_open(Session *s, const AskWhat *what, Err *err) {
    Wishes w = {0};
    bool ok = collect(s, what, &w, err);
    if (ok && !w.count) {
        ok = err_set(err, ERR_VALUE,
                     what->due ? "nothing is due" : "there is nothing like that to ask");
        err_hint(err, what->due ? "`practice` asks new questions, `progress` shows when what is due"
                                : "`practice --list` lists what there is");
    }
    if (ok) {
        Practice *p = practice_of(s);
        if (p->now) asking_close(s);
        Asking *a = mem_zero(sizeof *a);
        a->seed = what->seed >= 0 ? (uint32_t)what->seed : (uint32_t)clock_ns();
        a->asked.scope = VALUE_UNSET;
        for (size_t i = 0; i < w.count && i < (size_t)what->n; i++)
            vec_push(&a->queue, w.items[i].item);
        p->now = a;
        ok = ask_next(s, err);
    }
    vec_clear(&w);
    return ok;
}

/* ---- answers ----------------------------------------------------------------------------- */

/* Wrong is again, helped or partly is hard, right is good, right within half the time, by
 * a person, is easy. */
static Grade grade_of(const Asking *a, const Verdict *v, double seconds, bool timed) {
    if (v->result == RESULT_WRONG) return GRADE_AGAIN;
    if (v->result == RESULT_PARTLY || a->hints) return GRADE_HARD;
    bool fast = timed && seconds < a->asked.item->seconds / 2;
    return fast ? GRADE_EASY : GRADE_GOOD;
}

static void say_recorded(Session *s, const Card *c, Grade g) {
    static const char *const names[] = {"again", "hard", "good", "easy"};
    int days = c->due_day - c->last_day;
    Str when = STR_INIT;
    if (c->step < CARD_STEPS)
        str_printf(&when, "%lld min", (long long)(c->due_time - c->last_time) / 60);
    else
        str_printf(&when, "%d day%s", days, days == 1 ? "" : "s");
    out_print(s, "%s as %s; asked again in %s\n",
              store_kept(s->practice->store) ? "recorded" : "kept in memory", names[g - 1],
              str_cstr(&when));
    str_clear(&when);
}

static bool record(Session *s, Grade g, const char *verdict, const char *answer,
                   const char *diagnosis, Err *err) {
    Asking *a = s->practice->now;
    Store *st = asking_store(s, err);
    if (!st) return false;
    int64_t now = now_seconds();
    Card card;
    Review r = {.item = a->asked.item->id,
                .time = now,
                .day = day_of(now),
                .grade = g,
                .verdict = verdict,
                .answer = answer,
                .diagnosis = diagnosis,
                .seconds = (double)(clock_ns() - a->began) / 1e9,
                .hints = (int)a->hints,
                .session = "practice"};
    if (!store_answer(st, &r, a->last_id, &card, err)) return false;
    asking_store(s, err); /* a disk that has just filled up is said now */
    say_recorded(s, &card, g);
    return true;
}

static void show_fault(Session *s, Err *fault) {
    Str text = STR_INIT;
    report_text(s->in, fault, &s->facts, &text);
    out_text(s, str_cstr(&text));
    str_clear(&text);
}

void verdict_show(Session *s, Verdict *v) {
    static const struct {
        Style style;
        const char *text;
    } said[] = {{STYLE_BAD, "not right"}, {STYLE_LABEL, "partly right"}, {STYLE_GOOD, "right"}};
    out_view_take(s, view_text(said[v->result].style, said[v->result].text));
    if (v->shown.len) out_markdown(s, str_cstr(&v->shown));
    if (v->fault.kind != ERR_OK) show_fault(s, &v->fault);
    for (size_t i = 0; i < v->views.count; i++) out_view_take(s, view_retain(v->views.items[i]));
}

static bool show_text(Session *s, const Asked *a, bool (*get)(const Asked *, Str *, Err *),
                      const char *label, Err *err) {
    Str text = STR_INIT;
    bool ok = get(a, &text, err);
    if (ok && text.len) {
        if (*label) out_print(s, "%s", label);
        out_markdown(s, str_cstr(&text));
    }
    str_clear(&text);
    return ok;
}

static bool show_answer(Session *s, Err *err) {
    const Asked *a = &s->practice->now->asked;
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
    return ok && show_text(s, a, asked_why, "", err);
}

static bool advance(Session *s, Err *err) {
    s->practice->now->at++;
    return ask_next(s, err);
}

/* The first answer to a question counts; those after it are tried out. */
static bool answered(Session *s, const char *text, Err *err) {
    Asking *a = s->practice->now;
    double seconds = (double)(clock_ns() - a->began) / 1e9;
    Verdict v = {.result = RESULT_WRONG};
    if (!grade(&a->asked, text, strlen(text), &v, err)) return false;
    bool first = a->phase == PHASE_ASK;
    out_step_begin(s, "verdict", a->asked.item->id);
    out_step_text(s, "verdict", result_name(v.result), strlen(result_name(v.result)));
    verdict_show(s, &v);
    bool ok = true;
    if (first) {
        int *count = v.result == RESULT_RIGHT    ? &a->right
                     : v.result == RESULT_PARTLY ? &a->partly
                                                 : &a->wrong;
        ++*count;
        ok = record(s, grade_of(a, &v, seconds, s->prompt), result_name(v.result), text,
                    v.diagnosis, err);
    }
    bool right = v.result == RESULT_RIGHT;
    a->phase = right ? PHASE_DONE : PHASE_RETRY;
    if (ok && right) ok = show_text(s, &a->asked, asked_why, "", err);
    if (ok && s->prompt)
        out_view_take(s,
                      view_text(STYLE_FAINT,
                                right ? "Enter goes on; again, hard, good, easy overrule the grade"
                                      : "answer again, `hint`, or Enter shows the answer"));
    out_step_end(s, NULL);
    out_flush(s);
    verdict_clear(&v);
    /* from a pipe each question has one answer */
    return ok && (s->prompt || ((right || show_answer(s, err)) && advance(s, err)));
}

/* ---- words -------------------------------------------------------------------------------- */

static bool overrule(Session *s, Grade g, Err *err) {
    Asking *a = s->practice->now;
    Store *st = asking_store(s, err);
    Card card;
    if (!st || !store_regrade(st, a->last_id, g, &card, err)) return false;
    say_recorded(s, &card, g);
    return true;
}

bool asking_hint_next(Session *s, Err *err) {
    Asking *a = s->practice->now;
    Str text = STR_INIT;
    str_printf(&text, "hint %zu of %zu: ", a->hints + 1, a->asked.item->hints.count);
    bool ok = asked_hint(&a->asked, a->hints, &text, err);
    if (ok) {
        a->hints++;
        out_markdown(s, str_cstr(&text));
    } else if (err->kind == ERR_OK) {
        err_set(err, ERR_VALUE, a->hints ? "there are no more hints" : "there is no hint for this");
        err_hint(err, "`solution` shows the answer");
    }
    str_clear(&text);
    return ok;
}

/* A solution that was shown before an answer counts as not known. */
bool asking_solution(Session *s, Err *err) {
    Asking *a = s->practice->now;
    bool first = a->phase == PHASE_ASK;
    if (first) a->wrong++;
    bool ok = (!first || record(s, GRADE_AGAIN, "shown", NULL, NULL, err)) && show_answer(s, err);
    a->phase = PHASE_DONE;
    return ok;
}

bool asking_skip(Session *s, Err *err) {
    return advance(s, err);
}

bool asking_why(Session *s, Err *err) {
    Asking *a = s->practice->now;
    if (a->phase == PHASE_ASK) {
        err_set(err, ERR_VALUE, "the explanation would give the answer away");
        return err_hint(err, "answer first, or ask for a `hint` or the `solution`");
    }
    return show_text(s, &a->asked, asked_why, "", err);
}

/* ---- an entry ----------------------------------------------------------------------------- */

static const struct AskWord {
    const char *words; /* space-separated */
    bool (*run)(Session *s, Err *err);
} ask_words[] = {
    {"hint h", asking_hint_next},
    {"solution", asking_solution},
    {"skip", asking_skip},
    {"why", asking_why},
};

static bool is_word(const char *words, const char *text, size_t n) {
    for (const char *p = words; *p; p += strspn(p, " ")) {
        size_t w = strcspn(p, " ");
        if (w == n && strncmp(p, text, n) == 0) return true;
        p += w;
    }
    return false;
}

/* 1..4, again..easy after a verdict; 0: none. */
static int overruling(const Asking *a, const char *text, size_t n) {
    static const char *const names[] = {"again 1", "hard 2", "good 3", "easy 4"};
    for (int g = 0; a->last_id[0] && a->phase == PHASE_DONE && g < 4; g++)
        if (is_word(names[g], text, n)) return g + 1;
    return 0;
}

static bool enter(Session *s, Err *err) {
    Asking *a = s->practice->now;
    if (!s->prompt) return true;
    if (a->phase == PHASE_DONE) return advance(s, err);
    if (a->phase == PHASE_RETRY) return asking_solution(s, err);
    out_view_take(s, view_text(STYLE_FAINT, "type your answer; hint, solution, skip, q out"));
    return true;
}

void asking_entry(Session *s, const char *text) {
    Asking *a = s->practice->now;
    Err err = {0};
    bool ok = true, done = false;
    const char *word = text + strspn(text, " \t\r\n");
    size_t n = strlen(word);
    while (n && isspace((unsigned char)word[n - 1])) n--;
    int g = overruling(a, word, n);
    for (size_t i = 0; !done && i < ARRAY_LEN(ask_words); i++)
        if (is_word(ask_words[i].words, word, n)) {
            ok = ask_words[i].run(s, &err);
            done = true;
        }
    if (done) {
    } else if (!n)
        ok = enter(s, &err);
    else if (is_word("q quit exit .q", word, n))
        asking_close(s);
    else if (g)
        ok = overrule(s, (Grade)g, &err);
    else if (a->phase == PHASE_DONE)
        session_line(s, text);
    else
        ok = answered(s, text, &err);
    out_flush(s);
    if (!ok && err.kind != ERR_OK) report(s, &err);
}

bool asking_now(const Session *s) {
    return s->practice && s->practice->now;
}

bool asking_incomplete(const Session *s, const char *text) {
    const Asking *a = s->practice->now;
    ItemKind kind = a->asked.item->kind;
    bool long_answer =
        kind == ITEM_CODE || kind == ITEM_BUG || kind == ITEM_FREE || kind == ITEM_MASK;
    size_t n = strlen(text), first = strcspn(text, "\n");
    if (a->phase == PHASE_DONE || !long_answer || !*text) return false;
    for (size_t i = 0; i < ARRAY_LEN(ask_words); i++)
        if (is_word(ask_words[i].words, text, n)) return false;
    if (is_word("q quit exit .q", text, n)) return false;
    if (kind == ITEM_MASK && first == n && strpbrk(text, "/.(")) return false;
    return text[n - 1] != '\n';
}

void asking_prompt(const Session *s, Str *out) {
    const Asking *a = s->practice->now;
    str_printf(out, "practice %zu/%zu", a->at + 1, a->queue.count);
}

/* ---- closing ------------------------------------------------------------------------------ */

void asking_close(Session *s) {
    Practice *p = s->practice;
    Asking *a = p ? p->now : NULL;
    if (!a) return;
    int n = a->right + a->partly + a->wrong;
    out_step_begin(s, "practice", "how it went");
    out_step_number(s, "right", a->right);
    out_step_number(s, "partly", a->partly);
    out_step_number(s, "wrong", a->wrong);
    if (n)
        out_print(s,
                  "%d answered: %d right, %d partly, %d not. `progress` shows what is due when.\n",
                  n, a->right, a->partly, a->wrong);
    out_step_end(s, NULL);
    out_flush(s);
    asked_clear(&a->asked);
    vec_clear(&a->queue);
    mem_free(a);
    p->now = NULL;
}

void asking_free(Session *s) {
    Practice *p = s->practice;
    if (!p) return;
    if (p->now) {
        asked_clear(&p->now->asked);
        vec_clear(&p->now->queue);
        mem_free(p->now);
    }
    items_clear(&p->items);
    store_close(p->store);
    mem_free(p);
    s->practice = NULL;
}
