/* A record of every engine op while a trace is on: the ledger's source.
 *
 * Off (no trace begun) it costs one load and a branch per op. Rows carry what the
 * op did; `label` is what the user wrote, given by a hook that the evaluator sets
 * (the text of the running statement), so that a ledger can fold the ops of one
 * statement into one row.
 *
 *     Trace *t = trace_begin();
 *     ... ops ...
 *     trace_end(t);
 *     for (size_t i = 0; i < t->rows.count; i++) ...
 *     trace_free(t);
 */
#ifndef QKV_GRAD_TRACE_H
#define QKV_GRAD_TRACE_H

#include "grad/op.h"

typedef struct TraceRow {
    const char *op; /* static: "matmul", or in a backward pass "MmBackward0" */
    bool backward;
    char *label; /* statement as written, owned; NULL: unknown */
    int stmt;    /* equal for rows of one execution of one statement */
    uint8_t ndim;
    int64_t shape[TENSOR_MAX_DIM]; /* of the first output */
    double params; /* elements of inputs that are leaf parameters, each counted once a trace */
    double flops, bytes;
    int64_t ns;
} TraceRow;

typedef struct Trace {
    VEC(TraceRow) rows;
    struct Trace *outer; /* traces nest: every open one records */
    VEC(Tensor *) seen;  /* parameters already counted */
} Trace;

Trace *trace_begin(void);
void trace_end(Trace *t); /* t must be the innermost */
void trace_free(Trace *t);
extern Trace *trace_current;

/* Set by the evaluator: writes the running statement's text, returns its number. */
typedef int (*TraceLabelFn)(void *ctx, Str *text);
void trace_label_hook(TraceLabelFn fn, void *ctx);

/* For op_apply and the backward walk: runs and records; records a node's vjp. */
bool trace_apply(const OpCall *c, Tensor **out, Err *err);
struct Node;
void trace_vjp(const struct Node *n, int64_t ns);

#endif
