/* Matrix products against sums in double, over ranks, strides and types; PyTorch's
 * words for what does not fit; the library's absence and a Ctrl-C.
 */
#include "config.h"

#include <math.h>

#include "check_tap.h"
#include "linalg/blas.h"
#include "linalg/matmul.h"
#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/view.h"

#define SHAPE(...)                                                                                 \
    (int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), (int64_t[]) {                       \
        __VA_ARGS__                                                                                \
    }

static Err err;

static uint64_t state;

/* Numbers of the test's own: uniform in [-2, 2). */
static double next_number(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) * 0x1p-51 - 2;
}

/* Of those numbers; integers are from -9 to 9. */
static Tensor *random_tensor(DType dt, int ndim, const int64_t *shape) {
    DType wide = dt == DT_C64 || dtype_is_float(dt) ? DT_F64 : DT_I64;
    Tensor *t = NULL, *out = NULL;
    ck_assert(tensor_empty(dt == DT_C64 ? DT_C64 : wide, ndim, shape, &t, &err));
    int64_t n = tensor_numel(t);
    for (int64_t i = 0; i < (dt == DT_C64 ? 2 * n : n); i++) {
        double v = next_number();
        if (dt == DT_C64)
            ((float *)tensor_data(t))[i] = (float)v;
        else if (wide == DT_F64)
            ((double *)tensor_data(t))[i] = v;
        else
            ((int64_t *)tensor_data(t))[i] = (int64_t)(v * 4.99);
    }
    ck_assert(tensor_cast(t, dt, &out, &err));
    tensor_release(t);
    return out;
}

/* The same values with the last two dimensions swapped in memory. */
static Tensor *swapped(const Tensor *t) {
    Tensor *a = NULL, *b = NULL, *c = NULL;
    ck_assert(tensor_transpose(t, -2, -1, &a, &err));
    ck_assert(tensor_clone_contiguous(a, (DType)a->dtype, &b, &err));
    ck_assert(tensor_transpose(b, -2, -1, &c, &err));
    tensor_release(a);
    tensor_release(b);
    return c;
}

/* The same values with every row stride doubled and columns two apart. */
static Tensor *sparse_rows(const Tensor *t) {
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM], step = 2;
    for (int d = 0; d < t->ndim; d++) shape[d] = t->shape[d];
    shape[t->ndim - 1] *= 2;
    Tensor *room = NULL;
    ck_assert(tensor_zeros((DType)t->dtype, t->ndim, shape, &room, &err));
    for (int d = t->ndim - 1; d >= 0; d--) {
        stride[d] = step;
        step *= t->shape[d];
    }
    Tensor *v = tensor_view_raw(room, t->ndim, t->shape, stride, 0);
    ck_assert(tensor_copy_(v, t, &err));
    tensor_release(room);
    return v;
}

/* (sum, sum of magnitudes) over k for one element of the result. */
static void reference(const Tensor *a, const Tensor *b, const Tensor *c, int64_t at, double *sum,
                      double *mag) {
    int64_t ia[TENSOR_MAX_DIM] = {0}, ib[TENSOR_MAX_DIM] = {0}, ic[TENSOR_MAX_DIM] = {0};
    for (int d = c->ndim - 1; d >= 0; d--) {
        ic[d] = at % c->shape[d];
        at /= c->shape[d];
    }
    int own_rows = a->ndim > 1, own_cols = b->ndim > 1, nb = c->ndim - own_rows - own_cols;
    for (int d = 0; d < nb; d++) {
        int da = d - (nb - (a->ndim - 2)), db = d - (nb - (b->ndim - 2));
        if (a->ndim > 2 && da >= 0) ia[da] = a->shape[da] == 1 ? 0 : ic[d];
        if (b->ndim > 2 && db >= 0) ib[db] = b->shape[db] == 1 ? 0 : ic[d];
    }
    if (own_rows) ia[a->ndim - 2] = ic[nb];
    if (own_cols) ib[b->ndim - 1] = ic[nb + own_rows];
    *sum = *mag = 0;
    for (int64_t p = 0; p < a->shape[a->ndim - 1]; p++) {
        ia[a->ndim - 1] = p;
        ib[own_cols ? b->ndim - 2 : 0] = p;
        double v = tensor_get_f64(a, ia) * tensor_get_f64(b, ib);
        *sum += v;
        *mag += fabs(v);
    }
}

