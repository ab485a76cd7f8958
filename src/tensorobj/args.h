/* Arguments of the torch bodies: from Values to C, with PyTorch's conversions and
 * one wording for what does not fit.
 *
 * A body is named do_NAME; the macros take NAME from __func__ for the message
 * ("softmax(): argument 2 must be int, not str").
 *
 *     static bool do_tril(Interp *in, Value *args, Value *out, Err *err) {
 *         Tensor *x, *y = NULL;
 *         int64_t diagonal;
 *         if (!ARG_TENSOR(0, &x) || !ARG_INT(1, &diagonal)) return false;
 *         return tensor_return(op_tril(x, diagonal, &y, err), &y, out);
 *     }
 */
#ifndef QKV_TENSOROBJ_ARGS_H
#define QKV_TENSOROBJ_ARGS_H

#include "tensorobj/tensorobj.h"
#include "eval/interp.h"
#include "eval/native.h"

/* Bits of a row above those of native.h: where its name goes (torch.h). */
enum {
    TORCH_FN = 1u << 16,
    TORCH_METHOD = 1u << 17,
    TORCH_BOTH = TORCH_FN | TORCH_METHOD,
    /* the function takes out= too; the method never does */
    TORCH_FN_OUT = TORCH_FN | NATIVE_OUT,
    TORCH_BOTH_OUT = TORCH_BOTH | NATIVE_OUT
};

#define DT_NONE DT_COUNT /* "not given" */

/* A list of sizes or dims. */
typedef struct Dims {
    int n; /* -1: None was given */
    int64_t d[TENSOR_MAX_DIM];
} Dims;

#define ARG_TENSOR(i, p) arg_tensor(__func__, i, args[i], p, err)
#define ARG_INT(i, p) arg_int(in, __func__, i, args[i], p, err)
#define ARG_FLOAT(i, p) arg_float(in, __func__, i, args[i], p, err)
#define ARG_BOOL(i, p) arg_bool(in, __func__, i, args[i], p, err)
#define ARG_DTYPE(i, p) arg_dtype(__func__, i, args[i], p, err)
#define ARG_DIMS(i, p) arg_dims(in, __func__, i, args[i], p, err)
#define ARG_STR(i, p) arg_str(__func__, i, args[i], p, err)
#define ARG_TENSORS(i, l) arg_tensors(in, __func__, i, args[i], l, err)
#define ARG_OPERAND(i, p) arg_operand(in, __func__, i, args[i], p, err)
#define ARG_MISSING(i) ((args[i]).tag == VT_UNSET || (args[i]).tag == VT_NONE)

/* Borrowed. */
bool arg_tensor(const char *fn, int i, Value v, Tensor **out, Err *err);
/* A tensor or None (NULL). */
bool arg_tensor_or_none(const char *fn, int i, Value v, Tensor **out, Err *err);
/* int, bool, an integer tensor of one element. */
bool arg_int(Interp *in, const char *fn, int i, Value v, int64_t *out, Err *err);
/* Any number or a one-element tensor. */
bool arg_float(Interp *in, const char *fn, int i, Value v, double *out, Err *err);
bool arg_bool(Interp *in, const char *fn, int i, Value v, bool *out, Err *err);
bool arg_str(const char *fn, int i, Value v, const char **out, Err *err);
/* A torch dtype; DT_NONE for None. */
bool arg_dtype(const char *fn, int i, Value v, DType *out, Err *err);
/* An int, a tuple or list of ints, a *sizes tuple that holds either; None gives n = -1. */
bool arg_dims(Interp *in, const char *fn, int i, Value v, Dims *out, Err *err);
/* Tensors of a tuple, list or other iterable: *out is allocated (mem_free), its items
 * are borrowed from *hold, which the caller releases. */
typedef struct TensorList {
    Tensor **t;
    int n;
    Value hold;
} TensorList;
bool arg_tensors(Interp *in, const char *fn, int i, Value v, TensorList *out, Err *err);
void tensor_list_clear(TensorList *l);
/* A tensor (retained) or a number as a wrapped 0-dim tensor; owned. */
bool arg_operand(Interp *in, const char *fn, int i, Value v, Tensor **out, Err *err);
/* The same for a value that may be no operand at all: *out NULL, no error. */
bool value_operand(Value v, Tensor **out, Err *err);
/* Error: "NAME(): argument i must be WANTED, not TYPE". False. */
bool arg_wrong(const char *fn, int i, const char *wanted, Value v, Err *err);
/* "softmax" for do_softmax. */
const char *arg_fn_name(const char *func);

/* A tuple of tensors; takes over the references in ts. */
Value tensors_tuple_take(int n, Tensor **ts);
/* torch.Size of a shape. */
Value size_new(int n, const int64_t *shape);
/* torch.return_types.NAME: a tuple whose fields have names. Takes over items.
 * what is "max", "topk", ...; fields are "values" and "indices" and the like. */
typedef struct ReturnKind {
    const char *name;
    int n;
    const char *fields[4];
} ReturnKind;
Value return_tuple_take(const ReturnKind *kind, const Value *items);

#endif
