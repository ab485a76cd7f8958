/* What hangs on a tensor: its gradient, its history, its base, its hooks; and the
 * mode that decides whether history is kept. */
#include "config.h"

#include "grad/tape.h"

#include "grad/node.h"
#include "grad/ops.h"

/* ---- mode -------------------------------------------------------------------------- */

static bool mode = true;

bool grad_enabled(void) {
    return mode;
}
bool grad_mode_set(bool on) {
    bool was = mode;
    mode = on;
    return was;
}

/* ---- GradMeta: a pool, for every view of a tensor has one -------------------------- */

static GradMeta *pool;
static uint32_t next_serial = 1;

static void meta_free(GradMeta *m) {
    tensor_release(m->grad);
    tensor_release(m->acc);
    tensor_release(m->base);
    node_release(m->fn);
    if (m->watch) {
        m->watch->meta = NULL;
        watch_release(m->watch);
    }
    m->serial = 0; /* weak references see that it died; the block itself stays */
    m->next_free = pool;
    pool = m;
}

/* Blocks are never given back: weak references may look at any of their slots. */
typedef struct PoolBlock {
    struct PoolBlock *next;
    GradMeta slots[64];
} PoolBlock;

static PoolBlock *pool_blocks;

static void pool_grow(void) {
    PoolBlock *block = mem_zero(sizeof *block);
    block->next = pool_blocks;
    pool_blocks = block;
    for (size_t i = 0; i < ARRAY_LEN(block->slots); i++) {
        block->slots[i].next_free = pool;
        pool = &block->slots[i];
    }
}

GradMeta *meta_of(Tensor *t) {
    if (t->meta) return t->meta;
    tensor_meta_free = meta_free;
    if (!pool) pool_grow();
    GradMeta *m = pool;
    pool = m->next_free;
    *m = (GradMeta){.serial = next_serial++};
    if (next_serial == 0) next_serial = 1;
    return t->meta = m;
}

/* What waits for a tensor's gradient waits where that passes now. */
static void watch_move(Watch *w, Node *from, Node *to, int nr) {
    for (Watch **at = from ? &from->watches : NULL; at && *at; at = &(*at)->next) {
        if (*at != w) continue;
        *at = w->next;
        w->refs--;
        break;
    }
    w->nr = nr;
    w->refs++;
    w->next = to->watches;
    to->watches = w;
}

void meta_set_fn(Tensor *t, Node *fn, int nr) {
    GradMeta *m = meta_of(t);
    Node *old = m->fn;
    m->fn = node_retain(fn);
    m->nr = nr;
    t->requires_grad = true;
    if (m->base) m->view_version = t->st->version;
    if (m->watch) watch_move(m->watch, old, fn, nr);
    node_release(old);
}

/* ---- views whose base was written through another tensor --------------------------- */

/* True when t's own history no longer tells what its storage holds. */
static bool view_stale(const Tensor *t) {
    const GradMeta *m = t->meta;
    return m->base && m->base->requires_grad && m->view_version != t->st->version &&
           (m->view_kind == VIEW_PLAIN || m->view_kind == VIEW_MULTI);
}

/* t = as_strided(base): right whatever was written. No values are saved, so it cannot fail. */
static void view_regenerate(Tensor *t) {
    Tensor *base = t->meta->base;
    int64_t ints[2 * TENSOR_MAX_DIM + 1];
    int n = t->ndim;
    memcpy(ints, t->shape, (size_t)n * sizeof *ints);
    memcpy(ints + n, t->stride, (size_t)n * sizeof *ints);
    ints[2 * n] = t->offset;
    OpCall c = {.op = &opdef_as_strided, .nin = 1, .in = {base}, .nint = 2 * n + 1, .ints = ints};
    Node *node = NULL;
    Err none = {0};
    if (!node_record(&c, &node, &none)) BUG("as_strided saves nothing");
    node_set_outputs(node, &t);
    meta_set_fn(t, node, 0);
    node_release(node);
}

Edge edge_of(Tensor *t) {
    if (t->meta) {
        if (UNLIKELY(view_stale(t))) view_regenerate(t);
        if (t->meta->fn) return (Edge){.node = t->meta->fn, .nr = t->meta->nr};
    }
    return (Edge){.leaf = t->requires_grad ? t : NULL};
}

/* ---- facts ------------------------------------------------------------------------- */

bool grad_requires(Tensor *t) {
    if (t->requires_grad) return true;
    return t->meta && edge_of(t).node;
}

Node *grad_fn(Tensor *t) {
    return edge_of(t).node;
}

const char *grad_fn_name(Tensor *t) {
    Node *fn = grad_fn(t);
    return fn ? node_name(fn) : NULL;
}

/* Nodes borrow their names: each is kept once, for the life of the process. */
static const char *kept_name(const char *name) {
    static VEC(char *) kept;
    for (size_t i = 0; i < kept.count; i++)
        if (strcmp(kept.items[i], name) == 0) return kept.items[i];
    vec_push(&kept, mem_strdup(name));
    return kept.items[kept.count - 1];
}

void grad_fn_rename(Tensor *t, const char *name) {
    Node *fn = grad_fn(t);
    if (fn) fn->name = kept_name(name);
}

bool grad_is_leaf(Tensor *t) {
    return !grad_fn(t);
}

int grad_output_nr(const Tensor *t) {
    return t->meta ? t->meta->nr : 0;
}

Tensor *grad_base(const Tensor *t) {
    return t->meta ? t->meta->base : NULL;
}

