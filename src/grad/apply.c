/* op_apply: the one place that runs an op. Forward first; then, only when some input
 * wants a gradient (or the op makes a view, or writes in place), what the tape must
 * know. Without any of that an op costs its forward and one loop over its inputs. */
#include "config.h"

#include "grad/node.h"
#include "grad/ops.h"
#include "grad/trace.h"
#include "tensor/copy.h"
#include "tensor/iter.h"

/* ---- does anything want a gradient? ------------------------------------------------ */

static bool any_requires(const OpCall *c) {
    Tensor *const *in = op_inputs(c);
    for (int i = 0; i < c->nin; i++) {
        Tensor *t = in[i];
        if (!t) continue;
        if (t->requires_grad) return true;
        if (UNLIKELY(t->meta) && grad_requires(t)) return true;
    }
    return false;
}

/* PyTorch's error where an input that has no gradient requires one. */
static bool check_fixed(const OpCall *c, Err *err) {
    Tensor *const *in = op_inputs(c);
    for (int i = 0; i < MIN(c->nin, OP_MAX_IN); i++) {
        if (!c->op->fixed[i] || !in[i] || !grad_requires(in[i])) continue;
        err_set(err, ERR_RUNTIME,
                "The function '%s' is not differentiable with respect to argument '%s'. This input "
                "cannot have requires_grad True.",
                c->op->name, c->op->fixed[i]);
        return err_hint(err, "give it without its history: .detach()");
    }
    return true;
}

static bool row_differentiable(const OpDef *op) {
    return op->grad_name || op->grad_name_of;
}

/* ---- outputs that share storage ---------------------------------------------------- */

/* Remembers that v is a view of x, for writes into either. */
static void link_view(Tensor *x, Tensor *v, const OpDef *op) {
    if (v->st != x->st || v == x || !differentiable(v)) return;
    GradMeta *of = x->meta;
    Tensor *base = of && of->base ? of->base : x;
    GradMeta *m = meta_of(v);
    m->base = tensor_retain(base);
    m->view_version = v->st->version;
    m->view_kind = of && of->base ? of->view_kind : VIEW_PLAIN;
    if (v->dtype != base->dtype) m->view_kind = VIEW_RETYPED;
    if (op->flags & OPDEF_MULTI) m->view_kind = VIEW_MULTI;
    if (!grad_enabled()) m->view_kind = VIEW_NO_GRAD;
}

/* Puts the application on the tape. all: the outputs, then the hidden ones. */
static bool record(const OpCall *c, Tensor **all, Err *err) {
    Node *n = NULL;
    if (!node_record(c, &n, err)) return false;
    node_set_outputs(n, all);
    for (int i = 0; i < op_nout(c); i++)
        if (all[i] && differentiable(all[i])) meta_set_fn(all[i], n, i);
    node_release(n);
    return true;
}

static void release_some(Tensor **ts, int from, int to) {
    for (int i = from; i < to; i++) {
        tensor_release(ts[i]);
        ts[i] = NULL;
    }
}

/* After a forward: links views, records, drops the hidden outputs. */
static bool finish(const OpCall *c, Tensor **all, bool wants, Err *err) {
    const OpDef *op = c->op;
    Tensor *x = op_inputs(c)[0];
    int nout = op_nout(c), total = op_total(c);
    if (all[0] == x) return true; /* contiguous() of a contiguous tensor and the like */
    if (op->flags & OPDEF_VIEW)
        for (int i = 0; i < nout; i++) link_view(x, all[i], op);
    bool ok = !wants || !all[0] || !differentiable(all[0]) || record(c, all, err);
    release_some(all, ok ? nout : 0, total);
    return ok;
}

static bool apply_fresh(const OpCall *c, Tensor **out, Err *err) {
    const OpDef *op = c->op;
    bool wants = grad_enabled() && any_requires(c) && row_differentiable(op);
    if (UNLIKELY(wants) && !check_fixed(c, err)) return false;
    if (LIKELY(!wants && !op->nhidden && !(op->flags & OPDEF_VIEW)))
        return op->forward(c, out, err);
    if (!op->nhidden) return op->forward(c, out, err) && finish(c, out, wants, err);
    Tensor *all[OP_MAX_OUT] = {0};
    if (!op->forward(c, all, err) || !finish(c, all, wants, err)) return false;
    for (int i = 0; i < op_nout(c); i++) out[i] = all[i];
    return true;
}

/* ---- in place ---------------------------------------------------------------------- */

static bool view_write_error(const Tensor *t, Err *err) {
    const GradMeta *m = t->meta;
    const char *what;
    switch (m->view_kind) {
    case VIEW_MULTI:
        what = "This view is the output of a function that returns multiple views. Such "
               "functions do not allow the output views to be modified inplace. You should "
               "replace the inplace operation by an out-of-place one.";
        return err_set(err, ERR_RUNTIME,
                       "Output %d of %s is a view and is being modified inplace. %s", m->nr,
                       m->fn ? node_name(m->fn) : "UnbindBackward0", what);
    case VIEW_CUSTOM:
        return err_set(err, ERR_RUNTIME,
                       "Output %d of %s is a view and is being modified inplace. This view was "
                       "created inside a custom Function (or because an input was returned as-is) "
                       "and the autograd logic to handle view+inplace would override the custom "
                       "backward associated with the custom Function, leading to incorrect "
                       "gradients. This behavior is forbidden. You can fix this by cloning the "
                       "output of the custom Function.",
                       m->nr, m->fn ? node_name(m->fn) : "Function");
    case VIEW_NO_GRAD:
        return err_set(err, ERR_RUNTIME,
                       "A view was created in no_grad mode and is being modified inplace with "
                       "grad mode enabled. Given that this use case is ambiguous and "
                       "error-prone, it is forbidden. You can clarify your code by moving both "
                       "the view and the inplace either both inside the no_grad block (if you "
                       "don't want the inplace to be tracked) or both outside (if you want the "
                       "inplace to be tracked).");
    default:
        err_set(err, ERR_NOTIMPL,
                "writing in place into a view_as_real or view_as_complex view that needs a "
                "gradient");
        return err_hint(err, "compute a new tensor and view that");
    }
}

