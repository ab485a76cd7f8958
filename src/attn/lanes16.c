/* AVX-512 (F, BW, DQ, VL): 16 lanes, 32 registers. */
#include "config.h"

#include "base/isa.h"

#if ISA_WIDE
#include <immintrin.h>
#include <math.h>

#include "attn/lanes.h"

#define W 16
#define VECS 4 /* 64 queries; 6 keys x 4 vectors leave 8 registers for operands */
#define KEYS 6
#define DIMS 4
#define LANES attn_lanes16
#define LANES_NAME "avx512"
#define INTERLEAVE_LO 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define INTERLEAVE_HI 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#define VMAX(a, b) ((V)_mm512_max_ps((__m512)(a), (__m512)(b)))

#include "base/isa_avx512.h"
#include "attn/lanes_kernel.h"
#include "base/isa_end.h"
#endif
