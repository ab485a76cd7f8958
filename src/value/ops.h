/* Operations on values, for C code: each runs the slot of the value's type, or sets the error that
 * names the type.
 *
 *     Value sum;
 *     if (!value_binary(in, OP_ADD, a, b, &sum, err)) return false;
 *     ...
 *     value_release(sum);
 */
#ifndef QKV_VALUE_OPS_H
#define QKV_VALUE_OPS_H

#include "value/machine.h"

bool value_repr(Interp *in, Value v, Str *out, Err *err);
bool value_str(Interp *in, Value v, Str *out, Err *err);
bool value_format(Interp *in, Value v, const char *spec, size_t n, Str *out, Err *err);
bool value_truth(Interp *in, Value v, bool *out, Err *err);
/* The same object, or equal immediates of one type: what `is` asks. */
bool value_identical(Value a, Value b);
bool value_equal(Interp *in, Value a, Value b, bool *out, Err *err);
bool value_hash(Interp *in, Value v, uint64_t *out, Err *err);
bool value_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
/* a op b after a's own dunder gave NotImplemented: b's turn, or the TypeError. */
bool value_binary_declined(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
bool value_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
bool value_unary(Interp *in, Op op, Value a, Value *out, Err *err);
bool value_len(Interp *in, Value v, int64_t *out, Err *err);
bool value_contains(Interp *in, Value container, Value item, bool *out, Err *err);
bool value_getitem(Interp *in, Value v, Value key, Value *out, Err *err);
bool value_setitem(Interp *in, Value v, Value key, Value to, Err *err);
bool value_delitem(Interp *in, Value v, Value key, Err *err);
bool value_iter(Interp *in, Value v, Value *out, Err *err);
bool value_next(Interp *in, Value it, Value *out, Err *err); /* *out UNSET at the end */
bool value_call(Interp *in, Value f, const CallArgs *args, Value *out, Err *err);
bool value_call_pos(Interp *in, Value f, const Value *pos, int n, Value *out, Err *err);
/* Calls v.name(pos...) if v has that attribute; *out UNSET when not. */
bool value_call_found(Interp *in, Value v, const char *name, const Value *pos, int n, Value *out,
                      Err *err);

#endif
