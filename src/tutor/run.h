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

typedef struct LessonRun LessonRun;

/* Checks names, types, ranges and choices of args ("name=value", borrowed); ERR_VALUE or
 * ERR_NAME (with the nearest parameter as hint). The lesson is borrowed. */
bool lesson_run_new(Interp *in, const Lesson *l, int nargs, char *const *args, LessonRun **out,
                    Err *err);
void lesson_run_free(LessonRun *r);

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

/* Runs the step at the cursor and moves on. On an error the cursor stays and err names the
 * lesson's file and line; a `raises` cell that does not raise is an error too. */
bool lesson_run_step(LessonRun *r, StepResult *res, Err *err);
/* What the lesson's `short` cell shows, behind the cells above it, whose output is dropped. The
 * lesson has one (lesson.h); the run is fresh. */
bool lesson_run_short(LessonRun *r, Err *err);
size_t lesson_run_at(const LessonRun *r);
size_t lesson_run_count(const LessonRun *r);
/* Moves the cursor back to a step; variables stay as they are. */
void lesson_run_seek(LessonRun *r, size_t step);
/* Fresh scope with the same parameters, cursor at 0. */
bool lesson_run_restart(LessonRun *r, Err *err);
Value lesson_run_scope(LessonRun *r); /* borrowed module */
const Lesson *lesson_run_lesson(const LessonRun *r);
/* The parameters in force as "name=value" texts, for titles and restarts. */
void lesson_run_params(const LessonRun *r, Str *out);

/* Runs every cell of every lesson in a folder at its defaults (qkv check DIR), each within cell_ns
 * (as lesson_run_cell_limit). For each defect calls report with "file:line: what". Returns the
 * number of defects. */
typedef void (*CheckReport)(void *ctx, const char *message, bool is_error);
int lesson_check(Interp *in, const char *dir, int64_t cell_ns, CheckReport report, void *ctx);

#endif
