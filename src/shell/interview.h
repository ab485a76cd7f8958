/* An interview at the prompt or from a pipe: questions against the clock, no hints and no verdicts
 * until its end, then a card.
 *
 * Each answer is graded and on record as soon as it is given. At a terminal the interview itself is
 * kept, too: whatever happens to the process, `interview` goes on with the next question, and the
 * time in between does not count. From a pipe each answer is a line (of code and prose the lines up
 * to a blank one), and there are no follow-ups, which only a person can judge.
 */
#ifndef QKV_SHELL_INTERVIEW_H
#define QKV_SHELL_INTERVIEW_H

#include "shell/sitting.h"

/* Takes what->out. */
bool interview_begin(Session *s, SittingWhat *what, Err *err);
/* Goes on with the one that was cut off; *found false: there is none. */
bool interview_resume(Session *s, bool *found, Err *err);

#endif
