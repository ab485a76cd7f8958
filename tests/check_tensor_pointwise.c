/* tensor: elementwise operations, against PyTorch 1.13.0. */
#include "config.h"

#include "check_tensor.h"

#include <math.h>

#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/pointwise.h"
#include "tensor/view.h"

static Tensor *out;

static void teardown(void) {
    ck_assert_ptr_null(out);
    ck_assert_uint_eq(tensor_memory_used(), 0);
}

/* ---- unary ----------------------------------------------------------------- */

/* Every float operation on these, computed by torch in float64; float32 must agree to 2 ulp. */
#define POINTS -2.5, -0.3, 0, 0.7, 1, 3

static const struct {
    UnaryOp op;
    const char *values;
} unary_cases[] = {
    {UN_NEG, "2.5 0.29999999999999999 -0 -0.69999999999999996 -1 -3"},
    {UN_ABS, "2.5 0.29999999999999999 0 0.69999999999999996 1 3"},
    {UN_SIGN, "-1 -1 0 1 1 1"},
    {UN_SQUARE, "6.25 0.089999999999999997 0 0.48999999999999994 1 9"},
    {UN_RELU, "0 0 0 0.69999999999999996 1 3"},
    {UN_FLOOR, "-3 -1 0 0 1 3"},
    {UN_CEIL, "-2 -0 0 1 1 3"},
    {UN_ROUND, "-2 -0 0 1 1 3"},
    {UN_TRUNC, "-2 -0 0 0 1 3"},
    {UN_FRAC, "-0.5 -0.29999999999999999 0 0.69999999999999996 0 0"},
    {UN_EXP, "0.0820849986238988 0.74081822068171788 1 "
             "2.0137527074704766 2.7182818284590451 20.085536923187668"},
    {UN_EXP2, "0.17677669529663689 0.81225239635623558 1 1.6245047927124709 2 8"},
    {UN_EXPM1, "-0.91791500137610116 -0.25918177931828212 0 "
               "1.0137527074704764 1.7182818284590453 19.085536923187668"},
    {UN_LOG, "nan nan -inf -0.35667494393873245 0 1.0986122886681098"},
    {UN_LOG2, "nan nan -inf -0.51457317282975834 0 1.5849625007211561"},
    {UN_LOG10, "nan nan -inf -0.15490195998574319 0 0.47712125471966244"},
    {UN_LOG1P, "nan -0.35667494393873234 0 "
               "0.53062825106217038 0.69314718055994529 1.3862943611198906"},
    {UN_SQRT, "nan nan 0 0.83666002653407556 1 1.7320508075688772"},
    {UN_RSQRT, "nan nan inf 1.1952286093343936 1 0.57735026918962584"},
    {UN_RECIPROCAL, "-0.40000000000000002 -3.3333333333333335 inf "
                    "1.4285714285714286 1 0.33333333333333331"},
    {UN_SIN, "-0.59847214410395644 -0.29552020666133955 0 "
             "0.64421768723769102 0.8414709848078965 0.14112000805986721"},
    {UN_COS, "-0.8011436155469337 0.95533648912560598 1 "
             "0.7648421872844885 0.54030230586813977 -0.98999249660044542"},
    {UN_TAN, "0.74702229723866032 -0.30933624960962325 0 "
             "0.84228838046307941 1.5574077246549023 -0.1425465430742778"},
    {UN_ASIN, "nan -0.30469265401539747 0 0.77539749661075297 1.5707963267948966 nan"},
    {UN_ACOS, "nan 1.8754889808102941 1.5707963267948966 0.79539883018414359 0 nan"},
    {UN_ATAN, "-1.1902899496825317 -0.2914567944778671 0 "
              "0.61072596438920856 0.78539816339744828 1.2490457723982544"},
    {UN_SINH, "-6.0502044810397875 -0.3045202934471426 0 "
              "0.75858370183953339 1.1752011936438014 10.017874927409903"},
    {UN_COSH, "6.1322894796636858 1.0453385141288605 1 "
              "1.255169005630943 1.5430806348152437 10.067661995777765"},
    {UN_TANH, "-0.98661429815143031 -0.2913126124515909 0 "
              "0.6043677771171635 0.76159415595576485 0.99505475368673046"},
    {UN_ASINH, "-1.6472311463710958 -0.29567304756342244 0 "
               "0.65266656608235574 0.88137358701954305 1.8184464592320668"},
    {UN_ACOSH, "nan nan nan nan 0 1.7627471740390861"},
    {UN_ATANH, "nan -0.30951960420311175 0 0.86730052769405308 inf nan"},
    {UN_ERF, "-0.99959304798255499 -0.32862675945912739 0 "
             "0.67780119383741844 0.84270079294971489 0.99997790950300136"},
    {UN_ERFC, "1.999593047982555 1.3286267594591274 1 "
              "0.32219880616258156 0.15729920705028513 2.2090496998585441e-05"},
    {UN_LGAMMA, "-0.056243716497674047 1.4648400508576025 inf "
                "0.26086724653166654 0 0.69314718055994529"},
    {UN_SIGMOID, "0.075858180021243546 0.42555748318834102 0.5 "
                 "0.66818777216816616 0.7310585786300049 0.95257412682243336"},
    {UN_LOG_SIGMOID, "-2.5788897342925496 -0.85435524446852718 -0.69314718055994529 "
                     "-0.40318604888545789 -0.31326168751822286 -0.048587351573742062"},
    {UN_SILU, "-0.18964545005310887 -0.12766724495650231 0 "
              "0.46773144051771626 0.7310585786300049 2.8577223804672998"},
    {UN_GELU, "-0.015524163314440398 -0.11462657334331421 0 "
              "0.53062544344384888 0.84134474606854304 2.9959503059051098"},
    {UN_GELU_TANH, "-0.015084266089998577 -0.11462907645724074 0 "
                   "0.53057013470511671 0.84119199060827676 2.9963626079182268"},
    {UN_SOFTPLUS, "0.078889734292549626 0.55435524446852713 0.69314718055994529 "
                  "1.1031860488854579 1.3132616875182228 3.0485873515737421"},
    {UN_LEAKY_RELU, "-0.025000000000000001 -0.0030000000000000001 0 0.69999999999999996 1 3"},
    {UN_ELU, "-0.91791500137610116 -0.25918177931828212 0 0.69999999999999996 1 3"},
    {UN_MISH, "-0.19681620390653337 -0.15113317713833455 0 "
              "0.56114837764385184 0.86509838826731034 2.9865350049679575"},
    {UN_HARDTANH, "-1 -0.29999999999999999 0 0.69999999999999996 1 1"},
    {UN_RELU6, "0 0 0 0.69999999999999996 1 3"},
    {UN_HARDSIGMOID, "0.083333333333333329 0.45000000000000001 0.5 "
                     "0.6166666666666667 0.66666666666666663 1"},
    {UN_HARDSWISH, "-0.20833333333333334 -0.13500000000000001 0 "
                   "0.43166666666666664 0.66666666666666663 3"},
};

