/* The walk back. The nodes that the outputs lead to are gathered, sorted newest first
 * (creation order is a topological order), and each one that received a gradient runs
 * its vjp and hands the results down its edges. Gradients are sums: two that meet are
 * added in the order in which the walk comes by, so results are reproducible. A leaf
 * collects what comes down its edges and takes it into .grad, past its hooks, once all
 * of them have had their turn: an error before that leaves its .grad as it was. */
#include "config.h"

#include "grad/node.h"
#include "grad/trace.h"
#include "grad/vjp.h"
#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/shapetext.h"

typedef VEC(Node *) NodeVec;

typedef struct Walk {
    NodeVec nodes; /* retained; newest first once sorted */
    bool retain_graph;
    /* torch.autograd.grad: gradients are caught on their way here instead of going into
     * leaves. m == 0: backward(). */
    int m;
    const Edge *wanted;
    Tensor **caught;
    Err *err;
} Walk;

/* ---- adding ------------------------------------------------------------------------ */

/* Nobody else sees g or its storage, and it is dense: it may be added into. */
static bool is_private(const Tensor *g) {
    return g->refs == 1 && g->st->refs == 1 && tensor_is_contiguous(g);
}

/* *slot += g; both owned. */
static bool add_into(Tensor **slot, Tensor *g, Err *err) {
    if (!*slot) {
        *slot = g;
        return true;
    }
    bool ok = true;
    if (is_private(*slot) && (*slot)->dtype == g->dtype) {
        ok = tensor_binary_(BIN_ADD, *slot, g, err);
    } else {
        Tensor *sum = NULL;
        ok = tensor_binary(BIN_ADD, *slot, g, &sum, err);
        if (ok) {
            tensor_release(*slot);
            *slot = sum;
        }
    }
    tensor_release(g);
    return ok;
}

/* leaf.grad += g (owned). The first gradient becomes .grad itself when nobody else has
 * it; later ones are added in place, so that .grad stays the same tensor. */
static bool add_to_grad(GradMeta *m, Tensor *g, Err *err) {
    if (m->watch && !watch_run(m->watch, &g, err)) {
        tensor_release(g);
        return false;
    }
    bool ok = true;
    if (!m->grad && is_private(g)) {
        m->grad = g;
        return true;
    }
    if (m->grad)
        ok = tensor_binary_(BIN_ADD, m->grad, g, err);
    else
        ok = tensor_clone_contiguous(g, (DType)g->dtype, &m->grad, err);
    tensor_release(g);
    return ok;
}

/* One more edge leads to the leaf in this walk. */
static void leaf_expect(Tensor *leaf, uint64_t number) {
    GradMeta *m = meta_of(leaf);
    if (m->walk != number) m->pending = 0;
    m->walk = number;
    m->pending++;
}

/* One edge has had its turn. */
static bool leaf_arrived(Tensor *leaf, Err *err) {
    GradMeta *m = leaf->meta;
    if (--m->pending > 0 || !m->acc) return true;
    Tensor *g = m->acc;
    m->acc = NULL;
    if (leaf->requires_grad) return add_to_grad(m, g, err);
    tensor_release(g); /* detach_ came after it was used */
    return true;
}

static bool edge_equal(const Edge *a, const Edge *b) {
    return a->node ? a->node == b->node && a->nr == b->nr : a->leaf == b->leaf && !b->node;
}

static bool catch_leaf(Walk *w, Tensor *leaf, const Tensor *g) {
    for (int i = 0; i < w->m; i++) {
        if (w->wanted[i].leaf != leaf || w->wanted[i].node) continue;
        if (!add_into(&w->caught[i], tensor_retain((Tensor *)g), w->err)) return false;
    }
    return true;
}

/* g (owned) goes down an edge. */
static bool send(Walk *w, const Edge *e, Tensor *g) {
    if (e->node) return add_into(&e->node->acc[e->nr], g, w->err);
    if (!e->leaf) {
        tensor_release(g);
        return true;
    }
    if (w->m == 0) return add_into(&e->leaf->meta->acc, g, w->err);
    bool ok = catch_leaf(w, e->leaf, g);
    tensor_release(g);
    return ok;
}

/* ---- one node ---------------------------------------------------------------------- */

/* One node's vjp: gin[nin] get owned gradients (or NULL). g: its outputs' gradients. */
static bool node_vjp(Node *n, Tensor *const *g, Tensor **gin, Err *err) {
    const OpDef *op = n->call.op;
    if (n->custom) return node_custom_vjp(n, g, gin, err);
    if (!op->vjp)
        return err_set(err, ERR_RUNTIME, "derivative for aten::%s is not implemented", op->name);
    bool few[16], *needs = n->nin <= 16 ? few : mem_alloc((size_t)n->nin * sizeof *needs);
    for (int i = 0; i < n->nin; i++) needs[i] = n->edges[i].node || n->edges[i].leaf;
    Vjp v = {.c = &n->call,
             .nin = n->nin,
             .nout = n->nout,
             .in = n->in,
             .out = n->out,
             .g = g,
             .needs = needs,
             .gin = gin,
             .err = err};
    op->vjp(&v);
    for (size_t i = 0; i < v.scratch.count; i++) tensor_release(v.scratch.items[i]);
    vec_clear(&v.scratch);
    if (needs != few) mem_free(needs);
    for (int i = 0; i < n->nin && v.failed; i++) {
        tensor_release(gin[i]);
        gin[i] = NULL;
    }
    return !v.failed;
}

