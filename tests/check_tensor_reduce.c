/* tensor: reductions and softmax, against a plain loop and PyTorch 1.13.0. */
#include "config.h"

#include "check_tensor.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/reduce.h"
#include "tensor/view.h"

static Tensor *x, *out, *idx;

static void setup(void) {
    x = counting(DT_F32, S(2, 3, 4));
    out = idx = NULL;
}

static void teardown(void) {
    drop(&x);
    ck_assert_ptr_null(out);
    ck_assert_uint_eq(tensor_memory_used(), 0);
}

/* ---- against a plain loop -------------------------------------------------- */

static double fold(ReduceOp op, double acc, double v) {
    switch (op) {
    case RED_PROD:
        return acc * v;
    case RED_AMAX:
        return fmax(acc, v);
    case RED_AMIN:
        return fmin(acc, v);
    case RED_ALL:
        return acc && v != 0;
    case RED_ANY:
        return acc || v != 0;
    case RED_COUNT_NONZERO:
        return acc + (v != 0);
    default:
        return acc + v;
    }
}

static double start_of(ReduceOp op) {
    if (op == RED_AMAX) return -INFINITY;
    if (op == RED_AMIN) return INFINITY;
    return op == RED_PROD || op == RED_ALL;
}

/* Element `kept` of the reduction, from t's elements one by one. mask: reduced dims. */
static double plain(ReduceOp op, const Tensor *t, unsigned mask, const int64_t *kept) {
    double acc = start_of(op), n = 1;
    int64_t at[3], size[3];
    for (int d = 0; d < 3; d++) {
        size[d] = mask & 1u << d ? t->shape[d] : 1;
        n *= (double)size[d];
    }
    for (int64_t a = 0; a < size[0]; a++)
        for (int64_t b = 0; b < size[1]; b++)
            for (int64_t c = 0; c < size[2]; c++) {
                at[0] = kept[0] + a, at[1] = kept[1] + b, at[2] = kept[2] + c;
                acc = fold(op, acc, tensor_get_f64(t, at));
            }
    return op == RED_MEAN ? acc / n : acc;
}

static void same_as_plain(ReduceOp op, const Tensor *t, unsigned mask) {
    int64_t dims[3], at[3];
    int n = 0;
    for (int d = 0; d < 3; d++)
        if (mask & 1u << d) dims[n++] = d - (d % 2 ? 3 : 0); /* some negative */
    OK(tensor_reduce(op, t, n, dims, true, &out, &err));
    for (at[0] = 0; at[0] < out->shape[0]; at[0]++)
        for (at[1] = 0; at[1] < out->shape[1]; at[1]++)
            for (at[2] = 0; at[2] < out->shape[2]; at[2]++) {
                double got = tensor_get_f64(out, at), want = plain(op, t, mask, at);
                ck_assert_msg(fabs(got - want) <= 1e-6 * fabs(want), "op %d mask %u: %g, not %g",
                              (int)op, mask, got, want);
            }
    drop(&out);
}

/* Every set of dims of every order of a tensor big enough for runs and lanes of several chunks;
 * values near 1 so that products stay finite. */
