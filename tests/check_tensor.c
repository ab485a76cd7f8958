/* tensor: storage, dtypes, shapes, creation, conversion; and the helpers of its tests. */
#include "config.h"

#include "check_tensor.h"

#include <math.h>

#include "check_tap.h"
#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/half.h"
#include "tensor/view.h"

Err err;

/* ---- helpers --------------------------------------------------------------- */

void drop(Tensor **t) {
    tensor_release(*t);
    *t = NULL;
}

/* Sets element number i in row-major order. */
static void index_of(const Tensor *t, int64_t i, int64_t *index) {
    for (int d = t->ndim; d-- > 0;) {
        index[d] = i % t->shape[d];
        i /= t->shape[d];
    }
}

Tensor *tensor_of(DType dt, int ndim, const int64_t *shape, int n, const double *values) {
    Tensor *t = NULL;
    OK(tensor_empty(dt, ndim, shape, &t, &err));
    ck_assert_int_eq(tensor_numel(t), n);
    for (int64_t i = 0; i < n; i++) {
        int64_t index[TENSOR_MAX_DIM];
        index_of(t, i, index);
        tensor_set_f64(t, index, values[i]);
    }
    return t;
}

Tensor *scalar_of(DType dt, double v) {
    Tensor *t = NULL;
    OK(tensor_scalar_f64(dt, v, &t, &err));
    return t;
}

Tensor *counting(DType dt, int ndim, const int64_t *shape) {
    Tensor *t = NULL;
    OK(tensor_empty(dt, ndim, shape, &t, &err));
    for (int64_t i = 0, n = tensor_numel(t); i < n; i++) {
        int64_t index[TENSOR_MAX_DIM];
        index_of(t, i, index);
        tensor_set_i64(t, index, i);
    }
    return t;
}

static bool close_to(double got, double want, double tolerance) {
    if (isnan(want) || isnan(got)) return isnan(want) && isnan(got);
    if (isinf(want) || isinf(got)) return want == got;
    return fabs(got - want) <= tolerance * fmax(1, fabs(want));
}

void tensor_is(const char *file, int line, const Tensor *t, DType dt, const char *shape,
               const char *values, double tolerance) {
    ck_assert_msg(t != NULL, "%s:%d: no tensor", file, line);
    ck_assert_msg(t->dtype == dt, "%s:%d: dtype %s, wanted %s", file, line,
                  dtype_name((DType)t->dtype), dtype_name(dt));
    Str s = STR_INIT;
    shape_str(&s, t->ndim, t->shape);
    ck_assert_msg(strcmp(str_cstr(&s), shape) == 0, "%s:%d: shape %s, wanted %s", file, line,
                  str_cstr(&s), shape);
    str_clear(&s);
    const char *at = values;
    for (int64_t i = 0, n = tensor_numel(t); i < n; i++) {
        char *end;
        int64_t index[TENSOR_MAX_DIM];
        index_of(t, i, index);
        double want = strtod(at, &end), got = tensor_get_f64(t, index);
        ck_assert_msg(end != at, "%s:%d: only %lld values wanted, the tensor has %lld", file, line,
                      (long long)i, (long long)n);
        ck_assert_msg(close_to(got, want, tolerance), "%s:%d: element %lld is %.9g, wanted %.9g",
                      file, line, (long long)i, got, want);
        at = end;
    }
    at += strspn(at, " ");
    ck_assert_msg(*at == '\0', "%s:%d: values left over: %s", file, line, at);
}

void is_then_drop(const char *file, int line, Tensor **t, DType dt, const char *shape,
                  const char *values) {
    tensor_is(file, line, *t, dt, shape, values, 1e-6);
    drop(t);
}

void call_ok(const char *file, int line, bool ok) {
    ck_assert_msg(ok && err.kind == ERR_OK, "%s:%d: %s: %s", file, line, err_kind_name(err.kind),
                  err.msg ? err.msg : "no message");
}

