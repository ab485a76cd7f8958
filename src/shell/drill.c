/* See drill.h. */
#include "config.h"

#include "shell/drill.h"

#include <ctype.h>

#include "shell/edit.h"
#include "shell/speak.h"
#include "shell/verdict.h"

/* Where one question stands. */
typedef enum Phase {
    PHASE_ASK,   /* waits for an answer */
    PHASE_RETRY, /* answered wrong, and recorded: may be tried again, Enter shows the answer */
    PHASE_TICK,  /* was answered aloud: the points of its rubric are ticked */
    PHASE_DONE   /* the answer was shown: Enter goes on */
} Phase;

typedef struct Drill {
    VEC(const Item *) queue;
    size_t at;
    Asked asked;
    Phase phase;
    size_t hints;           /* shown of this item */
    int64_t began;          /* of this question, clock_ns */
    double spoken;          /* seconds that the spoken answer took */
    uint32_t seed;          /* of the first question */
    char last_id[STORE_ID]; /* of the review that again, hard, good and easy overrule; "" none */
    Str tried;              /* the last answer to it, for `edit` */
    Verdict ticks;          /* aloud: what was ticked so far */
    size_t tick;            /* the point (behind them: the trap) that is asked about */
    AskWhat what;
    int right, partly, wrong;
    const char *told; /* how an answer is given, as it was said last; borrowed */
} Drill;

static Drill *drill_of(const Session *s) {
    return asking_state(s);
}

/* Somebody types, also before the first prompt. */
static bool has_person(const Session *s) {
    return s->prompt || (s->tty_in && s->facts.tty && s->out->kind->prompts);
}

/* ---- asking ------------------------------------------------------------------------------ */

static void tell(Session *s, const char *text) {
    if (has_person(s)) out_view_take(s, view_text(STYLE_FAINT, text));
}

static void ask_tick(Session *s, const Drill *d) {
    size_t points = d->ticks.points.count;
    bool trap = d->tick >= points;
    const ItemPoint *p =
        (trap ? d->ticks.traps.items[d->tick - points] : d->ticks.points.items[d->tick]).point;
    Str line = STR_INIT;
    str_printf(&line, "**%s:** %s", trap ? "trap" : point_level_name(p->level), p->text);
    out_markdown(s, str_cstr(&line));
    tell(s, trap ? "did you say otherwise? y, or Enter for no; b back"
                 : "said it? y, or Enter for no; b back");
    str_clear(&line);
}

static void begin_ticks(Session *s, Drill *d) {
    const Item *it = d->asked.item;
    verdict_clear(&d->ticks);
    for (size_t i = 0; i < it->points.count; i++)
        vec_push(&d->ticks.points, (PointSaid){.point = &it->points.items[i]});
    for (size_t i = 0; i < it->traps.count; i++)
        vec_push(&d->ticks.traps, (PointSaid){.point = &it->traps.items[i]});
    d->tick = 0;
    d->phase = PHASE_TICK;
    ask_tick(s, d);
}

/* The question is on the screen: now it is answered aloud. */
static void speak(Session *s, Drill *d) {
    double seconds = d->what.seconds > 0 ? d->what.seconds : d->asked.item->seconds;
    if (has_person(s) && !speak_count_down(s, seconds)) {
        asking_close(s);
        return;
    }
    d->spoken = (double)(clock_ns() - d->began) / 1e9;
    begin_ticks(s, d);
}

static bool put(Session *s, Drill *d, Err *err) {
    return ask(s->in, d->queue.items[d->at], d->seed + (uint32_t)d->at, &d->asked, err);
}

/* Asks item number d->at, or the first behind it that can be asked; past the last one it ends. */
static bool ask_next(Session *s, Err *err) {
    Drill *d = drill_of(s);
    asked_clear(&d->asked);
    while (d->at < d->queue.count && !put(s, d, err)) {
        if (err->kind == ERR_INTERRUPT) return asking_close(s), false;
        report(s, err);
        d->at++;
    }
    if (d->at >= d->queue.count) return asking_close(s), true;
    const Item *it = d->asked.item;
    d->phase = PHASE_ASK;
    d->hints = 0;
    d->last_id[0] = '\0';
    str_reset(&d->tried);
    d->began = clock_ns();
    out_gap(s);
    question_show(s, &d->asked);
    if (d->what.spoken)
        speak(s, d);
    else if (d->told != asking_how(it->kind)) {
        Str line = STR_INIT;
        d->told = asking_how(it->kind);
        str_printf(&line, "%s; hint, solution, skip, e for your editor, q out", d->told);
        tell(s, str_cstr(&line));
        str_clear(&line);
    }
    return true;
}

