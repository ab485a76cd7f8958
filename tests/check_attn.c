/* The reference kernel: values of PyTorch in float64 (tests/refs/attn.txt, made by
 * attn.py beside it) and the laws of attention. Scores, corruption and costs are in
 * check_attn_tables.c, masks in check_attn_mask.c.
 */
#include "config.h"

#include "check_attn.h"

#include <math.h>

#include "attn/mask.h"
#include "attn/naive.h"
#include "check_tap.h"
#include "rng/rng.h"
#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/view.h"

Err err;

Tensor *randn4(DType dt, int64_t a, int64_t b, int64_t c, int64_t d) {
    Tensor *t = NULL;
    ck_assert(tensor_randn(dt, 4, (int64_t[]){a, b, c, d}, rng_default(), &t, &err));
    return t;
}

double at(const Tensor *t, int64_t i) {
    int64_t index[TENSOR_MAX_DIM];
    for (int d = t->ndim - 1; d >= 0; d--) {
        index[d] = i % t->shape[d];
        i /= t->shape[d];
    }
    return tensor_get_f64(t, index);
}

typedef struct Inputs {
    Tensor *q, *k, *v, *mask;
} Inputs;

static void inputs_clear(Inputs *in) {
    tensor_release(in->q);
    tensor_release(in->k);
    tensor_release(in->v);
    tensor_release(in->mask);
    *in = (Inputs){0};
}

/* attn.py's MASK 1: (i * 7 + j * 5) % 3 == 0 is hidden. */
static Tensor *pattern_mask(int64_t T, int64_t S) {
    Tensor *m = NULL;
    ck_assert(tensor_empty(DT_BOOL, 2, (int64_t[]){T, S}, &m, &err));
    for (int64_t i = 0; i < T; i++)
        for (int64_t j = 0; j < S; j++)
            ((uint8_t *)tensor_data(m))[i * S + j] = (i * 7 + j * 5) % 3 != 0;
    return m;
}

/* Numbers up to ':' or the end against t; a bound relative to max(1, |wanted|). */
static void compare(char **p, const Tensor *t, double bound) {
    for (int64_t i = 0, n = tensor_numel(t); i < n; i++) {
        double want = strtod(*p, p), got = at(t, i);
        bool same = want == got || fabs(want - got) <= bound * fmax(1, fabs(want));
        ck_assert_msg(same, "element %lld: wanted %.17g, got %.17g", (long long)i, want, got);
    }
    while (**p == ' ') (*p)++;
    ck_assert(**p == ':' || **p == '\n');
    (*p)++;
}

/* One line of the file, in double, in float (looser) and with the mask as a bias. */
static void check_case(char *line, DType dt, bool f64) {
    long long seed, B, H, G, T, S, D, Dv;
    int causal, align, mask, end;
    double scale;
    ck_assert_int_eq(sscanf(line, "case %lld %lld %lld %lld %lld %lld %lld %lld %d %d %d %lf :%n",
                            &seed, &B, &H, &G, &T, &S, &D, &Dv, &causal, &align, &mask, &scale,
                            &end),
                     12);
    rng_seed(rng_default(), (uint64_t)seed);
    Tensor *drawn[4] = {randn4(DT_F64, B, H, T, D), randn4(DT_F64, B, G, S, D),
                        randn4(DT_F64, B, G, S, Dv), NULL};
    Inputs in = {0};
    Tensor **into[4] = {&in.q, &in.k, &in.v, &in.mask};
    if (mask == 1) in.mask = pattern_mask(T, S);
    if (mask == 2)
        ck_assert(tensor_randn(DT_F64, 2, (int64_t[]){T, S}, rng_default(), &drawn[3], &err));
    for (int i = 0; i < 4; i++) {
        if (drawn[i]) ck_assert(tensor_cast(drawn[i], dt, into[i], &err));
        tensor_release(drawn[i]);
    }
    AttnArgs a = attn_args(in.q, in.k, in.v);
    a.mask = in.mask;
    a.causal = causal;
    a.bottom_right = align;
    a.scale = scale;
    a.f64 = f64;
    a.want_lse = true;
    AttnOut o = {0};
    ck_assert_msg(attn_naive(&a, &o, &err), "%s", err.msg);
    ck_assert_int_eq(o.out->dtype, dt);
    /* float32: scores of magnitude 30 carry 30 * 2^-24 into the exponent. */
    double bound = dt == DT_F64 ? 1e-13 : scale > 1 ? 3e-5 : 3e-6;
    char *p = line + end;
    compare(&p, o.out, bound);
    compare(&p, o.lse, bound);
    attn_out_clear(&o);
    inputs_clear(&in);
}

