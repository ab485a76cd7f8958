/* tensor: indexing, gathering, scattering, masks, against PyTorch 1.13.0. */
#include "config.h"

#include "check_tensor.h"

#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/index.h"
#include "tensor/pointwise.h"
#include "tensor/view.h"

static Tensor *x, *out;

static void setup(void) {
    x = counting(DT_F32, S(2, 3, 4));
    out = NULL;
}

static void teardown(void) {
    drop(&x);
    ck_assert_ptr_null(out);
    ck_assert_uint_eq(tensor_memory_used(), 0);
}

/* ---- items ----------------------------------------------------------------- */

#define INT(i)                                                                                     \
    { .kind = IDX_INT, .at = i }
#define ALL                                                                                        \
    { .kind = IDX_SLICE }
#define FROM(a)                                                                                    \
    { .kind = IDX_SLICE, .has_start = true, .start = a }
#define STEP(a, b, c)                                                                              \
    { .kind = IDX_SLICE, .has_start = true, .start = a, .has_stop = true, .stop = b, .step = c }
#define NEW                                                                                        \
    { .kind = IDX_NEWAXIS }
#define DOTS                                                                                       \
    { .kind = IDX_ELLIPSIS }
#define AT(t)                                                                                      \
    { .kind = IDX_TENSOR, .tensor = t }
#define ITEMS(...)                                                                                 \
    (int)(sizeof((IndexItem[]){__VA_ARGS__}) / sizeof(IndexItem)), (IndexItem[]) {                 \
        __VA_ARGS__                                                                                \
    }

START_TEST(basic_items_are_views)
{
    OK(tensor_index_get(x, ITEMS(INT(-1), ALL, STEP(1, -1, 1)), &out, &err));
    ck_assert_ptr_eq(out->st, x->st);
    gives(out, DT_F32, "(3, 2)", "13 14 17 18 21 22");
    OK(tensor_index_get(x, ITEMS(DOTS, INT(0)), &out, &err));
    gives(out, DT_F32, "(2, 3)", "0 4 8 12 16 20");
    OK(tensor_index_get(x, ITEMS(NEW, INT(1), DOTS, NEW, FROM(2)), &out, &err));
    gives(out, DT_F32, "(1, 3, 1, 2)", "14 15 18 19 22 23");
    OK(tensor_index_get(x, ITEMS(INT(0), INT(1), INT(2)), &out, &err));
    gives(out, DT_F32, "()", "6");
    Tensor *number = scalar_of(DT_I64, 1), *s = scalar_of(DT_F32, 5);
    OK(tensor_index_get(x, ITEMS(AT(number), AT(number)), &out, &err));
    ck_assert_ptr_eq(out->st, x->st);
    gives(out, DT_F32, "(4,)", "16 17 18 19");
    OK(tensor_index_get(s, ITEMS(NEW), &out, &err));
    gives(out, DT_F32, "(1,)", "5");
    FAILS(tensor_index_get(x, ITEMS(INT(0), INT(5)), &out, &err), ERR_INDEX,
          "index 5 is out of bounds for dimension 1 with size 3");
    FAILS(tensor_index_get(x, ITEMS(INT(0), INT(0), INT(0), INT(0)), &out, &err), ERR_INDEX,
          "too many indices for tensor of dimension 3");
    FAILS(tensor_index_get(s, ITEMS(INT(0)), &out, &err), ERR_INDEX,
          "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in "
          "C++ to convert a 0-dim tensor to a number");
    drop(&number), drop(&s);
}
END_TEST

