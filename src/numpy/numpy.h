/* numpy's second face on the same tensors: the array type, the scalar types and the private
 * module numpy._core that src/numpy/numpy.py is written on.
 *
 * An array holds a Tensor, as torch.Tensor does, but is a type of its own with NumPy's rules: its
 * promotion, its text, its errors. What a computation ends in without dims is a scalar (float64,
 * int64, bool_, ...), which holds a 0-dim tensor. Methods and properties other than those of
 * types.c are functions of the dialect: the tables `_methods` and `_properties` of module numpy.
 *
 *     Tensor *t = value_array(v);                 (borrowed; NULL: neither array nor scalar)
 *     return array_return(op_exp(t, &y, err), &y, out);
 */
#ifndef QKV_NUMPY_NUMPY_H
#define QKV_NUMPY_NUMPY_H

#include "tensorobj/array.h"
#include "tensorobj/tensorobj.h"
#include "eval/interp.h"
#include "eval/native.h"

/* X(name, dtype, base): the scalar types. */
#define NP_SCALARS(X)                                                                              \
    X(bool_, DT_BOOL, generic)                                                                     \
    X(uint8, DT_U8, unsignedinteger)                                                               \
    X(int8, DT_I8, signedinteger)                                                                  \
    X(int16, DT_I16, signedinteger)                                                                \
    X(int32, DT_I32, signedinteger)                                                                \
    X(int64, DT_I64, signedinteger)                                                                \
    X(float16, DT_F16, floating)                                                                   \
    X(float32, DT_F32, floating)                                                                   \
    X(float64, DT_F64, floating)                                                                   \
    X(complex64, DT_C64, complexfloating)
/* X(name, base): the abstract ones that isinstance asks for. */
#define NP_KINDS(X)                                                                                \
    X(number, generic)                                                                             \
    X(integer, number)                                                                             \
    X(signedinteger, integer)                                                                      \
    X(unsignedinteger, integer)                                                                    \
    X(inexact, number)                                                                             \
    X(floating, inexact)                                                                           \
    X(complexfloating, inexact)

extern Type type_ndarray, type_np_generic;

/* NumPy's result: a scalar when there are no dims, else an array. Takes over the reference. */
Value array_result_take(Tensor *t);
static inline bool array_return(bool ok, Tensor **t, Value *out) {
    if (ok) *out = array_result_take(*t);
    return ok;
}
/* The names of the types, into numpy._core. */
void np_types_install(Interp *in, Value module);

/* ---- binary.c: operators and promotion --------------------------------------- */

DType np_promote(DType a, DType b);
/* NumPy 1.24's rule, by values where a scalar meets an array of its kind or a higher one. */
DType np_result_type(int n, Tensor *const *ts);
/* An array, a scalar, a Python number or a list as a tensor, owned; *out NULL for anything else. */
bool np_operand(Interp *in, Value v, Tensor **out, Err *err);
/* ERR_VALUE "operands could not be broadcast together with shapes (2,3) (4,) ". */
bool np_broadcast_check(const Tensor *a, const Tensor *b, Err *err);
/* "(2,3)", "(4,)", "()". */
void np_shape_str(Str *out, int ndim, const int64_t *shape);
bool np_slot_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
bool np_slot_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
bool np_slot_unary(Interp *in, Op op, Value a, Value *out, Err *err);

/* ---- index.c -------------------------------------------------------------------- */

bool np_slot_getitem(Interp *in, Value self, Value key, Value *out, Err *err);
bool np_slot_setitem(Interp *in, Value self, Value key, Value v, Err *err);
bool np_slot_iter(Interp *in, Value self, Value *out, Err *err);

/* ---- sum.c: sums with NumPy's bits ------------------------------------------------ */

/* Sums t over `reduced` (a bit per dim), in t's dtype: pairwise along the innermost axis, in
 * order along the others. out has t's dims with the reduced ones of size 1. float32 and float64
 * only. */
bool np_sum(const Tensor *t, unsigned reduced, Tensor **out, Err *err);

/* ---- legacy_random.c, pcg.c: the legacy generator and default_rng's ----------------------- */

extern Type type_np_bits, type_np_pcg;

/* numpy._core: what numpy.py is made of. */
void numpy_install(Interp *in);

#endif
