/* Source text of the dialect's own part of the library: every .py file of the rooms,
 * compiled in (src/prelude/local.mk makes the table).
 *
 *     def.prelude = prelude_text("collections");       (src/python/collections.py)
 */
#ifndef QKV_PRELUDE_H
#define QKV_PRELUDE_H

typedef struct Prelude {
    const char *name; /* the file's name without .py */
    const char *text; /* NUL-terminated */
} Prelude;

extern const Prelude preludes[]; /* ends with a NULL name */

/* NULL when there is no such file. */
const char *prelude_text(const char *name);

#endif