static double epsilon(DType dt) {
    return dt == DT_F32 ? 0x1p-23 : dt == DT_F64 ? 0x1p-52 : dt == DT_F16 ? 0x1p-10 : 0x1p-7;
}

/* Every element within k roundings of the sum of magnitudes; integers exactly. */
static void check_product(const Tensor *a, const Tensor *b) {
    Tensor *c = NULL;
    ck_assert_msg(tensor_matmul(a, b, &c, &err), "%s", err.msg);
    ck_assert(tensor_is_contiguous(c));
    int64_t n = tensor_numel(c), k = a->shape[a->ndim - 1], one = 1;
    Tensor *flat = NULL;
    ck_assert(tensor_reshape(c, 1, &n, &flat, &err));
    for (int64_t i = 0; i < n; i += MAX(1, n / 1000)) {
        double sum, mag, got = tensor_get_f64(flat, &i);
        reference(a, b, c, i, &sum, &mag);
        double bound = dtype_is_float((DType)c->dtype)
                           ? mag * epsilon((DType)c->dtype) * (double)MAX(MIN(k, 64), one)
                           : 0;
        ck_assert_msg(fabs(got - sum) <= bound, "element %lld: wanted %.17g, got %.17g (bound %g)",
                      (long long)i, sum, got, bound);
    }
    tensor_release(flat);
    tensor_release(c);
}

static void check_shapes(DType dt, int na, const int64_t *sa, int nb, const int64_t *sb) {
    Tensor *a = random_tensor(dt, na, sa), *b = random_tensor(dt, nb, sb);
    Tensor *as[3] = {a, na > 1 ? swapped(a) : NULL, sparse_rows(a)};
    Tensor *bs[3] = {b, nb > 1 ? swapped(b) : NULL, sparse_rows(b)};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            if (as[i] && bs[j]) check_product(as[i], bs[j]);
    for (int i = 0; i < 3; i++) {
        tensor_release(as[i]);
        tensor_release(bs[i]);
    }
}

static void check_ranks(DType dt) {
    check_shapes(dt, SHAPE(5), SHAPE(5));
    check_shapes(dt, SHAPE(70), SHAPE(70));
    check_shapes(dt, SHAPE(3, 5), SHAPE(5));
    check_shapes(dt, SHAPE(40, 50), SHAPE(50));
    check_shapes(dt, SHAPE(5), SHAPE(5, 3));
    check_shapes(dt, SHAPE(50), SHAPE(50, 33));
    check_shapes(dt, SHAPE(6, 8), SHAPE(8, 6));
    check_shapes(dt, SHAPE(1, 7), SHAPE(7, 1));
    check_shapes(dt, SHAPE(17, 19), SHAPE(19, 37));
    check_shapes(dt, SHAPE(2, 3, 4), SHAPE(4, 5));
    check_shapes(dt, SHAPE(4, 3), SHAPE(2, 3, 5));
    check_shapes(dt, SHAPE(2, 3, 4), SHAPE(4));
    check_shapes(dt, SHAPE(4), SHAPE(2, 4, 3));
    check_shapes(dt, SHAPE(2, 3, 6, 8), SHAPE(2, 3, 8, 6));
    check_shapes(dt, SHAPE(2, 1, 6, 8), SHAPE(3, 8, 6));
    check_shapes(dt, SHAPE(1, 3, 2, 4), SHAPE(5, 1, 4, 3));
}

START_TEST(ranks_and_strides)
{
    static const DType types[] = {DT_F32, DT_F64, DT_I64, DT_I32, DT_F16, DT_BF16};
    state = 1;
    check_ranks(types[_i]);
}
END_TEST

/* From 64^3 on OpenBLAS computes: all the layouts that it is handed. */
START_TEST(large_products)
{
    blas_disable(_i == 1);
    state = 2;
    check_shapes(DT_F32, SHAPE(70, 80), SHAPE(80, 90));
    check_shapes(DT_F64, SHAPE(70, 80), SHAPE(80, 90));
    check_shapes(DT_F32, SHAPE(2, 65, 64), SHAPE(2, 64, 66));
    check_shapes(DT_F32, SHAPE(300, 1000), SHAPE(1000, 2));
    check_shapes(DT_F32, SHAPE(2, 300, 70), SHAPE(70, 70));
    blas_disable(false);
}
END_TEST

