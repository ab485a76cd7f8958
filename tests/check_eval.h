/* Running dialect text in tests, with what it prints and how it fails as text.
 *
 *     ck_out("print(1 + 1)", "2\n");
 *     ck_fails("1 / 0", "ZeroDivisionError: division by zero");
 */
#ifndef QKV_TESTS_CHECK_EVAL_H
#define QKV_TESTS_CHECK_EVAL_H

#include <check.h>

#include "eval/interp.h"
#include "value/obj.h"

typedef struct Run {
    Interp *in;
    Value module;
    Sink sink;
    Str out; /* what was printed */
    Err err; /* of the last run */
} Run;

void run_begin(Run *r, const InterpConfig *cfg); /* cfg may be NULL; its sink is replaced */
bool run_text(Run *r, const char *text, unsigned flags, Value *out);
void run_end(Run *r);
/* "ValueError: text", with "\nhint: ..." behind it when there is one; borrowed until the next. */
const char *run_error(Run *r);

/* A fresh interpreter runs text: it prints exactly `want`. */
void ck_out(const char *text, const char *want);
/* It fails, and run_error begins with `want`. */
void ck_fails(const char *text, const char *want);

Suite *suite_eval_run(void);
Suite *suite_eval_errors(void);
Suite *suite_eval_native(void);
Suite *suite_eval_objects(void);

#endif