START_TEST(index_tensors_gather)
{
    Tensor *a = T(DT_I64, S(2), 1, -2), *b = T(DT_I64, S(2), 3, 0), *c = T(DT_I64, S(2, 1), 0, 2);
    Tensor *v = NULL;
    OK(tensor_index_get(x, ITEMS(ALL, AT(a)), &out, &err));
    gives(out, DT_F32, "(2, 2, 4)", "4 5 6 7 4 5 6 7 16 17 18 19 16 17 18 19");
    OK(tensor_index_get(x, ITEMS(DOTS, AT(b)), &out, &err));
    gives(out, DT_F32, "(2, 3, 2)", "3 0 7 4 11 8 15 12 19 16 23 20");
    OK(tensor_index_get(x, ITEMS(ALL, AT(c), AT(b)), &out, &err)); /* adjacent: in place */
    gives(out, DT_F32, "(2, 2, 2)", "3 0 11 8 15 12 23 20");
    OK(tensor_index_get(x, ITEMS(AT(a), ALL, AT(b)), &out, &err)); /* apart: in front */
    gives(out, DT_F32, "(2, 3)", "15 19 23 0 4 8");
    OK(tensor_index_get(x, ITEMS(INT(0), ALL, AT(b)), &out, &err));
    gives(out, DT_F32, "(3, 2)", "3 0 7 4 11 8");
    OK(tensor_index_get(x, ITEMS(AT(a), NEW, AT(a)), &out, &err));
    gives(out, DT_F32, "(2, 1, 4)", "16 17 18 19 4 5 6 7");
    OK(tensor_transpose(x, 0, 2, &v, &err));
    OK(tensor_index_get(v, ITEMS(AT(b), INT(1)), &out, &err));
    gives(out, DT_F32, "(2, 2)", "7 19 4 16");
    drop(&a), drop(&b), drop(&c), drop(&v);
}
END_TEST

START_TEST(index_tensors_are_checked)
{
    Tensor *far = T(DT_I64, S(2), 0, 3), *two = T(DT_I64, S(2), 0, 1),
           *three = T(DT_I64, S(3), 0, 1, 1);
    Tensor *f = T(DT_F32, S(1), 0.5), *m = T(DT_BOOL, S(3), 1, 0, 1);
    FAILS(tensor_index_get(x, ITEMS(ALL, AT(far)), &out, &err), ERR_INDEX,
          "index 3 is out of bounds for dimension 0 with size 3");
    FAILS(tensor_index_get(x, ITEMS(AT(two), AT(three)), &out, &err), ERR_INDEX,
          "shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]");
    FAILS(tensor_index_get(x, ITEMS(AT(f)), &out, &err), ERR_INDEX,
          "tensors used as indices must be long, byte or bool tensors");
    FAILS(tensor_index_get(x, ITEMS(AT(m)), &out, &err), ERR_INDEX,
          "The shape of the mask [3] at index 0 does not match the shape of the indexed tensor [2, "
          "3, 4] at index 0");
    FAILS(tensor_index_put_(x, ITEMS(AT(far)), f, false, &err), ERR_INDEX,
          "index 3 is out of bounds for dimension 0 with size 2");
    drop(&far), drop(&two), drop(&three), drop(&f), drop(&m);
}
END_TEST

START_TEST(masks_select)
{
    Tensor *m = T(DT_BOOL, S(3), 1, 0, 1), *all = NULL, *yes = scalar_of(DT_BOOL, 1);
    OK(tensor_index_get(x, ITEMS(ALL, AT(m), INT(0)), &out, &err));
    gives(out, DT_F32, "(2, 2)", "0 8 12 20");
    OK(tensor_binary_i64(BIN_GT, x, 20, false, &all, &err));
    OK(tensor_index_get(x, ITEMS(AT(all)), &out, &err));
    gives(out, DT_F32, "(3,)", "21 22 23");
    OK(tensor_index_get(x, ITEMS(AT(yes)), &out, &err));
    gives(out, DT_F32, "(1, 2, 3, 4)",
          "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23");
    drop(&yes);
    yes = scalar_of(DT_BOOL, 0);
    OK(tensor_index_get(x, ITEMS(AT(yes)), &out, &err));
    gives(out, DT_F32, "(0, 2, 3, 4)", "");
    drop(&m), drop(&all), drop(&yes);
}
END_TEST

