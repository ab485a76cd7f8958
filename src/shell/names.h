/* Dotted names typed at the prompt -> what they stand for, without running code. */
#ifndef QKV_SHELL_NAMES_H
#define QKV_SHELL_NAMES_H

#include "shell/session.h"

/* "x", "torch.softmax", "x.shape": variables first, then builtins, names at hand and modules
 * that could be imported. Owned; false (no error) when the name leads nowhere. */
bool name_resolve(Session *s, const char *dotted, Value *out);
/* Everything registered whose name or documentation has the word: offers "torch.softmax" and
 * its first sentence. */
void names_about(Session *s, const char *word,
                 void (*found)(void *ctx, const char *name, const char *doc), void *ctx);

#endif
