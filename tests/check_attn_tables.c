/* Corruption, costs. */
#include "config.h"

#include <math.h>

#include "attn/corrupt.h"
#include "attn/cost.h"
#include "check_attn.h"
#include "tensor/create.h"

/* ---- corruption -------------------------------------------------------------------- */

enum { TOKENS = 20000, MASK_ID = 103, VOCAB = 30522 };

/* What holds for both kinds; returns how many tokens have each fate. */
static void lawful(const Corruption *c, const int64_t *ids, int64_t count[4]) {
    int64_t chosen = 0;
    memset(count, 0, 4 * sizeof *count);
    for (int64_t i = 0; i < c->n; i++) {
        count[c->fate[i]]++;
        bool touched = c->fate[i] != FATE_UNTOUCHED;
        chosen += touched;
        ck_assert(c->labels[i] == (touched ? ids[i] : -100));
        ck_assert((c->span[i] >= 0) == touched);
        if (c->fate[i] == FATE_MASK)
            ck_assert(c->ids[i] == MASK_ID);
        else if (c->fate[i] != FATE_RANDOM)
            ck_assert(c->ids[i] == ids[i]);
        else
            ck_assert(c->ids[i] >= 0 && c->ids[i] < VOCAB);
    }
    ck_assert_int_eq(chosen, c->chosen);
}

static int64_t *sentence(void) {
    int64_t *ids = mem_alloc(sizeof *ids * TOKENS);
    for (int64_t i = 0; i < TOKENS; i++) ids[i] = 1000 + i % 5000;
    return ids;
}

START_TEST(bert_shares)
{
    CorruptSpec spec = corrupt_spec(CORRUPT_BERT, MASK_ID, VOCAB);
    int64_t *ids = sentence(), count[4];
    bool *special = mem_zero(TOKENS);
    for (int i = 0; i < TOKENS; i += 2) special[i] = true;
    Corruption c = {0};
    rng_seed(rng_default(), 1);
    ck_assert(corrupt_tokens(&spec, ids, TOKENS, rng_default(), &c, &err));
    lawful(&c, ids, count);
    ck_assert_int_eq(c.chosen, 3000);
    ck_assert_int_eq(c.spans, 3000);
    ck_assert(llabs(count[FATE_MASK] - 2400) < 80);
    ck_assert(llabs(count[FATE_RANDOM] - 300) < 60);
    corruption_clear(&c);
    spec.special = special;
    ck_assert(corrupt_tokens(&spec, ids, TOKENS, rng_default(), &c, &err));
    ck_assert_int_eq(c.chosen, 1500);
    for (int i = 0; i < TOKENS; i += 2) ck_assert(c.fate[i] == FATE_UNTOUCHED);
    corruption_clear(&c);
    mem_free(special);
    mem_free(ids);
}
END_TEST

START_TEST(spans_are_words_with_one_fate)
{
    CorruptSpec spec = corrupt_spec(CORRUPT_SPANBERT, MASK_ID, VOCAB);
    int64_t *ids = sentence(), count[4], *word = mem_alloc(sizeof *word * TOKENS);
    for (int64_t i = 0; i < TOKENS; i++) word[i] = i / 2;
    Corruption c = {0};
    spec.word = word;
    rng_seed(rng_default(), 2);
    ck_assert(corrupt_tokens(&spec, ids, TOKENS, rng_default(), &c, &err));
    lawful(&c, ids, count);
    ck_assert(c.chosen >= 3000 && c.chosen < 3002);
    for (int64_t i = 0; i < TOKENS; i += 2) ck_assert(c.span[i] == c.span[i + 1]);
    for (int64_t i = 1; i < TOKENS; i++)
        if (c.span[i] >= 0 && c.span[i] == c.span[i - 1]) ck_assert(c.fate[i] == c.fate[i - 1]);
    double mean = (double)c.chosen / 2 / (double)c.spans; /* neighbours shorten some */
    ck_assert(mean > 3.2 && mean < 3.9);
    corruption_clear(&c);
    mem_free(word);
    mem_free(ids);
}
END_TEST

