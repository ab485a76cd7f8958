#include "config.h"

#include "attn/lanes.h"

#include "base/isa.h"

const AttnLanes *attn_lanes(void) {
#if ISA_WIDE
    return isa() == ISA_AVX512 ? &attn_lanes16 : isa() == ISA_AVX2 ? &attn_lanes8 : &attn_lanes4;
#else
    return &attn_lanes4;
#endif
}
