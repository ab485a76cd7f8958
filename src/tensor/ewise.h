/* Running an elementwise kernel over an Iter.
 *
 * A kernel is a loop over contiguous arrays of one compute class (convert.h) with
 * up to three inputs. The driver feeds it: directly from memory where an operand
 * is stored in that class and dense, else through chunk buffers. Inputs may be
 * the output's own memory; kernels therefore work strictly element by element.
 */
#ifndef QKV_TENSOR_EWISE_H
#define QKV_TENSOR_EWISE_H

#include "base/isa.h"
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

/* A loop whose iterations read and write at their own index, so that none depends on another even
 * where an input is the output. */
#ifdef __clang__ /* finds that out at run time */
#define EACH(i, n) for (int64_t i = 0; i < (n); i++)
#else
#define EACH(i, n) _Pragma("GCC ivdep") for (int64_t i = 0; i < (n); i++)
#endif

#endif