START_TEST(unary_values)
{
    static const DType dts[] = {DT_F64, DT_F32};
    static const double tolerance[] = {1e-14, 2.4e-7};
    for (int k = 0; k < 2; k++) {
        Tensor *a = T(dts[k], S(6), POINTS);
        OK(tensor_unary(unary_cases[_i].op, a, &out, &err));
        is_near(out, dts[k], "(6,)", unary_cases[_i].values, tolerance[k]);
        drop(&out);
        drop(&a);
    }
}
END_TEST

/* The vectorised float32 functions against libm, over many magnitudes, in units of the last
 * place; 0.51 means: correctly rounded but for near ties. exp and log have PyTorch's bits instead,
 * within one place. */
START_TEST(float32_functions_are_accurate)
{
    /* 1: what has the bits of the library that PyTorch calls, which promises as much; its tanh is 1
     * from 8.6643 on, where the nearest float is still the one below. */
    static const struct {
        UnaryOp op;
        double (*ref)(double), ulps;
    } f[] = {{UN_EXP, exp, 1},   {UN_LOG, log, 1},    {UN_EXPM1, expm1, 0.51},
             {UN_TANH, tanh, 1}, {UN_ERF, erf, 0.51}, {UN_EXP2, exp2, 0.51}};
    enum { N = 20000 };
    Tensor *a = NULL;
    OK(tensor_empty(DT_F32, S(N), &a, &err));
    float *p = tensor_data(a);
    for (int i = 0; i < N; i++) {
        double m = pow(10, -6 + 7.9 * (i / 2) / (N / 2));
        p[i] = (float)(i % 2 ? m : -m);
    }
    for (size_t k = 0; k < ARRAY_LEN(f); k++) {
        OK(tensor_unary(f[k].op, a, &out, &err));
        const float *y = tensor_data(out);
        for (int i = 0; i < N; i++) {
            double want = f[k].ref((double)p[i]);
            if (isnan(want) || fabs(want) > 3e38 || fabs(want) < 1e-37) continue;
            double ulp =
                (double)nextafterf(fabsf((float)want), INFINITY) - fabs((double)(float)want);
            ck_assert_msg(fabs((double)y[i] - want) <= f[k].ulps * ulp,
                          "%s(%.9g) = %.9g, wanted %.12g", unary_name(f[k].op), (double)p[i],
                          (double)y[i], want);
        }
        drop(&out);
    }
    drop(&a);
}
END_TEST

