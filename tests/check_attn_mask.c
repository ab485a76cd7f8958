/* Masks: drawn by hand, counted in closed form, refused with reasons. */
#include "config.h"

#include <math.h>

#include "attn/mask.h"
#include "check_attn.h"

static int kind(const char *name) {
    int k = mask_kind_find(name, &err);
    ck_assert_msg(k >= 0, "%s", err.msg);
    return k;
}

static int64_t surviving(const Tensor *mask) {
    int64_t n = 0;
    for (int64_t i = 0; i < tensor_numel(mask); i++) n += at(mask, i) != 0;
    return n;
}

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
    MaskSpec s = mask_spec(kind("causal"), 3, 5);
    looks(&s, (const char *const[]){"1....", "11...", "111.."});
    s.bottom_right = true;
    looks(&s, (const char *const[]){"111..", "1111.", "11111"});
    s = mask_spec(kind("causal"), 4, 2);
    s.bottom_right = true;
    looks(&s, (const char *const[]){"..", "..", "1.", "11"});
    s = mask_spec(kind("prefix"), 4, 4);
    looks(&s, (const char *const[]){"11..", "11..", "111.", "1111"});
    s = mask_spec(kind("window"), 5, 5);
    s.window = 1;
    looks(&s, (const char *const[]){"11...", "111..", ".111.", "..111", "...11"});
    s.causal = true;
    looks(&s, (const char *const[]){"1....", "11...", ".11..", "..11.", "...11"});
    s = mask_spec(kind("sinks"), 6, 6);
    s.window = 1;
    looks(&s, (const char *const[]){"1.....", "11....", "111...", "1.11..", "1..11.", "1...11"});
    s = mask_spec(kind("sinks"), 2, 6);
    s.window = 0;
    s.sinks = 2;
    s.bottom_right = true;
    looks(&s, (const char *const[]){"11..1.", "11...1"});
    s = mask_spec(kind("dilated"), 6, 6);
    s.window = 1;
    looks(&s, (const char *const[]){"1.1...", ".1.1..", "1.1.1.", ".1.1.1", "..1.1.", "...1.1"});
    s = mask_spec(kind("block"), 5, 5);
    looks(&s, (const char *const[]){"11...", "11...", "..11.", "..11.", "....1"});
    s = mask_spec(kind("strided"), 6, 6);
    s.stride = 3;
    looks(&s, (const char *const[]){"1111..", "11111.", "111111", "111111", ".11111", "..1111"});
    s.stride = 2;
    s.causal = true;
    looks(&s, (const char *const[]){"1.....", "11....", "111...", ".111..", "1.111.", ".1.111"});
    s = mask_spec(kind("fixed"), 6, 6);
    s.stride = 3;
    looks(&s, (const char *const[]){"111..1", "111..1", "111..1", "..1111", "..1111", "..1111"});
    s.causal = true;
    looks(&s, (const char *const[]){"1.....", "11....", "111...", "..11..", "..111.", "..1111"});
    s = mask_spec(kind("global"), 5, 5);
    s.window = 1;
    looks(&s, (const char *const[]){"11111", "111..", "1111.", "1.111", "1..11"});
    s = mask_spec(kind("packed"), 5, 5);
    s.docs = (int64_t[]){7, 7, 7, 9, 9};
    s.causal = true;
    looks(&s, (const char *const[]){"1....", "11...", "111..", "...1.", "...11"});
}
END_TEST

START_TEST(batched_with_lengths)
{
    MaskSpec s = mask_spec(kind("causal-padding"), 3, 3);
    Tensor *m = NULL;
    s.B = 2;
    s.lengths = (int64_t[]){3, 1};
    ck_assert(mask_build(&s, &m, &err));
    ck_assert(m->ndim == 4 && m->shape[0] == 2 && m->shape[1] == 1);
    const char *want = "1..11.111"
                       "1..1..1..";
    for (int64_t i = 0; i < 18; i++) ck_assert((at(m, i) != 0) == (want[i] == '1'));
    ck_assert_int_eq(surviving(m), 9);
    tensor_release(m);
    s.lengths = (int64_t[]){3, 0};
    ck_assert(mask_build(&s, &m, &err));
    ck_assert_int_eq(surviving(m), 6);
    tensor_release(m);
}
END_TEST