START_TEST(assignment_through_items)
{
    Tensor *t = counting(DT_F32, S(2, 3)), *v = T(DT_I64, S(3), 7, 8, 9),
           *i = T(DT_I64, S(2), 2, 0);
    Tensor *one = NULL, *m = NULL, *f = T(DT_F32, S(2), -1, -2), *d = T(DT_F64, S(1), 1);
    OK(tensor_number_i64(1, &one, &err));
    uint32_t version = t->st->version;
    OK(tensor_index_put_(t, ITEMS(INT(0)), v, false, &err));
    is(t, DT_F32, "(2, 3)", "7 8 9 3 4 5");
    ck_assert_uint_gt(t->st->version, version);
    OK(tensor_index_put_(t, ITEMS(ALL, AT(i)), f, false, &err));
    is(t, DT_F32, "(2, 3)", "-2 8 -1 -2 4 -1");
    OK(tensor_index_put_(t, ITEMS(ALL, AT(i)), one, false, &err));
    is(t, DT_F32, "(2, 3)", "1 8 1 1 4 1");
    OK(tensor_binary_i64(BIN_GT, t, 3, false, &m, &err));
    OK(tensor_index_put_(t, ITEMS(AT(m)), d, false, &err)); /* one value through one mask: cast */
    is(t, DT_F32, "(2, 3)", "1 1 1 1 1 1");
    FAILS(tensor_index_put_(t, ITEMS(ALL, AT(i)), d, false, &err), ERR_RUNTIME,
          "Index put requires the source and destination dtypes match, got Float for the "
          "destination and Double for the source.");
    OK(tensor_fill_f64_(t, 5, &err));
    FAILS(tensor_index_put_(t, ITEMS(ALL, ALL), f, false, &err), ERR_RUNTIME,
          "The expanded size of the tensor (3) must match the existing size (2) at non-singleton "
          "dimension 1.  Target sizes: [2, 3].  Tensor sizes: [2]");
    drop(&t), drop(&v), drop(&i), drop(&one), drop(&m), drop(&f), drop(&d);
}
END_TEST

START_TEST(accumulating_adds_duplicates)
{
    Tensor *t = T(DT_F64, S(3), 0, 0, 0), *i = T(DT_I64, S(4), 1, 1, 2, 1),
           *v = T(DT_F64, S(4), 1, 2, 3, 4);
    OK(tensor_index_put_(t, ITEMS(AT(i)), v, true, &err));
    is(t, DT_F64, "(3,)", "0 7 3");
    FAILS(tensor_index_put_(t, ITEMS(AT(i)), x, false, &err), ERR_RUNTIME,
          "Index put requires the source and destination dtypes match, got Double for the "
          "destination and Float for the source.");
    drop(&v);
    v = T(DT_F64, S(3), 1, 2, 3);
    FAILS(
        tensor_index_put_(t, ITEMS(AT(i)), v, true, &err), ERR_RUNTIME,
        "shape mismatch: value tensor of shape [3] cannot be broadcast to indexing result of shape "
        "[4]");
    OK(tensor_index_put_(t, ITEMS(ALL), v, true, &err));
    is(t, DT_F64, "(3,)", "1 9 6");
    drop(&t), drop(&i), drop(&v);
}
END_TEST

/* ---- one dim --------------------------------------------------------------- */