static bool nothing_to_ask(const AskWhat *what, Err *err) {
    err_set(err, ERR_VALUE,
            what->due      ? "nothing is due"
            : what->missed ? "no mistakes are left"
            : what->spoken ? "no question here has a rubric to tick"
                           : "there is nothing like that to ask");
    return err_hint(err, what->due || what->missed
                             ? "`practice` asks new questions, `progress` shows when what is due"
                             : "`practice --list` lists what there is");
}

static const Asker drill_asker;

bool drill_open(Session *s, const AskWhat *what, Err *err) {
    Wishes w = {0};
    bool ok = wishes_collect(s, what, &w, err) && (w.count || nothing_to_ask(what, err));
    if (ok) {
        Drill *d = mem_zero(sizeof *d);
        d->what = *what;
        d->seed = what->seed >= 0 ? (uint32_t)what->seed : (uint32_t)clock_ns();
        d->asked.scope = VALUE_UNSET;
        for (size_t i = 0; i < w.count && i < (size_t)what->n; i++)
            vec_push(&d->queue, w.items[i].item);
        asking_begin(s, &drill_asker, d);
        ok = ask_next(s, err);
    }
    vec_clear(&w);
    return ok;
}

static bool advance(Session *s, Err *err) {
    drill_of(s)->at++;
    return ask_next(s, err);
}

/* ---- the record --------------------------------------------------------------------------- */

/* Wrong is again, helped or partly is hard, right is good, right within half the time, by
 * a person, is easy. */
static Grade grade_of(const Drill *d, const Verdict *v, double seconds, bool timed) {
    if (v->result == RESULT_RIGHT && d->hints) return GRADE_HARD;
    if (v->result != RESULT_RIGHT) return verdict_grade(v->result);
    bool fast = timed && seconds < d->asked.item->seconds / 2;
    return fast ? GRADE_EASY : GRADE_GOOD;
}

static bool record(Session *s, Grade g, const char *verdict, const char *answer,
                   const char *diagnosis, double seconds, Err *err) {
    Drill *d = drill_of(s);
    Card card;
    Review r = {.grade = g,
                .verdict = verdict,
                .answer = answer,
                .diagnosis = diagnosis,
                .seconds = seconds,
                .hints = (int)d->hints,
                .session = d->what.spoken ? "aloud" : "practice"};
    if (!answer_record(s, &d->asked, &r, d->last_id, &card, err)) return false;
    recorded_show(s, &card, g);
    return true;
}

static void count(Drill *d, Result r) {
    int *count = r == RESULT_RIGHT ? &d->right : r == RESULT_PARTLY ? &d->partly : &d->wrong;
    ++*count;
}

/* ---- answers ----------------------------------------------------------------------------- */

/* A person mends an answer that cannot be read. */
static bool grade_any(Session *s, const char *text, Verdict *v, Err *err) {
    const Asked *a = &drill_of(s)->asked;
    return (s->prompt ? grade : verdict_of)(a, text, strlen(text), v, err);
}

static const char ways_on[] = "Enter goes on; again, hard, good, easy overrule the grade";

