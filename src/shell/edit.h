/* A text in the editor that a person has. */
#ifndef QKV_SHELL_EDIT_H
#define QKV_SHELL_EDIT_H

#include "base/err.h"
#include "base/str.h"

/* Opens a file that holds `begin` and gives back what it holds afterwards, owned; ending: ".py".
 * ERR_OS: the editor did not end well. */
bool edit_text(const Str *begin, const char *ending, char **text, size_t *len, Err *err);

#endif
