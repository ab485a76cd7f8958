/* See interview.h. */
#include "config.h"

#include "shell/interview.h"

#include <ctype.h>

#include "shell/asking.h"
#include "shell/edit.h"
#include "shell/scorecard.h"
#include "shell/verdict.h"

typedef struct Interview {
    Sitting sitting;
    Asked asked;       /* the question that is open, when it is an item */
    int64_t began;     /* of this run, clock_ns */
    int64_t put_began; /* of the question */
    bool judging;      /* follow-ups, at the end */
    bool kept;         /* goes on after a kill */
} Interview;

static Interview *interview_of(const Session *s) {
    return asking_state(s);
}

static bool has_person(const Session *s) {
    return s->prompt || (s->tty_in && s->facts.tty && s->out->kind->prompts);
}

static void tell(Session *s, const char *text) {
    if (has_person(s)) out_view_take(s, view_text(STYLE_FAINT, text));
}

static double used(const Interview *v) {
    return v->sitting.used + (double)(clock_ns() - v->began) / 1e9;
}

static double left(const Interview *v) {
    return v->sitting.what.minutes * 60.0 - used(v);
}

static Put *put_of(Interview *v) {
    return &v->sitting.puts.items[v->sitting.at];
}

/* ---- what is kept -------------------------------------------------------------------------- */

static const char fact[] = "interview";

/* The state of things, or "" for none. */
static bool keep(Session *s, const Interview *v, Err *err) {
    Store *st = v->kept ? asking_store(s, err) : NULL;
    if (!v->kept) return true;
    char *text = st ? sitting_text(&v->sitting, used(v)) : NULL;
    bool ok = text && store_fact_set(st, fact, text, err);
    mem_free(text);
    return ok;
}

static bool drop_kept(Session *s, Err *err) {
    Store *st = asking_store(s, err);
    return st && store_fact_set(st, fact, "", err);
}

/* ---- the end ------------------------------------------------------------------------------- */

static void close_card(Session *s) {
    Interview *v = interview_of(s);
    Err err = {0};
    double seconds = MIN(used(v), v->sitting.what.minutes * 60.0);
    bool paged = has_person(s) && out_page_begin(s);
    scorecard_show(s, &v->sitting, seconds);
    bool ok = scorecard_show_missed(s, &v->sitting, &err);
    if (paged) out_page_end(s);
    ok = ok && (!v->sitting.what.out || scorecard_write(s, &v->sitting, seconds, &err));
    ok = ok && (!v->kept || drop_kept(s, &err));
    out_flush(s);
    if (!ok) report(s, &err);
    asking_end(s);
}

/* The next follow-up that was answered and nobody has judged yet. */
static bool next_to_judge(Interview *v) {
    for (size_t i = v->judging ? v->sitting.at : 0; i < v->sitting.puts.count; i++) {
        const Put *p = &v->sitting.puts.items[i];
        if (p->item || !p->answer || p->judged) continue;
        v->sitting.at = i;
        return v->judging = true;
    }
    return false;
}

static void judge_next(Session *s) {
    Interview *v = interview_of(s);
    if (!has_person(s) || !next_to_judge(v)) {
        close_card(s);
        return;
    }
    const Put *p = put_of(v);
    Str text = STR_INIT;
    str_printf(&text, "**%s**\n\nYou said:\n\n", p->question);
    str_printf(&text, "> ");
    for (const char *c = p->answer; *c; c++) str_printf(&text, *c == '\n' ? "\n> " : "%c", *c);
    str_printf(&text, "\n\nThe lesson says:\n\n%s\n", p->model);
    out_gap(s);
    out_markdown(s, str_cstr(&text));
    tell(s, "said it? y, p partly, n or Enter not");
    str_clear(&text);
}

/* ---- asking -------------------------------------------------------------------------------- */

static bool put_next(Session *s, Err *err) {
    Interview *v = interview_of(s);
    asked_clear(&v->asked);
    if (!keep(s, v, err)) return false;
    bool over = v->sitting.at >= v->sitting.puts.count;
    if (!over && left(v) <= 0) {
        out_print(s, "The time is over.\n");
        over = true;
    }
    if (over) {
        judge_next(s);
        return true;
    }
    Put *p = put_of(v);
    p->reached = true;
    out_gap(s);
    if (p->item && !ask(s->in, p->item, p->seed, &v->asked, err)) return false;
    v->put_began = clock_ns();
    if (p->item) {
        question_show(s, &v->asked);
    } else {
        out_view_take(s, view_text(STYLE_LABEL, "a follow-up"));
        out_markdown(s, p->question);
    }
    if (!p->item || asking_long(p->item->kind)) {
        Str line = STR_INIT;
        str_printf(&line, "%s; e for your editor", asking_how(p->item ? p->item->kind : ITEM_FREE));
        tell(s, str_cstr(&line));
        str_clear(&line);
    }
    out_flush(s);
    return true;
}