/* The first answer to a question counts; those after it are tried out. */
static bool answered(Session *s, const char *text, Err *err) {
    Drill *d = drill_of(s);
    double seconds = (double)(clock_ns() - d->began) / 1e9;
    Verdict v = {.result = RESULT_WRONG};
    if (text != d->tried.buf) {
        str_reset(&d->tried);
        str_add(&d->tried, text);
    }
    if (!grade_any(s, text, &v, err)) return false;
    bool first = d->phase == PHASE_ASK, ok = true, right = v.result == RESULT_RIGHT;
    const char *result = result_name(v.result);
    out_step_begin(s, "verdict", d->asked.item->id);
    out_step_text(s, "verdict", result, strlen(result));
    verdict_show(s, &v);
    if (first) {
        count(d, v.result);
        ok =
            record(s, grade_of(d, &v, seconds, s->prompt), result, text, v.diagnosis, seconds, err);
    }
    d->phase = right ? PHASE_DONE : PHASE_RETRY;
    if (ok && right) ok = why_show(s, &d->asked, err);
    if (ok && s->prompt)
        tell(s, right ? ways_on : "answer again, `hint`, e, or Enter shows the answer");
    /* from a pipe each question has one answer */
    if (ok && !s->prompt && !right) ok = answer_show(s, &d->asked, err);
    out_step_end(s, NULL);
    out_flush(s);
    verdict_clear(&v);
    return ok && (s->prompt || advance(s, err));
}

/* "scale, softmax" of those that were ticked, or of the others. */
static void add_ticked(const Verdict *v, bool met, Str *out) {
    const char *between = "";
    for (size_t i = 0; i < v->points.count; i++) {
        if (v->points.items[i].met != met) continue;
        str_printf(out, "%s%s", between, v->points.items[i].point->id);
        between = ", ";
    }
    if (!*between) str_add(out, "nothing");
}

static bool ticked_all(Session *s, Err *err) {
    Drill *d = drill_of(s);
    bool every = true;
    for (size_t i = 0; i < d->ticks.points.count; i++) every &= d->ticks.points.items[i].met;
    Result result = d->ticks.result = points_result(&d->ticks);
    Grade g = result == RESULT_WRONG    ? GRADE_AGAIN
              : result == RESULT_PARTLY ? GRADE_HARD
              : every                   ? GRADE_EASY
                                        : GRADE_GOOD;
    Str said = STR_INIT;
    str_add(&said, "spoken; said: ");
    add_ticked(&d->ticks, true, &said);
    str_add(&said, "; missed: ");
    add_ticked(&d->ticks, false, &said);
    out_step_begin(s, "verdict", d->asked.item->id);
    out_step_text(s, "verdict", result_name(result), strlen(result_name(result)));
    verdict_show(s, &d->ticks);
    out_markdown(s, "**A model answer:**");
    bool ok = answer_show(s, &d->asked, err);
    count(d, result);
    d->phase = PHASE_DONE;
    ok = ok && record(s, g, result_name(result), str_cstr(&said), NULL, d->spoken, err);
    if (ok && s->prompt) tell(s, ways_on);
    out_step_end(s, NULL);
    str_clear(&said);
    return ok && (s->prompt || advance(s, err));
}

/* y or n to a point, then the next. */
static bool ticked(Session *s, const char *word, size_t n, Err *err) {
    Drill *d = drill_of(s);
    size_t points = d->ticks.points.count;
    bool yes = asking_word("y yes 1 x", word, n), back = asking_word("b back .b", word, n);
    if (!yes && !back && n && !asking_word("n no 0", word, n)) {
        err_set(err, ERR_VALUE, "y or n? got '%.*s'", (int)n, word);
        return err_hint(err, "y: said it; n or Enter: not; b: back; q: out, nothing is recorded");
    }
    if (back && d->tick) d->tick--;
    if (!back) {
        PointSaid *p = d->tick < points ? &d->ticks.points.items[d->tick]
                                        : &d->ticks.traps.items[d->tick - points];
        p->met = yes;
        d->tick++;
    }
    if (d->tick >= points + d->ticks.traps.count) return ticked_all(s, err);
    ask_tick(s, d);
    return true;
}

/* ---- words -------------------------------------------------------------------------------- */

static bool overrule(Session *s, Grade g, Err *err) {
    Drill *d = drill_of(s);
    Store *st = asking_store(s, err);
    Card card;
    if (!st || !store_regrade(st, d->last_id, g, &card, err)) return false;
    recorded_show(s, &card, g);
    return true;
}