/* PyTorch's rules for writing into t while history is kept. */
static bool check_inplace(Tensor *t, Err *err) {
    GradMeta *m = t->meta;
    const char *what = NULL;
    if (m && m->base) {
        if (m->view_kind != VIEW_PLAIN) return view_write_error(t, err);
        if (t->requires_grad && grad_is_leaf(m->base)) what = "a view of a leaf";
    }
    if (!what && t->requires_grad && grad_is_leaf(t)) what = "a leaf";
    if (!what) return true;
    err_set(err, ERR_RUNTIME,
            "%s Variable that requires grad is being used in an in-place operation.", what);
    return err_hint(err, "change it under `with torch.no_grad():`, or compute a new tensor");
}

static bool check_overlap(const Tensor *t, Err *err) {
    for (int d = 0; d < t->ndim; d++)
        if (t->stride[d] == 0 && t->shape[d] > 1) return iter_refuse_overlap(err);
    return true;
}

static bool check_fits(const Tensor *t, const Tensor *result, Err *err) {
    if (!dtype_cast_check((DType)result->dtype, (DType)t->dtype, err)) return false;
    if (tensor_same_shape(t, result)) return true;
    return iter_refuse_shape(t, result->ndim, result->shape, err);
}

/* all: slots for t and the hidden outputs, which the caller releases. */
static bool run_inplace(const OpCall *c, Tensor *t, Tensor **all, Err *err) {
    if (!(c->op->flags & OPDEF_CONSTANT) && !check_overlap(t, err)) return false;
    if (c->op->inplace) return c->op->inplace(c, err);
    OpCall fresh = *c;
    fresh.inplace = false;
    if (!c->op->forward(&fresh, all, err)) return false;
    return check_fits(t, all[0], err) && tensor_copy_(t, all[0], err);
}

/* t was written by n. A tensor of its own takes n as its grad_fn; for a view the base
 * does, with the part outside of the view passed on, and the view follows the base. */
static void rebase(Tensor *t, Node *n) {
    GradMeta *m = t->meta;
    if (!m || !m->base) {
        meta_set_fn(t, n, 0);
        return;
    }
    Tensor *base = m->base;
    n->slice = mem_alloc(sizeof *n->slice);
    geometry_of(base, &n->slice->base);
    geometry_of(t, &n->slice->view);
    Edge old = n->edges[0];
    n->edges[0] = edge_of(base);
    if (n->edges[0].node) node_retain(n->edges[0].node);
    if (n->edges[0].leaf) tensor_retain(n->edges[0].leaf);
    node_release(old.node);
    tensor_release(old.leaf);
    meta_set_fn(base, n, 0);
    m->view_version = t->st->version - 1;
    edge_of(t);
}

/* squeeze_ and the like: t takes the geometry of a view of itself. A view of another tensor
 * follows that one, as after any write. */
static bool reshape_inplace(const OpCall *c, Tensor *t, Node *n, Err *err) {
    Tensor *view = NULL;
    OpCall fresh = *c;
    fresh.inplace = false;
    if (!c->op->forward(&fresh, &view, err)) return false;
    t->ndim = view->ndim;
    memcpy(t->shape, view->shape, view->ndim * sizeof *t->shape);
    memcpy(t->stride, view->stride, view->ndim * sizeof *t->stride);
    tensor_release(view);
    bool follows = t->meta && t->meta->base;
    if (!follows) t->st->version++;
    if (!n) return true;
    if (follows) {
        t->meta->view_version = t->st->version - 1;
        edge_of(t);
        return true;
    }
    node_set_outputs(n, &t);
    meta_set_fn(t, n, 0);
    return true;
}

static bool apply_inplace(const OpCall *c, Err *err) {
    Tensor *t = op_inputs(c)[0];
    bool wants = grad_enabled() && any_requires(c) && differentiable(t);
    if (wants && (!check_fixed(c, err) || !check_inplace(t, err))) return false;
    Node *n = NULL;
    if (wants && row_differentiable(c->op) && !node_record(c, &n, err)) return false;
    if (c->op->flags & OPDEF_VIEW) {
        bool done = reshape_inplace(c, t, n, err);
        node_release(n);
        return done;
    }
    Tensor *all[OP_MAX_OUT] = {0};
    bool ok = run_inplace(c, t, all, err);
    if (ok && n) {
        tensor_release(all[0]);
        all[0] = tensor_retain(t);
        node_set_outputs(n, all);
        rebase(t, n);
    }
    release_some(all, 0, OP_MAX_OUT);
    node_release(n);
    return ok;
}

bool op_apply(const OpCall *c, Tensor **out, Err *err) {
    if (UNLIKELY(trace_current)) return trace_apply(c, out, err);
    return op_run(c, out, err);
}

bool op_run(const OpCall *c, Tensor **out, Err *err) {
    if (c->op->check && !c->op->check(c, err)) return false;
    return c->inplace ? apply_inplace(c, err) : apply_fresh(c, out, err);
}

bool op_apply2(const OpCall *c, Tensor **out0, Tensor **out1, Err *err) {
    Tensor *out[OP_MAX_OUT] = {0};
    if (!op_apply(c, out, err)) return false;
    if (out0)
        *out0 = out[0];
    else
        tensor_release(out[0]);
    if (out1)
        *out1 = out[1];
    else
        tensor_release(out[1]);
    return true;
}
