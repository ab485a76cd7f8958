/* All inner loops of gemm.c for one instruction set but AVX-512, which has its own tiles. Included
 * there with ROWS, the rows of C that a tile has, and with NAME_F32 and NAME_F64, which name them.
 */

#define REAL float
#define VECTOR V8f
#define LANES 8
#define NAME NAME_F32
#include "linalg/gemm_tiles.h"

#define REAL double
#define VECTOR V4d
#define LANES 4
#define NAME NAME_F64
#define WITH_DOTS
#include "linalg/gemm_tiles.h"

#define NAME NAME_F32
#include "linalg/gemm_dots.h"

#undef ROWS
#undef NAME_F32
#undef NAME_F64