START_TEST(complex_products)
{
    state = 3;
    Tensor *a = random_tensor(DT_C64, SHAPE(3, 4)), *b = random_tensor(DT_C64, SHAPE(4, 2)),
           *c = NULL;
    ck_assert(tensor_matmul(a, b, &c, &err));
    const float *x = tensor_data(a), *y = tensor_data(b), *z = tensor_data(c);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 2; j++) {
            double re = 0, im = 0;
            for (int p = 0; p < 4; p++) {
                const float *u = x + 2 * (4 * i + p), *v = y + 2 * (2 * p + j);
                re += (double)u[0] * v[0] - (double)u[1] * v[1];
                im += (double)u[0] * v[1] + (double)u[1] * v[0];
            }
            ck_assert_double_eq_tol(z[2 * (2 * i + j)], re, 1e-5);
            ck_assert_double_eq_tol(z[2 * (2 * i + j) + 1], im, 1e-5);
        }
    tensor_release(a);
    tensor_release(b);
    tensor_release(c);
}
END_TEST

START_TEST(expanded_operands)
{
    state = 4;
    Tensor *a = random_tensor(DT_F32, SHAPE(1, 9)), *b = random_tensor(DT_F32, SHAPE(9, 1)),
           *wa = NULL, *wb = NULL;
    ck_assert(tensor_expand(a, SHAPE(80, 9), &wa, &err));
    ck_assert(tensor_expand(b, SHAPE(9, 400), &wb, &err));
    check_product(wa, wb);
    check_product(wa, b);
    check_product(a, wb);
    tensor_release(a);
    tensor_release(b);
    tensor_release(wa);
    tensor_release(wb);
}
END_TEST

START_TEST(empty_sizes)
{
    Tensor *a = random_tensor(DT_F32, SHAPE(2, 0)), *b = random_tensor(DT_F32, SHAPE(0, 3)),
           *c = NULL;
    ck_assert(tensor_matmul(a, b, &c, &err));
    ck_assert(c->shape[0] == 2 && c->shape[1] == 3);
    for (int i = 0; i < 6; i++) ck_assert(((float *)tensor_data(c))[i] == 0);
    tensor_release(c);
    tensor_release(a);
    a = random_tensor(DT_F32, SHAPE(3, 2));
    ck_assert(tensor_matmul(b, a, &c, &err));
    ck_assert(c->shape[0] == 0 && c->shape[1] == 2);
    tensor_release(a);
    tensor_release(b);
    tensor_release(c);
}
END_TEST

START_TEST(a_row_does_not_see_its_neighbours)
{
    state = 5;
    Tensor *a = random_tensor(DT_F32, SHAPE(6, 8)), *b = random_tensor(DT_F32, SHAPE(8, 6)),
           *c = NULL, *d = NULL;
    ck_assert(tensor_matmul(a, b, &c, &err));
    for (int i = 0; i < 8; i++) ((float *)tensor_data(a))[5 * 8 + i] = 1e10f;
    ck_assert(tensor_matmul(a, b, &d, &err));
    ck_assert_mem_eq(tensor_data(c), tensor_data(d), 5 * 6 * sizeof(float));
    tensor_release(a);
    tensor_release(b);
    tensor_release(c);
    tensor_release(d);
}
END_TEST

START_TEST(with_addend)
{
    Tensor *a = NULL, *b = NULL, *c = NULL, *out = NULL;
    float va[] = {1, 2, 3, 4}, vb[] = {1, 0, 0, 1}, vc[] = {10, NAN};
    ck_assert(tensor_from(DT_F32, SHAPE(2, 2), va, &a, &err));
    ck_assert(tensor_from(DT_F32, SHAPE(2, 2), vb, &b, &err));
    ck_assert(tensor_from(DT_F32, SHAPE(2), vc, &c, &err));
    ck_assert(tensor_addmm(c, a, b, 0, 2, &out, &err));
    float *p = tensor_data(out);
    ck_assert(p[0] == 2 && p[1] == 4 && p[2] == 6 && p[3] == 8);
    tensor_release(out);
    ck_assert(tensor_addmm(c, a, b, 0.5, 2, &out, &err));
    p = tensor_data(out);
    ck_assert(p[0] == 7 && isnan(p[1]) && p[2] == 11 && isnan(p[3]));
    tensor_release(out);
    Tensor *i = NULL, *ai = NULL, *bi = NULL;
    ck_assert(tensor_cast(a, DT_I64, &ai, &err) && tensor_cast(b, DT_I64, &bi, &err));
    ck_assert(tensor_full_i64(DT_I64, 0, NULL, 100, &i, &err));
    ck_assert(tensor_addmm(i, ai, bi, 2, 3, &out, &err));
    int64_t *q = tensor_data(out);
    ck_assert(q[0] == 203 && q[1] == 206 && q[2] == 209 && q[3] == 212);
    tensor_release(out);
    tensor_release(a);
    tensor_release(b);
    tensor_release(c);
    tensor_release(i);
    tensor_release(ai);
    tensor_release(bi);
}
END_TEST

