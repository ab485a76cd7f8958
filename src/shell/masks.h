/* The kinds of masks at the prompt: help on them and their completion, from the table of
 * attn/mask.h. */
#ifndef QKV_SHELL_MASKS_H
#define QKV_SHELL_MASKS_H

#include "shell/session.h"

/* All kinds with their rules: `help mask kinds`, and behind `help qkv.mask`. Appends Markdown. */
void masks_list(Str *out);
/* The page of one kind; false when there is none of that name. Appends Markdown. */
bool masks_page(const char *name, Str *out);
/* Whether the line ends inside the first argument of a qkv function that takes a kind, as in
 * qkv.mask('cau; *start is where the kind begins. */
bool masks_wanted(const char *line, size_t end, size_t *start);
/* Hands every kind's name, and what apropos shows, to `each`. */
void masks_each(void *ctx, void (*each)(void *ctx, const char *name, const char *doc));

#endif
