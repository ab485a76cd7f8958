/* Nodes: one block of memory each (a training step makes thousands), edges back to
 * what made the inputs, aliases of what the vjp will read. */
#include "config.h"

#include "grad/node.h"

#include "tensor/copy.h"
#include "tensor/shapetext.h"

static int64_t live_nodes;
static uint64_t next_seq = 1;

int64_t grad_live_nodes(void) {
    return live_nodes;
}

/* What ghosts (aliases that keep only geometry) point at: reading one is a NULL
 * dereference, which is how a row with a wrong `saves` is found. */
static Storage ghost_storage = {.refs = 1};

/* An alias of t without history. */
static Tensor *alias_new(const Tensor *t, bool value) {
    Tensor *a;
    if (value) {
        a = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset);
    } else {
        Tensor ghost = {.refs = 1, .dtype = t->dtype, .ndim = t->ndim, .st = &ghost_storage};
        a = tensor_view_raw(&ghost, t->ndim, t->shape, t->stride, t->offset);
    }
    a->wrapped = t->wrapped;
    return a;
}

static void saved_note(Saved *s, Tensor *t, bool own_output) {
    s->value = true;
    s->own_output = own_output;
    s->version = t->st->version;
    s->meta = t->meta;
    if (!t->meta) return;
    s->meta_serial = t->meta->serial;
    s->nr = t->meta->nr;
    s->made_by = t->meta->fn ? t->meta->fn->name : NULL;
}

static Node *node_alloc(int nin, int nout, int nint) {
    size_t bytes = sizeof(Node) + (size_t)nin * sizeof(Edge) +
                   (size_t)(nin + nout) * sizeof(Saved) + (size_t)nint * sizeof(int64_t) +
                   (size_t)(nin + 2 * nout) * sizeof(Tensor *);
    Node *n = mem_zero(bytes);
    n->refs = 1;
    n->nin = nin;
    n->nout = nout;
    n->edges = (Edge *)(n + 1);
    n->saved = (Saved *)(n->edges + nin);
    n->in = (Tensor **)(n->saved + nin + nout);
    n->out = n->in + nin;
    n->acc = n->out + nout;
    live_nodes++;
    return n;
}

/* Which inputs and outputs the wanted gradients read. */
static unsigned saves_wanted(const OpCall *c, const Edge *edges) {
    unsigned mask = 0;
    for (int i = 0; i < c->nin; i++)
        if (edges[i].node || edges[i].leaf) mask |= c->op->saves[MIN(i, OP_MAX_IN - 1)];
    return mask;
}

static bool wants_value(unsigned mask, int i, const Tensor *t) {
    if ((mask & SAVES_INDEX) && !differentiable(t)) return true;
    return i < OP_MAX_IN && (mask >> i & 1u);
}

/* Where the gradient of input i goes; nowhere for what carries none. */
static void edge_to(Node *n, int i, Tensor *t) {
    if (!t || !differentiable(t)) return;
    Edge e = edge_of(t);
    n->edges[i] = e;
    if (e.node) node_retain(e.node);
    if (e.leaf) tensor_retain(e.leaf);
}

bool node_record(const OpCall *c, Node **out, Err *err) {
    Tensor *const *in = op_inputs(c);
    Node *n = node_alloc(c->nin, op_total(c), c->nint);
    int64_t *ints = (int64_t *)(n->acc + n->nout);
    if (c->nint) memcpy(ints, c->ints, (size_t)c->nint * sizeof *ints);
    n->call = *c;
    n->call.ints = ints;
    n->call.many = n->in;
    n->name = op_grad_name(c);
    for (int i = 0; i < c->nin; i++) edge_to(n, i, in[i]);
    n->seq = next_seq++; /* only now: an edge may have made its view's node anew */
    unsigned mask = saves_wanted(c, n->edges);
    for (int i = 0; i < c->nin; i++) {
        if (!in[i]) continue;
        bool value = wants_value(mask, i, in[i]);
        if (value && i == 0 && c->inplace) { /* about to be overwritten */
            if (!tensor_clone(in[i], &n->in[i], err)) {
                node_release(n);
                return false;
            }
        } else {
            n->in[i] = alias_new(in[i], value);
        }
        if (value) saved_note(&n->saved[i], i == 0 && c->inplace ? n->in[i] : in[i], false);
        n->saves |= value;
    }
    *out = n;
    return true;
}

