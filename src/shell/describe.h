/* What `x?` says of a value: what it is and holds, how it is called, its documentation.
 *
 *     if (!describe(s, "nn.Linear", v, &err)) ...
 */
#ifndef QKV_SHELL_DESCRIBE_H
#define QKV_SHELL_DESCRIBE_H

#include "shell/session.h"

/* name: as it was typed. Errors are those of the value's own code (__repr__, a property). */
bool describe(Session *s, const char *name, Value v, Err *err);
/* "(in_features, out_features, bias=True)"; false: it cannot be called, or nothing knows how. */
bool signature_of(Session *s, Value v, Str *out);

#endif
