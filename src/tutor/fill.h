/* What a lesson's text evaluates: {{...}} where it stands, and `needs:` of the front matter. Each
 * expression has a second.
 *
 *     Fill f = {in, lesson, scope};
 *     if (!fill_text(&f, step, &text, err)) ...
 */
#ifndef QKV_TUTOR_FILL_H
#define QKV_TUTOR_FILL_H

#include "eval/interp.h"
#include "tutor/lesson.h"

typedef struct Fill {
    Interp *in;
    const Lesson *lesson;
    Value scope; /* borrowed */
} Fill;

/* Does a step's text hold anything to evaluate? */
bool fill_wanted(const LessonStep *step);
/* Appends the text with its holes filled in. */
bool fill_text(const Fill *f, const LessonStep *step, Str *out, Err *err);
/* What the parameters must be together; args: the value of each as typed, for the message. The
 * scope has them as variables. ERR_VALUE: they are not. */
bool fill_needs(const Fill *f, char *const *args, Err *err);

#endif
