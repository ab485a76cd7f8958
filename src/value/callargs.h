/* Binding of the arguments of a C type's `create` slot, which gets them raw.
 *
 *     static const char *const names[] = {"x", "base"};
 *     Value slot[2];                               (borrowed; UNSET where absent)
 *     if (!callargs_bind("int", args, names, 2, 0, 1, slot, err)) return false;
 */
#ifndef QKV_VALUE_CALLARGS_H
#define QKV_VALUE_CALLARGS_H

#include "value/value.h"

/* Up to max parameters, the first min of them required, the first pos_only of them
 * without a keyword. TypeError in CPython's words. */
bool callargs_bind(const char *fname, const CallArgs *args, const char *const *names, int max,
                   int min, int pos_only, Value *slot, Err *err);
/* TypeError if there are keywords: "list() takes no keyword arguments". */
bool callargs_no_keywords(const char *fname, const CallArgs *args, Err *err);

#endif