START_TEST(outer_promotes)
{
    Tensor *x = NULL, *y = NULL, *out = NULL;
    ck_assert(tensor_arange_i64(DT_I64, 0, 3, 1, &x, &err));
    ck_assert(tensor_arange_f64(DT_F32, 0, 2, 1, &y, &err));
    ck_assert(tensor_outer(x, y, &out, &err));
    ck_assert(out->dtype == DT_F32 && out->shape[0] == 3 && out->shape[1] == 2);
    ck_assert(((float *)tensor_data(out))[5] == 2);
    tensor_release(x);
    tensor_release(y);
    tensor_release(out);
}
END_TEST

typedef bool (*Binary)(const Tensor *, const Tensor *, Tensor **, Err *);
/* PyTorch 1.13's words. */
static const struct {
    Binary fn;
    int na, nb;
    int64_t a[4], b[4];
    const char *words;
} misfits[] = {
    {tensor_matmul,
     1,
     1,
     {3},
     {4},
     "inconsistent tensor size, expected tensor [3] and src [4] to "
     "have the same number of elements, but got 3 and 4 elements respectively"},
    {tensor_matmul, 2, 1, {2, 3}, {4}, "size mismatch, got 2, 2x3,4"},
    {tensor_matmul, 3, 1, {3, 2, 4}, {5}, "size mismatch, got 6, 6x4,5"},
    {tensor_matmul, 1, 2, {3}, {4, 2}, "mat1 and mat2 shapes cannot be multiplied (1x3 and 4x2)"},
    {tensor_matmul,
     2,
     2,
     {2, 3},
     {2, 3},
     "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"},
    {tensor_matmul,
     3,
     2,
     {2, 3, 4},
     {5, 6},
     "mat1 and mat2 shapes cannot be multiplied (6x4 and 5x6)"},
    {tensor_matmul,
     3,
     3,
     {2, 3, 4},
     {2, 5, 6},
     "Expected size for first two dimensions of batch2 "
     "tensor to be: [2, 4] but got: [2, 5]."},
    {tensor_matmul,
     3,
     3,
     {2, 3, 4},
     {3, 4, 6},
     "The size of tensor a (2) must match the size of "
     "tensor b (3) at non-singleton dimension 0"},
    {tensor_matmul,
     4,
     3,
     {2, 2, 3, 4},
     {3, 4, 6},
     "The size of tensor a (2) must match the size of "
     "tensor b (3) at non-singleton dimension 1"},
    {tensor_matmul,
     0,
     1,
     {0},
     {3},
     "both arguments to matmul need to be at least 1D, but they are "
     "0D and 1D"},
    {tensor_mm, 3, 2, {2, 3, 4}, {2, 3}, "self must be a matrix"},
    {tensor_mm, 2, 1, {2, 3}, {3}, "mat2 must be a matrix"},
    {tensor_bmm,
     3,
     3,
     {2, 3, 4},
     {3, 4, 5},
     "Expected size for first two dimensions of batch2 "
     "tensor to be: [2, 4] but got: [3, 4]."},
    {tensor_bmm, 2, 1, {2, 3}, {3}, "batch1 must be a 3D tensor"},
    {tensor_dot, 2, 1, {2, 2}, {3}, "1D tensors expected, but got 2D and 1D tensors"},
    {tensor_outer, 2, 1, {2, 2}, {3}, "outer: Expected 1-D argument self, but got 2-D"},
};

