/* Attention as other viewers take it: JSON with numbers nested as [queries][keys],
 * [heads][queries][keys] or [layers][heads][queries][keys], alone or in an object beside a list of
 * tokens. */
#ifndef QKV_MODEL_ATTENTION_JSON_H
#define QKV_MODEL_ATTENTION_JSON_H

#include "base/err.h"
#include "tensor/tensor.h"

typedef struct AttentionFile {
    Tensor *t;     /* float32, owned */
    char **tokens; /* owned, NULL: the file has none */
    size_t token_count;
} AttentionFile;

/* ERR_VALUE: no such numbers, rows of unequal length; with the file's name. */
bool attention_json_load(const char *path, const char *text, size_t n, AttentionFile *out,
                         Err *err);
void attention_file_clear(AttentionFile *f);

#endif