void call_fails(const char *file, int line, bool ok, ErrKind kind, const char *text) {
    ck_assert_msg(!ok, "%s:%d: should have failed", file, line);
    ck_assert_msg(err.kind == kind && strcmp(err.msg, text) == 0, "%s:%d: %s: %s, wanted %s: %s",
                  file, line, err_kind_name(err.kind), err.msg, err_kind_name(kind), text);
    err_clear(&err);
}

/* ---- storage --------------------------------------------------------------- */

START_TEST(memory_is_counted_and_limited)
{
    size_t before = tensor_memory_used(), limit = memory_limit();
    ck_assert_uint_gt(limit, 1 << 20);
    Tensor *t = NULL, *v = NULL;
    OK(tensor_empty(DT_F32, S(10, 10), &t, &err));
    ck_assert_uint_eq(tensor_memory_used(), before + 400);
    ck_assert_uint_eq((uintptr_t)tensor_data(t) % 64, 0);
    OK(tensor_transpose(t, 0, 1, &v, &err));
    drop(&t);
    ck_assert_uint_eq(tensor_memory_used(), before + 400);
    drop(&v);
    ck_assert_uint_eq(tensor_memory_used(), before);
    ck_assert_uint_ge(tensor_memory_peak(), before + 400);
    tensor_memory_peak_reset();
    ck_assert_uint_eq(tensor_memory_peak(), before);

    memory_limit_set(1000);
    FAILS(tensor_empty(DT_F64, S(1000, 1000), &t, &err), ERR_MEMORY,
          "a tensor of shape (1000, 1000) and dtype torch.float64 needs 8.0 MB; the limit is "
          "1.0 kB");
    FAILS(memory_admit(2000, "a list of 250 items", &err), ERR_MEMORY,
          "a list of 250 items needs 2.0 kB; the limit is 1.0 kB");
    memory_limit_set(limit);
    FAILS(tensor_zeros(DT_F32, S(-1, 2), &t, &err), ERR_RUNTIME,
          "Trying to create tensor with negative dimension -1: [-1, 2]");
    FAILS(tensor_zeros(DT_F32, S((int64_t)1 << 62, 1024), &t, &err), ERR_RUNTIME,
          "Storage size calculation overflowed with sizes=[4611686018427387904, 1024]");
    mem_fail_after(1);
    ck_assert(!tensor_empty(DT_F32, S(3), &t, &err));
    ck_assert_int_eq(err.kind, ERR_MEMORY);
    err_clear(&err);
    mem_fail_after(0);
    ck_assert_ptr_null(t);
}
END_TEST

START_TEST(an_empty_dimension_is_fine)
{
    Tensor *t = NULL;
    FAILS(tensor_zeros(DT_F32, S(0, (int64_t)1 << 62, 1 << 10), &t, &err), ERR_RUNTIME,
          "Storage size calculation overflowed with sizes=[0, 4611686018427387904, 1024]");
    OK(tensor_zeros(DT_F32, S(0, (int64_t)1 << 40), &t, &err));
    ck_assert_int_eq(tensor_numel(t), 0);
    ck_assert(tensor_is_contiguous(t));
    drop(&t);
}
END_TEST

START_TEST(pooled_blocks_come_back)
{
    Tensor *keep[300];
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 300; i++) keep[i] = counting(DT_F64, S(1 + i % 30));
        for (int i = 0; i < 300; i++) drop(&keep[i]);
        ck_assert_uint_eq(tensor_memory_used(), 0);
    }
}
END_TEST

/* ---- dtypes ---------------------------------------------------------------- */

START_TEST(promotion_follows_pytorch)
{
    ck_assert_int_eq(dtype_promote(DT_U8, DT_I8), DT_I16);
    ck_assert_int_eq(dtype_promote(DT_U8, DT_I16), DT_I16);
    ck_assert_int_eq(dtype_promote(DT_BOOL, DT_U8), DT_U8);
    ck_assert_int_eq(dtype_promote(DT_I64, DT_F16), DT_F16);
    ck_assert_int_eq(dtype_promote(DT_F16, DT_BF16), DT_F32);
    ck_assert_int_eq(dtype_promote(DT_F64, DT_C64), DT_C64);
}
END_TEST

