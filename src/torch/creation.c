/* See creation.h. */
#include "config.h"

#include "torch/creation.h"

#include "tensorobj/types.h"

bool creation_options(Interp *in, const char *fn, Value *args, int first, DType dflt, Creation *o,
                      Err *err) {
    if (!arg_dtype(fn, first, args[first], &o->dt, err) || !device_check(args[first + 1], err) ||
        !arg_bool(in, fn, first + 2, args[first + 2], &o->requires_grad, err)) {
        return false;
    }
    if (o->dt == DT_NONE) o->dt = dflt;
    return true;
}

bool filled_return(bool ok, Tensor **t, Value *out) {
    if (!ok) {
        tensor_release(*t);
        return false;
    }
    (*t)->st->version = 0;
    return tensor_return(true, t, out);
}

bool creation_return(bool ok, const Creation *o, Tensor **t, Value *out, Err *err) {
    if (!ok) return false;
    ok = !o->requires_grad || tensor_make_leaf(*t, err);
    return filled_return(ok, t, out);
}
