#include "config.h"

#include "base/isa.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

int isa_decided = -1;

static Isa processor(void) {
#if ISA_WIDE
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return ISA_PLAIN;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
               ? ISA_AVX512
               : ISA_AVX2;
#else
    return ISA_PLAIN;
#endif
}

Isa isa_decide(void) {
    static const struct {
        const char *name;
        Isa set;
    } names[] = {
        {"avx512", ISA_AVX512}, {"avx2", ISA_AVX2}, {"sse2", ISA_PLAIN}, {"plain", ISA_PLAIN}};
    const char *want = getenv("QKV_SIMD");
    Isa best = processor();
    for (size_t i = 0; want && i < ARRAY_LEN(names); i++)
        if (!strcmp(want, names[i].name)) best = MIN(best, names[i].set);
    isa_decided = (int)best;
    return best;
}

void isa_reset(void) {
    isa_decided = -1;
}