static DType together(DType da, int na, bool wa, DType db, int nb, bool wb) {
    Tensor *a = NULL, *b = NULL;
    OK(tensor_zeros(da, na, (int64_t[]){1, 1}, &a, &err));
    OK(tensor_zeros(db, nb, (int64_t[]){1, 1}, &b, &err));
    a->wrapped = wa;
    b->wrapped = wb;
    DType r = tensor_result_type(2, (Tensor *[]){a, b});
    DType swapped = tensor_result_type(2, (Tensor *[]){b, a});
    ck_assert_int_eq(r, swapped);
    drop(&a);
    drop(&b);
    return r;
}

START_TEST(result_types_follow_pytorch)
{
    ck_assert_int_eq(together(DT_F32, 1, false, DT_F64, 0, true), DT_F32);
    ck_assert_int_eq(together(DT_F32, 1, false, DT_F64, 0, false), DT_F32);
    ck_assert_int_eq(together(DT_F32, 1, false, DT_F64, 1, false), DT_F64);
    ck_assert_int_eq(together(DT_F32, 0, false, DT_F64, 0, false), DT_F64);
    ck_assert_int_eq(together(DT_I32, 1, false, DT_F64, 0, true), DT_F32);
    ck_assert_int_eq(together(DT_I32, 1, false, DT_F64, 0, false), DT_F64);
    ck_assert_int_eq(together(DT_I32, 1, false, DT_I64, 0, true), DT_I32);
    ck_assert_int_eq(together(DT_I32, 0, false, DT_I64, 0, true), DT_I32);
    ck_assert_int_eq(together(DT_BOOL, 1, false, DT_I64, 0, true), DT_I64);
    ck_assert_int_eq(together(DT_F16, 0, false, DT_F64, 0, true), DT_F16);
    ck_assert_int_eq(together(DT_U8, 2, false, DT_I32, 0, false), DT_U8);
    ck_assert_int_eq(together(DT_F64, 1, false, DT_C64, 0, false), DT_C64);
}
END_TEST

/* Every finite pattern survives the trip; rounding against the definition at the edges. */
START_TEST(half_precision_rounds_to_nearest_even)
{
    for (uint32_t h = 0; h < 0x10000; h++) {
        float f = f16_to_f32((uint16_t)h), b = bf16_to_f32((uint16_t)h);
        if (f == f) ck_assert_uint_eq(f16_from_f32(f), h);
        if (b == b) ck_assert_uint_eq(bf16_from_f32(b), h);
    }
    ck_assert(f16_to_f32(0x3C01) == 1.0F + 0x1p-10F);
    ck_assert(f16_to_f32(0x0001) == 0x1p-24F);
    ck_assert_uint_eq(f16_from_f32(1.0F + 0x1p-11F), 0x3C00);
    ck_assert_uint_eq(f16_from_f32(1.0F + 3 * 0x1p-11F), 0x3C02);
    ck_assert_uint_eq(f16_from_f32(65519.0F), 0x7BFF);
    ck_assert_uint_eq(f16_from_f32(65520.0F), 0x7C00);
    ck_assert_uint_eq(f16_from_f32(0x1p-25F), 0);
    ck_assert_uint_eq(f16_from_f32(0x1.8p-25F), 1);
    ck_assert_uint_eq(f16_from_f32(NAN) & 0x7E00, 0x7E00);
    ck_assert_uint_eq(bf16_from_f32(1.0F + 0x1p-8F), 0x3F80);
    ck_assert_uint_eq(bf16_from_f32(1.0F + 3 * 0x1p-8F), 0x3F82);
    ck_assert_uint_eq(bf16_from_f32(3.4e38F), 0x7F80);
}
END_TEST

