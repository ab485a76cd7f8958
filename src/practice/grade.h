/* Grading: an answer to what was asked -> a verdict. Whatever a kind can compute is computed:
 * values are compared, code is run, only prose is read.
 *
 *     Verdict v = {0};
 *     if (!grade(&asked, "4*768**2", 8, &v, &err)) ...     (it could not be read: asked again)
 *     v.result                                            -> RESULT_RIGHT
 *     verdict_clear(&v);
 */
#ifndef QKV_PRACTICE_GRADE_H
#define QKV_PRACTICE_GRADE_H

#include "practice/ask.h"
#include "view/view.h"

typedef enum Result { RESULT_WRONG, RESULT_PARTLY, RESULT_RIGHT } Result;

/* A point of a rubric, and the person's words that met it. */
typedef struct PointSaid {
    const ItemPoint *point; /* borrowed from the item */
    bool met;
    char *by; /* owned; NULL: not met */
} PointSaid;

typedef struct Verdict {
    Result result;
    char *diagnosis;   /* id of the catalogue of mistakes, or NULL; owned */
    Str shown;         /* what there is to say about the answer, Markdown; may be empty */
    Err fault;         /* what the answer's code raised; ERR_OK: nothing */
    VEC(View *) views; /* pictures below it: got, wanted; owned */
    VEC(PointSaid) points, traps; /* of a rubric; a trap that is met was stepped in */
} Verdict;

/* answer: n bytes as given. False with err set: it could not be read (it is no expression, it has a
 * syntax error, it is empty): nothing is graded. What an answer's code does is no error: it raises,
 * loops or takes too much memory, and the verdict says so. */
bool grade(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err);
void verdict_clear(Verdict *v);
/* What the points and traps of a rubric come to: right with every must and no trap; partly with
 * half of the musts and no trap, or with all and a trap. */
Result points_result(const Verdict *v);

const char *result_name(Result r); /* "right", "partly", "wrong" */

#endif
