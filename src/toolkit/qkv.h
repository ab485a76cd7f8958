/* The module `qkv` (dialect.md section 5): what attention code wants beyond torch.
 * Rows in C here, what reads better in the dialect in src/toolkit/qkv.py.
 */
#ifndef QKV_TOOLKIT_QKV_H
#define QKV_TOOLKIT_QKV_H

#include "eval/interp.h"
#include "eval/native.h"
#include "grad/trace.h"
#include "tensor/tensor.h"
#include "view/view.h"

#define QKV_TABLES(X)                                                                              \
    X(qkv_show_rows)                                                                               \
    X(qkv_trace_rows)                                                                              \
    X(qkv_attention_rows)                                                                          \
    X(qkv_attn_rows)                                                                               \
    X(qkv_layer_rows)                                                                              \
    X(qkv_text_rows)

#define X(table) extern const NativeRow table[];
QKV_TABLES(X)
#undef X
extern const NativeRow safetensors_rows[]; /* of the module safetensors.torch */

/* Defines the module, and has the trace label every op with the statement that ran it. */
void qkv_install(Interp *in);

/* The picture of a value at the prompt: a labelled matrix for a tensor, NULL for everything
 * whose repr says it best. name: what it was called, or NULL. Owned. */
View *value_view(Value v, const char *name);
/* The ops of a trace folded to one row per statement, in order; owned. NULL when empty. */
View *ledger_view(const Trace *t, const char *title);
/* Makes the trace label every op with the statement that ran it. */
void ledger_install(Interp *in);

/* Strings of a list or tuple (str() of each item), for labels. */
typedef struct Labels {
    char **items; /* owned */
    size_t count;
} Labels;
/* None gives none; a str is split at blanks. */
bool labels_from(Interp *in, Value v, Labels *out, Err *err);
void labels_clear(Labels *l);
/* Numbers of a tensor or of any sequence of numbers; owned. */
bool numbers_from(Interp *in, Value v, double **out, size_t *n, Err *err);
/* Whole numbers of the same; NULL for None. */
bool ints_from(Interp *in, Value v, int64_t **out, size_t *n, Err *err);
/* The i-th kind of qkv.mask by name, for whoever lets people choose one; NULL behind the last. */
const char *qkv_mask_kind(int i);
/* A tensor argument, or TypeError naming the function and the parameter. */
bool qkv_tensor(Value v, const char *fn, const char *param, Tensor **out, Err *err);

#endif
