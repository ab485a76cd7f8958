/* What the vjps of linear algebra share, on plain tensors as in vjp.h. For src/grad only. */
#ifndef QKV_GRAD_VLINALG_H
#define QKV_GRAD_VLINALG_H

#include "grad/rows.h"
#include "linalg/linalg.h"
#include "tensor/join.h"
#include "tensor/view.h"

#define V_LINALG(present, call)                                                                    \
    do {                                                                                           \
        Tensor *out_ = NULL, **out = &out_;                                                        \
        Err *err = v->err;                                                                         \
        if (v->failed || !(present)) return NULL;                                                  \
        bool ok_ = (call);                                                                         \
        return v_own(v, out_, ok_);                                                                \
    } while (0)

static inline Tensor *v_mT(Vjp *v, Tensor *a) {
    return a ? v_transpose(v, a, -2, -1) : NULL;
}
static inline Tensor *v_tril(Vjp *v, const Tensor *a, int64_t diagonal) {
    V_LINALG(a, tensor_tril(a, diagonal, out, err));
}
static inline Tensor *v_triu(Vjp *v, const Tensor *a, int64_t diagonal) {
    V_LINALG(a, tensor_triu(a, diagonal, out, err));
}
static inline Tensor *v_diag_embed(Vjp *v, const Tensor *a) {
    V_LINALG(a, tensor_diag_embed(a, 0, out, err));
}
static inline Tensor *v_diagonal(Vjp *v, Tensor *a) {
    V_LINALG(a, tensor_diagonal(a, 0, -2, -1, out, err));
}
/* a's off-diagonal part plus k times its diagonal */
static inline Tensor *v_scaled_diagonal(Vjp *v, Tensor *a, double k) {
    Tensor *d = v_diag_embed(v, v_diagonal(v, a));
    return v_add(v, a, v_scale(v, d, k - 1));
}
static inline Tensor *v_triangular(Vjp *v, const Tensor *a, const Tensor *b, bool upper, bool left,
                                   bool unit) {
    V_LINALG(a && b,
             tensor_solve_triangular(a, b, upper, left, unit, "linalg.solve_triangular", out, err));
}
/* A⁻¹ B; ERR_LINALG when A is singular. */
static inline bool solve_checked(const Tensor *a, const Tensor *b, bool left, Tensor **out,
                                 Err *err) {
    Tensor *info = NULL;
    if (!tensor_solve(a, b, left, "torch.linalg.solve", out, &info, err)) return false;
    bool ok = linalg_check(info, LINALG_SINGULAR_SOLVE, "torch.linalg.solve", err);
    tensor_release(info);
    if (!ok) tensor_release(*out);
    return ok;
}
static inline Tensor *v_solve(Vjp *v, const Tensor *a, const Tensor *b, bool left) {
    V_LINALG(a && b, solve_checked(a, b, left, out, err));
}

#endif
