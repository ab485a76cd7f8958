/* np.array(data): nested sequences of numbers and arrays as one tensor. */
#ifndef QKV_NUMPY_NEST_H
#define QKV_NUMPY_NEST_H

#include "numpy/numpy.h"

/* A fresh tensor; floats are float64, ints int64, arrays keep their dtype, the widest wins. dt
 * DT_COUNT: as the elements say. ERR_VALUE in NumPy's words for rows of different lengths,
 * ERR_TYPE for what is no number. */
bool np_from_nest(Interp *in, Value data, DType dt, Tensor **out, Err *err);

#endif
