/* The rows of ops: every engine operation with its forward, its vjp and its cost.
 *
 * Everything that computes goes through op_apply: that one place runs the forward,
 * records the node on the tape when an input requires grad, and reports to the
 * trace when one is on. Off, both cost one branch each. The tests loop over every row.
 *
 * Callers use the typed wrappers of grad/ops.h:
 *
 *     Tensor *w = NULL;
 *     if (!op_softmax(scores, -1, &w, err)) return false;
 *
 * which fill one OpCall each:
 *
 *     OpCall c = {.op = &opdef_softmax, .nin = 1, .in = {scores}, .nint = 1, .ints = &dim};
 *     return op_apply(&c, out, err);
 *
 * In place: `.inplace = true` writes the result into in[0] (its dtype and shape
 * must be able to take it), bumps its version and rebases its history; `out` is
 * not touched and may be NULL. Every row whose output has the shape of in[0] can; for
 * a row that makes a view, in[0] itself takes the view's geometry (squeeze_, t_).
 */
#ifndef QKV_GRAD_OP_H
#define QKV_GRAD_OP_H

#include "tensor/tensor.h"

#define OP_MAX_IN 6  /* tensors that a fixed-arity op takes; more go through `many` */
#define OP_MAX_OUT 3 /* outputs, hidden ones too; but for ops that cut into pieces (`nout`) */

typedef struct OpDef OpDef;
typedef struct Vjp Vjp;

/* One application. Everything is borrowed; what an op's ints, reals and flags mean
 * by position stands at its wrapper in ops.h. An optional input is NULL. */
typedef struct OpCall {
    const OpDef *op;
    int nin;
    int nout; /* for ops that cut into pieces; 0: as the row says */
    Tensor *in[OP_MAX_IN];
    Tensor *const *many; /* nin tensors in place of in[], for variadic ops */
    const int64_t *ints; /* dims, sizes, indices */
    int nint;
    DType dtype; /* casts and creations */
    bool inplace;
    bool flags[3];
    double reals[4];
} OpCall;

/* What a loss gives; its row's last int. */
typedef enum LossReduction { LOSS_NONE, LOSS_MEAN, LOSS_SUM } LossReduction;

/* Cost of one application, from shapes alone (closed form, units in the names). */
typedef struct OpCost {
    double flops; /* a multiply-add counts 2; exp, log, tanh, sqrt, / count 1 */
    double bytes; /* read + written, each operand once */
} OpCost;

/* Bits of OpDef.saves: what the gradient of one input reads. */
enum {
    SAVES_IN0 = 1u << 0,
    SAVES_IN1 = 1u << 1,
    SAVES_IN2 = 1u << 2,
    SAVES_IN3 = 1u << 3,
    SAVES_IN4 = 1u << 4,
    SAVES_IN5 = 1u << 5,
    SAVES_OUT0 = 1u << 6,
    SAVES_OUT1 = 1u << 7,
    SAVES_OUT2 = 1u << 8,
    SAVES_INDEX = 1u << 9 /* every integer or bool input: indices, masks, classes */
};

enum {
    OPDEF_VIEW = 1u << 0,    /* every output shares storage with in[0] */
    OPDEF_MULTI = 1u << 1,   /* a view op with several outputs: they cannot be written in place */
    OPDEF_PRODUCT = 1u << 2, /* each input's gradient is a product as dear as the forward */
    OPDEF_CONSTANT =
        1u << 3 /* in place it writes one value everywhere: elements may share memory */
};

struct OpDef {
    const char *name;      /* "softmax" */
    const char *grad_name; /* "SoftmaxBackward0", as PyTorch prints it; NULL: not differentiable */
    /* For names that depend on shapes or attributes; overrides grad_name. */
    const char *(*grad_name_of)(const OpCall *c);
    int nout; /* 0 and 1: one. Integer outputs carry no gradient. */
    /* What one operand implies of another (rank, length, dtype) and of the ints: runs before
     * anything else, so that forward, inplace and vjp take it as given. NULL: the kernels look
     * themselves. */
    bool (*check)(const OpCall *c, Err *err);
    /* Inputs that have no gradient, by their PyTorch names: one that requires grad is an error. */
    const char *fixed[OP_MAX_IN];
    int nhidden; /* outputs after those that only the vjp sees: a mask, a log-sum-exp */
    bool (*forward)(const OpCall *c, Tensor **out, Err *err);
    /* Writes in[0] directly; NULL: forward, then a copy into in[0]. */
    bool (*inplace)(const OpCall *c, Err *err);
    /* Gives gradients with vjp_give, see grad/vjp.h. Formula above each body. */
    void (*vjp)(Vjp *v);
    unsigned saves[OP_MAX_IN]; /* per input: what its gradient reads (SAVES_*) */
    void (*cost)(const OpCall *c, Tensor *const *out, OpCost *cost); /* NULL: elementwise of out */
    unsigned flags;                                                  /* OPDEF_* */
    /* Inputs and attributes that the tests try, "2,3 3; s 2,3 | r1": notation in tests/grad_case.h.
     * A row with a vjp has some. */
    const char *samples;
    const char *doc;
};

/* Runs, tapes, traces. out has as many slots as the op has outputs, written only on
 * success; slots of optional outputs may come back NULL where the row says so. */
bool op_apply(const OpCall *c, Tensor **out, Err *err);

/* op_apply without the trace: for the trace itself. */
bool op_run(const OpCall *c, Tensor **out, Err *err);

static inline Tensor *const *op_inputs(const OpCall *c) {
    return c->many ? c->many : c->in;
}
static inline int op_nout(const OpCall *c) {
    return c->nout ? c->nout : c->op->nout ? c->op->nout : 1;
}
static inline int op_total(const OpCall *c) { /* hidden ones too */
    return op_nout(c) + c->op->nhidden;
}
/* "SoftmaxBackward0"; NULL for a row without gradient. */
const char *op_grad_name(const OpCall *c);
/* Cost by the row, or by its default: one flop per element of the output, every
 * operand's and every output's bytes once. */
void op_cost(const OpCall *c, Tensor *const *out, OpCost *cost);

#endif
