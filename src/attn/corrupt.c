#include "config.h"

#include "attn/corrupt.h"

#include <math.h>

const char *const token_fate_names[4] = {"untouched", "mask", "random", "kept"};

CorruptSpec corrupt_spec(CorruptKind kind, int64_t mask_id, int64_t vocab) {
    return (CorruptSpec){.kind = kind,
                         .rate = 0.15,
                         .p_mask = 0.8,
                         .p_random = 0.1,
                         .geo_p = 0.2,
                         .max_span = 10,
                         .mask_id = mask_id,
                         .vocab = vocab};
}

void corruption_clear(Corruption *c) {
    mem_free(c->ids);
    mem_free(c->labels);
    mem_free(c->fate);
    mem_free(c->span);
    *c = (Corruption){0};
}

static bool check(const CorruptSpec *s, int64_t n, Err *err) {
    if (!(s->rate >= 0 && s->rate <= 1))
        return err_set(err, ERR_VALUE, "corruption: rate must be 0 to 1, got %g", s->rate);
    if (!(s->p_mask >= 0 && s->p_random >= 0 && s->p_mask + s->p_random <= 1 + 1e-12))
        return err_set(err, ERR_VALUE,
                       "corruption: the shares of [MASK] and random must be >= 0 and add up to at "
                       "most 1, got %g and %g",
                       s->p_mask, s->p_random);
    if (s->p_random > 0 && s->vocab < 1)
        return err_set(err, ERR_VALUE, "corruption: random tokens want a vocabulary, got %lld",
                       (long long)s->vocab);
    if (s->kind == CORRUPT_SPANBERT && !(s->geo_p > 0 && s->geo_p < 1 && s->max_span >= 1))
        return err_set(err, ERR_VALUE,
                       "corruption: spans want 0 < p < 1 and a longest span >= 1, got %g and %d",
                       s->geo_p, s->max_span);
    if (n < 0) return err_set(err, ERR_VALUE, "corruption: %lld tokens", (long long)n);
    return true;
}

/* ---- which tokens ------------------------------------------------------------------ */

static bool eligible(const CorruptSpec *s, int64_t i) {
    return !s->special || !s->special[i];
}

/* round(rate * eligible), at least one when there is one and rate > 0. */
static int64_t budget_of(const CorruptSpec *s, int64_t n) {
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) count += eligible(s, i);
    int64_t budget = (int64_t)llround(s->rate * (double)count);
    return budget == 0 && count > 0 && s->rate > 0 ? 1 : budget;
}

/* BERT: the first `budget` of a random order of the eligible tokens; each its own span. */
static void choose_singly(const CorruptSpec *s, int64_t n, int64_t budget, Rng *rng,
                          Corruption *c) {
    int64_t *order = mem_alloc(sizeof *order * (size_t)MAX(n, 1)), count = 0;
    for (int64_t i = 0; i < n; i++)
        if (eligible(s, i)) order[count++] = i;
    for (int64_t i = 0; i < budget; i++) {
        int64_t j = i + (int64_t)rng_below(rng, (uint64_t)(count - i)), held = order[i];
        order[i] = order[j];
        order[j] = held;
        c->span[order[i]] = 0;
    }
    for (int64_t i = 0; i < n; i++)
        if (c->span[i] == 0) c->span[i] = (int32_t)c->spans++;
    c->chosen = budget;
    mem_free(order);
}

static int64_t word_of(const CorruptSpec *s, int64_t i) {
    return s->word ? s->word[i] : i;
}

static int64_t word_begin(const CorruptSpec *s, int64_t i) {
    while (i > 0 && word_of(s, i - 1) == word_of(s, i)) i--;
    return i;
}

static int64_t word_end(const CorruptSpec *s, int64_t n, int64_t i) {
    int64_t word = word_of(s, i);
    while (i < n && word_of(s, i) == word) i++;
    return i;
}

