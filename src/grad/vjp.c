/* The small language that vjps are written in; see vjp.h. */
#include "config.h"

#include "grad/vjp.h"

#include "linalg/matmul.h"
#include "tensor/map.h"
#include "tensor/copy.h"
#include "tensor/view.h"

void vjp_give(Vjp *v, int i, Tensor *t) {
    if (v->failed || !t || !v->needs[i]) return;
    const Tensor *x = v->in[i];
    DType want = (DType)x->dtype;
    if (dtype_is_complex((DType)t->dtype) && !dtype_is_complex(want)) {
        Tensor *re = NULL;
        bool ok = tensor_real(t, &re, v->err);
        if (!(t = v_own(v, re, ok))) return;
    }
    t = v_cast(v, v_sum_to(v, t, x), want);
    if (!t) return;
    tensor_release(v->gin[i]);
    v->gin[i] = tensor_retain(t);
}

/* ---- scratch ----------------------------------------------------------------------- */

Tensor *v_fail(Vjp *v) {
    v->failed = true;
    return NULL;
}

Tensor *v_own(Vjp *v, Tensor *t, bool ok) {
    if (!ok) return v_fail(v);
    vec_push(&v->scratch, t);
    return t;
}

/* The body of most v_ functions: nothing when an operand is missing, else compute and own. */
#define V_RETURN(present, call)                                                                    \
    do {                                                                                           \
        Tensor *out_ = NULL, **out = &out_;                                                        \
        Err *err = v->err;                                                                         \
        if (v->failed || !(present)) return NULL;                                                  \
        bool ok_ = (call);                                                                         \
        return v_own(v, out_, ok_);                                                                \
    } while (0)

Tensor *v_empty(Vjp *v, DType dt, int ndim, const int64_t *shape) {
    V_RETURN(true, tensor_empty(dt, ndim, shape, out, err));
}
Tensor *v_zeros(Vjp *v, DType dt, int ndim, const int64_t *shape) {
    V_RETURN(true, tensor_zeros(dt, ndim, shape, out, err));
}
Tensor *v_zeros_as(Vjp *v, const Tensor *like) {
    V_RETURN(like, tensor_zeros((DType)like->dtype, like->ndim, like->shape, out, err));
}
Tensor *v_grad(Vjp *v, int i) {
    return v->g[i] ? v->g[i] : v_zeros_as(v, v->out[i]);
}

/* ---- arithmetic -------------------------------------------------------------------- */

Tensor *v_unary(Vjp *v, UnaryOp op, const Tensor *a) {
    V_RETURN(a, tensor_unary(op, a, out, err));
}
Tensor *v_binary(Vjp *v, BinaryOp op, const Tensor *a, const Tensor *b) {
    V_RETURN(a && b, tensor_binary(op, a, b, out, err));
}
Tensor *v_num(Vjp *v, BinaryOp op, const Tensor *a, double number) {
    V_RETURN(a, tensor_binary_f64(op, a, number, false, out, err));
}
Tensor *v_rsub_num(Vjp *v, const Tensor *a, double number) {
    V_RETURN(a, tensor_binary_f64(BIN_SUB, a, number, true, out, err));
}
Tensor *v_neg(Vjp *v, const Tensor *a) {
    return v_unary(v, UN_NEG, a);
}
Tensor *v_conj(Vjp *v, Tensor *a) {
    return a && dtype_is_complex((DType)a->dtype) ? v_unary(v, UN_CONJ, a) : a;
}
Tensor *v_mask(Vjp *v, const Tensor *cond, const Tensor *g) {
    int64_t none = 0;
    Tensor *zero = g ? v_zeros(v, (DType)g->dtype, 0, &none) : NULL;
    V_RETURN(cond && zero, tensor_where(cond, g, zero, out, err));
}
Tensor *v_cast(Vjp *v, Tensor *a, DType dt) {
    if (!a || a->dtype == dt) return a;
    V_RETURN(a, tensor_cast(a, dt, out, err));
}
Tensor *v_contiguous(Vjp *v, Tensor *a) {
    if (!a || tensor_is_contiguous(a)) return a;
    V_RETURN(a, tensor_contiguous(a, out, err));
}
Tensor *v_matmul(Vjp *v, const Tensor *a, const Tensor *b) {
    V_RETURN(a && b, tensor_matmul(a, b, out, err));
}
Tensor *v_map(Vjp *v, const Map *m, int n, Tensor *const *operands, const double *p) {
    V_RETURN(true, map_apply(m, n, operands, p, out, err));
}

/* ---- reductions and their reverse -------------------------------------------------- */

Tensor *v_reduce(Vjp *v, ReduceOp op, const Tensor *a, int n, const int64_t *dims, bool keepdim) {
    V_RETURN(a, tensor_reduce(op, a, n, n ? dims : NULL, keepdim, out, err));
}

Tensor *v_sum_to(Vjp *v, const Tensor *a, const Tensor *like) {
    V_RETURN(a && like, tensor_sum_to(a, like->ndim, like->shape, out, err));
}

Tensor *v_unreduce(Vjp *v, Tensor *a, int n, const int64_t *dims, bool keepdim,
                   const Tensor *like) {
    if (v->failed || !a) return NULL;
    if (keepdim || n == 0 || like->ndim == 0) return v_expand_as(v, a, like);
    int64_t shape[TENSOR_MAX_DIM];
    memcpy(shape, like->shape, like->ndim * sizeof *shape);
    for (int i = 0; i < n; i++) shape[dims[i] < 0 ? dims[i] + like->ndim : dims[i]] = 1;
    return v_expand_as(v, v_reshape(v, a, like->ndim, shape), like);
}

/* ---- shapes ------------------------------------------------------------------------ */

Tensor *v_expand_as(Vjp *v, Tensor *a, const Tensor *like) {
    if (a && tensor_same_shape(a, like)) return a;
    V_RETURN(a, tensor_broadcast_to(a, like->ndim, like->shape, out, err));
}
Tensor *v_reshape(Vjp *v, Tensor *a, int n, const int64_t *shape) {
    V_RETURN(a, tensor_reshape(a, n, shape, out, err));
}
Tensor *v_reshape_as(Vjp *v, Tensor *a, const Tensor *like) {
    if (a && tensor_same_shape(a, like)) return a;
    return v_reshape(v, a, like->ndim, like->shape);
}
Tensor *v_transpose(Vjp *v, Tensor *a, int64_t d0, int64_t d1) {
    V_RETURN(a, tensor_transpose(a, d0, d1, out, err));
}
Tensor *v_unsqueeze(Vjp *v, Tensor *a, int64_t dim) {
    V_RETURN(a, tensor_unsqueeze(a, dim, out, err));
}
Tensor *v_select(Vjp *v, Tensor *a, int64_t dim, int64_t i) {
    V_RETURN(a, tensor_select(a, dim, i, out, err));
}
Tensor *v_narrow(Vjp *v, Tensor *a, int64_t dim, int64_t start, int64_t length) {
    V_RETURN(a, tensor_narrow(a, dim, start, length, out, err));
}

int64_t v_dim(const Vjp *v, int i, int ndim) {
    int64_t d = v->c->ints[i];
    return d < 0 ? d + MAX(ndim, 1) : d;
}
