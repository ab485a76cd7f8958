/* The shortest decimal digits that read back as the same number: Python's and
 * NumPy's way of writing floats. */
#ifndef QKV_REPR_DIGITS_H
#define QKV_REPR_DIGITS_H

#include "tensor/tensor.h"

/* 0.d1d2d3... * 10^(exp10 + 1), that is, exp10 is the exponent of the first digit. */
typedef struct Digits {
    char text[24]; /* not terminated; no trailing zeros */
    int count, exp10;
} Digits;

/* v: positive and finite. dt: the format that it must read back in (F64, F32, F16). */
Digits digits_shortest(double v, DType dt);

#endif
