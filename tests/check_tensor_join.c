/* tensor: joining, repeating, moving, padding, against PyTorch 1.13.0. */
#include "config.h"

#include "check_tensor.h"

#include "tensor/join.h"
#include "tensor/view.h"

static Tensor *x, *out;

static void setup(void) {
    x = counting(DT_F32, S(2, 3));
    out = NULL;
}

static void teardown(void) {
    drop(&x);
    ck_assert_ptr_null(out);
    ck_assert_uint_eq(tensor_memory_used(), 0);
}

START_TEST(cat_and_stack)
{
    Tensor *i = T(DT_I64, S(2, 1), 7, 8), *v = NULL, *none = NULL, *num = scalar_of(DT_F32, 1);
    OK(tensor_cat(2, (Tensor *[]){x, i}, -1, &out, &err));
    gives(out, DT_F32, "(2, 4)", "0 1 2 7 3 4 5 8");
    FAILS(tensor_cat(2, (Tensor *[]){x, i}, 0, &out, &err), ERR_RUNTIME,
          "Sizes of tensors must match except in dimension 0. Expected size 3 but got size 1 for "
          "tensor number 1 in the list.");
    OK(tensor_zeros(DT_F32, S(0), &none, &err));
    OK(tensor_cat(3, (Tensor *[]){none, x, none}, 0, &out, &err));
    gives(out, DT_F32, "(2, 3)", "0 1 2 3 4 5");
    FAILS(tensor_cat(1, &num, 0, &out, &err), ERR_RUNTIME,
          "zero-dimensional tensor (at position 0) cannot be concatenated");
    FAILS(tensor_cat(0, NULL, 0, &out, &err), ERR_RUNTIME,
          "torch.cat(): expected a non-empty list of Tensors");
    OK(tensor_stack(2, (Tensor *[]){x, x}, -1, &out, &err));
    gives(out, DT_F32, "(2, 3, 2)", "0 0 1 1 2 2 3 3 4 4 5 5");
    OK(tensor_stack(2, (Tensor *[]){num, num}, 0, &out, &err));
    gives(out, DT_F32, "(2,)", "1 1");
    FAILS(
        tensor_stack(2, (Tensor *[]){x, i}, 0, &out, &err), ERR_RUNTIME,
        "stack expects each tensor to be equal size, but got [2, 3] at entry 0 and [2, 1] at entry "
        "1");
    OK(tensor_t(x, &v, &err));
    OK(tensor_cat(2, (Tensor *[]){v, v}, 1, &out, &err));
    gives(out, DT_F32, "(3, 4)", "0 3 0 3 1 4 1 4 2 5 2 5");
    drop(&i), drop(&v), drop(&none), drop(&num);
}
END_TEST

START_TEST(split_into_views)
{
    Tensor *parts[2] = {0};
    OK(tensor_split_sizes(x, 2, (int64_t[]){1, 2}, 1, parts, &err));
    ck_assert_ptr_eq(parts[1]->st, x->st);
    gives(parts[0], DT_F32, "(2, 1)", "0 3");
    gives(parts[1], DT_F32, "(2, 2)", "1 2 4 5");
    FAILS(tensor_split_sizes(x, 2, (int64_t[]){1, 1}, 1, parts, &err), ERR_RUNTIME,
          "split_with_sizes expects split_sizes to sum exactly to 3 (input tensor's size at "
          "dimension 1), but got split_sizes=[1, 1]");
}
END_TEST

START_TEST(repeat_and_interleave)
{
    int64_t zero = 0, one = 1;
    Tensor *n = T(DT_I64, S(2), 2, 1);
    OK(tensor_repeat(x, S(2, 1, 2), &out, &err));
    gives(out, DT_F32, "(2, 2, 6)", "0 1 2 0 1 2 3 4 5 3 4 5 0 1 2 0 1 2 3 4 5 3 4 5");
    OK(tensor_repeat(x, S(0, 2), &out, &err));
    gives(out, DT_F32, "(0, 6)", "");
    FAILS(tensor_repeat(x, S(2), &out, &err), ERR_RUNTIME,
          "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
          "tensor");
    FAILS(tensor_repeat(x, S(2, -1), &out, &err), ERR_RUNTIME,
          "Trying to create tensor with negative dimension -3: [4, -3]");
    Tensor *two = T(DT_I64, S(1), 2);
    OK(tensor_repeat_interleave_each(x, two, NULL, &out, &err));
    gives(out, DT_F32, "(12,)", "0 0 1 1 2 2 3 3 4 4 5 5");
    OK(tensor_repeat_interleave_each(x, two, &one, &out, &err));
    gives(out, DT_F32, "(2, 6)", "0 0 1 1 2 2 3 3 4 4 5 5");
    drop(&two);
    OK(tensor_repeat_interleave_each(x, n, &zero, &out, &err));
    gives(out, DT_F32, "(3, 3)", "0 1 2 0 1 2 3 4 5");
    FAILS(tensor_repeat_interleave_each(x, n, &one, &out, &err), ERR_RUNTIME,
          "repeats must have the same size as input along dim");
    drop(&n);
}
END_TEST