static bool word_hint(Session *s, Err *err) {
    Drill *d = drill_of(s);
    Str text = STR_INIT;
    bool ok = asked_hint(&d->asked, d->hints, &text, err);
    if (ok) {
        d->hints++;
        Str line = STR_INIT;
        str_printf(&line, "hint %zu of %zu: %s", d->hints, d->asked.item->hints.count,
                   str_cstr(&text));
        out_markdown(s, str_cstr(&line));
        str_clear(&line);
    } else if (err->kind == ERR_OK) {
        err_set(err, ERR_VALUE, d->hints ? "there are no more hints" : "there is no hint for this");
        err_hint(err, "`solution` shows the answer");
    }
    str_clear(&text);
    return ok;
}

/* A solution that was shown before an answer counts as not known. */
static bool word_solution(Session *s, Err *err) {
    Drill *d = drill_of(s);
    bool first = d->phase == PHASE_ASK;
    double seconds = (double)(clock_ns() - d->began) / 1e9;
    if (first) d->wrong++;
    bool ok = answer_show(s, &d->asked, err) &&
              (!first || record(s, GRADE_AGAIN, "shown", NULL, NULL, seconds, err));
    d->phase = PHASE_DONE;
    if (ok && s->prompt) tell(s, "Enter goes on");
    return ok && (s->prompt || advance(s, err));
}

static bool word_why(Session *s, Err *err) {
    Drill *d = drill_of(s);
    if (d->phase == PHASE_ASK) {
        err_set(err, ERR_VALUE, "the explanation would give the answer away");
        return err_hint(err, "answer first, or ask for a `hint` or the `solution`");
    }
    if (!d->asked.item->why) {
        out_text(s, "there is no explanation beside the answer\n");
        return true;
    }
    return why_show(s, &d->asked, err);
}

/* What the editor begins with: the last answer, else the head of what is asked for. */
static void begin_edit(const Drill *d, Str *out) {
    const char *head = d->asked.item->signature;
    if (d->tried.len)
        str_add(out, str_cstr(&d->tried));
    else if (d->asked.item->kind == ITEM_BUG)
        str_add(out, d->asked.item->code);
    else if (head)
        str_printf(out, "%s%s:\n    ", str_starts(head, "class ") ? "" : "def ", head);
}

static bool word_edit(Session *s, Err *err) {
    Drill *d = drill_of(s);
    bool code = d->asked.item->kind == ITEM_CODE || d->asked.item->kind == ITEM_BUG;
    Str begin = STR_INIT;
    char *text = NULL;
    size_t n = 0;
    begin_edit(d, &begin);
    bool ok = edit_text(&begin, code ? ".py" : ".md", &text, &n, err);
    while (ok && n && isspace((unsigned char)text[n - 1])) text[--n] = '\0';
    bool same = ok && !d->tried.len && strncmp(text, str_cstr(&begin), n) == 0;
    if (ok && (same || !n))
        out_text(s, "nothing was written: the question is still open\n");
    else if (ok)
        ok = answered(s, text, err);
    str_clear(&begin);
    mem_free(text);
    return ok;
}

static bool word_help(Session *s, Err *err) {
    UNUSED(err);
    out_markdown(s, "- `hint` (`h`): a step nearer, `solution`: the answer, `why`: the "
                    "explanation\n- `edit` (`e`): answer in your editor, `skip`: the next "
                    "question, `q`: out\n- again, hard, good, easy (1 to 4): another grade, after "
                    "the verdict\n- everything else is an answer; of code and prose, up to an "
                    "empty line. A letter that is a value here (`h`) is one, too; `.h` is the "
                    "word");
    return true;
}

static bool word_quit(Session *s, Err *err) {
    UNUSED(err);
    asking_close(s);
    return true;
}

static const struct DrillWord {
    const char *words; /* space-separated */
    bool ticking;      /* also while points are ticked */
    bool (*run)(Session *s, Err *err);
} drill_words[] = {
    {"hint h", false, word_hint},     {"solution", false, word_solution},
    {"skip", true, advance},          {"why", false, word_why},
    {"edit e", false, word_edit},     {"help ?", true, word_help},
    {"quit q exit", true, word_quit},
};

/* ---- an entry ----------------------------------------------------------------------------- */

/* Does a letter stand for something in the question, as h for its heads? */
static bool is_value(const Drill *d, const char *text, size_t n) {
    char name[2] = {*text, '\0'};
    Value v = VALUE_UNSET;
    bool is = n == 1 && d->phase != PHASE_DONE && module_get(d->asked.scope, name, &v);
    value_release(v);
    return is;
}

