/* tensor: sums, means, softmax and exponentials have PyTorch's last bit. The values are printed by
 * tests/refs/tensor_bits.py: up to six of each result, evenly spaced. */
#include "config.h"

#include "check_tensor.h"

#include "base/isa.h"
#include "tensor/copy.h"
#include "tensor/join.h"
#include "tensor/pointwise.h"
#include "tensor/reduce.h"
#include "tensor/view.h"

static Tensor *x, *out;

/* (5, 70, 9), elements with full mantissas, so that the order of additions shows. */
static void setup(void) {
    OK(tensor_empty(DT_F32, S(5, 70, 9), &x, &err));
    float *p = tensor_data(x);
    for (int i = 0; i < 5 * 70 * 9; i++) p[i] = (float)((i * 7919) % 1013 - 500) / 300;
    out = NULL;
}

static void teardown(void) {
    drop(&x);
    ck_assert_uint_eq(tensor_memory_used(), 0);
}

static void same_bits(const char *what, Tensor **t, const char *values) {
    const float *p = tensor_data(*t);
    int64_t n = tensor_numel(*t), step = n / 6 ? n / 6 : 1;
    const char *at = values;
    ck_assert(tensor_is_contiguous(*t));
    for (int64_t i = 0; i < n && i / step < 6; i += step) {
        char *end;
        float want = strtof(at, &end);
        ck_assert_msg(end != at && p[i] == want, "%s: element %lld is %.9g, wanted %.9g", what,
                      (long long)i, (double)p[i], (double)want);
        at = end;
    }
    drop(t);
}

typedef struct Case {
    int n;
    int64_t dims[3];
    const char *sum, *mean; /* the mean is of x.permute(2, 0, 1) */
} Case;

static const Case cases[] = {
    {1,
     {0},
     "3.33999991 3.75 0.783333361 -2.1833334 -5.1500001 -1.36333334",
     "-0.00629630359 0.00259259669 0.0114814835 0.0203703716 0.0292592514 0.0381481498"},
    {1,
     {1},
     "0.256666899 5.36666632 -2.17333341 0.416666627 -0.369999707 4.74000072",
     "0.667999983 -1.05333328 -0.50666666 0.473333299 1.01999998 -0.701333344"},
    {1,
     {2},
     "-0.0566667318 0.0233333707 0.103333354 0.183333337 0.263333261 0.343333364",
     "0.00366667006 0.0333333313 0.0147619108 0.0549999923 0.0364285633 0.0766666606"},
    {2,
     {0, 1},
     "4.63999939 4.91333389 8.56333065 8.8366642 5.73333359 6.00666714",
     "0.152296305 0.107407399 -0.0125185084 -0.0574074127 -0.177333355 -0.147185192"},
    {2,
     {1, 2},
     "15.083334 11.0133314 13.6966686 13.003334 8.93333435",
     "0.0132571412 0.0140380971 0.0244666599 0.0252476111 0.0163809527 0.0171619058"},
    {2,
     {0, 2},
     "6.85333395 4.83333302 -0.563332856 -2.58333349 -7.98000097 -6.62333393",
     "0.0239418 0.0174814779 0.0217407439 0.020640213 0.0141798956"},
    {3, {0, 1, 2}, "61.7299957", "0.0195968244"},
};

START_TEST(sums_and_means)
{
    const Case *c = &cases[_i];
    Tensor *v = NULL;
    OK(tensor_reduce(RED_SUM, x, c->n, c->dims, false, &out, &err));
    same_bits("sum", &out, c->sum);
    OK(tensor_permute(x, S(2, 0, 1), &v, &err));
    OK(tensor_reduce(RED_MEAN, v, c->n, c->dims, false, &out, &err));
    same_bits("mean", &out, c->mean);
    drop(&v);
}
END_TEST

