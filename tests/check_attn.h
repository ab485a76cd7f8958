/* What the attention tests share. */
#ifndef QKV_TESTS_CHECK_ATTN_H
#define QKV_TESTS_CHECK_ATTN_H

#include <check.h>

#include "tensor/tensor.h"

extern Err err;

Tensor *randn4(DType dt, int64_t a, int64_t b, int64_t c, int64_t d);
/* Element number i in row-major order. */
double at(const Tensor *t, int64_t i);

TCase *mask_tests(void);
TCase *table_tests(void);

#endif
