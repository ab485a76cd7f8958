/* Dotted names typed at the prompt -> what they stand for, without running code. */
#ifndef QKV_SHELL_NAMES_H
#define QKV_SHELL_NAMES_H

#include "shell/session.h"

/* "x", "torch.softmax", "x.shape": variables first, then builtins, names at hand and modules
 * that could be imported. Owned; false (no error) when the name leads nowhere. */
bool name_resolve(Session *s, const char *dotted, Value *out);
/* The same while a person types: no property and no __getattr__ of theirs runs. */
bool name_peek(Session *s, const char *dotted, Value *out);
/* Everything that can be imported, rows and what is written in the dialect: "torch.softmax" and its
 * documentation. Nothing is loaded for it. */
void names_each(Session *s, void *ctx, void (*found)(void *ctx, const char *name, const char *doc));

/* Names of the modules at hand, of qkv and of tensors that end in a word, in any case: softmax
 * gives torch.softmax, F.softmax, nn.Softmax, torch.Tensor.softmax. */
typedef struct Homonyms {
    char **items; /* owned */
    size_t count;
} Homonyms;
Homonyms names_like(Session *s, const char *word);
void names_like_clear(Homonyms *list);

#endif
