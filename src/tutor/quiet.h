/* Running code whose output nobody wants to see: only its lines of progress get through.
 *
 *     Quiet q;
 *     quiet_begin(&q, in);
 *     ... interp_run(...) ...
 *     quiet_end(&q);
 */
#ifndef QKV_TUTOR_QUIET_H
#define QKV_TUTOR_QUIET_H

#include "eval/interp.h"

typedef struct Quiet {
    Sink sink; /* first: the interpreter holds a pointer to it */
    Interp *in;
    Sink *before;
} Quiet;

void quiet_begin(Quiet *q, Interp *in);
void quiet_end(Quiet *q);
/* A line of progress of the caller's own; text NULL takes it away. */
void quiet_progress(Quiet *q, const char *text, double fraction);

#endif
