/* A matrix product that is planned: sizes, strides and batches. Private to matmul.c and addmm.c. */
#ifndef QKV_LINALG_PRODUCT_H
#define QKV_LINALG_PRODUCT_H

#include "tensor/tensor.h"

/* A stack of products: batch dims in front, strides in elements, C contiguous. */
typedef struct Product {
    int nb;
    int64_t batch[TENSOR_MAX_DIM], a_bs[TENSOR_MAX_DIM], b_bs[TENSOR_MAX_DIM];
    int64_t m, n, k;
    int64_t ars, acs, brs, bcs;
    bool add, batched; /* batched: both operands have leading dimensions, PyTorch's bmm */
} Product;

/* Below this many multiplications PyTorch's bmm uses loops of its own instead of BLAS. */
#define PLAIN_BELOW 400

/* The dtype that a product of dt computes in. */
DType product_dtype(DType dt);
/* Fills p and the result's shape. A vector on the left is a row, on the right a column; that
 * dimension is not in the result. */
bool product_plan(const Tensor *a, const Tensor *b, Product *p, int *ndim, int64_t *shape,
                  Err *err);
/* C = A B for each batch, or C += A B (p->add); dt as product_dtype says. Polls. */
bool product_run(const Product *p, DType dt, const char *a, const char *b, char *c, Err *err);
/* a @ b, both of a dtype that products compute in. */
bool product(const Tensor *a, const Tensor *b, Tensor **out, Err *err);
/* Errors in PyTorch's words. */
bool product_inner_mismatch(int64_t m, int64_t k, const Tensor *b, Err *err);
bool product_not_for_bool(const Tensor *a, const char *kernel, Err *err);
bool product_batches_fit(const Tensor *a, const Tensor *b, Err *err);

#endif