START_TEST(unary_special_values)
{
    Tensor *a = T(DT_F32, S(4), NAN, INFINITY, -INFINITY, -0.0);
    OK(tensor_unary(UN_EXP, a, &out, &err));
    gives(out, DT_F32, "(4,)", "nan inf 0 1");
    OK(tensor_unary(UN_LOG, a, &out, &err));
    gives(out, DT_F32, "(4,)", "nan inf nan -inf");
    OK(tensor_unary(UN_TANH, a, &out, &err));
    gives(out, DT_F32, "(4,)", "nan 1 -1 0");
    OK(tensor_unary(UN_ERF, a, &out, &err));
    gives(out, DT_F32, "(4,)", "nan 1 -1 0");
    OK(tensor_unary(UN_SIGMOID, a, &out, &err));
    gives(out, DT_F32, "(4,)", "nan 1 0 0.5");
    OK(tensor_unary(UN_RELU, a, &out, &err));
    gives(out, DT_F32, "(4,)", "nan inf 0 0");
    OK(tensor_unary(UN_SIGN, a, &out, &err));
    gives(out, DT_F32, "(4,)", "0 1 -1 0");
    OK(tensor_unary(UN_ISINF, a, &out, &err));
    gives(out, DT_BOOL, "(4,)", "0 1 1 0");
    OK(tensor_unary(UN_ISNAN, a, &out, &err));
    gives(out, DT_BOOL, "(4,)", "1 0 0 0");
    OK(tensor_unary(UN_ISFINITE, a, &out, &err));
    gives(out, DT_BOOL, "(4,)", "0 0 0 1");
    drop(&a);
    a = T(DT_F64, S(5), 0.5, 1.5, 2.5, -0.5, 1.2345);
    OK(tensor_unary(UN_ROUND, a, &out, &err));
    gives(out, DT_F64, "(5,)", "0 2 2 0 1");
    OK(tensor_unary_with(UN_ROUND, a, 2, 0, &out, &err));
    gives(out, DT_F64, "(5,)", "0.5 1.5 2.5 -0.5 1.23");
    drop(&a);
}
END_TEST

