#include "config.h"

#include "attn/pattern.h"

#include <math.h>

/* Beyond every position, yet safe to add to one. */
#define OPEN (INT64_MAX / 4)

static bool check(const AttnPattern *p, int64_t B, int64_t H, int64_t S, Err *err) {
    if (p->step < 0)
        return err_set(err, ERR_VALUE,
                       "attention: the step between keys must be at least 1, got %lld",
                       (long long)p->step);
    if (p->sinks < 0)
        return err_set(err, ERR_VALUE, "attention: sinks are 0 keys or more, got %lld",
                       (long long)p->sinks);
    for (int64_t b = 0; p->lengths && b < B; b++)
        if (p->lengths[b] < 0 || p->lengths[b] > S)
            return err_set(err, ERR_VALUE,
                           "attention: lengths[%lld] is %lld, wanted 0 to %lld (the keys)",
                           (long long)b, (long long)p->lengths[b], (long long)S);
    if (!p->layout) return true;
    if (p->block < 1)
        return err_set(err, ERR_VALUE,
                       "attention: blocks of a layout are at least 1 long, got %lld",
                       (long long)p->block);
    if (p->layout_heads != 1 && p->layout_heads != H)
        return err_set(err, ERR_VALUE, "attention: a layout is for 1 head or all %lld, got %lld",
                       (long long)H, (long long)p->layout_heads);
    return true;
}

/* Keys on one side, as positions. */
static int64_t reach(const AttnPattern *p, int64_t keys) {
    int64_t step = MAX(1, p->step);
    return !p->windowed || keys < 0 || keys > OPEN / step ? OPEN : keys * step;
}

bool attn_rule_init(AttnRule *r, const AttnPattern *p, bool causal, int64_t shift, int64_t B,
                    int64_t H, int64_t T, int64_t S, Err *err) {
    if (!check(p, B, H, S, err)) return false;
    *r = (AttnRule){.at = *p, .T = T, .S = S, .shift = shift};
    r->before = reach(p, p->before);
    r->after = causal ? 0 : reach(p, p->after);
    r->sinks = p->windowed || p->step > 1 ? MIN(p->sinks, S) : 0;
    r->sinks_after = causal ? 0 : OPEN;
    if (!p->layout) return true;
    r->cols = (S + p->block - 1) / p->block;
    r->layout_head = p->layout_heads == 1 ? 0 : (T + p->block - 1) / p->block * r->cols;
    return true;
}

static bool layout_sees_some(const AttnRule *r, int64_t h, int64_t t, int64_t rows, int64_t first,
                             int64_t n) {
    int64_t block = r->at.block;
    const uint8_t *head = r->at.layout + h * r->layout_head;
    for (int64_t i = t / block; i <= (t + rows - 1) / block; i++)
        for (int64_t j = first / block; j <= (first + n - 1) / block; j++)
            if (head[i * r->cols + j]) return true;
    return false;
}

/* Multiples of `step` in lo .. hi, both counted. */
static int64_t multiples(int64_t lo, int64_t hi, int64_t step) {
    if (hi < lo) return 0;
    int64_t below = lo > 0 ? (lo - 1) / step : -(-lo / step) - 1;
    int64_t top = hi >= 0 ? hi / step : -((-hi + step - 1) / step);
    return top - below;
}

/* Near keys by their distance from the query, and the sinks that are not among them. */
int64_t attn_keys_seen(const AttnRule *r, int64_t b, int64_t t) {
    int64_t most = r->at.lengths ? r->at.lengths[b] : r->S, i = t + r->shift;
    int64_t step = MAX(1, r->at.step), lo = MAX(-i, -r->before), hi = MIN(most - 1 - i, r->after);
    int64_t last =
        MIN(MIN(r->sinks, most) - 1, i > OPEN - r->sinks_after ? OPEN : i + r->sinks_after);
    return multiples(lo, hi, step) + MAX(0, last + 1) - multiples(lo, MIN(hi, last - i), step);
}

/* First and last keys rise with t. */
bool attn_rule_sees_some(const AttnRule *r, int64_t b, int64_t h, int64_t t, int64_t rows,
                         int64_t first, int64_t n) {
    if (attn_first_key(r, t) >= first + n || attn_end_key(r, b, t + rows - 1) <= first)
        return false;
    bool between = first >= r->sinks && first + n <= t + r->shift - r->before;
    if (r->sinks && between) return false;
    return !r->at.layout || layout_sees_some(r, h, t, rows, first, n);
}

void attn_alibi_slopes(int64_t H, float *slopes) {
    int64_t power = 1;
    while (power * 2 <= H) power *= 2;
    for (int64_t h = 0; h < H; h++) {
        double at = h < power ? (double)(h + 1) / (double)power
                              : (double)(2 * (h - power) + 1) / (double)(2 * power);
        slopes[h] = (float)exp2(-8 * at);
    }
}
