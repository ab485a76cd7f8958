/* Checking the items of lessons: what their author says is right must be right by their own grader.
 *
 * Of every item each question is drawn at ITEM_SEEDS seeds, with its texts filled in, and the model
 * answer is graded; of code and prose the sample answers and the mistakes are, too. */
#ifndef QKV_PRACTICE_CHECK_H
#define QKV_PRACTICE_CHECK_H

#include "practice/item.h"
#include "tutor/run.h"

enum { ITEM_SEEDS = 20 };

/* Every lesson of a folder. For each defect calls report with "file:line: what"; returns how many
 * there are. practice_install came before. What is broken as a lesson is lesson_check's. */
int items_check(Interp *in, const char *dir, CheckReport report, void *ctx);

#endif
