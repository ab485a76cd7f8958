/* Running an elementwise kernel over an Iter.
 *
 * A kernel is a loop over contiguous arrays of one compute class (convert.h) with
 * up to three inputs. The driver feeds it: directly from memory where an operand
 * is stored in that class and dense, else through chunk buffers. Inputs may be
 * the output's own memory; kernels therefore work strictly element by element.
 */
#ifndef QKV_TENSOR_EWISE_H
#define QKV_TENSOR_EWISE_H

#include "tensor/convert.h"
#include "tensor/iter.h"

/* in[k], out: n contiguous elements; p: the operation's numbers. */
typedef void EwiseFn(int64_t n, const void *const *in, void *out, const double *p);

typedef struct Ewise {
    EwiseFn *fn, *apart; /* apart: for operands whose elements lie apart; NULL: fn */
    int nin;
    DType common; /* inputs are first brought to this dtype, then to its class */
    DType kout;   /* what fn writes: a compute class, or DT_BOOL */
    double p[4];
    bool bool_first; /* in[0] is a mask: handed over as uint8, not as `common` */
} Ewise;

/* Operand 0 of `it` is the output, of dtype dt[0]; dt[1..] are the inputs' dtypes. */
bool ewise_run(const Ewise *e, Iter *it, const DType *dt, Err *err);

/* new = op(inputs), and dst = op(inputs) with dst's version bumped. */
bool ewise_new(const Ewise *e, DType result, const Tensor *const *in, Tensor **out, Err *err);
bool ewise_into(const Ewise *e, Tensor *dst, const Tensor *const *in, Err *err);

/* Kernels are compiled for several instruction sets; the loader picks. Loops read
 * their inputs and write their output at one index, so no element of one
 * iteration depends on another even when out is an input. Contraction to fused
 * multiply-adds is off, so that every machine computes the same bits. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) &&                             \
    !defined(__SANITIZE_ADDRESS__)
#define KERNEL                                                                                     \
    __attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3", "fp-contract="      \
                                                                               "off")))
/* For loops with an explicit fmaf or fma: one instruction where there is one, a library call that
 * gives the same bits elsewhere. */
#define KERNEL_FMA                                                                                 \
    __attribute__((target_clones("avx512f", "arch=x86-64-v3", "default"),                \
                   optimize("O3", "fp-contract=off")))
#else
#define KERNEL
#define KERNEL_FMA
#endif
#ifdef __clang__ /* finds that out at run time */
#define EACH(i, n) for (int64_t i = 0; i < (n); i++)
#else
#define EACH(i, n) _Pragma("GCC ivdep") for (int64_t i = 0; i < (n); i++)
#endif

#endif
