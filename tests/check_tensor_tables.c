/* tensor: every pointwise operation on every dtype, every conversion, against PyTorch; the
 * operands below are those of tests/refs/tensor_tables.py. */
#include "config.h"

#include "check_tensor.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/pointwise.h"
#include "tensor/view.h"

typedef struct UnaryCase {
    UnaryOp op;
    DType in, out;
    const char *values;
} UnaryCase;

typedef struct BinaryCase {
    BinaryOp op;
    DType in, out;
    const char *values;
} BinaryCase;

typedef struct CastCase {
    DType from, to;
    const char *values;
} CastCase;

#include "check_tensor_tables.h"

#define N 6
static const double a_re[N] = {-2.75, -0.5, 0, 1, 3, 100}, a_im[N] = {0.5, -1, 0, 2, 0, -0.25};
static const double b_re[N] = {2, -3, 1, 1, 2, 7}, b_im[N] = {1, 0, -2, 0.5, 0, 3};

static Tensor *operand(DType dt, const double *re, const double *im, bool magnitude) {
    double v[2 * N];
    Tensor *parts, *t = NULL;
    if (dt == DT_C64) {
        for (int i = 0; i < N; i++)
            v[2 * i] = magnitude ? fabs(re[i]) : re[i], v[2 * i + 1] = im[i];
        parts = tensor_of(DT_F32, S(N, 2), 2 * N, v);
        OK(tensor_view_as_complex(parts, &t, &err));
        drop(&parts);
        return t;
    }
    for (int i = 0; i < N; i++) v[i] = magnitude || dt == DT_U8 ? fabs(re[i]) : re[i];
    return tensor_of(dt, S(N), N, v);
}

/* Roundoff of one operation in the result's type; complex ones combine a few. */
static double tolerance(DType dt) {
    switch (dt) {
    case DT_F16:
        return 1e-3;
    case DT_BF16:
        return 8e-3;
    case DT_F32:
        return 4e-7;
    case DT_C64:
        return 2e-6;
    default:
        return 1e-14;
    }
}

static void compare(const char *what, Tensor *got, DType dt, const char *values) {
    Tensor *parts = NULL;
    ck_assert_msg(got->dtype == dt, "%s: dtype %s, wanted %s", what, dtype_name((DType)got->dtype),
                  dtype_name(dt));
    if (dt == DT_C64)
        OK(tensor_view_as_real(got, &parts, &err));
    else
        OK(tensor_alias(got, &parts, &err));
    tensor_is(what, 0, parts, (DType)parts->dtype, dt == DT_C64 ? "(6, 2)" : "(6,)", values,
              tolerance(dt));
    drop(&parts);
    drop(&got);
}

START_TEST(unary_operations)
{
    for (size_t k = 0; k < ARRAY_LEN(unary_table); k++) {
        const UnaryCase *c = &unary_table[k];
        char what[64];
        Tensor *a = operand(c->in, a_re, a_im, false), *out = NULL;
        DType dt;
        snprintf(what, sizeof what, "%s of %s", unary_name(c->op), dtype_name(c->in));
        OK(tensor_unary(c->op, a, &out, &err));
        OK(unary_dtype(c->op, c->in, &dt, &err));
        ck_assert_int_eq(dt, c->out);
        compare(what, out, c->out, c->values);
        drop(&a);
    }
}
END_TEST

START_TEST(binary_operations)
{
    for (size_t k = 0; k < ARRAY_LEN(binary_table); k++) {
        const BinaryCase *c = &binary_table[k];
        char what[64];
        bool magnitude = c->op == BIN_POW || c->op == BIN_LSHIFT || c->op == BIN_RSHIFT;
        Tensor *a = operand(c->in, a_re, a_im, false), *out = NULL;
        Tensor *b = operand(c->in, b_re, b_im, magnitude);
        DType dt;
        snprintf(what, sizeof what, "%s of %s", binary_name(c->op), dtype_name(c->in));
        OK(tensor_binary(c->op, a, b, &out, &err));
        OK(binary_dtype(c->op, a, b, &dt, &err));
        ck_assert_int_eq(dt, c->out);
        compare(what, out, c->out, c->values);
        drop(&a), drop(&b);
    }
}
END_TEST

/* Dense, and with a stride on each side. */
START_TEST(conversions)
{
    for (size_t k = 0; k < ARRAY_LEN(cast_table); k++) {
        const CastCase *c = &cast_table[k];
        char what[64];
        Tensor *a = operand(c->from, a_re, a_im, false), *out = NULL, *wide = NULL, *line = NULL;
        snprintf(what, sizeof what, "%s to %s", dtype_name(c->from), dtype_name(c->to));
        OK(tensor_cast(a, c->to, &out, &err));
        compare(what, out, c->to, c->values);
        out = NULL;
        OK(tensor_zeros(c->to, S(N, 3), &wide, &err));
        OK(tensor_select(wide, 1, 1, &line, &err));
        OK(tensor_copy_(line, a, &err));
        compare(what, line, c->to, c->values);
        drop(&wide);
        OK(tensor_zeros(c->from, S(N, 3), &wide, &err));
        OK(tensor_select(wide, 1, 2, &line, &err));
        OK(tensor_copy_(line, a, &err));
        OK(tensor_clone_contiguous(line, c->to, &out, &err));
        compare(what, out, c->to, c->values);
        drop(&wide), drop(&line), drop(&a);
    }
}
END_TEST

TCase *table_tests(void) {
    TCase *t = tcase_create("tables");
    tcase_add_test(t, unary_operations);
    tcase_add_test(t, binary_operations);
    tcase_add_test(t, conversions);
    return t;
}
