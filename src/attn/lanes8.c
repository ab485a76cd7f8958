/* AVX2 with FMA: 8 lanes, 16 registers. */
#include "config.h"

#include "base/isa.h"

#if ISA_WIDE
#include <immintrin.h>
#include <math.h>

#include "attn/lanes.h"

#define W 8
#define VECS 3 /* 24 queries; 4 keys x 3 vectors leave 4 registers for operands */
#define KEYS 4
#define DIMS 4
#define LANES attn_lanes8
#define LANES_NAME "avx2"
#define INTERLEAVE_LO 0, 8, 1, 9, 2, 10, 3, 11
#define INTERLEAVE_HI 4, 12, 5, 13, 6, 14, 7, 15
#define VMAX(a, b) ((V)_mm256_max_ps((__m256)(a), (__m256)(b)))

#include "base/isa_avx2.h"
#include "attn/lanes_kernel.h"
#include "base/isa_end.h"
#endif
