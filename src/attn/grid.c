#include "config.h"

#include "attn/grid.h"

AttnGrid attn_grid(const AttnRule *r, int64_t T, int64_t rows) {
    AttnGrid g = {.T = T, .step = MAX(1, r->at.step), .rows = rows, .chunk = T};
    int64_t groups = 1;
    if (g.step > 1) {
        groups = MIN(T, g.step);
        g.chunk = (T + g.step - 1) / g.step;
    } else if (r->at.layout) {
        g.chunk = r->at.block;
        groups = (T + g.chunk - 1) / g.chunk;
    }
    g.in_chunk = (g.chunk + rows - 1) / rows;
    g.blocks = groups * g.in_chunk;
    return g;
}
