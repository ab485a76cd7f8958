/* The follow-ups of a lesson: what an interviewer asks next, and the answer. They stand under the
 * heading of the part "follow" as a list whose entries begin with the question in emphasis:
 *
 *     - *Why a softmax?* Positive weights of sum one, ...
 */
#ifndef QKV_TUTOR_FOLLOW_H
#define QKV_TUTOR_FOLLOW_H

#include "eval/interp.h"
#include "tutor/lesson.h"

typedef struct FollowUp {
    char *question, *answer; /* Markdown, {{...}} filled in at the parameters' defaults; owned */
} FollowUp;

typedef struct FollowUps {
    VEC(FollowUp) list;
} FollowUps;

/* Appends them in their order. No cell runs for it: one whose numbers come from cells is left
 * out. No lesson may be entered (run.h). */
void follow_ups_read(Interp *in, const Lesson *l, FollowUps *out);
void follow_ups_clear(FollowUps *f);

#endif
