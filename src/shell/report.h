/* Errors and warnings as texts for people: carets, hints, styles. Nothing is written here. */
#ifndef QKV_SHELL_REPORT_H
#define QKV_SHELL_REPORT_H

#include "base/err.h"
#include "base/str.h"
#include "eval/interp.h"
#include "term/term.h"

/* Appends the lines of an error. in may be NULL; an exception of the dialect is asked for its text,
 * which is kept in err. */
void report_text(Interp *in, Err *err, const TermFacts *facts, Str *out);
/* The class of an exception of the dialect (its text is put into err), or NULL; owned. */
char *report_raised(Interp *in, Err *err);
/* Appends "qkv: TEXT". */
void report_warning(const char *text, const TermFacts *facts, Str *out);

#endif
