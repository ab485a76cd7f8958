/* "[2, 3]" for error messages: sizes as PyTorch prints them inside C++ errors. */
#ifndef QKV_TENSOR_SHAPETEXT_H
#define QKV_TENSOR_SHAPETEXT_H

#include "tensor/tensor.h"

/* By value, so that several fit in one err_set call. Cut off after 16 dims. */
typedef struct ListText {
    char text[TENSOR_MAX_DIM * 22 + 3];
} ListText;

ListText list_text(int n, const int64_t *values);

#endif