START_TEST(unary_dtypes_and_refusals)
{
    Tensor *i = T(DT_I64, S(3), -1, 0, 2), *b = T(DT_BOOL, S(2), 1, 0), *f = T(DT_F32, S(1), 1);
    Tensor *h = T(DT_F16, S(2), 1, 2);
    OK(tensor_unary(UN_EXP, i, &out, &err));
    gives(out, DT_F32, "(3,)", "0.3678794 1 7.389056");
    OK(tensor_unary(UN_NEG, i, &out, &err));
    gives(out, DT_I64, "(3,)", "1 0 -2");
    OK(tensor_unary(UN_BITWISE_NOT, i, &out, &err));
    gives(out, DT_I64, "(3,)", "0 -1 -3");
    OK(tensor_unary(UN_BITWISE_NOT, b, &out, &err));
    gives(out, DT_BOOL, "(2,)", "0 1");
    OK(tensor_unary(UN_SQUARE, b, &out, &err));
    gives(out, DT_I64, "(2,)", "1 0");
    OK(tensor_unary(UN_EXP, h, &out, &err));
    gives(out, DT_F16, "(2,)", "2.71875 7.390625");
    FAILS(tensor_unary(UN_NEG, b, &out, &err), ERR_RUNTIME,
          "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
          "invert a mask, use the `~` or `logical_not()` operator instead.");
    FAILS(tensor_unary(UN_BITWISE_NOT, f, &out, &err), ERR_TYPE,
          "~ (operator.invert) is only implemented on integer and Boolean-type tensors");
    FAILS(tensor_unary(UN_SILU, i, &out, &err), ERR_RUNTIME,
          "\"silu_cpu\" not implemented for 'Long'");
    FAILS(tensor_unary(UN_FLOOR, b, &out, &err), ERR_RUNTIME,
          "\"floor_vml_cpu\" not implemented for 'Bool'");
    FAILS(tensor_unary_(UN_SQRT, i, &err), ERR_RUNTIME,
          "result type Float can't be cast to the desired output type Long");
    OK(tensor_unary_(UN_NEG, i, &err));
    is(i, DT_I64, "(3,)", "1 0 -2");
    drop(&i), drop(&b), drop(&f), drop(&h);
}
END_TEST

/* ---- binary ---------------------------------------------------------------- */

static void binary(BinaryOp op, Tensor *a, Tensor *b) {
    OK(tensor_binary(op, a, b, &out, &err));
}

START_TEST(broadcasting_over_strides)
{
    Tensor *a = counting(DT_F32, S(2, 3)), *b = T(DT_F32, S(2, 1), 10, 20), *t = NULL;
    binary(BIN_ADD, a, b);
    gives(out, DT_F32, "(2, 3)", "10 11 12 23 24 25");
    OK(tensor_t(a, &t, &err));
    binary(BIN_MUL, t, t);
    ck_assert_int_eq(out->stride[0], 1); /* the memory order of the inputs, as PyTorch */
    ck_assert_int_eq(out->stride[1], 3);
    gives(out, DT_F32, "(3, 2)", "0 9 1 16 4 25");
    drop(&b);
    b = T(DT_F32, S(2), 1, 2);
    binary(BIN_SUB, t, b);
    gives(out, DT_F32, "(3, 2)", "-1 1 0 2 1 3");
    FAILS(tensor_binary(BIN_ADD, a, b, &out, &err), ERR_RUNTIME,
          "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension "
          "1");
    drop(&a), drop(&b), drop(&t);
}
END_TEST

/* More elements than a chunk and than a run, every dtype pair class. */
START_TEST(long_operands_are_chunked_right)
{
    enum { N = 40001 };
    Tensor *a = counting(DT_F32, S(N)), *b = counting(DT_I32, S(N)), *c = NULL;
    binary(BIN_ADD, a, b);
    for (int64_t i = 0; i < N; i += 7) ck_assert(tensor_get_f64(out, &i) == 2.0 * (double)i);
    drop(&out);
    OK(tensor_binary_f64(BIN_SUB, a, 1, true, &out, &err));
    for (int64_t i = 0; i < N; i++) ck_assert(tensor_get_f64(out, &i) == 1 - (double)i);
    OK(tensor_binary(BIN_LT, out, a, &c, &err));
    for (int64_t i = 0; i < N; i++) ck_assert(tensor_get_i64(c, &i) == (1 - i < i));
    drop(&out);
    drop(&a), drop(&b), drop(&c);
}
END_TEST

