/* How bodies that make tensors begin and end: dtype=, device= and requires_grad=.
 *
 *     Creation o;
 *     if (!creation_options(in, __func__, args, 1, DT_NONE, &o, err)) return false;
 *     return creation_return(tensor_zeros(o.dt, ..., &t, err), &o, &t, out, err);
 */
#ifndef QKV_TORCH_CREATION_H
#define QKV_TORCH_CREATION_H

#include "tensorobj/args.h"

typedef struct Creation {
    DType dt;
    bool requires_grad;
} Creation;

/* first: the slot of dtype= (dflt when it is None); device and requires_grad follow it. */
bool creation_options(Interp *in, const char *fn, Value *args, int first, DType dflt, Creation *o,
                      Err *err);
/* Ends a creation: requires_grad, then the value. */
bool creation_return(bool ok, const Creation *o, Tensor **t, Value *out, Err *err);
/* The same without options. Filling a new tensor was no write that the user made; it is released
 * when that failed. */
bool filled_return(bool ok, Tensor **t, Value *out);

#endif
