/* Python's complex: two doubles, for the 1j of rotary embeddings. Tensors take it as a complex64
 * number (tensorobj/args.h).
 *
 *     Value z = complex_value(0, 1);
 *     if (value_is(v, &type_complex)) ... complex_of(v)->re
 */
#ifndef QKV_VALUE_COMPLEX_H
#define QKV_VALUE_COMPLEX_H

#include "value/obj.h"

typedef struct ComplexObj {
    Obj head;
    double re, im;
} ComplexObj;

extern Type type_complex;

Value complex_value(double re, double im); /* owned */
static inline const ComplexObj *complex_of(Value v) {
    return (const ComplexObj *)v.o;
}

/* a ** b of a negative base and a fraction. */
bool complex_power(double a, double b, Value *out, Err *err);

#endif
