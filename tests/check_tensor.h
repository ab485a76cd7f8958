/* What the tensor tests share: tensors from literals, comparison with literals.
 *
 *     Tensor *a = T(DT_F32, S(2, 2), 1, 2, 3, 4);
 *     OK(tensor_t(a, &v, &err));
 *     is(v, DT_F32, "(2, 2)", "1 3 2 4");
 *     FAILS(tensor_view(a, 1, (int64_t[]){3}, &v, &err), ERR_RUNTIME, "shape '[3]' is ...");
 */
#ifndef QKV_TESTS_CHECK_TENSOR_H
#define QKV_TESTS_CHECK_TENSOR_H

#include <check.h>

#include "tensor/tensor.h"

extern Err err; /* of the running test; unset after OK and FAILS */

/* Shape and data of a literal. */
#define S(...)                                                                                     \
    (int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), (int64_t[]) {                       \
        __VA_ARGS__                                                                                \
    }
#define T(dt, shape, ...)                                                                          \
    tensor_of(dt, shape, (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)),                  \
              (double[]){__VA_ARGS__})
/* Fails the test when the count does not fill the shape. */
Tensor *tensor_of(DType dt, int ndim, const int64_t *shape, int n, const double *values);
Tensor *scalar_of(DType dt, double v);
/* 0, 1, 2, ... */
Tensor *counting(DType dt, int ndim, const int64_t *shape);

/* Dtype, shape as shape_str writes it, elements in row-major order separated by blanks; floats
 * are equal within `tolerance` relative to max(1, |wanted|). */
void tensor_is(const char *file, int line, const Tensor *t, DType dt, const char *shape,
               const char *values, double tolerance);
#define is(t, dt, shape, values) tensor_is(__FILE__, __LINE__, t, dt, shape, values, 1e-6)
#define is_near(t, dt, shape, values, tol) tensor_is(__FILE__, __LINE__, t, dt, shape, values, tol)
/* The same, then drops *t. */
void is_then_drop(const char *file, int line, Tensor **t, DType dt, const char *shape,
                  const char *values);
#define gives(t, dt, shape, values) is_then_drop(__FILE__, __LINE__, &(t), dt, shape, values)

#define OK(call) call_ok(__FILE__, __LINE__, call)
void call_ok(const char *file, int line, bool ok);
#define FAILS(call, kind, text) call_fails(__FILE__, __LINE__, call, kind, text)
void call_fails(const char *file, int line, bool ok, ErrKind kind, const char *text);

void drop(Tensor **t); /* release and NULL */

TCase *core_tests(void);
TCase *view_tests(void);
TCase *pointwise_tests(void);
TCase *reduce_tests(void);
TCase *join_tests(void);
TCase *index_tests(void);
TCase *memory_tests(void);
TCase *table_tests(void);
TCase *bits_tests(void);

#endif