/* CopySlices: outside of the view the gradient passes; inside, in[0] gets the op's. */
static bool slice_vjp(Node *n, Tensor *g, Tensor **gin, Err *err) {
    const Slice *s = n->slice;
    Tensor *whole = NULL, *part = NULL, *part_g = NULL;
    bool ok = geometry_tensor((DType)g->dtype, &s->base, false, &whole, err) &&
              tensor_copy_(whole, g, err);
    if (!ok) goto out;
    part = tensor_view_raw(whole, s->view.ndim, s->view.shape, s->view.stride,
                           s->view.offset - s->base.offset);
    ok = tensor_clone_contiguous(part, (DType)part->dtype, &part_g, err) &&
         node_vjp(n, (Tensor *[]){part_g}, gin, err) &&
         (gin[0] ? tensor_copy_(part, gin[0], err) : tensor_zero_(part, err));
    if (!ok) goto out;
    tensor_release(gin[0]);
    gin[0] = whole;
    whole = NULL;
out:
    tensor_release(whole);
    tensor_release(part);
    tensor_release(part_g);
    return ok;
}

static bool edge_wanted(const Walk *w, const Edge *e) {
    if (!e->node && !e->leaf) return false;
    if (w->m == 0 || (e->node && e->node->needed)) return true;
    for (int i = 0; i < w->m; i++)
        if (edge_equal(&w->wanted[i], e)) return true;
    return false;
}

/* Gradients that arrived at the node's outputs are seen by hooks and by autograd.grad. */
static bool arrive(Walk *w, Node *n) {
    for (Watch *watch = n->watches; watch; watch = watch->next)
        if (n->acc[watch->nr] && !watch_run(watch, &n->acc[watch->nr], w->err)) return false;
    for (int i = 0; i < w->m; i++) {
        const Edge *e = &w->wanted[i];
        if (e->node != n || !n->acc[e->nr]) continue;
        tensor_release(w->caught[i]);
        w->caught[i] = tensor_retain(n->acc[e->nr]);
    }
    return true;
}

/* Every leaf below n has had one more turn. */
static bool leaves_arrived(const Walk *w, const Node *n) {
    bool ok = true;
    for (int i = 0; ok && w->m == 0 && i < n->nin; i++)
        if (n->edges[i].leaf) ok = leaf_arrived(n->edges[i].leaf, w->err);
    return ok;
}

static bool run_node(Walk *w, Node *n) {
    bool came = false;
    for (int i = 0; i < n->nout; i++) came |= n->acc[i] != NULL;
    if (!came) return leaves_arrived(w, n);
    if (!arrive(w, n)) return false;
    if (w->m && !n->needed) return true;
    if (!node_unpack(n, w->err)) return false;
    Tensor **gin = mem_zero((size_t)n->nin * sizeof *gin);
    int64_t t0 = trace_current ? clock_ns() : 0;
    bool ok = n->slice ? slice_vjp(n, n->acc[0], gin, w->err) : node_vjp(n, n->acc, gin, w->err);
    if (ok && trace_current) trace_vjp(n, clock_ns() - t0);
    node_drop_acc(n); /* before sending: what was passed through is private again */
    for (int i = 0; i < n->nin; i++) {
        if (!gin[i]) continue;
        if (ok && edge_wanted(w, &n->edges[i]))
            ok = send(w, &n->edges[i], gin[i]);
        else
            tensor_release(gin[i]);
    }
    mem_free(gin);
    if (!w->retain_graph) node_drop_values(n);
    return ok && leaves_arrived(w, n);
}

/* ---- the walk ---------------------------------------------------------------------- */

static int newer_first(const void *a, const void *b) {
    uint64_t x = (*(Node *const *)a)->seq, y = (*(Node *const *)b)->seq;
    return x < y ? 1 : x > y ? -1 : 0;
}

static void gather(Walk *w, const Edge *from, uint64_t number) {
    NodeVec *nodes = &w->nodes;
    Node *root = from->node;
    if (from->leaf && w->m == 0) leaf_expect(from->leaf, number);
    if (!root || root->walk == number) return;
    size_t next = nodes->count;
    root->walk = number;
    vec_push(nodes, node_retain(root));
    for (; next < nodes->count; next++) {
        Node *n = nodes->items[next];
        n->needed = false;
        for (int i = 0; i < n->nin; i++) {
            Node *to = n->edges[i].node;
            if (n->edges[i].leaf && w->m == 0) leaf_expect(n->edges[i].leaf, number);
            if (!to || to->walk == number) continue;
            to->walk = number;
            vec_push(nodes, node_retain(to));
        }
    }
}

