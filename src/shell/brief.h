/* The short form of a lesson's command: `attend text="the cat sat"` shows scores, weights and
 * output on one screen, by the lesson's own cells; the lesson is `32`.
 */
#ifndef QKV_SHELL_BRIEF_H
#define QKV_SHELL_BRIEF_H

#include "shell/session.h"

/* Is there a short form that uses these parameters, and somebody at a screen? In a pipe and in JSON
 * a command is the lesson.
 */
bool brief_wanted(const Session *s, const Lesson *l, int nargs, char *const *args);
/* args: "name=value", as reading_open takes them. */
bool brief_show(Session *s, const Lesson *l, int nargs, char *const *args, Err *err);

#endif