START_TEST(integer_division_follows_python)
{
    Tensor *a = T(DT_I64, S(4), 7, -7, 7, -7), *b = T(DT_I64, S(4), 2, 2, -2, -2);
    Tensor *zero = scalar_of(DT_I64, 0);
    binary(BIN_FLOOR_DIVIDE, a, b);
    gives(out, DT_I64, "(4,)", "3 -4 -4 3");
    binary(BIN_REMAINDER, a, b);
    gives(out, DT_I64, "(4,)", "1 1 -1 -1");
    binary(BIN_FMOD, a, b);
    gives(out, DT_I64, "(4,)", "1 -1 1 -1");
    binary(BIN_DIV_TRUNC, a, b);
    gives(out, DT_I64, "(4,)", "3 -3 -3 3");
    binary(BIN_DIV, a, b);
    gives(out, DT_F32, "(4,)", "3.5 -3.5 -3.5 3.5");
    FAILS(tensor_binary(BIN_FLOOR_DIVIDE, a, zero, &out, &err), ERR_RUNTIME, "ZeroDivisionError");
    FAILS(tensor_binary(BIN_REMAINDER, a, zero, &out, &err), ERR_RUNTIME, "ZeroDivisionError");
    drop(&a), drop(&b), drop(&zero);
    a = T(DT_F64, S(5), 7, -7, 1, -1, 0.3), b = T(DT_F64, S(5), 2, 2, 0, 0, 0.1);
    binary(BIN_FLOOR_DIVIDE, a, b);
    gives(out, DT_F64, "(5,)", "3 -4 inf -inf 2");
    binary(BIN_REMAINDER, a, b);
    gives(out, DT_F64, "(5,)", "1 1 nan nan 0.1");
    drop(&a), drop(&b);
    a = T(DT_I64, S(1), 0), b = T(DT_I64, S(1), -1);
    tensor_set_i64(a, NULL, INT64_MIN);
    binary(BIN_FLOOR_DIVIDE, a, b); /* would trap */
    ck_assert(tensor_get_i64(out, NULL) == INT64_MIN);
    drop(&out);
    drop(&a), drop(&b);
}
END_TEST

START_TEST(numbers_do_not_promote)
{
    Tensor *f = T(DT_F32, S(2), 1, 2), *u = T(DT_U8, S(2), 1, 44), *h = T(DT_F16, S(1), 1);
    OK(tensor_binary_f64(BIN_MUL, f, 0.1, false, &out, &err));
    ck_assert(tensor_get_f64(out, NULL) == (double)0.1F);
    gives(out, DT_F32, "(2,)", "0.1 0.2");
    OK(tensor_binary_i64(BIN_EQ, u, 300, false, &out, &err));
    gives(out, DT_BOOL, "(2,)", "0 1"); /* 300 becomes uint8 44 first */
    OK(tensor_binary_f64(BIN_DIV, u, 2, false, &out, &err));
    gives(out, DT_F32, "(2,)", "0.5 22");
    OK(tensor_binary_f64(BIN_ADD, h, 0.1, false, &out, &err));
    ck_assert(tensor_get_f64(out, NULL) == 1.099609375);
    drop(&out);
    OK(tensor_binary_i64(BIN_POW, f, 2, true, &out, &err));
    gives(out, DT_F32, "(2,)", "2 4");
    drop(&f), drop(&u), drop(&h);
}
END_TEST