START_TEST(values_of_torch)
{
    Str path = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    str_printf(&path, "%s/tests/refs/attn.txt", top ? top : ".");
    FILE *f = fopen(str_cstr(&path), "r");
    ck_assert_msg(f != NULL, "cannot open %s", str_cstr(&path));
    char *line = NULL;
    size_t cap = 0;
    int cases = 0;
    for (; getline(&line, &cap, f) >= 0; cases++) {
        check_case(line, DT_F64, false);
        check_case(line, DT_F32, false);
        check_case(line, DT_F32, true);
    }
    ck_assert_int_ge(cases, 13);
    free(line);
    fclose(f);
    str_clear(&path);
}
END_TEST

static Inputs draw(uint64_t seed, int64_t B, int64_t H, int64_t G, int64_t T, int64_t S,
                   int64_t D) {
    rng_seed(rng_default(), seed);
    Inputs in = {randn4(DT_F32, B, H, T, D), randn4(DT_F32, B, G, S, D), randn4(DT_F32, B, G, S, D),
                 NULL};
    return in;
}

/* Under every kind of mask: rows sum to 1 (or are dead), hidden weights are exactly 0, and the
 * counts agree with the mask's own. */
START_TEST(rows_and_zeros)
{
    enum { B = 2, H = 4, T = 11, S = 13 };
    Inputs in = draw(1, B, H, 2, T, S, 8);
    int64_t lengths[B] = {13, 5}, docs[S] = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3};
    MaskSpec spec = mask_spec(_i / 2, T, S);
    spec.B = B;
    spec.lengths = lengths;
    spec.docs = docs;
    spec.bottom_right = _i % 2;
    spec.causal = _i % 2;
    ck_assert_msg(mask_build(&spec, &in.mask, &err), "%s", err.msg);
    AttnArgs a = attn_args(in.q, in.k, in.v);
    a.mask = in.mask;
    a.want_weights = true;
    AttnOut o = {0};
    ck_assert(attn_naive(&a, &o, &err));
    Tensor *wide = NULL;
    ck_assert(tensor_expand(in.mask, 4, (int64_t[]){B, H, T, S}, &wide, &err));
    int64_t dead = 0, alive = 0;
    for (int64_t row = 0; row < B * H * T; row++) {
        double sum = 0;
        int64_t seen = 0;
        for (int64_t j = 0; j < S; j++) {
            double w = at(o.weights, row * S + j);
            int64_t index[4] = {row / (H * T), row / T % H, row % T, j};
            bool may = tensor_get_i64(wide, index) != 0;
            seen += may;
            sum += w;
            ck_assert(may || w == 0);
        }
        alive += seen;
        dead += seen == 0;
        ck_assert_double_eq_tol(sum, seen ? 1 : 0, 1e-6);
        if (!seen)
            for (int64_t d = 0; d < 8; d++) ck_assert(at(o.out, row * 8 + d) == 0);
    }
    ck_assert_int_eq(o.dead_rows, dead);
    ck_assert_int_eq(o.scores_kept, alive);
    tensor_release(wide);
    /* the pattern is the mask */
    AttnArgs by_rule = attn_args(in.q, in.k, in.v);
    AttnOut r = {0};
    by_rule.want_weights = true;
    by_rule.bottom_right = spec.bottom_right;
    if (mask_pattern(&spec, &by_rule.pattern, &by_rule.causal)) {
        ck_assert(attn_naive(&by_rule, &r, &err));
        ck_assert_int_eq(r.scores_kept, alive);
        ck_assert_mem_eq(tensor_data(r.weights), tensor_data(o.weights),
                         sizeof(float) * (size_t)tensor_numel(o.weights));
        attn_out_clear(&r);
    }
    attn_out_clear(&o);
    inputs_clear(&in);
}
END_TEST

