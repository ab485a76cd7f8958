/* What every fuzz target defines. Built with --enable-fuzz (clang), libFuzzer drives it; else
 * replay.c does, over the files of its corpus, as a TAP test. */
#ifndef QKV_TESTS_FUZZ_FUZZ_H
#define QKV_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