START_TEST(same_seed_same_corruption)
{
    CorruptSpec spec = corrupt_spec((CorruptKind)_i, MASK_ID, VOCAB);
    int64_t ids[12] = {5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    Corruption a = {0}, b = {0};
    rng_seed(rng_default(), 3);
    ck_assert(corrupt_tokens(&spec, ids, 12, rng_default(), &a, &err));
    rng_seed(rng_default(), 3);
    ck_assert(corrupt_tokens(&spec, ids, 12, rng_default(), &b, &err));
    ck_assert_mem_eq(a.ids, b.ids, sizeof ids);
    ck_assert_int_eq(a.chosen, 2); /* round(1.8) */
    corruption_clear(&a);
    corruption_clear(&b);
    ck_assert(corrupt_tokens(&spec, ids, 0, rng_default(), &a, &err));
    ck_assert_int_eq(a.chosen, 0);
    corruption_clear(&a);
    spec.rate = 1;
    ck_assert(corrupt_tokens(&spec, ids, 12, rng_default(), &a, &err));
    ck_assert_int_eq(a.chosen, 12);
    corruption_clear(&a);
    spec.rate = 1.5;
    ck_assert(!corrupt_tokens(&spec, ids, 12, rng_default(), &a, &err));
    ck_assert_str_eq(err.msg, "corruption: rate must be 0 to 1, got 1.5");
    err_clear(&err);
}
END_TEST

/* ---- costs ---------------------------------------------------------------------------- */

START_TEST(known_models)
{
    AttnDims gpt2 = attn_dims(768, 12, 12, 1024);
    ck_assert_double_eq(attn_cost(FIG_PARAMS, &gpt2), 4.0 * 768 * 768 + 4 * 768);
    ck_assert_double_eq(attn_cost(FIG_FLOPS_PROJ, &gpt2), 8.0 * 1024 * 768 * 768);
    ck_assert_double_eq(attn_cost(FIG_FLOPS_SCORES, &gpt2) + attn_cost(FIG_FLOPS_VALUES, &gpt2),
                        4.0 * 1024 * 1024 * 768);
    ck_assert_double_eq(attn_cost(FIG_SCORES, &gpt2), 12.0 * 1024 * 1024);
    ck_assert_double_eq(attn_cost(FIG_BYTES_SCORES, &gpt2), 4 * 12.0 * 1024 * 1024);
    /* Llama-2-70B: 320 KiB per token in 16 bits, MHA 2.5 MiB; Mistral-7B: 128 KiB. */
    AttnDims llama = attn_dims(8192, 64, 8, 4096);
    llama.L = 80;
    llama.b = 2;
    ck_assert_double_eq(attn_cost(FIG_KV_TOKEN, &llama), 320.0 * 1024);
    llama.G = 64;
    ck_assert_double_eq(attn_cost(FIG_KV_TOKEN, &llama), 2.5 * 1024 * 1024);
    AttnDims mistral = attn_dims(4096, 32, 8, 1000);
    mistral.L = 32;
    mistral.b = 2;
    ck_assert_double_eq(attn_cost(FIG_KV_TOKEN, &mistral), 128.0 * 1024);
    ck_assert_double_eq(attn_cost(FIG_KV_CACHE, &mistral), 128000.0 * 1024);
}
END_TEST

/* Whatever the number of heads: parameters and matmul flops stay, scores grow. */
START_TEST(heads_only_cost_scores)
{
    AttnDims one = attn_dims(512, 1, 1, 100), eight = attn_dims(512, 8, 8, 100);
    ck_assert_double_eq(attn_cost(FIG_PARAMS, &one), attn_cost(FIG_PARAMS, &eight));
    ck_assert_double_eq(attn_cost(FIG_FLOPS_SCORES, &one), attn_cost(FIG_FLOPS_SCORES, &eight));
    ck_assert_double_eq(8 * attn_cost(FIG_SCORES, &one), attn_cost(FIG_SCORES, &eight));
    ck_assert_double_eq(8 * attn_cost(FIG_FLOPS_SOFTMAX, &one),
                        attn_cost(FIG_FLOPS_SOFTMAX, &eight));
}
END_TEST

START_TEST(figures_add_up)
{
    AttnDims d = attn_dims(64, 4, 2, 10);
    for (int i = 0; i < ATTN_FIGURE_COUNT; i++) {
        const AttnFigureRow *row = &attn_figures[i];
        ck_assert(row->name && row->unit && row->formula && row->help);
        ck_assert(row->value(&d) > 0);
    }
    ck_assert_double_eq(attn_cost(FIG_PARAMS, &d),
                        attn_cost(FIG_PARAM_Q, &d) + attn_cost(FIG_PARAM_K, &d) +
                            attn_cost(FIG_PARAM_V, &d) + attn_cost(FIG_PARAM_O, &d) +
                            attn_cost(FIG_PARAM_BIAS, &d));
    ck_assert_int_eq(layer_kind_count, 4);
    ck_assert_double_eq(layer_kinds[0].ops(10, 4, 3, 2), 400);
    ck_assert_double_eq(layer_kinds[1].ops(10, 4, 3, 2), 160);
    ck_assert_double_eq(layer_kinds[1].depth(10, 3, 2), 10);
    static const struct {
        double n, k, r, longest[4], restricted;
    } paths[] = {{1024, 3, 32, {1, 1023, 7, 64}, 32 * 1024},
                 {9, 3, 8, {1, 8, 2, 2}, 8 * 9},
                 {8, 2, 64, {1, 7, 3, 1}, 8 * 8},
                 {10, 1, 1, {1, 9, 9, 9}, 10},
                 {1, 3, 2, {1, 1, 1, 1}, 1}};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        for (int j = 0; j < 4; j++)
            ck_assert_double_eq(layer_kinds[j].longest(paths[i].n, paths[i].k, paths[i].r),
                                paths[i].longest[j]);
        ck_assert_double_eq(layer_kinds[3].ops(paths[i].n, 1, paths[i].k, paths[i].r),
                            paths[i].restricted);
    }
}
END_TEST

TCase *table_tests(void) {
    TCase *tc = tcase_create("tables");
    tcase_add_test(tc, bert_shares);
    tcase_add_test(tc, spans_are_words_with_one_fate);
    tcase_add_loop_test(tc, same_seed_same_corruption, 0, CORRUPT_KIND_COUNT);
    tcase_add_test(tc, known_models);
    tcase_add_test(tc, heads_only_cost_scores);
    tcase_add_test(tc, figures_add_up);
    return tc;
}