/* The output up to t does not change by a bit when k and v change behind t. */
START_TEST(causal_to_the_bit)
{
    enum { T = 9, D = 8 };
    Inputs in = draw(2, 1, 2, 2, T, T, D);
    AttnArgs a = attn_args(in.q, in.k, in.v);
    AttnOut before = {0}, after = {0};
    a.causal = true;
    ck_assert(attn_naive(&a, &before, &err));
    for (int h = 0; h < 2; h++)
        for (int i = 0; i < D; i++) {
            ((float *)tensor_data(in.k))[(h * T + 5) * D + i] = 0.5F;
            ((float *)tensor_data(in.v))[(h * T + 5) * D + i] = NAN;
        }
    ck_assert(attn_naive(&a, &after, &err));
    for (int h = 0; h < 2; h++) {
        const float *x = (float *)tensor_data(before.out) + (size_t)h * T * D;
        const float *y = (float *)tensor_data(after.out) + (size_t)h * T * D;
        ck_assert_mem_eq(x, y, 5 * D * sizeof(float));
        ck_assert(isnan(y[5 * D]));
    }
    attn_out_clear(&before);
    attn_out_clear(&after);
    inputs_clear(&in);
}
END_TEST

/* A step with a cache (one query, bottom-right) is the last row of the full pass, bit for bit. */
START_TEST(cached_step_is_the_full_pass)
{
    enum { T = 7, D = 8 };
    Inputs in = draw(3, 1, 2, 1, T, T, D);
    Tensor *last = NULL, *row = NULL;
    AttnOut full = {0}, step = {0};
    AttnArgs a = attn_args(in.q, in.k, in.v);
    a.causal = a.bottom_right = true;
    ck_assert(attn_naive(&a, &full, &err));
    ck_assert(tensor_narrow(in.q, 2, T - 1, 1, &last, &err));
    a.q = last;
    ck_assert(attn_naive(&a, &step, &err));
    ck_assert(tensor_narrow(full.out, 2, T - 1, 1, &row, &err));
    for (int64_t i = 0; i < 2 * D; i++) ck_assert(at(row, i) == at(step.out, i));
    tensor_release(last);
    tensor_release(row);
    attn_out_clear(&full);
    attn_out_clear(&step);
    inputs_clear(&in);
}
END_TEST

/* causal = true, the bool mask and the additive one are one thing. */
START_TEST(three_ways_to_mask)
{
    Inputs in = draw(4, 2, 2, 2, 5, 7, 4);
    AttnOut o[3] = {{0}};
    Tensor *bias = NULL;
    MaskSpec spec = mask_spec(mask_kind_find("causal", NULL), 5, 7);
    spec.bottom_right = true;
    ck_assert(mask_build(&spec, &in.mask, &err));
    ck_assert(mask_to_bias(in.mask, DT_F32, &bias, &err));
    AttnArgs a = attn_args(in.q, in.k, in.v);
    a.mask = in.mask;
    ck_assert(attn_naive(&a, &o[0], &err));
    a.mask = bias;
    ck_assert(attn_naive(&a, &o[1], &err));
    a.mask = NULL;
    a.causal = a.bottom_right = true;
    ck_assert(attn_naive(&a, &o[2], &err));
    for (int i = 1; i < 3; i++)
        ck_assert_mem_eq(tensor_data(o[0].out), tensor_data(o[i].out),
                         2 * 2 * 5 * 4 * sizeof(float));
    for (int i = 0; i < 3; i++) attn_out_clear(&o[i]);
    tensor_release(bias);
    inputs_clear(&in);
}
END_TEST

/* (B, T, H, D) memory seen as (B, H, T, D), and lower ranks. */
START_TEST(strides_and_ranks)
{
    Inputs in = draw(5, 1, 2, 2, 4, 4, 3), t = {0};
    AttnOut plain = {0}, strided = {0}, low = {0};
    AttnArgs a = attn_args(in.q, in.k, in.v);
    ck_assert(attn_naive(&a, &plain, &err));
    Tensor *const from[3] = {in.q, in.k, in.v}, **to[3] = {&t.q, &t.k, &t.v};
    for (int i = 0; i < 3; i++) {
        Tensor *swapped = NULL, *packed = NULL;
        ck_assert(tensor_transpose(from[i], 1, 2, &swapped, &err));
        ck_assert(tensor_clone_contiguous(swapped, DT_F32, &packed, &err));
        ck_assert(tensor_transpose(packed, 1, 2, to[i], &err));
        tensor_release(swapped);
        tensor_release(packed);
    }
    a = attn_args(t.q, t.k, t.v);
    ck_assert(attn_naive(&a, &strided, &err));
    ck_assert_mem_eq(tensor_data(plain.out), tensor_data(strided.out), 24 * sizeof(float));
    inputs_clear(&t);
    for (int i = 0; i < 3; i++) ck_assert(tensor_squeeze_dim(from[i], 0, to[i], &err));
    a = attn_args(t.q, t.k, t.v);
    a.want_lse = true;
    ck_assert(attn_naive(&a, &low, &err));
    ck_assert_int_eq(low.out->ndim, 3);
    ck_assert_int_eq(low.lse->ndim, 2);
    ck_assert_mem_eq(tensor_data(plain.out), tensor_data(low.out), 24 * sizeof(float));
    attn_out_clear(&plain);
    attn_out_clear(&strided);
    attn_out_clear(&low);
    inputs_clear(&t);
    inputs_clear(&in);
}
END_TEST