/* An item that cannot be asked is passed over. */
static bool go_on(Session *s, Err *err) {
    while (!put_next(s, err)) {
        if (err->kind == ERR_INTERRUPT || !asking_now(s)) return false;
        report(s, err);
        interview_of(s)->sitting.at++;
    }
    return true;
}

static const Asker interview_asker;

static bool start(Session *s, Sitting *t, Err *err) {
    Interview *v = mem_zero(sizeof *v);
    v->sitting = *t;
    v->asked.scope = VALUE_UNSET;
    v->began = clock_ns();
    v->kept = has_person(s);
    asking_begin(s, &interview_asker, v);
    return go_on(s, err);
}

/* One that was cut off makes room for another. */
static bool give_up(Session *s, Err *err) {
    Str text = STR_INIT;
    Store *st = asking_store(s, err);
    bool ok = st && store_fact(st, fact, &text, err);
    if (ok && text.len)
        tell(s, "The interview that was cut off ends here; its answers are on record.");
    str_clear(&text);
    return ok;
}

bool interview_begin(Session *s, SittingWhat *what, Err *err) {
    Sitting t;
    what->follow = has_person(s);
    if (!asking_store(s, err)) { /* what is asked could not be recorded */
        mem_free(what->out);
        return false;
    }
    if (!sitting_choose(s, what, &t, err)) return false;
    if (what->follow && !give_up(s, err)) {
        sitting_clear(&t);
        return false;
    }
    Str line = STR_INIT;
    str_printf(&line,
               "%d question%s, %d minutes. No hints; the answers come at the end. skip passes, q "
               "ends it.",
               sitting_count(&t), sitting_count(&t) == 1 ? "" : "s", t.what.minutes);
    tell(s, str_cstr(&line));
    str_clear(&line);
    return start(s, &t, err);
}

bool interview_resume(Session *s, bool *found, Err *err) {
    Str text = STR_INIT;
    Sitting t;
    Store *st = asking_store(s, err);
    *found = false;
    bool ok = st && store_fact(st, fact, &text, err);
    if (ok && text.len) {
        *found = sitting_restore(s, str_cstr(&text), &t);
        if (*found) {
            Str line = STR_INIT;
            str_printf(&line,
                       "On with the interview: question %d of %d. What was answered "
                       "stands; `interview new` begins another.",
                       MIN(sitting_number(&t, t.at), sitting_count(&t)), sitting_count(&t));
            tell(s, str_cstr(&line));
            str_clear(&line);
            ok = start(s, &t, err);
        } else
            warn_line(s, "an interview was cut off, but the course has changed since: its answers "
                         "are on record, a new one begins");
    }
    str_clear(&text);
    return ok;
}

/* ---- answers ------------------------------------------------------------------------------- */

static bool advance(Session *s, Err *err) {
    interview_of(s)->sitting.at++;
    return go_on(s, err);
}

/* Graded, and on record. An answer that cannot be read is asked for again, but from a pipe. */
static bool graded(Session *s, Put *p, const char *text, Err *err) {
    Interview *v = interview_of(s);
    Verdict verdict = {.result = RESULT_WRONG};
    if (!(s->prompt ? grade : verdict_of)(&v->asked, text, strlen(text), &verdict, err))
        return false;
    char id[STORE_ID];
    Card card;
    Review r = {.grade = verdict_grade(verdict.result),
                .verdict = result_name(verdict.result),
                .answer = text,
                .diagnosis = verdict.diagnosis,
                .seconds = p->seconds,
                .session = "interview"};
    bool ok = answer_record(s, &v->asked, &r, id, &card, err);
    p->judged = true;
    p->result = verdict.result;
    p->diagnosis = verdict.diagnosis;
    verdict.diagnosis = NULL;
    verdict_clear(&verdict);
    return ok;
}

static bool answered(Session *s, const char *text, Err *err) {
    Interview *v = interview_of(s);
    Put *p = put_of(v);
    p->seconds = (double)(clock_ns() - v->put_began) / 1e9;
    if (p->item && !graded(s, p, text, err)) return false;
    p->answer = mem_strdup(text);
    if (p->item) {
        Store *st = asking_store(s, err);
        out_step_begin(s, "answer", p->item->id);
        out_print(s, "%s\n", st && store_kept(st) ? "recorded" : "kept in memory");
        out_step_end(s, NULL);
    }
    return advance(s, err);
}

