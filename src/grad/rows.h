/* What the rows_*.c files share: short names for a call's parts. For src/grad only. */
#ifndef QKV_ROWS_H
#define QKV_ROWS_H

#include "grad/oplist.h"
#include "grad/vjp.h"

#define IN(i) (op_inputs(c)[i])
#define FORWARD(name) static bool forward_##name(const OpCall *c, Tensor **out, Err *err)
#define INPLACE(name) static bool inplace_##name(const OpCall *c, Err *err)
#define VJP(name) static void vjp_##name(Vjp *v)

/* dims of a reduction: n == 0 in the call means all, NULL for the tensor functions. */
static inline const int64_t *call_dims(const OpCall *c) {
    return c->nint ? c->ints : NULL;
}

#endif
