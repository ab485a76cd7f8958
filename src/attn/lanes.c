#include "config.h"

#include "attn/lanes.h"

static const AttnLanes *chosen;

/* Widest first: how far down the list a name or this processor puts us. */
static const AttnLanes *const widths[] = {
#ifdef QKV_X86_LANES
    &attn_lanes16,
    &attn_lanes8,
#endif
    &attn_lanes4,
};

static bool runs_here(const AttnLanes *w) {
#ifdef QKV_X86_LANES
    __builtin_cpu_init();
    if (w == &attn_lanes16)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (w == &attn_lanes8) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return w == &attn_lanes4;
}

const AttnLanes *attn_lanes(void) {
    if (chosen) return chosen;
    const char *want = getenv("QKV_SIMD");
    size_t i = 0;
    if (want && (!strcmp(want, "plain") || !strcmp(want, "sse2"))) i = ARRAY_LEN(widths) - 1;
    for (size_t k = 0; want && k < ARRAY_LEN(widths); k++)
        if (!strcmp(want, widths[k]->name)) i = k;
    while (!runs_here(widths[i])) i++;
    return chosen = widths[i];
}

void attn_lanes_reset(void) {
    chosen = NULL;
}