START_TEST(index_select_and_its_writers)
{
    Tensor *i = T(DT_I64, S(3), 2, 0, 2), *s = T(DT_I64, S(2), 1, 0), *v = NULL, *t = NULL,
           *src = NULL;
    OK(tensor_index_select(x, 1, i, &out, &err));
    gives(out, DT_F32, "(2, 3, 4)",
          "8 9 10 11 0 1 2 3 8 9 10 11 20 21 22 23 12 13 14 15 20 21 22 23");
    OK(tensor_transpose(x, 0, 1, &v, &err));
    OK(tensor_index_select(v, 1, s, &out, &err));
    gives(out, DT_F32, "(3, 2, 4)",
          "12 13 14 15 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 8 9 10 11");
    FAILS(tensor_index_select(x, 0, i, &out, &err), ERR_RUNTIME,
          "INDICES element is out of DATA bounds, id=2 axis_dim=2");
    t = counting(DT_F32, S(3, 2));
    src = T(DT_F32, S(3, 2), 1, 2, 3, 4, 5, 6);
    OK(tensor_index_add_(t, 0, i, src, 10, &err));
    is(t, DT_F32, "(3, 2)", "30 41 2 3 64 85");
    OK(tensor_index_copy_(t, 0, i, src, &err));
    is(t, DT_F32, "(3, 2)", "3 4 2 3 5 6");
    OK(tensor_index_fill_(t, 1, s, -1, &err));
    is(t, DT_F32, "(3, 2)", "-1 -1 -1 -1 -1 -1");
    FAILS(tensor_index_add_(t, 1, i, src, 1, &err), ERR_RUNTIME,
          "index_add_(): Number of indices (3) should be equal to source.size(dim): (2), for dim: "
          "1");
    FAILS(tensor_index_add_(t, 0, i, x, 1, &err), ERR_RUNTIME,
          "index_add_(): Number of indices (3) should be equal to source.size(dim): (2), for dim: "
          "0");
    drop(&i), drop(&s), drop(&v), drop(&t), drop(&src);
}
END_TEST

START_TEST(gather_and_scatter)
{
    Tensor *a = counting(DT_F32, S(2, 3)), *i = T(DT_I64, S(2, 2), 0, 2, 1, 1), *v = NULL;
    Tensor *src = T(DT_F32, S(2, 2), 10, 20, 30, 40), *bad = T(DT_I64, S(1, 1), 5), *one = NULL;
    OK(tensor_gather(a, 1, i, &out, &err));
    gives(out, DT_F32, "(2, 2)", "0 2 4 4");
    OK(tensor_t(a, &v, &err));
    OK(tensor_gather(v, 0, i, &out, &err));
    gives(out, DT_F32, "(2, 2)", "0 5 1 4");
    FAILS(tensor_gather(a, 1, bad, &out, &err), ERR_RUNTIME,
          "index 5 is out of bounds for dimension 1 with size 3");
    OK(tensor_scatter_(a, 1, i, src, SCATTER_ADD, &err));
    is(a, DT_F32, "(2, 3)", "10 1 22 3 74 5");
    OK(tensor_number_f64(1.5, &one, &err));
    OK(tensor_scatter_(a, 1, i, one, SCATTER_SET, &err));
    is(a, DT_F32, "(2, 3)", "1.5 1 1.5 3 1.5 5");
    OK(tensor_scatter_(a, 1, i, src, SCATTER_AMAX, &err));
    is(a, DT_F32, "(2, 3)", "10 1 20 3 40 5");
    FAILS(tensor_scatter_(a, 0, bad, one, SCATTER_SET, &err), ERR_RUNTIME,
          "index 5 is out of bounds for dimension 0 with size 2");
    drop(&bad);
    bad = T(DT_I64, S(3, 1), 0, 0, 0);
    FAILS(tensor_gather(a, 1, bad, &out, &err), ERR_RUNTIME,
          "Size does not match at dimension 0 expected index [3, 1] to be smaller than self [2, 3] "
          "apart from dimension 1");
    FAILS(tensor_scatter_(a, 1, bad, src, SCATTER_SET, &err), ERR_RUNTIME,
          "Expected index [3, 1] to be smaller than self [2, 3] apart from dimension 1 and to be "
          "smaller size than src [2, 2]");
    drop(&bad);
    bad = T(DT_I64, S(1, 1), 1);
    OK(tensor_take(v, bad, &out, &err));
    gives(out, DT_F32, "(1, 1)", "3");
    drop(&a), drop(&i), drop(&v), drop(&src), drop(&bad), drop(&one);
}
END_TEST

/* ---- masks, places, tables ------------------------------------------------- */

