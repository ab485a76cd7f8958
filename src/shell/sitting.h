/* One interview: which questions, what was answered, how long it took. Pure but for the items that
 * it is chosen from; what runs it is interview.h, what is made of it scorecard.h.
 *
 * The seed decides the questions and their numbers, whatever is on record: a class that sits the
 * same seed is asked the same.
 */
#ifndef QKV_SHELL_SITTING_H
#define QKV_SHELL_SITTING_H

#include "shell/session.h"
#include "practice/grade.h"

typedef struct SittingWhat {
    const Lesson *lesson; /* NULL: across all */
    Level level;
    int n, minutes;
    uint32_t seed;
    char *out;   /* file of the card; owned, or NULL */
    bool follow; /* with follow-ups of the lessons, where somebody can judge them */
} SittingWhat;

/* A question, and what became of it. */
typedef struct Put {
    const Item *item;         /* NULL: a follow-up */
    const Lesson *lesson;     /* that it is from */
    char *question, *model;   /* of a follow-up: Markdown; owned */
    char *answer, *diagnosis; /* owned; answer NULL: none was given */
    bool reached, judged;     /* judged: result is known */
    Result result;
    double seconds;
    uint32_t seed;
} Put;

typedef struct Sitting {
    SittingWhat what;
    VEC(Put) puts;
    size_t at;
    double used; /* seconds that were used before this run of it */
    int64_t day; /* on which it began */
} Sitting;

/* Chooses the questions. ERR_VALUE when there are none. Takes what->out. */
bool sitting_choose(Session *s, const SittingWhat *what, Sitting *out, Err *err);
void sitting_clear(Sitting *t);
int sitting_number(const Sitting *t, size_t at); /* of the question `at`, follow-ups not counted */
int sitting_count(const Sitting *t);

/* As a text that is kept, and back. False: the course has changed meanwhile, or the text is none.
 */
char *sitting_text(const Sitting *t, double used); /* owned; JSON */
bool sitting_restore(Session *s, const char *text, Sitting *out);

#endif