static int draw_length(const CorruptSpec *s, Rng *rng) {
    double u = rng_uniform_f64(rng), total = 1 - pow(1 - s->geo_p, s->max_span),
           p = s->geo_p / total;
    for (int l = 1; l < s->max_span; l++, p *= 1 - s->geo_p) {
        if (u < p) return l;
        u -= p;
    }
    return s->max_span;
}

static bool word_free(const CorruptSpec *s, const Corruption *c, int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++)
        if (!eligible(s, i) || c->span[i] >= 0) return false;
    return true;
}

/* Marks whole words from `at` on until `words` are taken, the budget is reached, or one is not
 * free. Returns false when not even the first was. */
static bool take_span(const CorruptSpec *s, int64_t n, int64_t at, int words, int64_t budget,
                      Corruption *c) {
    int64_t from = word_begin(s, at);
    bool took = false;
    while (words-- > 0 && from < n && c->chosen < budget) {
        int64_t to = word_end(s, n, from);
        if (!word_free(s, c, from, to)) break;
        for (int64_t i = from; i < to; i++) c->span[i] = (int32_t)c->spans;
        c->chosen += to - from;
        took = true;
        from = to;
    }
    c->spans += took;
    return took;
}

/* SpanBERT: length from the geometric, begin uniform; a begin on taken tokens is drawn again.
 * When draws keep missing, the first free word ends the search. */
static void choose_spans(const CorruptSpec *s, int64_t n, int64_t budget, Rng *rng, Corruption *c) {
    int misses = 0;
    while (c->chosen < budget && misses < 1000) {
        int words = draw_length(s, rng);
        int64_t at = (int64_t)rng_below(rng, (uint64_t)n);
        if (!take_span(s, n, at, words, budget, c)) misses++;
    }
    for (int64_t at = 0; at < n && c->chosen < budget; at++) take_span(s, n, at, 1, budget, c);
}

/* ---- what becomes of them -------------------------------------------------------------- */

static TokenFate draw_fate(const CorruptSpec *s, Rng *rng) {
    double u = rng_uniform_f64(rng);
    if (u < s->p_mask) return FATE_MASK;
    return u < s->p_mask + s->p_random ? FATE_RANDOM : FATE_KEPT;
}

/* One fate per span, in the order of the spans' numbers; random tokens are drawn one by one. */
static void apply_fates(const CorruptSpec *s, Rng *rng, Corruption *c) {
    TokenFate *fate = mem_alloc(sizeof *fate * (size_t)MAX(c->spans, 1));
    for (int64_t i = 0; i < c->spans; i++) fate[i] = draw_fate(s, rng);
    for (int64_t i = 0; i < c->n; i++) {
        if (c->span[i] < 0) continue;
        c->labels[i] = c->ids[i];
        c->fate[i] = (uint8_t)fate[c->span[i]];
        if (c->fate[i] == FATE_MASK) c->ids[i] = s->mask_id;
        if (c->fate[i] == FATE_RANDOM) c->ids[i] = (int64_t)rng_below(rng, (uint64_t)s->vocab);
    }
    mem_free(fate);
}

bool corrupt_tokens(const CorruptSpec *spec, const int64_t *ids, int64_t n, Rng *rng,
                    Corruption *out, Err *err) {
    if (!check(spec, n, err)) return false;
    size_t room = (size_t)MAX(n, 1);
    Corruption c = {.n = n,
                    .ids = mem_alloc(sizeof *c.ids * room),
                    .labels = mem_alloc(sizeof *c.labels * room),
                    .fate = mem_zero(sizeof *c.fate * room),
                    .span = mem_alloc(sizeof *c.span * room)};
    for (int64_t i = 0; i < n; i++) {
        c.ids[i] = ids[i];
        c.labels[i] = -100;
        c.span[i] = -1;
    }
    int64_t budget = budget_of(spec, n);
    if (spec->kind == CORRUPT_SPANBERT)
        choose_spans(spec, n, budget, rng, &c);
    else
        choose_singly(spec, n, budget, rng, &c);
    apply_fates(spec, rng, &c);
    *out = c;
    return true;
}