START_TEST(powers)
{
    Tensor *i = T(DT_I64, S(3), -2, 3, 0), *f = T(DT_F32, S(2), 4, 9),
           *e = T(DT_I64, S(3), 3, 2, 0);
    Tensor *minus = T(DT_I64, S(3), -1, -2, 1);
    binary(BIN_POW, i, e);
    gives(out, DT_I64, "(3,)", "-8 9 1");
    binary(BIN_POW, i, minus);
    gives(out, DT_I64, "(3,)", "0 0 0");
    OK(tensor_binary_f64(BIN_POW, f, 0.5, false, &out, &err));
    gives(out, DT_F32, "(2,)", "2 3");
    OK(tensor_binary_f64(BIN_POW, i, 2.0, false, &out, &err));
    gives(out, DT_F32, "(3,)", "4 9 0");
    FAILS(tensor_binary_i64(BIN_POW, i, -1, false, &out, &err), ERR_RUNTIME,
          "Integers to negative integer powers are not allowed.");
    drop(&i), drop(&f), drop(&e), drop(&minus);
}
END_TEST

START_TEST(masks_and_bits)
{
    Tensor *a = T(DT_BOOL, S(4), 0, 0, 1, 1), *b = T(DT_BOOL, S(4), 0, 1, 0, 1);
    binary(BIN_BITWISE_AND, a, b);
    gives(out, DT_BOOL, "(4,)", "0 0 0 1");
    binary(BIN_BITWISE_OR, a, b);
    gives(out, DT_BOOL, "(4,)", "0 1 1 1");
    binary(BIN_BITWISE_XOR, a, b);
    gives(out, DT_BOOL, "(4,)", "0 1 1 0");
    binary(BIN_ADD, a, b);
    gives(out, DT_BOOL, "(4,)", "0 1 1 1");
    FAILS(tensor_binary(BIN_SUB, a, b, &out, &err), ERR_RUNTIME,
          "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
          "`logical_xor()` operator instead.");
    drop(&a), drop(&b);
    a = T(DT_F32, S(3), NAN, 1, 0), b = T(DT_F32, S(3), 1, NAN, 2);
    binary(BIN_MAXIMUM, a, b);
    gives(out, DT_F32, "(3,)", "nan nan 2");
    binary(BIN_FMIN, a, b);
    gives(out, DT_F32, "(3,)", "1 1 0");
    binary(BIN_LOGICAL_AND, a, b);
    gives(out, DT_BOOL, "(3,)", "1 1 0");
    FAILS(tensor_binary(BIN_BITWISE_AND, a, b, &out, &err), ERR_RUNTIME,
          "\"bitwise_and_cpu\" not implemented for 'Float'");
    drop(&a), drop(&b);
    a = T(DT_I32, S(2), 1, -8), b = T(DT_I32, S(2), 31, 1);
    binary(BIN_LSHIFT, a, b);
    gives(out, DT_I32, "(2,)", "-2147483648 -16");
    binary(BIN_RSHIFT, a, b);
    gives(out, DT_I32, "(2,)", "0 -4");
    drop(&a), drop(&b);
}
END_TEST

