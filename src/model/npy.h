/* NumPy's .npy: a magic, a version, a header that is the text of a Python dict, the elements.
 * Versions 1 to 3; either memory order, either byte order. Format:
 * numpy.lib.format's documentation.
 */
#ifndef QKV_MODEL_NPY_H
#define QKV_MODEL_NPY_H

#include "model/bytes.h"

/* The array that a stream holds to its end. Fortran order comes out as a transposed view, as in
 * NumPy. ERR_VALUE, ERR_MEMORY. */
bool npy_read(ByteStream *s, Tensor **out, Err *err);

/* Version 1, row-major, little-endian. ERR_VALUE for bfloat16, which NumPy does not have; name is
 * for that message. */
bool npy_write(ByteSink *sink, const char *name, const Tensor *t, Err *err);
/* Bytes that npy_write makes. */
uint64_t npy_bytes(const Tensor *t);

#endif
