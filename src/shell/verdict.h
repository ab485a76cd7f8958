/* What is said of an answer: on the screen, as plain text, as the object of `grade --json`. */
#ifndef QKV_SHELL_VERDICT_H
#define QKV_SHELL_VERDICT_H

#include "practice/grade.h"
#include "shell/session.h"
#include "store/store.h"

/* Grades what nobody can mend any more (a pipe, a file): an answer that cannot be read is a wrong
 * one, and its fault says why. False with err set: it was interrupted. */
bool verdict_of(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);
/* Without the person's own word: wrong is again, partly is hard, right is good. */
Grade verdict_grade(Result r);

/* Right or not, what there is to say, what was raised, pictures. */
void verdict_show(Session *s, Verdict *v);
/* The line that acknowledges an answer once it is kept: as what, and when it is asked again. */
void recorded_show(Session *s, const Card *card, Grade grade);
/* The object of practice's contract, on one line; owned. shown holds what verdict_show shows, 80
 * columns of plain text. recorded: it was put on record. */
char *verdict_json(Session *s, const Asked *a, Verdict *v, bool recorded);

#endif
