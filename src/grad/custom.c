/* Nodes of torch.autograd.Function: see custom.h. */
#include "config.h"

#include "grad/custom.h"

#include "grad/node.h"
#include "tensor/copy.h"
#include "tensor/reduce.h"
#include "tensor/shapetext.h"

/* What stands in the node in place of an op of the table. */
static const OpDef custom_op = {.name = "function"};

/* ---- recording ------------------------------------------------------------------------- */

static bool is_one_of(const Tensor *t, int n, Tensor *const *ts) {
    for (int i = 0; i < n; i++)
        if (ts[i] == t) return true;
    return false;
}

/* An input that comes back unwritten: the output is a view of it, with a history of its own. */
static void replace_by_view(Tensor **slot) {
    Tensor *t = *slot, *base = grad_base(t) ? grad_base(t) : t;
    *slot = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset);
    meta_of(*slot)->base = tensor_retain(base);
    tensor_release(t);
}

static bool check_dirty(Tensor *t, Err *err) {
    if (grad_base(t)) {
        err_set(err, ERR_NOTIMPL, "mark_dirty of a view of another tensor is not in qkv");
        return err_hint(err, "write into a clone() of it, or compute a new tensor");
    }
    if (t->requires_grad && grad_is_leaf(t))
        return err_set(
            err, ERR_RUNTIME,
            "a leaf Variable that requires grad has been used in an in-place operation.");
    return true;
}

/* Whatever the function's forward noted about the base of an output is its own affair: the
 * history begins here. A view of an input must not be written into. */
static void set_history(Tensor *t, Node *n, int nr) {
    GradMeta *m = meta_of(t);
    if (m->base) m->view_kind = VIEW_CUSTOM;
    meta_set_fn(t, n, nr);
}

bool grad_custom(const GradCustom *fn, int nin, Tensor *const *in, int nsave, Tensor *const *save,
                 int nout, Tensor **out, const CustomOutput *how, Err *err) {
    Node *n = node_custom(fn, &custom_op, nin, in, nout, nsave);
    bool ok = true;
    for (int i = 0; i < nout && ok; i++)
        if (out[i] && how[i] == CUSTOM_DIRTY) ok = check_dirty(out[i], err);
    if (ok) node_custom_save(n, nsave, save, nout, out);
    for (int i = 0; i < nout && ok; i++) {
        const Tensor *t = out[i];
        if (!t) continue;
        if (is_one_of(t, nin, in) && how[i] != CUSTOM_DIRTY) replace_by_view(&out[i]);
        if (how[i] != CUSTOM_PLAIN && differentiable(t)) set_history(out[i], n, i);
    }
    if (ok) node_set_outputs(n, out);
    node_release(n);
    return ok;
}

/* ---- the walk back ---------------------------------------------------------------------- */

void *node_custom_ctx(const Node *n) {
    return n->custom ? n->custom->fn.ctx : NULL;
}

bool node_custom_zeros(const Node *n, int i, Tensor **out, Err *err) {
    const Tensor *t = n->out[i];
    *out = NULL;
    return !t || tensor_zeros((DType)t->dtype, t->ndim, t->shape, out, err);
}

bool node_custom_saved(const Node *n, int *count, Tensor *const **saved, Err *err) {
    if (!node_unpack(n, err)) return false;
    *count = n->custom->nsaved;
    *saved = n->custom->saved;
    return true;
}

static bool shape_error(const Node *n, int i, const Tensor *g, Err *err) {
    const Tensor *x = n->in[i];
    return err_set(
        err, ERR_RUNTIME,
        "Function %s returned an invalid gradient at index %d - got %s but expected shape "
        "compatible with %s",
        n->name, i, list_text(g->ndim, g->shape).text, list_text(x->ndim, x->shape).text);
}

/* `x` broadcasts to g's shape: the gradient is the sum over what was broadcast. */
static bool broadcasts_to(const Tensor *x, const Tensor *g) {
    if (x->ndim > g->ndim) return false;
    for (int d = 0; d < x->ndim; d++) {
        int64_t size = x->shape[x->ndim - 1 - d];
        if (size != 1 && size != g->shape[g->ndim - 1 - d]) return false;
    }
    return true;
}

/* *g (owned) to the shape and dtype of input i. */
static bool fit(const Node *n, int i, Tensor **g, Err *err) {
    const Tensor *x = n->in[i];
    Tensor *y = NULL;
    if (!tensor_same_shape(*g, x)) {
        if (!broadcasts_to(x, *g)) return shape_error(n, i, *g, err);
        if (!tensor_sum_to(*g, x->ndim, x->shape, &y, err)) return false;
        tensor_release(*g);
        *g = y;
    }
    if ((*g)->dtype == x->dtype) return true;
    if (!tensor_cast(*g, (DType)x->dtype, &y, err)) return false;
    tensor_release(*g);
    *g = y;
    return true;
}

bool node_custom_vjp(Node *n, Tensor *const *g, Tensor **gin, Err *err) {
    const GradCustom *fn = &n->custom->fn;
    bool ok = fn->vjp(fn->ctx, g, gin, err);
    for (int i = 0; i < n->nin && ok; i++)
        if (gin[i] && (n->edges[i].node || n->edges[i].leaf)) ok = fit(n, i, &gin[i], err);
    for (int i = 0; i < n->nin && !ok; i++) {
        tensor_release(gin[i]);
        gin[i] = NULL;
    }
    return ok;
}
