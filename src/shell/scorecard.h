/* The card of an interview: per question and level, on the screen and as a file. */
#ifndef QKV_SHELL_SCORECARD_H
#define QKV_SHELL_SCORECARD_H

#include "shell/sitting.h"

/* Shows the tables; used: seconds that the interview took. */
void scorecard_show(Session *s, const Sitting *t, double used);
/* Each question that was not answered right: what was said, and the answer. */
bool scorecard_show_missed(Session *s, const Sitting *t, Err *err);

/* May a card be written there? ERR_VALUE: it ends in none of .md, .html, .csv and .json; ERR_OS:
 * it exists. */
bool scorecard_can_write(const char *path, Err *err);
/* Whole or not at all. .md and .html: tables, questions, answers; .csv and .json: a row a question,
 * the same whenever the same seed is answered the same. */
bool scorecard_write(Session *s, const Sitting *t, double used, Err *err);

#endif
