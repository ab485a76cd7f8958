/* What is built in: one call defines every module.
 *
 *     Interp *in = interp_new(&cfg);
 *     builtin_install(in);
 */
#ifndef QKV_BUILTIN_BUILTIN_H
#define QKV_BUILTIN_BUILTIN_H

#include "eval/interp.h"

/* Sets the builtin functions and types and registers every module. Cheap: module contents
 * are made at their first import. */
void builtin_install(Interp *in);

#endif
