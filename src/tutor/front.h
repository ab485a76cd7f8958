/* The YAML front matter of a lesson file -> its facts and parameters. */
#ifndef QKV_TUTOR_FRONT_H
#define QKV_TUTOR_FRONT_H

#include "tutor/lesson.h"

/* text is what stands between the two `---` lines; it begins on line `line` of the file.
 * On failure the lesson holds what was read before it. */
bool front_parse(Lesson *l, const char *text, size_t len, int line, Err *err);

/* "36-masking.md:7: msg"; always false. */
bool lesson_error(const Lesson *l, int line, Err *err, const char *fmt, ...) PRINTF_LIKE(4, 5);

#endif