/* For autograd.grad: nodes on a path to something wanted, oldest first. */
static void mark_needed(Walk *w) {
    for (size_t k = w->nodes.count; k-- > 0;) {
        Node *n = w->nodes.items[k];
        for (int i = 0; i < n->nin && !n->needed; i++) n->needed = edge_wanted(w, &n->edges[i]);
    }
}

/* What leaves had collected when the walk failed. */
static void drop_leaves(const Node *n) {
    for (int i = 0; i < n->nin; i++) {
        GradMeta *m = n->edges[i].leaf ? n->edges[i].leaf->meta : NULL;
        if (!m) continue;
        tensor_release(m->acc);
        m->acc = NULL;
    }
}

static bool walk(Walk *w, int n, const Edge *roots, Tensor **seeds) {
    static uint64_t number;
    number++;
    for (int i = 0; i < n; i++) gather(w, &roots[i], number);
    if (w->nodes.count) qsort(w->nodes.items, w->nodes.count, sizeof(Node *), newer_first);
    if (w->m) mark_needed(w);
    bool ok = true;
    for (int i = 0; i < n; i++) {
        if (ok)
            ok = send(w, &roots[i], seeds[i]);
        else
            tensor_release(seeds[i]);
        seeds[i] = NULL;
        if (ok && w->m == 0 && roots[i].leaf) ok = leaf_arrived(roots[i].leaf, w->err);
    }
    for (size_t k = 0; k < w->nodes.count; k++) {
        Node *node = w->nodes.items[k];
        if (ok) ok = run_node(w, node);
        node_drop_acc(node);
        if (!ok) drop_leaves(node);
    }
    for (size_t k = 0; k < w->nodes.count; k++) node_release(w->nodes.items[k]);
    vec_clear(&w->nodes);
    return ok;
}

static bool seed_for(int i, Tensor *t, Tensor *given, Tensor **out, Err *err) {
    if (!given) {
        if (tensor_numel(t) == 1)
            return tensor_full_f64((DType)t->dtype, t->ndim, t->shape, 1, out, err);
        err_set(err, ERR_RUNTIME, "grad can be implicitly created only for scalar outputs");
        return err_hint(err, "reduce it first, as in loss.sum().backward()");
    }
    if (tensor_same_shape(t, given)) {
        *out = tensor_retain(given);
        return true;
    }
    return err_set(
        err, ERR_RUNTIME,
        "Mismatch in shape: grad_output[%d] has a shape of torch.Size(%s) and output[%d] has a "
        "shape of torch.Size(%s).",
        i, list_text(given->ndim, given->shape).text, i, list_text(t->ndim, t->shape).text);
}

static bool differentiate(Walk *w, int n, Tensor *const *ts, Tensor *const *seeds) {
    Edge *roots = mem_zero((size_t)n * sizeof *roots);
    Tensor **owned = mem_zero((size_t)n * sizeof *owned);
    bool ok = true;
    for (int i = 0; i < n && ok; i++) {
        roots[i] = edge_of(ts[i]);
        if (!roots[i].node && !roots[i].leaf)
            ok = err_set(w->err, ERR_RUNTIME,
                         "element %d of tensors does not require grad and does not have a grad_fn",
                         i);
        else
            ok = seed_for(i, ts[i], seeds ? seeds[i] : NULL, &owned[i], w->err);
    }
    bool was = grad_mode_set(false);
    if (ok) ok = walk(w, n, roots, owned);
    grad_mode_set(was);
    for (int i = 0; i < n; i++) tensor_release(owned[i]);
    mem_free(owned);
    mem_free(roots);
    return ok;
}

bool grad_backward(int n, Tensor *const *ts, Tensor *const *seeds, bool retain_graph, Err *err) {
    Walk w = {.retain_graph = retain_graph, .err = err};
    return differentiate(&w, n, ts, seeds);
}

bool grad_compute(int n, Tensor *const *ts, Tensor *const *seeds, int m, Tensor *const *wrt,
                  bool retain_graph, bool allow_unused, Tensor **out, Err *err) {
    if (m == 0) return true;
    Edge *wanted = mem_zero((size_t)m * sizeof *wanted);
    Tensor **caught = mem_zero((size_t)m * sizeof *caught);
    Walk w = {.retain_graph = retain_graph, .m = m, .wanted = wanted, .caught = caught, .err = err};
    bool ok = true;
    for (int i = 0; i < m && ok; i++) {
        wanted[i] = edge_of(wrt[i]);
        if (!wanted[i].node && !wanted[i].leaf)
            ok = err_set(err, ERR_RUNTIME,
                         "One of the differentiated Tensors does not require grad");
    }
    ok = ok && differentiate(&w, n, ts, seeds);
    for (int i = 0; i < m && ok && !allow_unused; i++)
        if (!caught[i])
            ok = err_set(err, ERR_RUNTIME,
                         "One of the differentiated Tensors appears to not have been used in the "
                         "graph. Set allow_unused=True if this is the desired behavior.");
    for (int i = 0; i < m; i++) {
        if (ok)
            out[i] = caught[i];
        else
            tensor_release(caught[i]);
    }
    mem_free(wanted);
    mem_free(caught);
    return ok;
}
