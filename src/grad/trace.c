/* The ledger's source: one row per op, forward or backward, while a trace is open. */
#include "config.h"

#include "grad/trace.h"

#include "grad/node.h"

Trace *trace_current;
static TraceLabelFn label_fn;
static void *label_ctx;

Trace *trace_begin(void) {
    Trace *t = mem_zero(sizeof *t);
    t->outer = trace_current;
    return trace_current = t;
}

void trace_end(Trace *t) {
    if (t != trace_current) BUG("traces end innermost first");
    trace_current = t->outer;
}

void trace_free(Trace *t) {
    if (!t) return;
    for (size_t i = 0; i < t->rows.count; i++) mem_free(t->rows.items[i].label);
    for (size_t i = 0; i < t->seen.count; i++) tensor_release(t->seen.items[i]);
    vec_clear(&t->rows);
    vec_clear(&t->seen);
    mem_free(t);
}

void trace_label_hook(TraceLabelFn fn, void *ctx) {
    label_fn = fn;
    label_ctx = ctx;
}

/* Elements of leaves that require grad and did not occur in this trace before. */
static double new_params(Trace *t, const OpCall *c) {
    double n = 0;
    for (int i = 0; i < c->nin; i++) {
        Tensor *x = op_inputs(c)[i];
        if (!x || !x->requires_grad || !grad_is_leaf(x)) continue;
        size_t k = 0;
        while (k < t->seen.count && t->seen.items[k] != x) k++;
        if (k < t->seen.count) continue;
        vec_push(&t->seen, tensor_retain(x));
        n += (double)tensor_numel(x);
    }
    return n;
}

/* The same row in every open trace; params are each trace's own count. */
static void add_row(TraceRow row, const Tensor *shape_of, const OpCall *params_of) {
    if (shape_of) {
        row.ndim = shape_of->ndim;
        memcpy(row.shape, shape_of->shape, shape_of->ndim * sizeof *row.shape);
    }
    Str label = STR_INIT;
    if (label_fn) row.stmt = label_fn(label_ctx, &label);
    for (Trace *t = trace_current; t; t = t->outer) {
        row.label = label.len ? mem_strdup(str_cstr(&label)) : NULL;
        row.params = params_of ? new_params(t, params_of) : 0;
        vec_push(&t->rows, row);
    }
    str_clear(&label);
}

bool trace_apply(const OpCall *c, Tensor **out, Err *err) {
    int64_t t0 = clock_ns();
    if (!op_run(c, out, err)) return false;
    int64_t ns = clock_ns() - t0;
    Tensor *const *shown = c->inplace ? op_inputs(c) : out;
    OpCost cost;
    op_cost(c, shown, &cost);
    TraceRow row = {.op = c->op->name, .flops = cost.flops, .bytes = cost.bytes, .ns = ns};
    add_row(row, shown[0], c);
    return true;
}

/* A product's gradient is two products; the rest is reckoned as the forward. */
void trace_vjp(const Node *n, int64_t ns) {
    OpCost cost = {0}; /* what a user's function does shows in rows of its own */
    if (!n->custom) op_cost(&n->call, n->out, &cost);
    int wanted = 0;
    for (int i = 0; i < n->nin; i++) wanted += n->edges[i].node || n->edges[i].leaf;
    bool product = n->call.op->flags & OPDEF_PRODUCT;
    double times = product ? wanted : 1;
    TraceRow row = {.op = node_name(n),
                    .backward = true,
                    .flops = cost.flops * times,
                    .bytes = cost.bytes * times,
                    .ns = ns};
    add_row(row, n->out[0], NULL);
}