START_TEST(conversions_follow_pytorch)
{
    Tensor *t = NULL, *f = T(DT_F64, S(5), NAN, 3e9, -5.7, 300, 0.4);
    OK(tensor_cast(f, DT_I32, &t, &err));
    gives(t, DT_I32, "(5,)", "-2147483648 -2147483648 -5 300 0");
    OK(tensor_cast(f, DT_U8, &t, &err));
    gives(t, DT_U8, "(5,)", "0 0 251 44 0"); /* 3e9 mod 256 = 0 */
    OK(tensor_cast(f, DT_BOOL, &t, &err));
    gives(t, DT_BOOL, "(5,)", "1 1 1 1 1");
    OK(tensor_cast(f, DT_BF16, &t, &err));
    gives(t, DT_BF16, "(5,)", "nan 3003121664 -5.6875 300 0.400390625");
    OK(tensor_cast(f, DT_F64, &t, &err));
    ck_assert_ptr_eq(t, f);
    drop(&t);
    drop(&f);
    f = T(DT_I64, S(1), 9007199254740991.0);
    OK(tensor_cast(f, DT_F64, &t, &err));
    ck_assert_int_eq(tensor_get_i64(t, NULL), 9007199254740991);
    drop(&t);
    drop(&f);
}
END_TEST

/* ---- shapes ---------------------------------------------------------------- */

