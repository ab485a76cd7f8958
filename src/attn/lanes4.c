/* The base target: SSE2 on x86-64, NEON on aarch64, scalar code elsewhere; GCC's vector
 * extensions become whatever there is. */
#include "config.h"

#include <math.h>

#include "attn/lanes.h"
#ifdef __SSE__
#include <xmmintrin.h>
#define VMAX(a, b) ((V)_mm_max_ps((__m128)(a), (__m128)(b)))
#endif

#define W 4
#define VECS 2 /* 8 queries; without FMA a product needs a register of its own */
#define KEYS 4
#define DIMS 4
#define LANES attn_lanes4
#define LANES_NAME "sse2"
#define INTERLEAVE_LO 0, 4, 1, 5
#define INTERLEAVE_HI 2, 6, 3, 7

#include "attn/lanes_kernel.h"
