/* The end of what base/isa_avx2.h or base/isa_avx512.h began. */
#if ISA_WIDE && defined __clang__
#pragma clang fp contract(off)
#pragma clang attribute pop
#elif ISA_WIDE
#pragma GCC pop_options
#endif