bool grad_requires_set(Tensor *t, bool on, Err *err) {
    if (!on && !grad_is_leaf(t))
        return err_set(err, ERR_RUNTIME,
                       "you can only change requires_grad flags of leaf variables. If you want to "
                       "use a computed variable in a subgraph that doesn't require "
                       "differentiation use var_no_grad = var.detach().");
    if (on && !differentiable(t)) {
        err_set(err, ERR_RUNTIME, "only Tensors of floating point dtype can require gradients");
        return err_hint(err, "this one is %s: make it float with .float() or a decimal point",
                        dtype_name((DType)t->dtype));
    }
    t->requires_grad = on;
    return true;
}

Tensor *grad_of(const Tensor *t) {
    return t->meta ? t->meta->grad : NULL;
}

bool grad_of_set(Tensor *t, Tensor *g, Err *err) {
    if (g) {
        if (g->dtype != t->dtype)
            return err_set(err, ERR_RUNTIME, "assigned grad has data of a different type");
        if (!tensor_same_shape(g, t))
            return err_set(err, ERR_RUNTIME, "assigned grad has data of a different size");
        tensor_retain(g);
    } else if (!t->meta) {
        return true;
    }
    GradMeta *m = meta_of(t);
    tensor_release(m->grad);
    m->grad = g;
    return true;
}

bool grad_detach(Tensor *t, Tensor **out, Err *err) {
    UNUSED(err);
    *out = tensor_view_raw(t, t->ndim, t->shape, t->stride, t->offset);
    return true;
}

bool grad_detach_(Tensor *t, Err *err) {
    GradMeta *m = t->meta;
    if (m && m->base) {
        err_set(err, ERR_RUNTIME, "Can't detach views in-place. Use detach() instead.");
        return err_hint(err, "this tensor shares its values with another one");
    }
    if (m) {
        node_release(m->fn);
        m->fn = NULL;
        m->nr = 0;
        m->retains_grad = false;
    }
    t->requires_grad = false;
    return true;
}

/* ---- hooks and retained gradients -------------------------------------------------- */

/* The watch of t (hooks, retained gradient), made and hung where the gradient passes. */
static Watch *watch_of(Tensor *t) {
    GradMeta *m = meta_of(t);
    if (m->watch) return m->watch;
    Edge e = edge_of(t);
    Watch *w = m->watch = mem_zero(sizeof *w);
    w->refs = 1;
    w->meta = m;
    w->nr = e.nr;
    if (e.node) {
        w->refs++;
        w->next = e.node->watches;
        e.node->watches = w;
    }
    return w;
}

void watch_release(Watch *w) {
    if (!w || --w->refs > 0) return;
    for (size_t i = 0; i < w->hooks.count; i++)
        if (w->hooks.items[i].free_ctx) w->hooks.items[i].free_ctx(w->hooks.items[i].ctx);
    vec_clear(&w->hooks);
    mem_free(w);
}

bool watch_run(Watch *w, Tensor **grad, Err *err) {
    for (size_t i = 0; i < w->hooks.count; i++) {
        Hook h = w->hooks.items[i];
        Tensor *replace = NULL;
        if (!h.fn(h.ctx, *grad, &replace, err)) return false;
        if (!replace) continue;
        tensor_release(*grad);
        *grad = replace;
    }
    if (!w->meta || !w->meta->retains_grad) return true;
    tensor_retain(*grad);
    tensor_release(w->meta->grad);
    w->meta->grad = *grad;
    return true;
}

bool grad_retain(Tensor *t, Err *err) {
    if (!grad_requires(t))
        return err_set(err, ERR_RUNTIME,
                       "can't retain_grad on Tensor that has requires_grad=False");
    if (grad_is_leaf(t)) return true;
    watch_of(t);
    t->meta->retains_grad = true;
    return true;
}

bool grad_retains(const Tensor *t) {
    return t->meta && t->meta->retains_grad;
}

int grad_hook_add(Tensor *t, GradHookFn fn, void *ctx, void (*free_ctx)(void *), Err *err) {
    static int next_id = 1;
    if (!grad_requires(t)) {
        err_set(err, ERR_RUNTIME,
                "cannot register a hook on a tensor that doesn't require gradient");
        return 0;
    }
    Hook h = {.id = next_id++, .fn = fn, .ctx = ctx, .free_ctx = free_ctx};
    Watch *w = watch_of(t);
    vec_push(&w->hooks, h);
    return h.id;
}

void grad_hook_remove(Tensor *t, int id) {
    Watch *w = t->meta ? t->meta->watch : NULL;
    for (size_t i = 0; w && i < w->hooks.count; i++) {
        if (w->hooks.items[i].id != id) continue;
        Hook h = w->hooks.items[i];
        memmove(&w->hooks.items[i], &w->hooks.items[i + 1], (w->hooks.count - i - 1) * sizeof h);
        w->hooks.count--;
        if (h.free_ctx) h.free_ctx(h.ctx);
        return;
    }
}

void grad_hooks_owned(const Tensor *t, void (*visit)(GradHookFn fn, void *hook, void *ctx),
                      void *ctx) {
    const Watch *w = t->meta ? t->meta->watch : NULL;
    if (!w || t->refs != 1 || w->refs != 1) return;
    for (size_t i = 0; i < w->hooks.count; i++)
        visit(w->hooks.items[i].fn, w->hooks.items[i].ctx, ctx);
}