START_TEST(in_place)
{
    Tensor *a = counting(DT_F32, S(2, 3)), *b = T(DT_F32, S(3), 1, 2, 3), *v = NULL;
    Tensor *i = T(DT_I64, S(2), 1, 2), *c = T(DT_F32, S(2, 1), 1, 2), *w = NULL;
    uint32_t version = a->st->version;
    OK(tensor_binary_(BIN_ADD, a, b, &err));
    is(a, DT_F32, "(2, 3)", "1 3 5 4 6 8");
    ck_assert_uint_eq(a->st->version, version + 1);
    OK(tensor_binary_(BIN_MUL, a, a, &err));
    is(a, DT_F32, "(2, 3)", "1 9 25 16 36 64");
    OK(tensor_select(a, 1, 1, &v, &err));
    OK(tensor_binary_f64_(BIN_SUB, v, 9, &err));
    is(a, DT_F32, "(2, 3)", "1 0 25 16 27 64");
    OK(tensor_binary_(BIN_EQ, b, b, &err));
    is(b, DT_F32, "(3,)", "1 1 1");
    FAILS(tensor_binary_f64_(BIN_ADD, i, 1.5, &err), ERR_RUNTIME,
          "result type Float can't be cast to the desired output type Long");
    FAILS(tensor_binary_(BIN_ADD, c, a, &err), ERR_RUNTIME,
          "output with shape [2, 1] doesn't match the broadcast shape [2, 3]");
    drop(&v);
    OK(tensor_expand(c, S(2, 3), &v, &err));
    FAILS(
        tensor_binary_f64_(BIN_ADD, v, 1, &err), ERR_RUNTIME,
        "unsupported operation: more than one element of the written-to tensor refers to a single "
        "memory location. Please clone() the tensor before performing the operation.");
    drop(&v);
    drop(&a);
    a = counting(DT_F32, S(6));
    OK(tensor_narrow(a, 0, 1, 5, &v, &err));
    OK(tensor_narrow(a, 0, 0, 5, &w, &err));
    FAILS(
        tensor_binary_(BIN_ADD, v, w, &err), ERR_RUNTIME,
        "unsupported operation: some elements of the input tensor and the written-to tensor refer "
        "to a single memory location. Please clone() the tensor before performing the "
        "operation.");
    drop(&a), drop(&b), drop(&c), drop(&i), drop(&v), drop(&w);
}
END_TEST

/* ---- three operands, complex, closeness ------------------------------------- */

START_TEST(where_clamp_lerp)
{
    Tensor *m = T(DT_BOOL, S(2, 1), 1, 0), *a = T(DT_I64, S(3), 1, 2, 3), *half = NULL;
    Tensor *f = T(DT_F32, S(3), 10, NAN, -4), *lo = scalar_of(DT_F32, 3),
           *hi = scalar_of(DT_F32, 2);
    OK(tensor_number_f64(0.5, &half, &err));
    OK(tensor_where(m, a, half, &out, &err));
    gives(out, DT_F32, "(2, 3)", "1 2 3 0.5 0.5 0.5");
    OK(tensor_where(m, f, a, &out, &err));
    gives(out, DT_F32, "(2, 3)", "10 nan -4 1 2 3");
    FAILS(tensor_where(a, a, a, &out, &err), ERR_RUNTIME,
          "where expected condition to be a boolean tensor, but got a tensor with dtype Long");
    OK(tensor_clamp(f, half, lo, &out, &err));
    gives(out, DT_F32, "(3,)", "3 nan 0.5");
    OK(tensor_clamp(f, lo, hi, &out, &err)); /* crossed bounds: the upper one */
    gives(out, DT_F32, "(3,)", "2 nan 2");
    OK(tensor_clamp(a, half, NULL, &out, &err));
    gives(out, DT_F32, "(3,)", "1 2 3");
    FAILS(tensor_clamp(f, NULL, NULL, &out, &err), ERR_RUNTIME,
          "torch.clamp: At least one of 'min' or 'max' must not be None");
    FAILS(tensor_clamp_(a, half, hi, &err), ERR_RUNTIME,
          "result type Float can't be cast to the desired output type Long");
    OK(tensor_lerp(f, lo, half, &out, &err));
    gives(out, DT_F32, "(3,)", "6.5 nan -0.5");
    OK(tensor_addcmul(a, a, a, 2, &out, &err));
    gives(out, DT_I64, "(3,)", "3 10 21");
    OK(tensor_addcdiv_(f, lo, hi, 2, &err));
    is(f, DT_F32, "(3,)", "13 nan -1");
    OK(tensor_add_scaled_(a, a, 2, &err));
    is(a, DT_I64, "(3,)", "3 6 9");
    drop(&m), drop(&a), drop(&half), drop(&f), drop(&lo), drop(&hi);
}
END_TEST

START_TEST(nan_to_num)
{
    Tensor *f = T(DT_F16, S(4), NAN, INFINITY, -INFINITY, 1);
    double zero = 0;
    OK(tensor_nan_to_num(f, 7, NULL, &zero, &out, &err));
    gives(out, DT_F16, "(4,)", "7 65504 0 1");
    drop(&f);
}
END_TEST

