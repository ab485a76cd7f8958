/* Practice at the prompt: what there is to ask, the record of what was answered, and who takes the
 * entries of the prompt meanwhile.
 *
 * One asker at a time (drill.h: practice and aloud) takes what is typed in place of
 * code, from a person or from a pipe. What they show of a question, a verdict and an answer is the
 * same, and stands here.
 */
#ifndef QKV_SHELL_ASKING_H
#define QKV_SHELL_ASKING_H

#include "practice/grade.h"
#include "schedule/plan.h"
#include "shell/session.h"
#include "store/store.h"

/* An answer is no longer than this. */
#define ANSWER_LIMIT ((size_t)1 << 20)

/* What items and answers use is registered with the interpreter. */
void asking_ready(Session *s);
/* Every item of the course, read at first use; a broken one is said then, and left out. */
const Items *asking_items(Session *s);
/* The order of items that nothing else orders: the first of every lesson, then the second, … */
size_t asking_rank(const Items *items, size_t i);
/* An item as a plan takes it; card is borrowed. */
PlanItem asking_planned(const Item *it, const Card *card, size_t rank);
/* The record; opened at first use, what is wrong with it is said once. */
Store *asking_store(Session *s, Err *err);
/* Is there a record on the disk? Nothing is opened. */
bool asking_recorded(const Session *s);
/* The day that the plan is for; -1: there is none. */
bool asking_exam(Session *s, int *day, Err *err);
/* Plans for a day to come (days.h reads it); "none" takes the plan away. */
bool asking_plan(Session *s, const char *date, Err *err);
void asking_free(Session *s); /* items, record, and who asks; before the session is closed */

/* ---- who asks ----------------------------------------------------------------------------- */

typedef struct Asker {
    void (*entry)(Session *s, const char *text);
    /* Does the entry so far need more lines? */
    bool (*incomplete)(const Session *s, const char *text);
    void (*prompt)(const Session *s, Str *out); /* "practice 3/10" */
    void (*close)(Session *s);                  /* says how it went, and ends with asking_end */
    void (*free)(void *state);
} Asker;

/* From now on `who` takes the entries; one that was there is closed. Takes the state. */
void asking_begin(Session *s, const Asker *who, void *state);
void *asking_state(const Session *s); /* borrowed */
void asking_end(Session *s);          /* frees the state */

bool asking_now(const Session *s); /* does somebody ask? */
void asking_entry(Session *s, const char *text);
/* Does what is typed need more lines, as an answer or, where nobody asks, as code? */
bool asking_incomplete(Session *s, const char *text);
void asking_prompt(const Session *s, Str *out);
void asking_close(Session *s);

/* ---- what they show ----------------------------------------------------------------------- */

/* One of space-separated words. */
bool asking_word(const char *words, const char *text, size_t n);
/* Are several lines expected of an answer of this kind? */
bool asking_long(ItemKind kind);
/* Does what was typed so far of an answer want a further line? */
bool asking_goes_on(ItemKind kind, const char *text);
const char *asking_how(ItemKind kind); /* "an empty line ends the answer" */
void question_show(Session *s, const Asked *a);
/* The right answer or the model answer, and the explanation. */
bool answer_show(Session *s, const Asked *a, Err *err);
bool why_show(Session *s, const Asked *a, Err *err);
/* Puts an answer on record (item, seed, time and day are filled in). */
bool answer_record(Session *s, const Asked *a, Review *r, char id[STORE_ID], Card *card, Err *err);

#endif