void node_set_outputs(Node *n, Tensor *const *out) {
    unsigned mask = saves_wanted(&n->call, n->edges);
    for (int i = 0; i < n->nout; i++) {
        if (!out[i]) continue;
        bool value = i < OP_MAX_OUT && (mask & (SAVES_OUT0 << i));
        n->out[i] = alias_new(out[i], value);
        if (value) saved_note(&n->saved[n->nin + i], out[i], true);
        n->saves |= value;
    }
}

Node *node_custom(const GradCustom *fn, const OpDef *op, int nin, Tensor *const *in, int nout,
                  int nsave) {
    Node *n = node_alloc(nin, nout, 0);
    n->call = (OpCall){.op = op, .nin = nin, .nout = nout, .many = n->in};
    n->name = fn->name;
    n->custom = mem_zero(sizeof *n->custom);
    n->custom->fn = *fn;
    n->custom->saved = mem_zero((size_t)(nsave + 1) * sizeof *n->custom->saved);
    n->custom->notes = mem_zero((size_t)(nsave + 1) * sizeof *n->custom->notes);
    for (int i = 0; i < nin; i++) edge_to(n, i, in[i]);
    n->seq = next_seq++;
    for (int i = 0; i < nin; i++) n->in[i] = alias_new(in[i], false);
    return n;
}

void node_custom_save(Node *n, int nsave, Tensor *const *save, int nout, Tensor *const *out) {
    Custom *c = n->custom;
    c->nsaved = nsave;
    for (int i = 0; i < nsave; i++) {
        if (!save[i]) continue;
        int nr = -1;
        for (int k = 0; k < nout; k++)
            if (out[k] == save[i]) nr = k;
        c->saved[i] = nr < 0 ? tensor_retain(save[i]) : alias_new(save[i], true);
        saved_note(&c->notes[i], save[i], nr >= 0);
        if (nr >= 0) c->notes[i].nr = nr;
        n->saves = true;
    }
}

/* nr: which output of n it is, when it is one. */
static bool stale_error(const Node *n, const Saved *s, const Tensor *t, int nr, Err *err) {
    Str text = STR_INIT;
    str_printf(&text, "[torch.%sTensor %s]", dtype_class_name((DType)t->dtype),
               list_text(t->ndim, t->shape).text);
    const char *made_by = s->own_output ? n->name : s->made_by;
    if (!s->own_output) nr = s->nr;
    if (!s->own_output && made_by && meta_is(s->meta, s->meta_serial) && s->meta->fn) {
        made_by = s->meta->fn->name;
        nr = s->meta->nr;
    }
    if (made_by) str_printf(&text, ", which is output %d of %s,", nr, made_by);
    err_set(err, ERR_RUNTIME,
            "one of the variables needed for gradient computation has been modified by an inplace "
            "operation: %s is at version %u; expected version %u instead. Hint: enable anomaly "
            "detection to find the operation that failed to compute its gradient, with "
            "torch.autograd.set_detect_anomaly(True).",
            str_cstr(&text), t->st->version, s->version);
    str_clear(&text);
    return err_hint(err, "write the in-place step as a new tensor (y = y + 1, not y += 1)");
}

