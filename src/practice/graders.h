/* The graders of the kinds; see grade.h. Each has an empty verdict to fill in. */
#ifndef QKV_PRACTICE_GRADERS_H
#define QKV_PRACTICE_GRADERS_H

#include "practice/grade.h"

typedef bool (*Grader)(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);

/* number, shape, mask, predict, fill: the answer is an expression (value.c). */
bool grade_value(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);
/* choice, order: numbers of what stands on the screen (options.c). */
bool grade_options(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);
/* code: the answer is run (code.c). */
bool grade_code(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);
/* bug: the number of the line, or the code mended. */
bool grade_bug(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);
/* free: points and traps of a rubric, found in sentences (prose.c). */
bool grade_prose(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);

#endif
