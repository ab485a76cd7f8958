/* The op table: every engine operation with its forward, its vjp and its cost.
 *
 * Everything that computes goes through op_apply: that one place runs the forward,
 * records the node on the tape when an input requires grad, and reports to the
 * trace when one is on. Off, both cost one branch each. The gradient test, the
 * ledger, the docs and the fuzzer loop over the same table.
 *
 *     Tensor *out = NULL;
 *     OpCall c = {.op = &op_softmax, .nin = 1, .in = {x}, .ints = {dim}};
 *     if (!op_apply(&c, &out, err)) return false;
 */
#ifndef QKV_OP_H
#define QKV_OP_H

#include "tensor/tensor.h"

#define OP_MAX_IN 6   /* tensors a fixed-arity op takes; cat and stack pass an array */
#define OP_MAX_INT 24 /* integer attributes: dims, sizes */
#define OP_MAX_OUT 3

typedef struct OpDef OpDef;

/* One application: inputs borrowed, attributes by position as the op's row documents. */
typedef struct OpCall {
    const OpDef *op;
    int nin;
    Tensor *in[OP_MAX_IN];
    Tensor *const *more; /* variadic ops: nmore tensors, in[] unused; NULL otherwise */
    int nmore;
    int nint;
    int64_t ints[OP_MAX_INT];
    double reals[4];
    bool flags[4];
    DType dtype; /* for casts and creations */
} OpCall;

/* Cost of one application, from shapes alone (closed form, units in the names). */
typedef struct OpCost {
    double flops; /* a multiply-add counts 2; exp, log, tanh, sqrt, / count 1 */
    double bytes; /* read + written, each operand once */
} OpCost;

struct OpDef {
    const char *name;      /* "softmax" */
    const char *grad_name; /* "SoftmaxBackward0"; NULL: not differentiable */
    int nout;              /* 1 unless said; further outputs carry no gradient unless documented */
    bool (*forward)(const OpCall *c, Tensor **out, Err *err);
    /* grad_in[i] (owned, may be left NULL for "none") for every input that needs[i]. out are the
     * forward's outputs. Formula above each body. */
    bool (*vjp)(const OpCall *c, Tensor *const *out, Tensor *const *grad_out, const bool *needs,
                Tensor **grad_in, Err *err);
    void (*cost)(const OpCall *c, Tensor *const *out, OpCost *cost); /* NULL: elementwise of out */
    unsigned flags; /* OPDEF_* */
    const char *doc;
};

enum {
    OPDEF_VIEW = 1u << 0,        /* the output shares storage with in[0] */
    OPDEF_INPLACE = 1u << 1,     /* writes into in[0] and returns it */
    OPDEF_SAVES_OUT = 1u << 2,   /* vjp reads the output: its version is checked */
    OPDEF_SAVES_IN = 1u << 3     /* vjp reads inputs' values: their versions are checked */
};

/* Runs, tapes, traces. out has op->nout slots, written only on success. */
bool op_apply(const OpCall *c, Tensor **out, Err *err);

/* The table, in the order of the docs. */
extern const OpDef *const op_table[];
extern const int op_table_len;
const OpDef *op_find(const char *name);

#endif
