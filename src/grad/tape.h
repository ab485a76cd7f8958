/* Reverse-mode differentiation: which tensors want gradients, the graph of nodes
 * that op_apply records, and the walk back through it. PyTorch's rules and texts.
 *
 * A Node stands for one application: edges to the nodes (or leaves) that made its
 * inputs, and aliases of exactly the values that its vjp reads, with the storage
 * versions they had. Nodes are counted: a tensor owns its grad_fn, a node owns
 * what it points back to, so a graph dies with its last output. Creation order is
 * a topological order, which is all that the backward walk needs.
 *
 * Leaves have no node; their gradient accumulates in place in their GradMeta.
 * Views remember their base: writing into one rebases the base's history
 * (CopySlices) and the other views regenerate theirs when asked.
 *
 *     grad_requires_set(w, true, err);
 *     op_matmul(x, w, &y, err); op_sum(y, 0, NULL, false, &loss, err);
 *     grad_backward(1, &loss, NULL, false, err);
 *     Tensor *g = grad_of(w);      (borrowed)
 */
#ifndef QKV_GRAD_TAPE_H
#define QKV_GRAD_TAPE_H

#include "grad/op.h"

typedef struct Node Node;

/* ---- mode: torch.no_grad, enable_grad, set_grad_enabled ---------------------------- */

bool grad_enabled(void);
bool grad_mode_set(bool on); /* returns what it was, to be put back */

/* ---- facts of a tensor ------------------------------------------------------------- */

bool grad_requires(Tensor *t); /* also true for a view whose base came to require grad */
/* ERR_RUNTIME for integers ("only Tensors of floating point and complex dtype can
 * require gradients") and for clearing it on a non-leaf. */
bool grad_requires_set(Tensor *t, bool on, Err *err);
bool grad_is_leaf(Tensor *t);
Tensor *grad_of(const Tensor *t); /* t.grad, borrowed; NULL: None */
/* t.grad = g (retained; NULL: None). ERR_RUNTIME when shape or dtype differ. */
bool grad_of_set(Tensor *t, Tensor *g, Err *err);
/* A view of the same values that no gradient flows through; shares the version. */
bool grad_detach(Tensor *t, Tensor **out, Err *err);
bool grad_detach_(Tensor *t, Err *err); /* makes t itself a leaf */
/* Keep t.grad of a non-leaf. ERR_RUNTIME when t does not require grad. */
bool grad_retain(Tensor *t, Err *err);
bool grad_retains(const Tensor *t);
Tensor *grad_base(const Tensor *t); /* t._base, borrowed; NULL: not a view */
int grad_output_nr(const Tensor *t);

/* ---- the graph, for printing ------------------------------------------------------- */

Node *grad_fn(Tensor *t);            /* borrowed from t; NULL for a leaf */
const char *grad_fn_name(Tensor *t); /* "MmBackward0", or NULL: what repr prints */
/* Gives the node that made t the name that PyTorch's own node has, where several ops here are one
 * there. t is the fresh output of an op; nothing happens when no graph was made. */
void grad_fn_rename(Tensor *t, const char *name);
Node *node_retain(Node *n);
void node_release(Node *n);
const char *node_name(const Node *n);
int node_nedges(const Node *n); /* one per input */
/* Where input i's gradient goes: a node, or a leaf (then *node is NULL), or nowhere
 * (both NULL). Borrowed. */
void node_edge(const Node *n, int i, Node **node, Tensor **leaf);

/* ---- hooks ------------------------------------------------------------------------- */

/* Called with the gradient of the tensor; *replace stays NULL or takes an owned one. */
typedef bool (*GradHookFn)(void *ctx, Tensor *grad, Tensor **replace, Err *err);
/* free_ctx is called when the hook is removed or its tensor dies. Returns an id. */
int grad_hook_add(Tensor *t, GradHookFn fn, void *ctx, void (*free_ctx)(void *), Err *err);
void grad_hook_remove(Tensor *t, int id);
/* Visits the hooks that die with the caller's reference to t: t is a leaf that nobody else holds.
 * Other hooks belong to a graph as well. */
void grad_hooks_owned(const Tensor *t, void (*visit)(GradHookFn fn, void *hook, void *ctx),
                      void *ctx);

/* ---- backward ---------------------------------------------------------------------- */

/* Accumulates d(sum of ts[i] . seeds[i]) into the .grad of every leaf. seeds NULL, or
 * an entry NULL: 1 for a tensor of one element, else ERR_RUNTIME. Without
 * retain_graph the saved values are dropped on the way. */
bool grad_backward(int n, Tensor *const *ts, Tensor *const *seeds, bool retain_graph, Err *err);
/* torch.autograd.grad: the gradients of `wrt` (owned in out[m]; NULL where
 * allow_unused let one be absent), .grad untouched. */
bool grad_compute(int n, Tensor *const *ts, Tensor *const *seeds, int m, Tensor *const *wrt,
                  bool retain_graph, bool allow_unused, Tensor **out, Err *err);

/* Graph nodes alive, for leak tests. */
int64_t grad_live_nodes(void);

#endif
