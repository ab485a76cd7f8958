/* torch.nn and its parts: rows in C (functional), the module base in C, the layers
 * in the dialect (src/nn/torch.nn.*.py), each loaded when first imported.
 */
#ifndef QKV_NN_NN_H
#define QKV_NN_NN_H

#include "eval/interp.h"
#include "eval/native.h"

/* Topics of torch.nn.functional. */
#define NN_TABLES(X)                                                                               \
    X(nn_activation_rows)                                                                          \
    X(nn_conv_rows)                                                                                \
    X(nn_layer_rows)                                                                               \
    X(nn_loss_rows)                                                                                \
    X(nn_attention_rows)

#define X(table) extern const NativeRow table[];
NN_TABLES(X)
#undef X

extern const NativeRow special_rows[];

/* Module's C half: attribute tables and calling; see module.c. */
extern Type type_module_base;

void nn_install(Interp *in);

#endif