START_TEST(half_precision_rounds_once)
{
    Inputs in = draw(6, 1, 1, 1, 4, 4, 8), h = {0};
    Tensor *const from[3] = {in.q, in.k, in.v}, **to[3] = {&h.q, &h.k, &h.v};
    for (int i = 0; i < 3; i++) ck_assert(tensor_cast(from[i], DT_F16, to[i], &err));
    AttnArgs a = attn_args(h.q, h.k, h.v);
    AttnOut half = {0}, wide = {0};
    ck_assert(attn_naive(&a, &half, &err));
    ck_assert_int_eq(half.out->dtype, DT_F16);
    a.f64 = true;
    ck_assert(attn_naive(&a, &wide, &err));
    for (int64_t i = 0; i < 32; i++)
        ck_assert_double_eq_tol(at(half.out, i), at(wide.out, i), 2e-3);
    attn_out_clear(&half);
    attn_out_clear(&wide);
    inputs_clear(&h);
    inputs_clear(&in);
}
END_TEST

static void expect(Tensor *q, Tensor *k, Tensor *v, const Tensor *mask, const char *words) {
    AttnArgs a = attn_args(q, k, v);
    AttnOut o = {0};
    a.mask = mask;
    ck_assert(!attn_naive(&a, &o, &err));
    ck_assert_int_eq(err.kind, ERR_RUNTIME);
    ck_assert_msg(strstr(err.msg, words) != NULL, "wanted \"%s\" in \"%s\"", words, err.msg);
    ck_assert(o.out == NULL);
    err_clear(&err);
}

START_TEST(errors_name_the_shapes)
{
    Inputs in = draw(7, 1, 4, 2, 3, 5, 8);
    Tensor *odd = randn4(DT_F32, 1, 2, 5, 6), *three = randn4(DT_F32, 1, 3, 5, 8), *ids = NULL;
    expect(in.q, odd, in.v, NULL,
           "query and key differ in their last size; query is (1, 4, 3, 8), "
           "key is (1, 2, 5, 6)");
    expect(in.q, three, in.v, NULL, "key and value differ in heads");
    expect(in.q, three, three, NULL, "heads are not a multiple of the key's");
    expect(in.q, in.k, odd, odd, "The expanded size of the tensor");
    ck_assert(tensor_cast(in.k, DT_I64, &ids, &err));
    expect(in.q, ids, in.v, NULL, "wanted floating-point operands, got torch.int64");
    expect(in.q, in.k, in.v, ids, "a mask is bool or floating, got torch.int64");
    tensor_release(odd);
    tensor_release(three);
    tensor_release(ids);
    inputs_clear(&in);
}
END_TEST

START_TEST(interrupted)
{
    Inputs in = draw(8, 1, 1, 1, 300, 300, 8);
    AttnArgs a = attn_args(in.q, in.k, in.v);
    AttnOut o = {0};
    interrupt_pending = 1;
    ck_assert(!attn_naive(&a, &o, &err));
    ck_assert_int_eq(err.kind, ERR_INTERRUPT);
    err_clear(&err);
    inputs_clear(&in);
}
END_TEST

int main(void) {
    Suite *s = suite_create("attn");
    TCase *tc = tcase_create("kernel");
    tcase_add_test(tc, values_of_torch);
    tcase_add_loop_test(tc, rows_and_zeros, 0, 2 * mask_kind_count);
    tcase_add_test(tc, causal_to_the_bit);
    tcase_add_test(tc, cached_step_is_the_full_pass);
    tcase_add_test(tc, three_ways_to_mask);
    tcase_add_test(tc, strides_and_ranks);
    tcase_add_test(tc, half_precision_rounds_once);
    tcase_add_test(tc, errors_name_the_shapes);
    tcase_add_test(tc, interrupted);
    suite_add_tcase(s, tc);
    suite_add_tcase(s, mask_tests());
    suite_add_tcase(s, table_tests());
    return check_tap(s);
}
