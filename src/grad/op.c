/* What can be asked of any row. */
#include "config.h"

#include "grad/op.h"

const char *op_grad_name(const OpCall *c) {
    return c->op->grad_name_of ? c->op->grad_name_of(c) : c->op->grad_name;
}

static double bytes_of(const Tensor *t) {
    return t ? (double)tensor_numel(t) * (double)dtype_size((DType)t->dtype) : 0;
}

void op_cost(const OpCall *c, Tensor *const *out, OpCost *cost) {
    *cost = (OpCost){0};
    if (c->op->flags & OPDEF_VIEW && out[0] && out[0]->st == op_inputs(c)[0]->st) return;
    for (int i = 0; i < c->nin; i++) cost->bytes += bytes_of(op_inputs(c)[i]);
    for (int i = 0; i < op_nout(c); i++) cost->bytes += bytes_of(out[i]);
    if (c->op->cost)
        c->op->cost(c, out, cost);
    else if (out[0])
        cost->flops = (double)tensor_numel(out[0]);
}
