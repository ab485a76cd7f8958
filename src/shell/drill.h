/* Practice and aloud: one item after the other is asked, answered, graded, recorded.
 *
 * `hint`, `solution`, `skip`, `why`, `edit`, `help` and `q` are words, all else is an answer; after
 * the verdict Enter goes on, and again, hard, good or easy overrule the grade. A letter that the
 * question has a value for (h heads) is an answer; with a dot (`.h`) it is the word in any case.
 * The same runs from a pipe, where each answer is a line or, of code and prose, the lines up to a
 * blank one. Aloud the answer is spoken, while the time counts down; then its rubric's points are
 * ticked.
 */
#ifndef QKV_SHELL_DRILL_H
#define QKV_SHELL_DRILL_H

#include "shell/wish.h"

/* Asks the first item. ERR_VALUE when there is nothing to ask. */
bool drill_open(Session *s, const AskWhat *what, Err *err);

#endif
