/* What follows is compiled for AVX-512, up to base/isa_end.h: see base/isa.h. */
#include "base/isa.h"

#if ISA_WIDE && defined __clang__
#pragma clang attribute push(__attribute__((target(ISA_AVX512_TARGET))), apply_to = function)
#pragma clang fp contract(fast)
#elif ISA_WIDE
#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")
#pragma GCC optimize("fp-contract=fast")
#endif
