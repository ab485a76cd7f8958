/* Inside of the tape: nodes, what they save, what hangs on a tensor. For src/grad
 * only; everyone else uses tape.h.
 *
 * Ownership: tensor -> GradMeta -> Node -> edges (nodes, leaves) and aliases of
 * saved values. An alias shares storage but has no GradMeta, so nothing that a
 * node holds points forward and no cycle can form.
 */
#ifndef QKV_GRAD_NODE_H
#define QKV_GRAD_NODE_H

#include "grad/custom.h"
#include "grad/tape.h"

/* Where a gradient goes: into a node's output slot, into a leaf, or nowhere. */
typedef struct Edge {
    Node *node;
    Tensor *leaf;
    int nr; /* which output of node */
} Edge;

/* What is known about one saved tensor, beside its alias. */
typedef struct Saved {
    bool value;       /* false: only its geometry is kept */
    bool own_output;  /* an output of this very node */
    uint32_t version; /* its storage's, when saved */
    GradMeta *meta;   /* of the tensor saved: weak, see meta_is; for the error text */
    uint32_t meta_serial;
    const char *made_by; /* name of its grad_fn then; NULL: a leaf */
    int nr;
} Saved;

/* Geometry in a storage, in elements. */
typedef struct Geometry {
    int ndim;
    int64_t offset;
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
} Geometry;

/* A node whose op wrote into a view: it stands in the history of the base. The
 * gradient of the base goes on unchanged outside of the view; inside, the op's own. */
typedef struct Slice {
    Geometry base, view;
} Slice;

/* Hooks and a retained gradient for one output of a node (or for a leaf). */
typedef struct Hook {
    int id;
    GradHookFn fn;
    void *ctx;
    void (*free_ctx)(void *);
} Hook;
typedef struct Watch {
    int refs;       /* of the tensor and of the node: hooks outlive the tensor */
    int nr;         /* output of the node */
    GradMeta *meta; /* of the tensor while it lives, for retain_grad */
    VEC(Hook) hooks;
    struct Watch *next; /* of the same node */
} Watch;

/* Of a node of grad_custom. */
typedef struct Custom {
    GradCustom fn;
    int nsaved;
    Tensor **saved; /* [nsaved]: the tensors themselves, aliases of outputs; NULL: None */
    Saved *notes;   /* [nsaved] */
} Custom;

struct Node {
    int refs;
    int nin, nout;
    bool saves;   /* keeps some value: a second backward needs retain_graph */
    bool dropped; /* the values are gone */
    bool needed;  /* in the walk numbered `walk` */
    uint64_t walk;
    uint64_t seq; /* creation order */
    const char *name;
    OpCall call;    /* own copies; many = in */
    Edge *edges;    /* [nin] */
    Saved *saved;   /* [nin + nout]: inputs, then outputs */
    Tensor **in;    /* [nin] aliases; NULL where the input was */
    Tensor **out;   /* [nout] */
    Tensor **acc;   /* [nout] gradients that came so far in this walk */
    Slice *slice;   /* NULL but for writes into a view */
    Custom *custom; /* NULL but for grad_custom */
    Watch *watches;
    Node *next_dead;
};

typedef enum ViewKind {
    VIEW_PLAIN,
    VIEW_NO_GRAD, /* made while gradients were off */
    VIEW_MULTI,   /* one of several outputs of one op */
    VIEW_RETYPED, /* of another element type than its base */
    VIEW_CUSTOM   /* an output of grad_custom */
} ViewKind;

struct GradMeta {
    uint32_t serial; /* differs each time this block is used */
    bool retains_grad;
    uint8_t view_kind;
    int nr;                /* which output of fn */
    Tensor *grad;          /* owned or NULL */
    Node *fn;              /* owned; NULL: a leaf */
    Tensor *base;          /* of a view: the tensor that is no view itself; owned */
    uint32_t view_version; /* storage version that fn stands for */
    Watch *watch;
    /* Of a leaf during the backward walk numbered `walk`: what came so far, and how many
     * edges may still bring something. */
    Tensor *acc;
    int pending;
    uint64_t walk;
    GradMeta *next_free;
};

/* t's meta, made if need be. */
GradMeta *meta_of(Tensor *t);
static inline bool meta_is(const GradMeta *m, uint32_t serial) {
    return m && m->serial == serial;
}
/* fn takes over as the history of t (fn retained). */
void meta_set_fn(Tensor *t, Node *fn, int nr);
/* Floating or complex: can carry a gradient. */
static inline bool differentiable(const Tensor *t) {
    return t->dtype >= DT_F16;
}
/* Where t's gradient goes; a view whose storage was written through another tensor first
 * gets a new grad_fn. Borrowed. */
Edge edge_of(Tensor *t);

/* A node for a call: edges to where its inputs came from and aliases of what the vjp
 * reads. `name` static. Before an in-place op: in[0] is cloned where its value is read. */
bool node_record(const OpCall *c, Node **out, Err *err);
/* The outputs' aliases, once they exist. */
void node_set_outputs(Node *n, Tensor *const *out);
/* A node of a function from outside; takes over fn.ctx. */
Node *node_custom(const GradCustom *fn, const OpDef *op, int nin, Tensor *const *in, int nout,
                  int nsave);
/* Keeps what the function asked for; entries may be NULL. */
void node_custom_save(Node *n, int nsave, Tensor *const *save, int nout, Tensor *const *out);
/* Checks versions of the saved values; then they can be read from n->in and n->out. */
bool node_unpack(const Node *n, Err *err);
void node_drop_values(Node *n);
void node_drop_acc(Node *n);

void watch_release(Watch *w);
/* Runs the hooks on *grad (owned, may be replaced) and keeps it where wanted. */
bool watch_run(Watch *w, Tensor **grad, Err *err);

void geometry_of(const Tensor *t, Geometry *g);
/* A tensor of zeros (uninitialised: zero false) with that geometry in a storage of its own. */
bool geometry_tensor(DType dt, const Geometry *g, bool zero, Tensor **out, Err *err);

/* The vjp of a node of grad_custom, as op->vjp. */
bool node_custom_vjp(Node *n, Tensor *const *g, Tensor **gin, Err *err);

#endif
