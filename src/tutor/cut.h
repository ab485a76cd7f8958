/* The body of a lesson file -> its steps and parts (lesson.h). */
#ifndef QKV_TUTOR_CUT_H
#define QKV_TUTOR_CUT_H

#include "tutor/lesson.h"

/* text: len bytes of Markdown with a NUL behind them; line: of the file, where they begin.
 * ERR_VALUE with file and line for a fence that is wrong, and for a body without text. */
bool cut_body(Lesson *l, const char *text, size_t len, int line, Err *err);

#endif