/* Every kind, both alignments, causal or not, sizes and parameters around the edges: what is
 * counted without a mask is what the mask holds. */
START_TEST(counts)
{
    static const int64_t docs[16] = {0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4};
    for (int combo = 0; combo < 4; combo++)
        for (int64_t T = 0; T <= 9; T++)
            for (int64_t S = 0; S <= 9; S++)
                for (int64_t p = 0; p <= 4; p++) {
                    MaskSpec s = mask_spec(_i, T, S);
                    for (int k = 0; k < MASK_PARAM_COUNT; k++) {
                        int64_t value = mask_params[k].least >= 0 ? mask_params[k].least + p : p;
                        if (mask_kinds[_i].params & 1u << k &&
                            strcmp(mask_params[k].name, "lengths") &&
                            strcmp(mask_params[k].name, "docs"))
                            ck_assert(mask_spec_set(&s, mask_params[k].name, value, &err));
                    }
                    int64_t lengths[2] = {MIN(p * 2, S), S}, pairs;
                    s.bottom_right = combo & 1;
                    s.causal = combo & 2;
                    s.B = 2;
                    s.lengths = lengths;
                    s.docs = docs;
                    Tensor *m = NULL;
                    ck_assert_msg(mask_build(&s, &m, &err), "%s", err.msg);
                    ck_assert(mask_count(&s, &pairs, &err));
                    ck_assert_msg(pairs == surviving(m),
                                  "%s T %lld S %lld p %lld combo %d: wanted %lld, got %lld",
                                  mask_kinds[_i].name, (long long)T, (long long)S, (long long)p,
                                  combo, (long long)surviving(m), (long long)pairs);
                    tensor_release(m);
                }
}
END_TEST

START_TEST(counts_of_long_sequences)
{
    int64_t pairs;
    MaskSpec s = mask_spec(kind("sinks"), 1 << 20, 1 << 20);
    s.window = 4095;
    s.sinks = 4;
    ck_assert(mask_count(&s, &pairs, &err));
    /* rows 0..4095 see i + 1; row i from there on 4096 near ones and the sinks that are not among
     * them */
    int64_t n = 1 << 20, rest = n - 4096, want = (int64_t)4096 * 4097 / 2 + rest * 4096;
    want += 4 * rest - (3 + 2 + 1);
    ck_assert_int_eq(pairs, want);
}
END_TEST

START_TEST(random_blocks)
{
    MaskSpec s = mask_spec(kind("random"), 40, 40);
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
    MaskSpec s = mask_spec(kind("causal"), 2, 2);
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
    ck_assert_str_eq(mask_kinds[mask_kind_find("window", &err)].name, "window");
    refused(mask_kind_find("casual", &err) >= 0, "there is no mask 'casual'",
            "did you mean 'causal'?");
    MaskSpec s = mask_spec(kind("window"), 4, 4);
    ck_assert(mask_spec_set(&s, "window", 3, &err) && s.window == 3);
    ck_assert(mask_spec_set(&s, "causal", 1, &err) && s.causal);
    refused(mask_spec_set(&s, "window", -1, &err),
            "mask 'window': window must be at least 0, got -1", NULL);
    refused(mask_spec_set(&s, "dilation", 2, &err), "the mask 'window' has no parameter 'dilation'",
            "it has window, bottom_right, causal");
    s.window = -2;
    refused(mask_build(&s, &m, &err), "mask 'window': window must be at least 0, got -2", NULL);
    s = mask_spec(kind("padding"), 4, 4);
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
    for (int i = 0; i < mask_kind_count; i++) {
        const MaskKindRow *row = &mask_kinds[i];
        ck_assert(row->name && row->rule && row->help && row->source);
        ck_assert(!row->pattern == (row->sees != NULL));
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
    tcase_add_loop_test(tc, counts, 0, mask_kind_count);
    tcase_add_test(tc, counts_of_long_sequences);
    tcase_add_test(tc, random_blocks);
    tcase_add_test(tc, bias);
    tcase_add_test(tc, refusals);
    tcase_add_test(tc, rows_are_complete);
    return tc;
}
