/* Nodes whose gradient somebody else computes: torch.autograd.Function.
 *
 * The forward ran outside of the tape. grad_custom puts its outputs there as made by
 * one node, which owns `fn` and calls fn.vjp on the way back; what comes from there is
 * checked and brought to the inputs' shapes and dtypes.
 *
 *     GradCustom fn = {.name = "SquareBackward", .vjp = run, .free = drop, .ctx = state};
 *     grad_custom(&fn, 1, &x, 1, &x, 1, &y, &how, err)
 *
 * What the node saves has its version checked as with any other node. An output that is
 * saved is kept as an alias, so that no cycle forms.
 */
#ifndef QKV_GRAD_CUSTOM_H
#define QKV_GRAD_CUSTOM_H

#include "grad/tape.h"

typedef struct GradCustom {
    const char *name; /* as it is printed; lives as long as ctx */
    /* g: one for each output, NULL where none came. gin: one for each input, NULL; takes owned
     * gradients of any shape and dtype. */
    bool (*vjp)(void *ctx, Tensor *const *g, Tensor **gin, Err *err);
    void (*free)(void *ctx);
    void *ctx;
} GradCustom;

/* How an output is treated. */
typedef enum CustomOutput {
    CUSTOM_FRESH, /* made by the function, or an input given back as it came */
    CUSTOM_DIRTY, /* an input that it wrote into */
    CUSTOM_PLAIN  /* carries no gradient */
} CustomOutput;

/* Records one application. out[i] (owned by the caller, NULL: no tensor) may be replaced by an
 * alias. Takes over fn.ctx, also on failure. ERR_RUNTIME for a dirty leaf that requires grad. */
bool grad_custom(const GradCustom *fn, int nin, Tensor *const *in, int nsave, Tensor *const *save,
                 int nout, Tensor **out, const CustomOutput *how, Err *err);
/* The node that a grad_fn of grad_custom is about, its state; NULL for any other node. */
void *node_custom_ctx(const Node *n);
/* Zeros of output i's shape; for gradients that did not come. Owned. */
bool node_custom_zeros(const Node *n, int i, Tensor **out, Err *err);
/* What was saved, versions checked; ERR_RUNTIME when it is gone. Borrowed. */
bool node_custom_saved(const Node *n, int *count, Tensor *const **saved, Err *err);

#endif
