/* A piece of code as a reader sees it run: the value of a last expression shown, the engine's ops
 * folded to a ledger. The prompt's lines and a lesson's cells are run by the same function.
 *
 *     View *ledger = NULL;
 *     bool ok = cell_run(in, src, &(CellRun){.scope = scope, .echo = ECHO_PICTURE}, &ledger, err);
 */
#ifndef QKV_TUTOR_CELL_H
#define QKV_TUTOR_CELL_H

#include "eval/interp.h"

struct View;

/* How the value of a last expression is shown, if it is not None. */
typedef enum Echo {
    ECHO_NOT,
    ECHO_PICTURE, /* tensors are drawn, everything else has its repr printed */
    ECHO_REPR
} Echo;

typedef struct CellRun {
    Value scope; /* borrowed */
    Echo echo;
    const char *name; /* what a drawn value is called; NULL: nothing */
    bool keeps;       /* the value is `_` afterwards */
    bool ledger;      /* ops are recorded */
    int64_t ns;       /* see cell_within */
} CellRun;

/* src is borrowed. *ledger (may be NULL when none is recorded) is owned: the ops that ran, also
 * those before an error, without those that show the value; NULL: there were none. */
bool cell_run(Interp *in, Source *src, const CellRun *how, struct View **ledger, Err *err);

/* Runs a text, then hands its value to `use` (may be NULL), both within one limit of `ns` of the
 * processor's time (0: the interpreter's own, which a smaller one always is); the interpreter's
 * comes back afterwards. */
typedef bool (*UseValue)(Interp *in, Value v, void *ctx, Err *err);
bool cell_within(Interp *in, int64_t ns, Source *src, Value scope, UseValue use, void *ctx,
                 Err *err);

#endif
