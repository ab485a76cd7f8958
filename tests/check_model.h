/* What the tests of src/model share: reference files, files in memory, a folder for the test. */
#ifndef QKV_TESTS_CHECK_MODEL_H
#define QKV_TESTS_CHECK_MODEL_H

#include <check.h>

#include "model/tensors.h"

/* The path of a file that tests/refs/model.py made; valid until the next call. */
const char *ref_path(const char *name);
/* Its bytes, appended to *out. */
void ref_bytes(const char *name, Str *out);

/* The bytes that a format writes for a set, appended to *out. */
bool written(const TensorFormat *f, const TensorSet *set, Str *out, Err *err);
/* Reads n bytes that are borrowed. */
bool read_bytes(const TensorFormat *f, const void *bytes, size_t n, TensorSet *set, Err *err);
/* Borrowed; fails the test when the set has no such name. */
Tensor *tensor_named(const TensorSet *set, const char *name);

TCase *bad_case(void);

#endif