START_TEST(every_set_of_dims_in_every_order)
{
    static const int64_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                         {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    static const DType dts[] = {DT_F32, DT_F64, DT_I64};
    for (size_t k = 0; k < ARRAY_LEN(dts); k++) {
        Tensor *t = NULL, *v = NULL;
        OK(tensor_empty(dts[k], S(3, 70, 9), &t, &err));
        for (int64_t i = 0; i < 3 * 70 * 9; i++) {
            int64_t at[] = {i / 630, i / 9 % 70, i % 9};
            double noise = (double)(i * 7919 % 101) / 101;
            tensor_set_f64(t, at, k < 2 ? 0.95 + noise / 10 : floor(noise * 10) - 3);
        }
        for (int o = 0; o < 6; o++) {
            OK(tensor_permute(t, 3, orders[o], &v, &err));
            for (unsigned mask = 1; mask < 8; mask++)
                for (ReduceOp op = RED_SUM; op <= RED_COUNT_NONZERO; op++) {
                    if (k == 2 && (op == RED_MEAN || op == RED_PROD)) continue;
                    same_as_plain(op, v, mask);
                }
            drop(&v);
        }
        drop(&t);
    }
}
END_TEST

/* 0.1 added ten million times: a running float32 sum ends at 1087937. */
START_TEST(long_sums_stay_accurate)
{
    Tensor *t = NULL;
    OK(tensor_full_f64(DT_F32, S(10000000), 0.1, &t, &err));
    OK(tensor_reduce(RED_SUM, t, 0, NULL, false, &out, &err));
    ck_assert(fabs(tensor_get_f64(out, NULL) - 1e7 * (double)0.1F) < 1);
    drop(&out);
    drop(&t);
    OK(tensor_full_f64(DT_F64, S(1000000, 2), 0.1, &t, &err));
    OK(tensor_reduce(RED_SUM, t, 1, (int64_t[]){0}, false, &out, &err));
    ck_assert(fabs(tensor_get_f64(out, (int64_t[]){1}) - 1e5) < 1e-9);
    drop(&out);
    drop(&t);
}
END_TEST

/* ---- PyTorch's types and words --------------------------------------------- */

START_TEST(result_types)
{
    static const DType dts[] = {DT_BOOL, DT_U8, DT_I32, DT_F16, DT_F64};
    static const DType sum[] = {DT_I64, DT_I64, DT_I64, DT_F16, DT_F64};
    static const DType any[] = {DT_BOOL, DT_U8, DT_BOOL, DT_BOOL, DT_BOOL};
    for (int k = 0; k < 5; k++) {
        Tensor *t = NULL;
        OK(tensor_cast(x, dts[k], &t, &err));
        OK(tensor_reduce(RED_SUM, t, 0, NULL, false, &out, &err));
        gives(out, sum[k], "()", k ? "276" : "23");
        OK(tensor_reduce(RED_ANY, t, 0, NULL, false, &out, &err));
        gives(out, any[k], "()", "1");
        OK(tensor_reduce(RED_AMAX, t, 0, NULL, false, &out, &err));
        gives(out, dts[k], "()", k ? "23" : "1");
        drop(&t);
    }
}
END_TEST

START_TEST(reductions_of_nothing)
{
    Tensor *t = NULL, *flat = NULL;
    int64_t zero = 0;
    OK(tensor_zeros(DT_F32, S(0, 3), &t, &err));
    OK(tensor_zeros(DT_F32, S(0), &flat, &err));
    OK(tensor_reduce(RED_SUM, t, 1, &zero, false, &out, &err));
    gives(out, DT_F32, "(3,)", "0 0 0");
    OK(tensor_reduce(RED_PROD, t, 1, &zero, false, &out, &err));
    gives(out, DT_F32, "(3,)", "1 1 1");
    OK(tensor_reduce(RED_MEAN, t, 1, &zero, false, &out, &err));
    gives(out, DT_F32, "(3,)", "nan nan nan");
    OK(tensor_reduce(RED_ALL, t, 1, &zero, false, &out, &err));
    gives(out, DT_BOOL, "(3,)", "1 1 1");
    OK(tensor_reduce(RED_LOGSUMEXP, flat, 1, &zero, false, &out, &err));
    gives(out, DT_F32, "()", "-inf");
    FAILS(tensor_reduce(RED_AMAX, t, 1, &zero, false, &out, &err), ERR_INDEX,
          "amax(): Expected reduction dim 0 to have non-zero size.");
    FAILS(tensor_reduce(RED_AMAX, t, 0, NULL, false, &out, &err), ERR_RUNTIME,
          "amax(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
          "reduction dim with the 'dim' argument.");
    FAILS(tensor_max_dim(t, 0, false, &out, &idx, &err), ERR_INDEX,
          "max(): Expected reduction dim 0 to have non-zero size.");
    FAILS(tensor_argmax(t, NULL, false, &out, &err), ERR_INDEX,
          "argmax(): Expected reduction dim to be specified for input.numel() == 0.");
    OK(tensor_argmax(t, (int64_t[]){1}, false, &out, &err));
    gives(out, DT_I64, "(0,)", "");
    drop(&t), drop(&flat);
}
END_TEST

START_TEST(refusals)
{
    Tensor *i = counting(DT_I64, S(3)), *b = T(DT_BOOL, S(1), 1);
    FAILS(tensor_reduce(RED_MEAN, i, 0, NULL, false, &out, &err), ERR_RUNTIME,
          "mean(): could not infer output dtype. Input dtype must be either a floating point or "
          "complex dtype. Got: Long");
    FAILS(tensor_reduce(RED_SUM, x, S(0, -3), false, &out, &err), ERR_RUNTIME,
          "dim 0 appears multiple times in the list of dims");
    FAILS(tensor_var(i, 0, NULL, 1, false, &out, NULL, &err), ERR_RUNTIME,
          "std and var only support floating point and complex dtypes");
    FAILS(tensor_norm(i, 2, 0, NULL, false, &out, &err), ERR_RUNTIME,
          "norm(): input dtype should be either floating point or complex. Got Long instead.");
    FAILS(tensor_argmax(b, NULL, false, &out, &err), ERR_RUNTIME,
          "\"argmax_cpu\" not implemented for 'Bool'");
    FAILS(tensor_softmax(i, 0, DT_COUNT, &out, &err), ERR_RUNTIME,
          "\"softmax_lastdim_kernel_impl\" not implemented for 'Long'");
    drop(&i), drop(&b);
}
END_TEST

START_TEST(spread_and_length)
{
    OK(tensor_var(x, S(0, 1), 1, false, &out, &idx, &err));
    gives(out, DT_F32, "(4,)", "56 56 56 56");
    gives(idx, DT_F32, "(4,)", "10 11 12 13");
    OK(tensor_std(x, S(2), 1, true, &out, &err));
    gives(out, DT_F32, "(2, 3, 1)", "1.2909944 1.2909944 1.2909944 1.2909944 1.2909944 1.2909944");
    OK(tensor_var(x, S(0), 0, false, &out, NULL, &err));
    gives(out, DT_F32, "(3, 4)", "36 36 36 36 36 36 36 36 36 36 36 36");
    Tensor *one = T(DT_F32, S(1), 5);
    OK(tensor_var(one, 0, NULL, 1, false, &out, NULL, &err));
    gives(out, DT_F32, "()", "nan");
    drop(&one);
    OK(tensor_norm(x, 2, 0, NULL, false, &out, &err));
    gives(out, DT_F32, "()", "65.757126");
    OK(tensor_norm(x, 3, S(0, 1), true, &out, &err));
    gives(out, DT_F32, "(1, 1, 4)", "24.3288097 25.8262596 27.3453598 28.8857994");
    OK(tensor_norm(x, INFINITY, S(0, 1), false, &out, &err));
    gives(out, DT_F32, "(4,)", "20 21 22 23");
    OK(tensor_norm(x, 0, 0, NULL, false, &out, &err));
    gives(out, DT_F32, "()", "23");
}
END_TEST

START_TEST(extremes_and_their_places)
{
    Tensor *t = T(DT_F32, S(2, 4), 1, NAN, 3, NAN, 5, 7, 7, 2);
    OK(tensor_max_dim(t, 1, true, &out, &idx, &err));
    gives(out, DT_F32, "(2, 1)", "nan 7");
    gives(idx, DT_I64, "(2, 1)", "1 1");
    OK(tensor_min_dim(t, 0, false, &out, &idx, &err));
    gives(out, DT_F32, "(4,)", "1 nan 3 nan");
    gives(idx, DT_I64, "(4,)", "0 0 0 0");
    OK(tensor_argmin(t, (int64_t[]){-1}, false, &out, &err));
    gives(out, DT_I64, "(2,)", "1 3");
    drop(&t);
    t = T(DT_I64, S(3), 3, 1, 3);
    OK(tensor_argmax(t, NULL, true, &out, &err));
    gives(out, DT_I64, "(1,)", "0");
    drop(&t);
    t = scalar_of(DT_F32, 3);
    OK(tensor_max_dim(t, 0, false, &out, &idx, &err));
    gives(out, DT_F32, "()", "3");
    gives(idx, DT_I64, "()", "0");
    drop(&t);
}
END_TEST

/* ---- softmax --------------------------------------------------------------- */

START_TEST(softmax_values)
{
    Tensor *t = T(DT_F32, S(2, 3), 1, 2, 3, -1, 1000, 1000), *v = NULL;
    OK(tensor_softmax(t, -1, DT_COUNT, &out, &err));
    gives(out, DT_F32, "(2, 3)", "0.09003057 0.24472848 0.66524094 0 0.5 0.5");
    OK(tensor_log_softmax(t, -1, DT_COUNT, &out, &err));
    gives(out, DT_F32, "(2, 3)", "-2.407606 -1.407606 -0.407606 -1001.6931 -0.6931472 -0.6931472");
    OK(tensor_t(t, &v, &err));
    OK(tensor_softmax(v, 0, DT_F64, &out, &err));
    ck_assert(tensor_is_contiguous(out));
    is_near(out, DT_F64, "(3, 2)",
            "0.09003057317038046 0 0.24472847105479764 0.5 0.66524095577482178 0.5", 1e-15);
    drop(&out);
    drop(&v), drop(&t);
    t = T(DT_F32, S(4, 2), -INFINITY, -INFINITY, INFINITY, 1, NAN, 1, -INFINITY, 0);
    OK(tensor_softmax(t, 1, DT_COUNT, &out, &err));
    gives(out, DT_F32, "(4, 2)", "nan nan nan nan nan nan 0 1");
    OK(tensor_log_softmax(t, 1, DT_COUNT, &out, &err));
    gives(out, DT_F32, "(4, 2)", "nan nan nan nan nan nan -inf 0");
    OK(tensor_reduce(RED_LOGSUMEXP, t, 1, (int64_t[]){1}, false, &out, &err));
    gives(out, DT_F32, "(4,)", "-inf inf nan 0");
    drop(&t);
}
END_TEST

/* Rows sum to 1 at every length around the vector width and the chunk of 512. */
START_TEST(softmax_rows_sum_to_one)
{
    for (int64_t n = 1; n < 1100; n = n < 40 ? n + 1 : n + 157) {
        Tensor *t = NULL;
        OK(tensor_linspace(DT_F32, -3, 5, n, &t, &err));
        OK(tensor_softmax(t, 0, DT_COUNT, &out, &err));
        double sum = 0;
        for (int64_t i = 0; i < n; i++) sum += tensor_get_f64(out, &i);
        ck_assert(fabs(sum - 1) < 1e-6);
        drop(&out);
        OK(tensor_log_softmax(t, 0, DT_COUNT, &out, &err));
        sum = 0;
        for (int64_t i = 0; i < n; i++) sum += exp(tensor_get_f64(out, &i));
        ck_assert(fabs(sum - 1) < 1e-5);
        drop(&out);
        drop(&t);
    }
}
END_TEST

START_TEST(softmax_gradients)
{
    Tensor *t = T(DT_F64, S(3), 1, 2, 4), *g = T(DT_F64, S(3), 0.5, -1, 2), *y = NULL;
    OK(tensor_softmax(t, 0, DT_COUNT, &y, &err));
    OK(tensor_softmax_vjp(y, g, 0, &out, &err));
    is_near(out, DT_F64, "(3,)", "-0.04597578708119715 -0.2962679456488121 0.3422437327300092",
            1e-14);
    drop(&out), drop(&y);
    OK(tensor_log_softmax(t, 0, DT_COUNT, &y, &err));
    OK(tensor_log_softmax_vjp(y, g, 0, &out, &err));
    is_near(out, DT_F64, "(3,)", "0.436984900798901 -1.171292799076892 0.7343078982779908", 1e-14);
    drop(&out), drop(&y), drop(&t), drop(&g);
}
END_TEST

START_TEST(sum_to_undoes_broadcasting)
{
    OK(tensor_sum_to(x, S(3, 1), &out, &err));
    gives(out, DT_F32, "(3, 1)", "60 92 124");
    OK(tensor_sum_to(x, 0, NULL, &out, &err));
    gives(out, DT_F32, "()", "276");
    OK(tensor_sum_to(x, S(2, 3, 4), &out, &err));
    ck_assert_ptr_eq(out, x);
    drop(&out);
}
END_TEST

TCase *reduce_tests(void) {
    TCase *t = tcase_create("reduce");
    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, every_set_of_dims_in_every_order);
    tcase_add_test(t, long_sums_stay_accurate);
    tcase_add_test(t, result_types);
    tcase_add_test(t, reductions_of_nothing);
    tcase_add_test(t, refusals);
    tcase_add_test(t, spread_and_length);
    tcase_add_test(t, extremes_and_their_places);
    tcase_add_test(t, softmax_values);
    tcase_add_test(t, softmax_rows_sum_to_one);
    tcase_add_test(t, softmax_gradients);
    tcase_add_test(t, sum_to_undoes_broadcasting);
    return t;
}