START_TEST(roll_and_flip)
{
    Tensor *v = NULL;
    OK(tensor_roll(x, S(1), NULL, &out, &err));
    gives(out, DT_F32, "(2, 3)", "5 0 1 2 3 4");
    OK(tensor_roll(x, S(1, -1), (int64_t[]){0, 1}, &out, &err));
    gives(out, DT_F32, "(2, 3)", "4 5 3 1 2 0");
    FAILS(tensor_roll(x, S(1, 2), NULL, &out, &err), ERR_RUNTIME,
          "shifts and dimensions must align. shifts: 2, dims:0");
    OK(tensor_flip(x, S(0, 1), &out, &err));
    gives(out, DT_F32, "(2, 3)", "5 4 3 2 1 0");
    OK(tensor_t(x, &v, &err));
    OK(tensor_flip(v, S(0), &out, &err));
    gives(out, DT_F32, "(3, 2)", "2 5 1 4 0 3");
    FAILS(tensor_flip(x, S(0, -2), &out, &err), ERR_RUNTIME,
          "dim 0 appears multiple times in the list of dims");
    drop(&v);
}
END_TEST

START_TEST(triangles_and_diagonals)
{
    Tensor *v = T(DT_F32, S(2), 1, 2), *b = counting(DT_I64, S(2, 2, 2));
    OK(tensor_tril(x, 0, &out, &err));
    gives(out, DT_F32, "(2, 3)", "0 0 0 3 4 0");
    OK(tensor_triu(x, 1, &out, &err));
    gives(out, DT_F32, "(2, 3)", "0 1 2 0 0 5");
    OK(tensor_tril(b, -1, &out, &err));
    gives(out, DT_I64, "(2, 2, 2)", "0 0 2 0 0 0 6 0");
    OK(tensor_triu(x, INT64_MIN, &out, &err));
    gives(out, DT_F32, "(2, 3)", "0 1 2 3 4 5");
    OK(tensor_tril(x, INT64_MAX, &out, &err));
    gives(out, DT_F32, "(2, 3)", "0 1 2 3 4 5");
    FAILS(tensor_tril(v, 0, &out, &err), ERR_INDEX,
          "Dimension out of range (expected to be in range of [-1, 0], but got -2)");
    OK(tensor_diag(v, 1, &out, &err));
    gives(out, DT_F32, "(3, 3)", "0 1 0 0 0 2 0 0 0");
    OK(tensor_diag(x, -1, &out, &err));
    gives(out, DT_F32, "(1,)", "3");
    OK(tensor_diag_embed(x, 0, &out, &err));
    gives(out, DT_F32, "(2, 3, 3)", "0 0 0 0 1 0 0 0 2 3 0 0 0 4 0 0 0 5");
    FAILS(tensor_diag(b, 0, &out, &err), ERR_RUNTIME, "matrix or a vector expected");
    drop(&v), drop(&b);
}
END_TEST

START_TEST(padding_and_cropping)
{
    OK(tensor_pad(x, 2, (int64_t[]){1, 0, 0, 1}, 9, &out, &err));
    gives(out, DT_F32, "(3, 4)", "9 0 1 2 9 3 4 5 9 9 9 9");
    OK(tensor_pad(x, 1, (int64_t[]){-1, 1}, 0, &out, &err));
    gives(out, DT_F32, "(2, 3)", "1 2 0 4 5 0");
    FAILS(tensor_pad(x, 3, (int64_t[]){1, 1, 1, 1, 1, 1}, 0, &out, &err), ERR_RUNTIME,
          "Padding length too large");
    ck_assert(!tensor_pad(x, 1, (int64_t[]){-2, -2}, 0, &out, &err));
    err_clear(&err);
}
END_TEST

TCase *join_tests(void) {
    TCase *t = tcase_create("join");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, cat_and_stack);
    tcase_add_test(t, split_into_views);
    tcase_add_test(t, repeat_and_interleave);
    tcase_add_test(t, roll_and_flip);
    tcase_add_test(t, triangles_and_diagonals);
    tcase_add_test(t, padding_and_cropping);
    return t;
}
