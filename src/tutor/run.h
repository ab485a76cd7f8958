/* Running a lesson: parameters bound, cells evaluated one after the other.
 *
 * The runner evaluates and returns; what a cell prints or shows goes to the
 * interpreter's sink, which the caller owns. The scope is a module of its own that
 * outlives single steps, so that a reader may enter it at the prompt, change a
 * variable and come back.
 *
 *     LessonRun *r = NULL;
 *     if (!lesson_run_new(in, lesson, n, args, &r, &err)) ...   (args: "n=8", "kind=causal")
 *     while (lesson_run_at(r) < lesson_run_count(r)) {
 *         StepResult res;
 *         if (!lesson_run_step(r, &res, &err)) ...               (moves on)
 *         step_result_clear(&res);
 *     }
 *     lesson_run_free(r);
 *
 * `from lib.NAME import ...` in a cell finds lib/NAME.py in the folder of the lesson's file.
 */
#ifndef QKV_TUTOR_RUN_H
#define QKV_TUTOR_RUN_H

#include "eval/interp.h"
#include "tutor/lesson.h"
#include "tutor/place.h"
#include "tutor/typed.h"

typedef struct LessonRun LessonRun;

/* Checks names, types, ranges and choices of args ("name=value", borrowed); ERR_VALUE or
 * ERR_NAME (with the nearest parameter as hint). The lesson is borrowed. The run is entered. */
bool lesson_run_new(Interp *in, const Lesson *l, int nargs, char *const *args, LessonRun **out,
                    Err *err);
void lesson_run_free(LessonRun *r);
/* Between the two a lesson has the generator of random numbers and the finder of lib.NAME to
 * itself; one at a time. Left, it keeps its variables, its place and its generator's state. */
void lesson_run_enter(LessonRun *r);
void lesson_run_leave(LessonRun *r);

typedef struct StepResult {
    const LessonStep *step; /* borrowed */
    Str text;               /* STEP_TEXT: Markdown with {{...}} filled in */
    struct View *ledger;    /* STEP_CELL: what the engine did; NULL: nothing or not wanted; owned */
    Err expected;           /* STEP_CELL with `raises`: the error that came; kind ERR_OK else */
} StepResult;
void step_result_clear(StepResult *res);

/* Called before a cell runs, so that its source can be shown first. May be NULL. */
typedef void (*StepBegin)(void *ctx, const LessonStep *step);
void lesson_run_on_begin(LessonRun *r, StepBegin fn, void *ctx);

/* What a cell may take where nobody sits to stop it: one that has not ended by then loops for ever;
 * training cells may take twenty seconds on a slow machine. */
#define LESSON_CELL_NS ((int64_t)60 * 1000000000)
/* Cells take at most ns of the processor's time (TimeoutError); 0, as at first: what the
 * interpreter's own limit says. Expressions of `needs:` and {{...}} have a second each anyway. */
void lesson_run_cell_limit(LessonRun *r, int64_t ns);

/* Runs the step at the cursor and moves on. Before a step that computes, the cells above it that
 * did not run do so without being seen, so that numbers are the same whichever way one came. On an
 * error the cursor stays and err names the lesson's file and line; a `raises` cell that does not
 * raise is an error too. */
bool lesson_run_step(LessonRun *r, StepResult *res, Err *err);
/* What the lesson's `short` cell shows, behind the cells above it, whose output is dropped. The
 * lesson has one (lesson.h); the run is fresh. */
bool lesson_run_short(LessonRun *r, Err *err);
size_t lesson_run_at(const LessonRun *r);
size_t lesson_run_count(const LessonRun *r);
/* Moves the cursor to a step; variables stay as they are. */
void lesson_run_seek(LessonRun *r, size_t step);
/* Moves it on to a step; what it passes need not run. */
void lesson_run_skip(LessonRun *r, size_t step);
/* Steps before this one have run, were skipped, or had nothing to run. */
size_t lesson_run_settled(const LessonRun *r);
/* Other parameters: all cells are to run again (those before the cursor unseen); variables that
 * the lesson does not set stay. The cursor stays. On an error nothing has changed. */
bool lesson_run_set(LessonRun *r, int nargs, char *const *args, Err *err);
/* Fresh scope, the same parameters but for those that are given; cursor and place at the start. */
bool lesson_run_restart(LessonRun *r, int nargs, char *const *args, Err *err);
Value lesson_run_scope(LessonRun *r); /* borrowed module */
const Lesson *lesson_run_lesson(const LessonRun *r);
Place *lesson_run_place(LessonRun *r); /* of its reader; borrowed */
/* The parameters in force as "name=value" texts, for titles and restarts. */
void lesson_run_params(const LessonRun *r, Str *out);
/* The value of the lesson's i-th parameter, as typed. Borrowed. */
const char *lesson_run_arg(const LessonRun *r, size_t i);
/* Appends the variables that were last set by hand, not by a cell: "n, q". */
void lesson_run_by_hand(LessonRun *r, Str *out);

/* Code that a reader typed behind the step at the cursor, and that ran: what may have set a
 * variable is kept. false: it would be, but there is no room (typed.h). */
bool lesson_run_typed(LessonRun *r, const char *code);
/* Code typed in an earlier run: it is to run, unseen, as soon as the cells before a step did. */
void lesson_run_recall(LessonRun *r, size_t step, const char *code);
/* What is kept. Borrowed. */
const Typed *lesson_run_kept(const LessonRun *r);
/* Appends what recalled code failed with since that was last asked, a line for each. */
void lesson_run_failed(LessonRun *r, Str *out);

/* Runs every cell of every lesson in a folder at its defaults (qkv check DIR), each within cell_ns
 * (as lesson_run_cell_limit). For each defect calls report with "file:line: what". Returns the
 * number of defects. */
typedef void (*CheckReport)(void *ctx, const char *message, bool is_error);
int lesson_check(Interp *in, const char *dir, int64_t cell_ns, CheckReport report, void *ctx);

#endif
