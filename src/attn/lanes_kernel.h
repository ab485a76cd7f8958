/* A template: one vector width of the fast kernels. The including file defines
 *
 *     W               floats in a vector
 *     VECS            vectors of queries in a block
 *     KEYS, DIMS      rows of the register tiles of Q·K and P·V
 *     LANES, LANES_NAME      the AttnLanes to define
 *     INTERLEAVE_LO, _HI     shuffles (a0 b0 a1 b1 ...) of the lower and upper halves
 *     VMAX            the instruction, where GCC has no vector ?: to find it by
 *
 * and includes <math.h> and attn/lanes.h.
 */
#include "attn/vec_kernel.h"

#include "attn/tiled_kernel.h"

#include "attn/decode_kernel.h"
#include "attn/narrow_kernel.h"
#include "attn/rows_kernel.h"

const AttnLanes LANES = {
    .name = LANES_NAME,
    .width = W,
    .block = BLOCK,
    .tiled_scratch = tiled_scratch,
    .tiled = tiled_block,
    .backward_scratch = backward_scratch,
    .backward = backward_block,
    .decode = decode_rows,
    .narrow = narrow_head,
    .online_rows = online_rows,
};