static bool judged(Session *s, const char *word, size_t n, Err *err) {
    Interview *v = interview_of(s);
    Put *p = put_of(v);
    bool yes = asking_word("y yes", word, n), partly = asking_word("p partly", word, n);
    if (!yes && !partly && n && !asking_word("n no", word, n)) {
        err_set(err, ERR_VALUE, "y, p or n? got '%.*s'", (int)n, word);
        return err_hint(err, "y: you said it, p: partly, n or Enter: not, q: the card");
    }
    p->judged = true;
    p->result = yes ? RESULT_RIGHT : partly ? RESULT_PARTLY : RESULT_WRONG;
    bool ok = keep(s, v, err);
    judge_next(s);
    return ok;
}

/* ---- words --------------------------------------------------------------------------------- */

static bool word_skip(Session *s, Err *err) {
    if (!interview_of(s)->judging) return advance(s, err);
    return judged(s, "", 0, err);
}

static bool word_quit(Session *s, Err *err) {
    UNUSED(err);
    asking_close(s);
    return true;
}

static bool word_no_help(Session *s, Err *err) {
    UNUSED(s);
    err_set(err, ERR_VALUE, "an interview has no hints, and the answers come at its end");
    return err_hint(err, "`skip` passes the question, `q` ends the interview");
}

static bool word_edit(Session *s, Err *err) {
    Interview *v = interview_of(s);
    const Item *it = put_of(v)->item;
    Str begin = STR_INIT;
    char *text = NULL;
    size_t n = 0;
    bool code = it && (it->kind == ITEM_CODE || it->kind == ITEM_BUG);
    if (code && it->kind == ITEM_BUG) str_add(&begin, it->code);
    bool ok = edit_text(&begin, code ? ".py" : ".md", &text, &n, err);
    while (ok && n && isspace((unsigned char)text[n - 1])) text[--n] = '\0';
    if (ok && !n)
        out_text(s, "nothing was written: the question is still open\n");
    else if (ok)
        ok = answered(s, text, err);
    str_clear(&begin);
    mem_free(text);
    return ok;
}

static const struct InterviewWord {
    const char *words;
    bool (*run)(Session *s, Err *err);
} interview_words[] = {
    {"skip", word_skip},
    {"quit exit q .q", word_quit},
    {"edit e .e", word_edit},
    {"hint solution why", word_no_help},
};

/* Letters that are values of the question are answers. */
static const struct InterviewWord *find_word(const Interview *v, const char *text, size_t n) {
    char name[2] = {*text, '\0'};
    Value value = VALUE_UNSET;
    bool is_value = n == 1 && v->asked.item && module_get(v->asked.scope, name, &value);
    value_release(value);
    for (size_t i = 0; !is_value && i < ARRAY_LEN(interview_words); i++)
        if (asking_word(interview_words[i].words, text, n)) return &interview_words[i];
    return NULL;
}

static void interview_entry(Session *s, const char *text) {
    Interview *v = interview_of(s);
    Err err = {0};
    const char *word = text + strspn(text, " \t\r\n");
    size_t n = strlen(word);
    while (n && isspace((unsigned char)word[n - 1])) n--;
    const struct InterviewWord *w = find_word(v, word, n);
    bool ok = true;
    if (w)
        ok = w->run(s, &err);
    else if (v->judging)
        ok = judged(s, word, n, &err);
    else if (n)
        ok = answered(s, text, &err);
    else
        tell(s, "type your answer; skip passes, q ends the interview");
    out_flush(s);
    if (!ok && err.kind != ERR_OK) report(s, &err);
}

static bool interview_incomplete(const Session *s, const char *text) {
    Interview *v = interview_of(s);
    if (v->judging || find_word(v, text, strlen(text))) return false;
    const Item *it = put_of(v)->item;
    return asking_goes_on(it ? it->kind : ITEM_FREE, text);
}

static void interview_prompt(const Session *s, Str *out) {
    Interview *v = interview_of(s);
    int seconds = (int)MAX(left(v), 0.0);
    if (v->judging)
        str_add(out, "said it");
    else if (!put_of(v)->item)
        str_printf(out, "follow-up %d:%02d", seconds / 60, seconds % 60);
    else
        str_printf(out, "interview %d/%d %d:%02d", sitting_number(&v->sitting, v->sitting.at),
                   sitting_count(&v->sitting), seconds / 60, seconds % 60);
}

/* What is left is not reached; what was answered is judged as far as it is. */
static void interview_close(Session *s) {
    close_card(s);
}

static void interview_free(void *state) {
    Interview *v = state;
    asked_clear(&v->asked);
    sitting_clear(&v->sitting);
    mem_free(v);
}

static const Asker interview_asker = {interview_entry, interview_incomplete, interview_prompt,
                                      interview_close, interview_free};