START_TEST(shapes_broadcast_and_print)
{
    int n, d;
    int64_t out[TENSOR_MAX_DIM];
    ck_assert(shape_broadcast(S(3, 1), S(2, 1, 4), &n, out, &err));
    ck_assert(n == 3 && out[0] == 2 && out[1] == 3 && out[2] == 4);
    FAILS(shape_broadcast(S(2, 3), S(4), &n, out, &err), ERR_RUNTIME,
          "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension "
          "1");
    FAILS(dim_wrap(2, 2, &d, &err), ERR_INDEX,
          "Dimension out of range (expected to be in range of [-2, 1], but got 2)");
    FAILS(dim_wrap(1, 0, &d, &err), ERR_INDEX,
          "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
    OK(dim_wrap(-2, 2, &d, &err));
    ck_assert_int_eq(d, 0);
    Str s = STR_INIT;
    shape_str(&s, 0, NULL);
    shape_str(&s, S(5));
    shape_str(&s, S(2, 3));
    ck_assert_str_eq(str_cstr(&s), "()(5,)(2, 3)");
    str_clear(&s);
}
END_TEST

/* ---- creation -------------------------------------------------------------- */

START_TEST(ranges_follow_pytorch)
{
    Tensor *t = NULL;
    OK(tensor_arange_i64(DT_I64, 5, 0, -2, &t, &err));
    gives(t, DT_I64, "(3,)", "5 3 1");
    OK(tensor_arange_i64(DT_I64, 0, 0, 1, &t, &err));
    gives(t, DT_I64, "(0,)", "");
    OK(tensor_arange_f64(DT_F32, 0, 1, 0.25, &t, &err));
    gives(t, DT_F32, "(4,)", "0 0.25 0.5 0.75");
    OK(tensor_linspace(DT_I64, 0, 10, 4, &t, &err));
    gives(t, DT_I64, "(4,)", "0 3 6 10");
    OK(tensor_linspace(DT_F32, -3, 3, 1, &t, &err));
    gives(t, DT_F32, "(1,)", "-3");
    OK(tensor_logspace(DT_F64, 0, 2, 3, 10, &t, &err));
    gives(t, DT_F64, "(3,)", "1 10 100");
    FAILS(tensor_arange_i64(DT_I64, 0, 3, 0, &t, &err), ERR_RUNTIME, "step must be nonzero");
    FAILS(tensor_arange_i64(DT_I64, 3, 0, 1, &t, &err), ERR_RUNTIME,
          "upper bound and larger bound inconsistent with step sign");
    FAILS(tensor_arange_f64(DT_F32, 0, INFINITY, 1, &t, &err), ERR_RUNTIME,
          "unsupported range: 0 -> inf");
}
END_TEST

START_TEST(grids_follow_pytorch)
{
    Tensor *t = NULL;
    OK(tensor_eye(DT_F32, 2, 3, &t, &err));
    gives(t, DT_F32, "(2, 3)", "1 0 0 0 1 0");
    OK(tensor_tril_indices(3, 3, 0, &t, &err));
    gives(t, DT_I64, "(2, 6)", "0 1 1 2 2 2 0 0 1 0 1 2");
    OK(tensor_tril_indices(3, 4, -1, &t, &err));
    gives(t, DT_I64, "(2, 3)", "1 2 2 0 0 1");
    OK(tensor_triu_indices(2, 3, 1, &t, &err));
    gives(t, DT_I64, "(2, 3)", "0 0 1 1 2 2");
    OK(tensor_triu_indices(2, 2, -5, &t, &err));
    gives(t, DT_I64, "(2, 4)", "0 0 1 1 0 1 0 1");
}
END_TEST

START_TEST(filling_and_copying)
{
    Tensor *t = counting(DT_F32, S(2, 3)), *c = NULL, *v = NULL;
    uint32_t version = t->st->version;
    OK(tensor_transpose(t, 0, 1, &v, &err));
    OK(tensor_contiguous(v, &c, &err));
    ck_assert(tensor_is_contiguous(c));
    gives(c, DT_F32, "(3, 2)", "0 3 1 4 2 5");
    OK(tensor_clone(v, &c, &err));
    ck_assert(!tensor_is_contiguous(c)); /* keeps the memory order, as PyTorch */
    gives(c, DT_F32, "(3, 2)", "0 3 1 4 2 5");
    c = T(DT_I64, S(2), 7, 8);
    OK(tensor_copy_(v, c, &err));
    is(t, DT_F32, "(2, 3)", "7 7 7 8 8 8");
    ck_assert_uint_eq(t->st->version, version + 1);
    drop(&c);
    OK(tensor_fill_f64_(v, 1.5, &err));
    is(t, DT_F32, "(2, 3)", "1.5 1.5 1.5 1.5 1.5 1.5");
    OK(tensor_zero_(v, &err));
    is(t, DT_F32, "(2, 3)", "0 0 0 0 0 0");
    c = T(DT_F32, S(2), 1, 2);
    FAILS(tensor_copy_(t, c, &err), ERR_RUNTIME,
          "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension "
          "1");
    drop(&c);
    drop(&v);
    drop(&t);
}
END_TEST

/* Large enough for the blocked transpose and its ragged edges. */
START_TEST(big_transposes_are_exact)
{
    Tensor *t = counting(DT_F32, S(67, 45)), *v = NULL, *c = NULL;
    OK(tensor_transpose(t, 0, 1, &v, &err));
    OK(tensor_contiguous(v, &c, &err));
    for (int64_t i = 0; i < 45; i++)
        for (int64_t j = 0; j < 67; j++)
            ck_assert(tensor_get_f64(c, (int64_t[]){i, j}) == (double)(j * 45 + i));
    drop(&c);
    drop(&v);
    drop(&t);
}
END_TEST

TCase *core_tests(void) {
    TCase *t = tcase_create("core");
    tcase_add_test(t, memory_is_counted_and_limited);
    tcase_add_test(t, an_empty_dimension_is_fine);
    tcase_add_test(t, pooled_blocks_come_back);
    tcase_add_test(t, promotion_follows_pytorch);
    tcase_add_test(t, result_types_follow_pytorch);
    tcase_add_test(t, half_precision_rounds_to_nearest_even);
    tcase_add_test(t, conversions_follow_pytorch);
    tcase_add_test(t, shapes_broadcast_and_print);
    tcase_add_test(t, ranges_follow_pytorch);
    tcase_add_test(t, grids_follow_pytorch);
    tcase_add_test(t, filling_and_copying);
    tcase_add_test(t, big_transposes_are_exact);
    return t;
}

int main(void) {
    Suite *s = suite_create("tensor");
    suite_add_tcase(s, core_tests());
    suite_add_tcase(s, view_tests());
    suite_add_tcase(s, pointwise_tests());
    suite_add_tcase(s, reduce_tests());
    suite_add_tcase(s, join_tests());
    suite_add_tcase(s, index_tests());
    suite_add_tcase(s, memory_tests());
    suite_add_tcase(s, table_tests());
    suite_add_tcase(s, bits_tests());
    return check_tap(s);
}