START_TEST(complex_products_rotate)
{
    Tensor *one = T(DT_F32, S(1), 2), *angle = T(DT_F32, S(1), 1.5707963), *c = NULL, *sq = NULL;
    OK(tensor_polar(one, angle, &c, &err)); /* 2i */
    OK(tensor_binary(BIN_MUL, c, c, &sq, &err));
    OK(tensor_real(sq, &out, &err));
    gives(out, DT_F32, "(1,)", "-4");
    OK(tensor_imag(c, &out, &err));
    gives(out, DT_F32, "(1,)", "2");
    OK(tensor_angle(c, &out, &err));
    gives(out, DT_F32, "(1,)", "1.5707963");
    OK(tensor_unary(UN_ABS, c, &out, &err));
    gives(out, DT_F32, "(1,)", "2");
    drop(&sq);
    OK(tensor_unary(UN_CONJ, c, &sq, &err));
    OK(tensor_binary_(BIN_DIV, sq, c, &err)); /* -2i / 2i */
    OK(tensor_real(sq, &out, &err));
    gives(out, DT_F32, "(1,)", "-1");
    FAILS(tensor_binary(BIN_LT, c, one, &out, &err), ERR_RUNTIME,
          "\"lt_cpu\" not implemented for 'ComplexFloat'");
    drop(&one), drop(&angle), drop(&c), drop(&sq);
}
END_TEST

START_TEST(equality_and_closeness)
{
    Tensor *a = T(DT_F32, S(4), 1, INFINITY, NAN, 0),
           *b = T(DT_F32, S(4), 1.000001, INFINITY, NAN, 1e-7);
    bool same = true;
    OK(tensor_equal(a, a, &same, &err));
    ck_assert(!same); /* nan */
    OK(tensor_isclose(a, b, 1e-5, 1e-8, false, &out, &err));
    gives(out, DT_BOOL, "(4,)", "1 1 0 0");
    OK(tensor_isclose(a, b, 1e-5, 1e-6, true, &out, &err));
    gives(out, DT_BOOL, "(4,)", "1 1 1 1");
    drop(&b);
    b = counting(DT_I64, S(4));
    OK(tensor_equal(b, b, &same, &err));
    ck_assert(same);
    FAILS(tensor_isclose(a, b, 1e-5, 1e-8, false, &out, &err), ERR_RUNTIME,
          "Float did not match Long");
    drop(&a), drop(&b);
}
END_TEST

START_TEST(interrupts_stop_a_kernel)
{
    Tensor *a = NULL;
    OK(tensor_zeros(DT_F32, S(4000000), &a, &err));
    interrupt_pending = 1;
    FAILS(tensor_unary(UN_LGAMMA, a, &out, &err), ERR_INTERRUPT, "interrupted");
    ck_assert_int_eq(interrupt_pending, 0);
    drop(&a);
}
END_TEST

TCase *pointwise_tests(void) {
    TCase *t = tcase_create("pointwise");
    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_loop_test(t, unary_values, 0, (int)ARRAY_LEN(unary_cases));
    tcase_add_test(t, float32_functions_are_accurate);
    tcase_add_test(t, unary_special_values);
    tcase_add_test(t, unary_dtypes_and_refusals);
    tcase_add_test(t, broadcasting_over_strides);
    tcase_add_test(t, long_operands_are_chunked_right);
    tcase_add_test(t, integer_division_follows_python);
    tcase_add_test(t, numbers_do_not_promote);
    tcase_add_test(t, powers);
    tcase_add_test(t, masks_and_bits);
    tcase_add_test(t, in_place);
    tcase_add_test(t, where_clamp_lerp);
    tcase_add_test(t, nan_to_num);
    tcase_add_test(t, complex_products_rotate);
    tcase_add_test(t, equality_and_closeness);
    tcase_add_test(t, interrupts_stop_a_kernel);
    return t;
}
