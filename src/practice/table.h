/* data/concepts.yaml, made part of the program, read into Concepts. Its head says what stands in
 * it; sections are read in the order of the file.
 *
 *     Concepts *c = table(&err);                    (at first use; it lives as long as qkv)
 */
#ifndef QKV_PRACTICE_TABLE_H
#define QKV_PRACTICE_TABLE_H

#include "practice/concepts.h"

/* NULL with err set: there is no stemmer here. */
Concepts *table(Err *err);
/* Another table, for tests: ERR_VALUE with path and line for what is wrong in it. Owned. */
Concepts *table_read(const char *path, const char *yaml, size_t n, Err *err);

#endif
