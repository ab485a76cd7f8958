/* Function objects that run rows (row.h), and what is registered for their arguments. */
#ifndef QKV_EVAL_NATIVE_H
#define QKV_EVAL_NATIVE_H

#include "value/row.h"

/* A function object for a row that lives for ever (static tables). */
Value native_new(Interp *in, const NativeRow *row, const char *module);
/* The row behind a function or method value, or NULL. */
const NativeRow *native_row(Value v);
/* The name in a signature: bytes up to '('. */
size_t native_name_len(const NativeRow *row);

/* How `out=` is served for rows with NATIVE_OUT: the body runs without it, then fn puts *result
 * into `to` (borrowed) and replaces *result (owned) by it. name: the function, for errors. */
typedef bool (*NativeOut)(Interp *in, const char *name, Value to, Value *result, Err *err);
void native_out_register(NativeOut fn);

/* Says whether v may stand for a parameter annotated with a name. None is not asked about
 * where the default is None, nor UNSET where it is `...`. */
typedef bool (*NativeCheck)(Interp *in, Value v);
/* `wanted` (NULL: the name itself) goes into the TypeError: "softmax(): argument 'input'
 * (position 1) must be Tensor, not list". Process-wide; a name registered again is replaced. */
void native_checker_register(const char *annotation, NativeCheck fn, const char *wanted);

/* torch takes numpy's scalars for the numbers that they are: what a value of a TYPE_NUMBER type
 * (not the parameter `data` of torch.tensor and its kin) becomes in a call of a row of torch's.
 * *number is None, bool, int or float; false: stays as it is. Process-wide. */
typedef bool (*NativeNumber)(Value v, Value *number);
void native_number_register(NativeNumber fn);

#endif
