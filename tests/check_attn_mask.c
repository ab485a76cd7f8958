/* Masks: drawn by hand, counted in closed form, refused with reasons. */
#include "config.h"

#include <math.h>

#include "attn/cost.h"
#include "attn/mask.h"
#include "check_attn.h"

/* One string per query: '1' sees, '.' does not. */
static void looks(const MaskSpec *spec, const char *const *rows) {
    Tensor *m = NULL;
    ck_assert_msg(mask_build(spec, &m, &err), "%s", err.msg);
    ck_assert(m->ndim == 2 && m->shape[0] == spec->T && m->shape[1] == spec->S);
    for (int64_t i = 0; i < spec->T; i++)
        for (int64_t j = 0; j < spec->S; j++)
            ck_assert_msg((at(m, i * spec->S + j) != 0) == (rows[i][j] == '1'),
                          "%s: query %lld, key %lld", mask_kinds[spec->kind].name, (long long)i,
                          (long long)j);
    tensor_release(m);
}

START_TEST(as_drawn)
{
    MaskSpec s = mask_spec(MASK_CAUSAL, 3, 5);
    looks(&s, (const char *const[]){"1....", "11...", "111.."});
    s.bottom_right = true;
    looks(&s, (const char *const[]){"111..", "1111.", "11111"});
    s = mask_spec(MASK_CAUSAL, 4, 2);
    s.bottom_right = true;
    looks(&s, (const char *const[]){"..", "..", "1.", "11"});
    s = mask_spec(MASK_PREFIX, 4, 4);
    looks(&s, (const char *const[]){"11..", "11..", "111.", "1111"});
    s = mask_spec(MASK_WINDOW, 5, 5);
    s.window = 1;
    looks(&s, (const char *const[]){"11...", "111..", ".111.", "..111", "...11"});
    s.causal = true;
    looks(&s, (const char *const[]){"1....", "11...", ".11..", "..11.", "...11"});
    s = mask_spec(MASK_DILATED, 6, 6);
    s.window = 1;
    looks(&s, (const char *const[]){"1.1...", ".1.1..", "1.1.1.", ".1.1.1", "..1.1.", "...1.1"});
    s = mask_spec(MASK_BLOCK, 5, 5);
    looks(&s, (const char *const[]){"11...", "11...", "..11.", "..11.", "....1"});
    s = mask_spec(MASK_STRIDED, 6, 6);
    s.stride = 3;
    looks(&s, (const char *const[]){"1111..", "11111.", "111111", "111111", ".11111", "..1111"});
    s.stride = 2;
    s.causal = true;
    looks(&s, (const char *const[]){"1.....", "11....", "111...", ".111..", "1.111.", ".1.111"});
    s = mask_spec(MASK_FIXED, 6, 6);
    s.stride = 3;
    looks(&s, (const char *const[]){"111..1", "111..1", "111..1", "..1111", "..1111", "..1111"});
    s.causal = true;
    looks(&s, (const char *const[]){"1.....", "11....", "111...", "..11..", "..111.", "..1111"});
    s = mask_spec(MASK_GLOBAL, 5, 5);
    s.window = 1;
    looks(&s, (const char *const[]){"11111", "111..", "1111.", "1.111", "1..11"});
    s = mask_spec(MASK_PACKED, 5, 5);
    s.docs = (int64_t[]){7, 7, 7, 9, 9};
    s.causal = true;
    looks(&s, (const char *const[]){"1....", "11...", "111..", "...1.", "...11"});
}
END_TEST

START_TEST(batched_with_lengths)
{
    MaskSpec s = mask_spec(MASK_CAUSAL_PADDING, 3, 3);
    Tensor *m = NULL;
    s.B = 2;
    s.lengths = (int64_t[]){3, 1};
    ck_assert(mask_build(&s, &m, &err));
    ck_assert(m->ndim == 4 && m->shape[0] == 2 && m->shape[1] == 1);
    const char *want = "1..11.111"
                       "1..1..1..";
    for (int64_t i = 0; i < 18; i++) ck_assert((at(m, i) != 0) == (want[i] == '1'));
    ck_assert_int_eq(mask_surviving(m), 9);
    tensor_release(m);
    s.lengths = (int64_t[]){3, 0};
    ck_assert(mask_build(&s, &m, &err));
    ck_assert_int_eq(mask_dead_rows(m), 3);
    tensor_release(m);
}
END_TEST

/* Every kind, both alignments, causal or not, sizes and parameters around the edges. */
START_TEST(closed_form_counts)
{
    static const int64_t docs[16] = {0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4};
    MaskSpec s = mask_spec((MaskKind)_i, 0, 0);
    s.docs = docs;
    for (int combo = 0; combo < 4; combo++)
        for (s.T = 0; s.T <= 9; s.T++)
            for (s.S = 0; s.S <= 9; s.S++)
                for (int64_t p = 0; p <= 4; p++) {
                    int64_t lengths[2] = {MIN(p * 2, s.S), s.S};
                    s.bottom_right = combo & 1;
                    s.causal = combo & 2;
                    s.B = 2;
                    s.lengths = lengths;
                    s.window = s.prefix = s.globals = p;
                    s.randoms = p / 2;
                    s.dilation = s.block = 1 + p % 3;
                    Tensor *m = NULL;
                    double pairs;
                    ck_assert_msg(mask_build(&s, &m, &err), "%s", err.msg);
                    ck_assert(mask_pairs(&s, &pairs, &err));
                    double want = (double)mask_surviving(m) / (m->ndim == 4 ? 2 : 1);
                    ck_assert_msg(pairs == want,
                                  "%s T %lld S %lld p %lld combo %d: wanted %g, got %g",
                                  mask_kinds[_i].name, (long long)s.T, (long long)s.S, (long long)p,
                                  combo, want, pairs);
                    tensor_release(m);
                }
}
END_TEST