START_TEST(masked_operations)
{
    Tensor *a = counting(DT_F32, S(2, 3)), *m = T(DT_BOOL, S(3), 1, 0, 1), *v = NULL, *s = NULL;
    Tensor *src = T(DT_F32, S(4), 10, 20, 30, 40), *four = T(DT_BOOL, S(4), 1, 1, 1, 1);
    OK(tensor_number_f64(-1, &v, &err));
    OK(tensor_masked_fill(a, m, v, &out, &err));
    gives(out, DT_F32, "(2, 3)", "-1 1 -1 -1 4 -1");
    FAILS(tensor_masked_fill(a, four, v, &out, &err), ERR_RUNTIME,
          "The size of tensor a (4) must match the size of tensor b (3) at non-singleton dimension "
          "1");
    FAILS(tensor_masked_fill(a, m, src, &out, &err), ERR_RUNTIME,
          "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with 1 "
          "dimension(s).");
    OK(tensor_masked_select(a, m, &out, &err));
    gives(out, DT_F32, "(4,)", "0 2 3 5");
    OK(tensor_t(a, &s, &err));
    FAILS(tensor_masked_fill_(s, m, v, &err), ERR_RUNTIME,
          "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension "
          "1");
    OK(tensor_masked_scatter_(a, m, src, &err));
    is(a, DT_F32, "(2, 3)", "10 1 20 30 4 40");
    OK(tensor_nonzero(m, &out, &err));
    gives(out, DT_I64, "(2, 1)", "0 2");
    OK(tensor_binary_i64(BIN_GT, a, 15, false, &out, &err));
    drop(&m);
    m = out;
    out = NULL;
    OK(tensor_nonzero(m, &out, &err));
    ck_assert_int_eq(out->stride[0], 1); /* PyTorch's memory order */
    gives(out, DT_I64, "(3, 2)", "0 2 1 0 1 2");
    OK(tensor_masked_fill_(a, m, v, &err));
    is(a, DT_F32, "(2, 3)", "10 1 -1 -1 4 -1");
    drop(&a), drop(&m), drop(&v), drop(&s), drop(&src), drop(&four);
}
END_TEST

START_TEST(embeddings)
{
    Tensor *w = counting(DT_F32, S(4, 2)), *i = T(DT_I64, S(2, 2), 3, 0, 3, 1),
           *bad = T(DT_I64, S(1), 4);
    Tensor *g = counting(DT_F32, S(2, 2, 2));
    OK(tensor_embedding(w, i, &out, &err));
    gives(out, DT_F32, "(2, 2, 2)", "6 7 0 1 6 7 2 3");
    FAILS(tensor_embedding(w, bad, &out, &err), ERR_INDEX, "index out of range in self");
    OK(tensor_embedding_vjp(g, i, 4, -1, &out, &err));
    gives(out, DT_F32, "(4, 2)", "2 3 6 7 0 0 4 6");
    OK(tensor_embedding_vjp(g, i, 4, 3, &out, &err));
    gives(out, DT_F32, "(4, 2)", "2 3 6 7 0 0 0 0");
    OK(tensor_one_hot(i, -1, &out, &err));
    gives(out, DT_I64, "(2, 2, 4)", "0 0 0 1 1 0 0 0 0 0 0 1 0 1 0 0");
    FAILS(tensor_one_hot(i, 3, &out, &err), ERR_RUNTIME,
          "Class values must be smaller than num_classes.");
    drop(&w), drop(&i), drop(&bad), drop(&g);
}
END_TEST

TCase *index_tests(void) {
    TCase *t = tcase_create("index");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, basic_items_are_views);
    tcase_add_test(t, index_tensors_gather);
    tcase_add_test(t, index_tensors_are_checked);
    tcase_add_test(t, masks_select);
    tcase_add_test(t, assignment_through_items);
    tcase_add_test(t, accumulating_adds_duplicates);
    tcase_add_test(t, index_select_and_its_writers);
    tcase_add_test(t, gather_and_scatter);
    tcase_add_test(t, masked_operations);
    tcase_add_test(t, embeddings);
    return t;
}