START_TEST(softmax_over_each_dim)
{
    static const char *const values[] = {
        "0.0130538139 0.0298733991 0.232358426 0.193436205 0.161033824 0.134059146",
        "0.00173620344 0.00253529986 0.0038448514 0.00580986217 0.00886150636 0.0141473319",
        "0.0137839308 0.0220259987 0.0280714538 0.038787052 0.0634447932 0.101381451",
    };
    OK(tensor_softmax(x, _i, DT_COUNT, &out, &err));
    same_bits("softmax", &out, values[_i]);
}
END_TEST

START_TEST(rows_of_weights)
{
    Tensor *w = NULL;
    OK(tensor_softmax(x, -1, DT_COUNT, &w, &err));
    OK(tensor_reduce(RED_SUM, w, 1, (int64_t[]){-1}, false, &out, &err));
    same_bits("row sums", &out, "1 1 0.99999994 1 1 1");
    drop(&w);
}
END_TEST

START_TEST(exponentials)
{
    OK(tensor_unary(UN_EXP, x, &out, &err));
    same_bits("exp", &out, "0.188875616 0.284601122 0.428842008 0.646186829 0.973685741 1.4671669");
    OK(tensor_unary(UN_SIGMOID, x, &out, &err));
    same_bits("sigmoid", &out,
              "0.158869103 0.221548244 0.300132573 0.392535508 0.493333727 0.594676793");
}
END_TEST

/* Number k of what is computed of x, or NULL where k is no such operation on floats. */
static Tensor *computed(int k, const char **name) {
    Tensor *y = NULL, *t = NULL;
    if (k < UN_COUNT) {
        *name = unary_name((UnaryOp)k);
        if (tensor_unary((UnaryOp)k, x, &t, &err)) return t;
    } else if ((k -= UN_COUNT) < BIN_COUNT) {
        *name = binary_name((BinaryOp)k);
        OK(tensor_flip(x, 1, (int64_t[]){1}, &y, &err));
        bool ok = tensor_binary((BinaryOp)k, x, y, &t, &err);
        drop(&y);
        if (ok) return t;
    } else if ((k -= BIN_COUNT) < 3) {
        *name = "softmax";
        OK(tensor_softmax(x, k, DT_COUNT, &t, &err));
        return t;
    } else {
        *name = "sum";
        OK(tensor_reduce(RED_SUM, x, 1, (int64_t[]){k - 3}, false, &t, &err));
        return t;
    }
    err_clear(&err);
    return NULL;
}

/* As compiled for any machine, for AVX2 and for AVX-512; nan need not have the same sign. */
START_TEST(instruction_sets_agree)
{
    static const char *const sets[] = {"plain", "avx2", "avx512"};
    Tensor *first[UN_COUNT + BIN_COUNT + 6] = {NULL};
    for (size_t set = 0; set < ARRAY_LEN(sets); set++) {
        setenv("QKV_SIMD", sets[set], 1);
        isa_reset();
        for (int k = 0; k < (int)ARRAY_LEN(first); k++) {
            const char *name;
            Tensor *t = computed(k, &name);
            if (set == 0 || !t) {
                first[k] = t;
                continue;
            }
            const float *p = tensor_data(first[k]), *q = tensor_data(t);
            int64_t n = t->dtype == DT_F32 ? tensor_numel(t) : 0;
            if (!n) ck_assert_mem_eq(p, q, t->st->bytes);
            for (int64_t i = 0; i < n; i++)
                ck_assert_msg((p[i] != p[i] && q[i] != q[i]) || !memcmp(&p[i], &q[i], sizeof *p),
                              "%s of element %lld: plain %.9g, %s %.9g", name, (long long)i,
                              (double)p[i], sets[set], (double)q[i]);
            drop(&t);
        }
    }
    for (size_t k = 0; k < ARRAY_LEN(first); k++) drop(&first[k]);
}
END_TEST

TCase *bits_tests(void) {
    TCase *t = tcase_create("bits");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, sums_and_means, 0, (int)ARRAY_LEN(cases));
    tcase_add_loop_test(t, softmax_over_each_dim, 0, 3);
    tcase_add_test(t, rows_of_weights);
    tcase_add_test(t, exponentials);
    tcase_add_test(t, instruction_sets_agree);
    return t;
}
