/* Writing a vjp: the gradient of the inputs from the gradient of the outputs.
 *
 * A Vjp holds the call, the saved values and a scratch. The v_ functions compute on
 * plain tensors (nothing is taped); each result belongs to the scratch and is
 * released when the vjp is done, so that formulas read as formulas. A NULL operand
 * or an earlier error makes the result NULL: errors need no handling in between.
 *
 *     // y = tanh(x):  dx = g (1 - y^2)
 *     static void vjp_tanh(Vjp *v) {
 *         Tensor *y = v->out[0];
 *         vjp_give(v, 0, v_mul(v, v->g[0], v_rsub_num(v, v_mul(v, y, y), 1)));
 *     }
 *
 * vjp_give sums over dims that the input was broadcast along, and converts to the
 * input's dtype (of a complex gradient for a real input, the real part): formulas
 * need not.
 */
#ifndef QKV_GRAD_VJP_H
#define QKV_GRAD_VJP_H

#include "grad/op.h"
#include "tensor/pointwise.h"
#include "tensor/reduce.h"

struct Map;

struct Vjp {
    const OpCall *c;
    int nin, nout;
    Tensor *const *in;  /* saved values; without a `saves` bit only shape and dtype */
    Tensor *const *out; /* likewise */
    Tensor *const *g;   /* gradient of each output; NULL: none came (never for a sole output) */
    const bool *needs;  /* which inputs want one */
    Tensor **gin;       /* results, see vjp_give */
    Err *err;
    bool failed;
    VEC(Tensor *) scratch;
};

/* The gradient of input i is t (borrowed; NULL: none). Does nothing when it is not needed. */
void vjp_give(Vjp *v, int i, Tensor *t);
/* Ends the formula with an error; returns NULL. */
Tensor *v_fail(Vjp *v);
/* Hands an owned tensor to the scratch; ok false: an error was set. */
Tensor *v_own(Vjp *v, Tensor *t, bool ok);
/* Uninitialised and contiguous / zeros; for kernels of their own. */
Tensor *v_empty(Vjp *v, DType dt, int ndim, const int64_t *shape);
Tensor *v_zeros(Vjp *v, DType dt, int ndim, const int64_t *shape);
Tensor *v_zeros_as(Vjp *v, const Tensor *like);
/* g[i], or zeros where none came. */
Tensor *v_grad(Vjp *v, int i);

Tensor *v_unary(Vjp *v, UnaryOp op, const Tensor *a);
Tensor *v_binary(Vjp *v, BinaryOp op, const Tensor *a, const Tensor *b);
Tensor *v_num(Vjp *v, BinaryOp op, const Tensor *a, double number); /* a op number */
static inline Tensor *v_add(Vjp *v, const Tensor *a, const Tensor *b) {
    return v_binary(v, BIN_ADD, a, b);
}
static inline Tensor *v_sub(Vjp *v, const Tensor *a, const Tensor *b) {
    return v_binary(v, BIN_SUB, a, b);
}
static inline Tensor *v_mul(Vjp *v, const Tensor *a, const Tensor *b) {
    return v_binary(v, BIN_MUL, a, b);
}
static inline Tensor *v_div(Vjp *v, const Tensor *a, const Tensor *b) {
    return v_binary(v, BIN_DIV, a, b);
}
static inline Tensor *v_scale(Vjp *v, const Tensor *a, double k) {
    return v_num(v, BIN_MUL, a, k);
}
Tensor *v_neg(Vjp *v, const Tensor *a);
Tensor *v_rsub_num(Vjp *v, const Tensor *a, double number); /* number - a */
/* The complex conjugate; a itself when real. */
Tensor *v_conj(Vjp *v, Tensor *a);
/* g where cond, else 0. cond bool, broadcasts. */
Tensor *v_mask(Vjp *v, const Tensor *cond, const Tensor *g);
Tensor *v_cast(Vjp *v, Tensor *a, DType dt);
Tensor *v_contiguous(Vjp *v, Tensor *a);

Tensor *v_reduce(Vjp *v, ReduceOp op, const Tensor *a, int n, const int64_t *dims, bool keepdim);
Tensor *v_sum_to(Vjp *v, const Tensor *a, const Tensor *like);
/* a, a reduction over (n, dims) with keepdim as given, put back to `like`'s shape by
 * broadcasting (stride 0). */
Tensor *v_unreduce(Vjp *v, Tensor *a, int n, const int64_t *dims, bool keepdim, const Tensor *like);

Tensor *v_expand_as(Vjp *v, Tensor *a, const Tensor *like);
Tensor *v_reshape(Vjp *v, Tensor *a, int n, const int64_t *shape); /* view or copy */
Tensor *v_reshape_as(Vjp *v, Tensor *a, const Tensor *like);
Tensor *v_transpose(Vjp *v, Tensor *a, int64_t d0, int64_t d1);
Tensor *v_unsqueeze(Vjp *v, Tensor *a, int64_t dim);
Tensor *v_select(Vjp *v, Tensor *a, int64_t dim, int64_t i);
Tensor *v_narrow(Vjp *v, Tensor *a, int64_t dim, int64_t start, int64_t length);
Tensor *v_matmul(Vjp *v, const Tensor *a, const Tensor *b);
/* A kernel of one expression (tensor/map.h), over operands as map_apply takes them. */
Tensor *v_map(Vjp *v, const struct Map *m, int n, Tensor *const *operands, const double *p);

/* ints[i], wrapped against ndim dims (0-dim counts as 1). */
int64_t v_dim(const Vjp *v, int i, int ndim);

#endif
