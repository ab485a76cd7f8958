/* Practice at the prompt: one item after the other is asked, graded, recorded.
 *
 * While it is open the prompt reads answers: `hint`, `solution`, `skip`, `why` and `q` are words of
 * it (commands of the table with CMD_ASKING), all else is an answer; after the verdict Enter goes
 * on, and again, hard, good or easy overrule the grade. The same runs from a pipe, where each
 * answer is a line or, of code and prose, the lines up to a blank one.
 */
#ifndef QKV_SHELL_ASKING_H
#define QKV_SHELL_ASKING_H

#include "practice/grade.h"
#include "shell/session.h"
#include "store/store.h"

/* What to ask. */
typedef struct AskWhat {
    const Lesson *lesson; /* NULL: all */
    const char *item;     /* "36/leak" or NULL */
    int kind;             /* ItemKind, or -1: all */
    bool due;             /* only what is due, nothing new */
    int n;                /* at most */
    int64_t seed;         /* < 0: drawn */
} AskWhat;

/* An answer is no longer than this. */
#define ANSWER_LIMIT ((size_t)1 << 20)

/* Every item of the course, read at first use; NULL with err set when a block is broken. */
const Items *asking_items(Session *s, Err *err);
/* The record; opened at first use, what is wrong with it is said once. */
Store *asking_store(Session *s, Err *err);
/* The day that the plan is for; -1: there is none. */
bool asking_exam(Session *s, int *day, Err *err);
void asking_free(Session *s); /* items, record, and what is being asked */

/* Opens practice and asks the first item. ERR_VALUE when there is nothing to ask. */
bool asking_open(Session *s, const AskWhat *what, Err *err);
bool asking_now(const Session *s); /* is something being asked? */
/* A typed entry while practice is open. */
void asking_entry(Session *s, const char *text);
/* Does the entry so far need more lines? Code and prose end with a blank line. */
bool asking_incomplete(const Session *s, const char *text);
bool asking_hint_next(Session *s, Err *err);
bool asking_solution(Session *s, Err *err);
bool asking_skip(Session *s, Err *err);
bool asking_why(Session *s, Err *err);
void asking_close(Session *s); /* says how it went */
/* "practice 3/10" */
void asking_prompt(const Session *s, Str *out);

/* Shows a verdict: right or not, what there is to say, what was raised, pictures. */
void verdict_show(Session *s, Verdict *v);

#endif
