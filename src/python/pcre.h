/* PCRE2 as the module re wants it (pcre.c): a compiled pattern as a value, and a scan that gives
 * the spans of all matches in code points. What a pattern means is Python's: python/re.py writes
 * it in PCRE2's syntax.
 *
 * The library is opened at the first pattern. A match that takes more than PCRE_STEPS steps is a
 * RuntimeError; between matches Ctrl-C and the time limit are seen.
 */
#ifndef QKV_PYTHON_PCRE_H
#define QKV_PYTHON_PCRE_H

#include "eval/native.h"

enum { PCRE_STEPS = 5000000, PCRE_DEPTH = 200000, PCRE_HEAP_KIB = 65536 };

extern const NativeRow pcre_rows[];

#endif
