/* A shared library that is opened when something first wants it, so that a start does not pay for
 * mapping it: OpenBLAS (linalg/blas.c), PCRE2 (python/pcre.c).
 *
 *     void *lib = library_open("libfoo.so.1", why, sizeof why);
 *     if (lib && library_find(lib, &fn, "foo_new")) fn(...);       (fn: a pointer to a function)
 */
#ifndef QKV_BASE_LIBRARY_H
#define QKV_BASE_LIBRARY_H

#include "base/base.h"

/* NULL when it cannot be opened: why says the reason in dlerror's words. */
void *library_open(const char *soname, char *why, size_t room);
/* *fn becomes the function of that name; false, and NULL in *fn, when the library has none. */
bool library_find(void *lib, void *fn, const char *name);
void library_close(void *lib);

#endif
