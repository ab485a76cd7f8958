/* Python's builtin functions and standard modules: tables of rows, one file a module.
 * python_install puts all of it in place.
 */
#ifndef QKV_PYTHON_PYTHON_H
#define QKV_PYTHON_PYTHON_H

#include "eval/interp.h"

/* Sets the builtin functions and types and registers the standard modules. */
void python_install(Interp *in);

/* Rows of the builtin functions; also the module `builtins`. */
extern const NativeRow core_rows[], core_number_rows[], core_refused_rows[];

/* Types of the standard library that are made in C; what a doctest runner walks besides the
 * modules. Ends with NULL. */
extern Type *const core_types[];

/* The modules that are made, wholly or partly, in C. */
extern const NativeRow unicode_rows[];
extern const NativeRow math_rows[], time_rows[], functools_rows[], copy_rows[], operator_rows[];
bool math_init(Interp *in, Value module, Err *err);
bool unicode_init(Interp *in, Value module, Err *err);
bool random_init(Interp *in, Value module, Err *err);
bool collections_init(Interp *in, Value module, Err *err);

extern Type type_random, type_deque;

#endif
