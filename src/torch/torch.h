/* The module torch and its parts, put together from tables of rows.
 *
 * A topic's file ends in one table of NativeRow. TORCH_FN puts a row into the
 * module torch, TORCH_METHOD makes it a method of Tensor; a row with both is one
 * body under two names. Rows that only mean something as a method (view, add_, ...)
 * have the one bit.
 *
 *     {"tril(input: Tensor, diagonal: int = 0) -> Tensor", do_tril, TORCH_BOTH, "...", "..."}
 *
 * To add a name: its body and row in the topic's file. To add a topic: a file, and
 * its table in TORCH_TABLES.
 */
#ifndef QKV_TORCH_TORCH_H
#define QKV_TORCH_TORCH_H

#include "eval/interp.h"
#include "eval/native.h"

#define TORCH_TABLES(X)                                                                            \
    X(tensor_attr_rows)                                                                            \
    X(torch_node_rows)                                                                             \
    X(tensor_convert_rows)                                                                         \
    X(torch_create_rows)                                                                           \
    X(torch_random_rows)                                                                           \
    X(torch_unary_rows)                                                                            \
    X(torch_binary_rows)                                                                           \
    X(torch_pointwise_rows)                                                                        \
    X(torch_shape_rows)                                                                            \
    X(torch_join_rows)                                                                             \
    X(torch_reduce_rows)                                                                           \
    X(torch_order_rows)                                                                            \
    X(torch_quantile_rows)                                                                         \
    X(torch_index_rows)                                                                            \
    X(torch_linalg_rows)                                                                           \
    X(torch_factor_rows)                                                                           \
    X(torch_einsum_rows)                                                                           \
    X(torch_autograd_rows)                                                                         \
    X(tensor_hook_rows)                                                                            \
    X(torch_misc_rows)

#define X(table) extern const NativeRow table[];
TORCH_TABLES(X)
#undef X

/* Makes `import torch` and its parts but torch.nn known; nothing is built before the import. */
void torch_install(Interp *in);
/* Methods of Tensor, gathered from the tables; made once. */
const NativeRow *torch_methods(void);

/* Rows of other modules. */
extern const NativeRow linalg_rows[];

typedef struct MissingTopic {
    const char *where; /* "torch" stands for Tensor's methods too */
    const char *names; /* words between blanks */
    const char *use;
} MissingTopic;
extern const MissingTopic torch_missing_topics[]; /* ends with a NULL where */

/* A name that PyTorch has and qkv has not: what to use instead, or "" where there is nothing;
 * NULL when PyTorch does not have it either. where: "torch", "Tensor", "torch.nn", ... */
const char *torch_missing(const char *where, const char *name);

#endif