START_TEST(words_of_misfits)
{
    Tensor *a = NULL, *b = NULL, *out = NULL;
    ck_assert(tensor_zeros(DT_F32, misfits[_i].na, misfits[_i].a, &a, &err));
    ck_assert(tensor_zeros(DT_F32, misfits[_i].nb, misfits[_i].b, &b, &err));
    ck_assert(!misfits[_i].fn(a, b, &out, &err));
    ck_assert(out == NULL);
    ck_assert_int_eq(err.kind, ERR_RUNTIME);
    ck_assert_str_eq(err.msg, misfits[_i].words);
    err_clear(&err);
    tensor_release(a);
    tensor_release(b);
}
END_TEST

START_TEST(dtypes_must_agree)
{
    Tensor *a = random_tensor(DT_F32, SHAPE(2, 3)), *b = random_tensor(DT_F64, SHAPE(3, 2)),
           *out = NULL;
    ck_assert(!tensor_matmul(a, b, &out, &err));
    ck_assert_str_eq(err.msg, "expected scalar type Float but found Double");
    ck_assert_str_eq(err.hint, "convert one of them: .to(torch.float32)");
    err_clear(&err);
    Tensor *m = NULL;
    ck_assert(tensor_zeros(DT_BOOL, SHAPE(2, 2), &m, &err));
    ck_assert(!tensor_matmul(m, m, &out, &err));
    ck_assert_str_eq(err.msg, "\"addmm_impl_cpu_\" not implemented for 'Bool'");
    err_clear(&err);
    tensor_release(a);
    tensor_release(b);
    tensor_release(m);
}
END_TEST

START_TEST(transposed_is_suggested)
{
    Tensor *a = random_tensor(DT_F32, SHAPE(2, 6, 8)), *out = NULL;
    ck_assert(!tensor_matmul(a, a, &out, &err));
    ck_assert(strstr(err.hint, "inner sizes are 8 and 6") &&
              strstr(err.hint, ".transpose(-2, -1)"));
    err_clear(&err);
    tensor_release(a);
}
END_TEST

START_TEST(interrupted)
{
    Tensor *a = NULL, *out = NULL;
    ck_assert(tensor_zeros(DT_F32, SHAPE(600, 600), &a, &err));
    interrupt_pending = 1;
    ck_assert(!tensor_matmul(a, a, &out, &err));
    ck_assert_int_eq(err.kind, ERR_INTERRUPT);
    ck_assert(!interrupt_pending && out == NULL);
    err_clear(&err);
    tensor_release(a);
}
END_TEST

START_TEST(shape_and_cost)
{
    Tensor *a = random_tensor(DT_F32, SHAPE(2, 3, 4)),
           *b = random_tensor(DT_F32, SHAPE(5, 1, 4, 6));
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    double flops;
    ck_assert(matmul_shape(a, b, &ndim, shape, &flops, &err));
    ck_assert(ndim == 4 && shape[0] == 5 && shape[1] == 2 && shape[2] == 3 && shape[3] == 6);
    ck_assert(flops == 2.0 * 5 * 2 * 3 * 6 * 4);
    tensor_release(a);
    tensor_release(b);
}
END_TEST

START_TEST(library_is_named)
{
    Str s = STR_INIT;
    blas_describe(&s);
    ck_assert(strstr(str_cstr(&s), "OpenBLAS") != NULL);
    blas_disable(true);
    str_reset(&s);
    blas_describe(&s);
    ck_assert_str_eq(str_cstr(&s), "no OpenBLAS (switched off); own loops");
    blas_disable(false);
    str_clear(&s);
}
END_TEST

int main(void) {
    Suite *s = suite_create("linalg");
    TCase *tc = tcase_create("products");
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, ranks_and_strides, 0, 6);
    tcase_add_loop_test(tc, large_products, 0, 2);
    tcase_add_test(tc, complex_products);
    tcase_add_test(tc, expanded_operands);
    tcase_add_test(tc, empty_sizes);
    tcase_add_test(tc, a_row_does_not_see_its_neighbours);
    tcase_add_test(tc, with_addend);
    tcase_add_test(tc, outer_promotes);
    tcase_add_loop_test(tc, words_of_misfits, 0, (int)ARRAY_LEN(misfits));
    tcase_add_test(tc, dtypes_must_agree);
    tcase_add_test(tc, transposed_is_suggested);
    tcase_add_test(tc, interrupted);
    tcase_add_test(tc, shape_and_cost);
    tcase_add_test(tc, library_is_named);
    suite_add_tcase(s, tc);
    return check_tap(s);
}
