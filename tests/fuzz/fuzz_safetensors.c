/* Fuzz target: any bytes as a .safetensors file. */
#include "config.h"

#include "fuzz.h"
#include "tensors.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_tensors(&format_safetensors, data, size);
}