bool node_unpack(const Node *n, Err *err) {
    if (n->dropped && n->saves)
        return err_set(err, ERR_RUNTIME,
                       "Trying to backward through the graph a second time (or directly access "
                       "saved tensors after they have already been freed). Saved intermediate "
                       "values of the graph are freed when you call .backward() or "
                       "autograd.grad(). Specify retain_graph=True if you need to backward through "
                       "the graph a second time or if you need to access saved tensors after "
                       "calling backward.");
    for (int i = 0; i < n->nin + n->nout; i++) {
        if (!n->saved[i].value) continue;
        const Tensor *t = i < n->nin ? n->in[i] : n->out[i - n->nin];
        if (t->st->version != n->saved[i].version)
            return stale_error(n, &n->saved[i], t, i - n->nin, err);
    }
    for (int i = 0; n->custom && i < n->custom->nsaved; i++) {
        const Tensor *t = n->custom->saved[i];
        const Saved *s = &n->custom->notes[i];
        if (t && t->st->version != s->version) return stale_error(n, s, t, s->nr, err);
    }
    return true;
}

static void custom_drop_values(Custom *c) {
    for (int i = 0; i < c->nsaved; i++) {
        tensor_release(c->saved[i]);
        c->saved[i] = NULL;
    }
}

static void custom_free(Custom *c) {
    custom_drop_values(c);
    c->fn.free(c->fn.ctx);
    mem_free(c->saved);
    mem_free(c->notes);
    mem_free(c);
}

void node_drop_values(Node *n) {
    if (n->dropped) return;
    n->dropped = true;
    if (n->custom) custom_drop_values(n->custom);
    for (int i = 0; i < n->nin + n->nout; i++) {
        if (!n->saved[i].value) continue;
        Tensor **t = i < n->nin ? &n->in[i] : &n->out[i - n->nin];
        tensor_release(*t);
        *t = NULL;
    }
}

void node_drop_acc(Node *n) {
    for (int i = 0; i < n->nout; i++) {
        tensor_release(n->acc[i]);
        n->acc[i] = NULL;
    }
}

Node *node_retain(Node *n) {
    n->refs++;
    return n;
}

static void node_free(Node *n) {
    for (int i = 0; i < n->nin; i++) {
        tensor_release(n->in[i]);
        tensor_release(n->edges[i].leaf);
        node_release(n->edges[i].node);
    }
    for (int i = 0; i < n->nout; i++) tensor_release(n->out[i]);
    node_drop_acc(n);
    for (Watch *w = n->watches, *next; w; w = next) {
        next = w->next;
        watch_release(w);
    }
    if (n->custom) custom_free(n->custom);
    mem_free(n->slice);
    mem_free(n);
    live_nodes--;
}

/* A graph can be a chain of a million nodes: the dead wait in a queue instead of on
 * the C stack. */
void node_release(Node *n) {
    static Node *queue;
    static bool draining;
    if (!n || --n->refs > 0) return;
    n->next_dead = queue;
    queue = n;
    if (draining) return;
    draining = true;
    while (queue) {
        Node *dead = queue;
        queue = dead->next_dead;
        node_free(dead);
    }
    draining = false;
}

const char *node_name(const Node *n) {
    return n->slice ? "CopySlices" : n->name;
}
int node_nedges(const Node *n) {
    return n->nin;
}
void node_edge(const Node *n, int i, Node **node, Tensor **leaf) {
    *node = n->edges[i].node;
    *leaf = n->edges[i].leaf;
}

void geometry_of(const Tensor *t, Geometry *g) {
    g->ndim = t->ndim;
    g->offset = t->offset;
    memcpy(g->shape, t->shape, t->ndim * sizeof *g->shape);
    memcpy(g->stride, t->stride, t->ndim * sizeof *g->stride);
}

bool geometry_tensor(DType dt, const Geometry *g, bool zero, Tensor **out, Err *err) {
    int64_t extent = 1;
    for (int d = 0; d < g->ndim; d++) {
        if (g->shape[d] == 0) extent = 0;
        if (g->shape[d] > 1 && extent) extent += (g->shape[d] - 1) * g->stride[d];
    }
    Tensor *flat = NULL;
    bool ok =
        zero ? tensor_zeros(dt, 1, &extent, &flat, err) : tensor_empty(dt, 1, &extent, &flat, err);
    if (!ok) return false;
    *out = tensor_view_raw(flat, g->ndim, g->shape, g->stride, 0);
    tensor_release(flat);
    return true;
}
