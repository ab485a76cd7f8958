/* What the text of a lesson evaluates: {{...}} where it stands, `needs:` of the front matter, items
 * of practice. Each expression has a second.
 *
 *     Fill f = {in, lesson, scope};
 *     if (!fill_text(&f, "{{n}} tokens", 12, 60, &text, err)) ...         -> "8 tokens"
 */
#ifndef QKV_TUTOR_FILL_H
#define QKV_TUTOR_FILL_H

#include "tutor/cell.h"
#include "tutor/lesson.h"

typedef struct Fill {
    Interp *in;
    const Lesson *lesson;
    Value scope; /* borrowed */
} Fill;

/* Does a step's text hold anything to evaluate? */
bool fill_wanted(const LessonStep *step);
/* Appends the text, which begins on that line of the file, with its holes filled in. ERR_VALUE when
 * it gets longer than LESSON_LIMIT. */
bool fill_text(const Fill *f, const char *text, size_t len, int line, Str *out, Err *err);
/* Runs an expression and hands over its value (VT_UNSET: it is none); what: what it is, for the
 * error that it takes too long. */
bool fill_expr(const Fill *f, const char *what, const char *s, size_t n, int line, UseValue use,
               void *ctx, Err *err);
/* What the parameters must be together; args: the value of each as typed, for the message. The
 * scope has them as variables. ERR_VALUE: they are not. */
bool fill_needs(const Fill *f, char *const *args, Err *err);

#endif
