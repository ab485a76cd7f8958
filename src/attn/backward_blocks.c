/* See backward_blocks.h. One template for float and double; the five products are gemm calls on
 * blocks of BLOCK queries, everything between them is one pass over the block. */
#include "config.h"

#include "attn/backward_blocks.h"

#include <tgmath.h>

#include "linalg/matmul.h"
#include "tensor/interrupt.h"

enum { BLOCK = 64 };

#define REAL float
#define NAME(x) x##_f32
#include "attn/backward_blocks_kernel.h"

#define REAL double
#define NAME(x) x##_f64
#include "attn/backward_blocks_kernel.h"

bool attn_backward_blocks(const AttnBlocksBack *a, Err *err) {
    if (tensor_numel(a->q) == 0 || tensor_numel(a->k) == 0) return true;
    return a->q->dtype == DT_F64 ? all_f64(a, err) : all_f32(a, err);
}