START_TEST(random_blocks)
{
    MaskSpec s = mask_spec(MASK_RANDOM, 40, 40);
    Tensor *a = NULL, *b = NULL, *c = NULL;
    s.window = s.globals = 0;
    s.randoms = 3;
    ck_assert(mask_build(&s, &a, &err) && mask_build(&s, &b, &err));
    ck_assert_mem_eq(tensor_data(a), tensor_data(b), 1600);
    s.seed = 1;
    ck_assert(mask_build(&s, &c, &err));
    ck_assert(memcmp(tensor_data(a), tensor_data(c), 1600) != 0);
    for (int64_t i = 0; i < 40; i++) { /* 3 drawn blocks, and its own if that is not one */
        int64_t seen = 0;
        for (int64_t j = 0; j < 40; j++) seen += at(a, i * 40 + j) != 0;
        ck_assert(seen == 6 || seen == 8);
        ck_assert(at(a, i * 40 + i) != 0);
    }
    tensor_release(a);
    tensor_release(b);
    tensor_release(c);
}
END_TEST

START_TEST(bias)
{
    MaskSpec s = mask_spec(MASK_CAUSAL, 2, 2);
    Tensor *m = NULL, *b = NULL;
    ck_assert(mask_build(&s, &m, &err));
    ck_assert(mask_to_bias(m, DT_F16, &b, &err));
    ck_assert(b->dtype == DT_F16 && at(b, 0) == 0 && at(b, 1) == -INFINITY && at(b, 3) == 0);
    Tensor *out = NULL;
    ck_assert(!mask_to_bias(b, DT_F32, &out, &err));
    ck_assert_int_eq(err.kind, ERR_TYPE);
    err_clear(&err);
    tensor_release(m);
    tensor_release(b);
}
END_TEST

static void refused(bool ok, const char *msg, const char *hint) {
    ck_assert(!ok);
    ck_assert_int_eq(err.kind, ERR_VALUE);
    ck_assert_str_eq(err.msg, msg);
    if (hint) ck_assert_str_eq(err.hint, hint);
    err_clear(&err);
}

START_TEST(refusals)
{
    Tensor *m = NULL;
    ck_assert_int_eq(mask_kind_find("window", &err), MASK_WINDOW);
    refused(mask_kind_find("casual", &err) >= 0, "there is no mask 'casual'",
            "did you mean 'causal'?");
    MaskSpec s = mask_spec(MASK_WINDOW, 4, 4);
    ck_assert(mask_spec_set(&s, "window", 3, &err) && s.window == 3);
    ck_assert(mask_spec_set(&s, "causal", 1, &err) && s.causal);
    refused(mask_spec_set(&s, "window", -1, &err),
            "mask 'window': window must be at least 0, got -1", NULL);
    refused(mask_spec_set(&s, "dilation", 2, &err), "the mask 'window' has no parameter 'dilation'",
            "it has window, bottom_right, causal");
    s.window = -2;
    refused(mask_build(&s, &m, &err), "mask 'window': window must be at least 0, got -2", NULL);
    s = mask_spec(MASK_PADDING, 4, 4);
    refused(mask_build(&s, &m, &err), "mask 'padding' wants lengths: real tokens per sequence",
            NULL);
    s.lengths = (int64_t[]){5};
    refused(mask_build(&s, &m, &err), "mask 'padding': lengths[0] is 5, wanted 0 to 4 (the keys)",
            NULL);
    ck_assert(m == NULL);
}
END_TEST

/* Help and completion loop the tables: every row must say something. */
START_TEST(rows_are_complete)
{
    for (int i = 0; i < MASK_KIND_COUNT; i++) {
        const MaskKindRow *row = &mask_kinds[i];
        ck_assert(row->name && row->rule && row->help && row->source && row->sees);
        ck_assert_int_eq(mask_kind_find(row->name, NULL), i);
    }
    for (int i = 0; i < MASK_PARAM_COUNT; i++)
        ck_assert(mask_params[i].name && mask_params[i].help[0]);
}
END_TEST

TCase *mask_tests(void) {
    TCase *tc = tcase_create("mask");
    tcase_add_test(tc, as_drawn);
    tcase_add_test(tc, batched_with_lengths);
    tcase_add_loop_test(tc, closed_form_counts, 0, MASK_KIND_COUNT);
    tcase_add_test(tc, random_blocks);
    tcase_add_test(tc, bias);
    tcase_add_test(tc, refusals);
    tcase_add_test(tc, rows_are_complete);
    return tc;
}