static const struct DrillWord *find_word(const Drill *d, const char *text, size_t n) {
    bool dotted = n > 1 && *text == '.';
    if (!dotted && is_value(d, text, n)) return NULL;
    for (size_t i = 0; i < ARRAY_LEN(drill_words); i++)
        if (asking_word(drill_words[i].words, text + dotted, n - dotted))
            return d->phase != PHASE_TICK || drill_words[i].ticking ? &drill_words[i] : NULL;
    return NULL;
}

/* 1..4, again..easy after a verdict; 0: none. */
static int overruling(const Drill *d, const char *text, size_t n) {
    static const char *const names[] = {"again 1", "hard 2", "good 3", "easy 4"};
    for (int g = 0; d->last_id[0] && d->phase == PHASE_DONE && g < 4; g++)
        if (asking_word(names[g], text, n)) return g + 1;
    return 0;
}

static bool enter(Session *s, Err *err) {
    Drill *d = drill_of(s);
    if (!s->prompt) return true;
    if (d->phase == PHASE_DONE) return advance(s, err);
    if (d->phase == PHASE_RETRY) return word_solution(s, err);
    tell(s, "type your answer; hint, solution, skip, e for your editor, q out");
    return true;
}

static bool take(Session *s, const char *text, const char *word, size_t n, Err *err) {
    Drill *d = drill_of(s);
    const struct DrillWord *w = find_word(d, word, n);
    int g = overruling(d, word, n);
    if (w) return w->run(s, err);
    if (d->phase == PHASE_TICK) return ticked(s, word, n, err);
    if (!n) return enter(s, err);
    if (g) return overrule(s, (Grade)g, err);
    if (d->phase == PHASE_DONE) return session_line(s, text) || true;
    return answered(s, text, err);
}

static void drill_entry(Session *s, const char *text) {
    Err err = {0};
    const char *word = text + strspn(text, " \t\r\n");
    size_t n = strlen(word);
    while (n && isspace((unsigned char)word[n - 1])) n--;
    bool ok = take(s, text, word, n, &err);
    out_flush(s);
    if (!ok && err.kind != ERR_OK) report(s, &err);
}

static bool drill_incomplete(const Session *s, const char *text) {
    const Drill *d = drill_of(s);
    ItemKind kind = d->asked.item->kind;
    if (d->phase == PHASE_DONE || d->phase == PHASE_TICK) return false;
    return !find_word(d, text, strlen(text)) && asking_goes_on(kind, text);
}

static void drill_prompt(const Session *s, Str *out) {
    const Drill *d = drill_of(s);
    size_t ticks = d->ticks.points.count + d->ticks.traps.count;
    if (d->phase == PHASE_TICK)
        str_printf(out, "tick %zu/%zu", d->tick + 1, ticks);
    else
        str_printf(out, "%s %zu/%zu", d->what.spoken ? "aloud" : "practice", d->at + 1,
                   d->queue.count);
}

/* ---- closing ------------------------------------------------------------------------------ */

static void drill_close(Session *s) {
    const Drill *d = drill_of(s);
    int n = d->right + d->partly + d->wrong;
    out_step_begin(s, "practice", "how it went");
    out_step_number(s, "right", d->right);
    out_step_number(s, "partly", d->partly);
    out_step_number(s, "wrong", d->wrong);
    Str line = STR_INIT;
    str_printf(&line,
               "%d answered: %d right, %d partly, %d not. `progress` shows what is due when%s.", n,
               d->right, d->partly, d->wrong,
               d->partly + d->wrong ? ", `review` asks mistakes again" : "");
    if (n) out_view_take(s, view_text(STYLE_PLAIN, str_cstr(&line)));
    str_clear(&line);
    out_step_end(s, NULL);
    out_flush(s);
    asking_end(s);
}

static void drill_free(void *state) {
    Drill *d = state;
    asked_clear(&d->asked);
    verdict_clear(&d->ticks);
    str_clear(&d->tried);
    vec_clear(&d->queue);
    mem_free(d);
}

static const Asker drill_asker = {drill_entry, drill_incomplete, drill_prompt, drill_close,
                                  drill_free};
