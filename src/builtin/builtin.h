/* What is built in, seen from the tutor and the shell: one call defines every
 * module, and a few bridges from Values to what is drawn.
 *
 *     Interp *in = interp_new(&cfg);
 *     builtin_install(in);
 */
#ifndef QKV_BUILTIN_H
#define QKV_BUILTIN_H

#include "eval/interp.h"
#include "grad/trace.h"
#include "tensor/tensor.h"
#include "view/view.h"

/* Sets the builtin functions and types and registers every module. Cheap: module contents
 * are made at their first import. Calls core_install (Python's builtins and standard modules,
 * core.c) and torch_install (torch, numpy, einops, qkv; torch.c). */
void builtin_install(Interp *in);
void core_install(Interp *in);
void torch_install(Interp *in);

/* The tensor inside a value, borrowed; NULL when it is none. */
Tensor *tensor_peek(Value v);
/* A tensor as a value; takes over the reference. */
Value tensor_value_take(Interp *in, Tensor *t);

/* The picture of a value at the prompt: a labelled matrix for a tensor, NULL for everything
 * whose repr says it best. name: what it was called, or NULL. Owned. */
View *value_view(Value v, const char *name);

/* Makes the trace label every op with the statement that ran it. */
void ledger_install(Interp *in);
/* The ops of a trace folded to one row per statement, in order; owned. NULL when empty. */
View *ledger_view(const Trace *t, const char *title);

#endif
