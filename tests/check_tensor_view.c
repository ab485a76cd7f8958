/* tensor: views, against the values and words of PyTorch 1.13.0. */
#include "config.h"

#include "check_tensor.h"
#include "tensor/view.h"

static Tensor *x, *v;

static void setup(void) {
    x = counting(DT_F32, S(2, 3, 4));
    v = NULL;
}

static void teardown(void) {
    drop(&x);
    ck_assert_ptr_null(v);
    ck_assert_uint_eq(tensor_memory_used(), 0);
}

static void strides_are(const Tensor *t, int n, const int64_t *stride) {
    ck_assert_int_eq(t->ndim, n);
    for (int i = 0; i < n; i++) ck_assert_int_eq(t->stride[i], stride[i]);
}

START_TEST(view_infers_and_refuses)
{
    OK(tensor_view(x, S(6, -1), &v, &err));
    strides_are(v, S(4, 1));
    ck_assert_ptr_eq(v->st, x->st);
    drop(&v);
    FAILS(tensor_view(x, S(5, -1), &v, &err), ERR_RUNTIME,
          "shape '[5, -1]' is invalid for input of size 24");
    FAILS(tensor_view(x, S(-1, -1), &v, &err), ERR_RUNTIME, "only one dimension can be inferred");
    FAILS(tensor_view(x, S(2, -2), &v, &err), ERR_RUNTIME, "invalid shape dimension -2");
    FAILS(tensor_view(x, S(-1, 0), &v, &err), ERR_RUNTIME,
          "shape '[-1, 0]' is invalid for input of size 24");
    FAILS(tensor_view(x, S((int64_t)1 << 40, (int64_t)1 << 40), &v, &err), ERR_RUNTIME,
          "shape '[1099511627776, 1099511627776]' is invalid for input of size 24");
    Tensor *t = NULL;
    OK(tensor_transpose(x, 0, 1, &t, &err));
    FAILS(tensor_view(t, S(24), &v, &err), ERR_RUNTIME,
          "view size is not compatible with input tensor's size and stride (at least one dimension "
          "spans across two contiguous subspaces). Use .reshape(...) instead.");
    OK(tensor_view(t, S(3, 2, 2, 2), &v, &err));
    strides_are(v, S(4, 12, 2, 1));
    drop(&v);
    OK(tensor_reshape(t, S(4, 6), &v, &err));
    ck_assert_ptr_ne(v->st, x->st);
    gives(v, DT_F32, "(4, 6)", "0 1 2 3 12 13 14 15 4 5 6 7 16 17 18 19 8 9 10 11 20 21 22 23");
    drop(&t);
    OK(tensor_zeros(DT_F32, S(0, 3), &t, &err));
    FAILS(
        tensor_view(t, S(-1, 0), &v, &err), ERR_RUNTIME,
        "cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension "
        "size -1 can be any value and is ambiguous");
    OK(tensor_view(t, S(-1, 5), &v, &err));
    gives(v, DT_F32, "(0, 5)", "");
    drop(&t);
}
END_TEST

START_TEST(dims_change_places)
{
    OK(tensor_transpose(x, -1, 0, &v, &err));
    strides_are(v, S(1, 4, 12));
    drop(&v);
    OK(tensor_permute(x, S(2, 0, 1), &v, &err));
    strides_are(v, S(1, 12, 4));
    drop(&v);
    OK(tensor_movedim(x, S(0), (int64_t[]){2}, &v, &err));
    strides_are(v, S(4, 1, 12));
    drop(&v);
    FAILS(tensor_t(x, &v, &err), ERR_RUNTIME,
          "t() expects a tensor with <= 2 dimensions, but self is 3D");
    FAILS(tensor_permute(x, S(0, 1, 1), &v, &err), ERR_RUNTIME,
          "permute(): duplicate dims are not allowed.");
    FAILS(tensor_permute(x, S(0, 1, 5), &v, &err), ERR_INDEX,
          "Dimension out of range (expected to be in range of [-3, 2], but got 5)");
    FAILS(tensor_movedim(x, S(0, 1), (int64_t[]){1, 1}, &v, &err), ERR_RUNTIME,
          "movedim: repeated dim in `destination` ([1, 1])");
}
END_TEST

START_TEST(dims_of_size_one_come_and_go)
{
    Tensor *t = NULL;
    OK(tensor_unsqueeze(x, -1, &t, &err));
    strides_are(t, S(12, 4, 1, 1));
    OK(tensor_squeeze(t, &v, &err));
    strides_are(v, S(12, 4, 1));
    drop(&v);
    OK(tensor_squeeze_dim(t, 0, &v, &err));
    ck_assert_int_eq(v->ndim, 4);
    drop(&v);
    drop(&t);
    OK(tensor_unsqueeze(x, 1, &v, &err));
    strides_are(v, S(12, 12, 4, 1));
    drop(&v);
    FAILS(tensor_unsqueeze(x, 4, &v, &err), ERR_INDEX,
          "Dimension out of range (expected to be in range of [-4, 3], but got 4)");
}
END_TEST

START_TEST(expand_repeats_without_copying)
{
    OK(tensor_expand(x, S(5, 2, -1, 4), &v, &err));
    strides_are(v, S(0, 12, 4, 1));
    drop(&v);
    FAILS(
        tensor_expand(x, S(2, 3), &v, &err), ERR_RUNTIME,
        "expand(torch.FloatTensor{[2, 3, 4]}, size=[2, 3]): the number of sizes provided (2) must "
        "be greater or equal to the number of dimensions in the tensor (3)");
    FAILS(tensor_expand(x, S(3, 3, 4), &v, &err), ERR_RUNTIME,
          "The expanded size of the tensor (3) must match the existing size (2) at non-singleton "
          "dimension 0.  Target sizes: [3, 3, 4].  Tensor sizes: [2, 3, 4]");
    FAILS(tensor_expand(x, S(-1, 2, 3, 4), &v, &err), ERR_RUNTIME,
          "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension "
          "0");
    Tensor *s = scalar_of(DT_F32, 1);
    FAILS(tensor_expand(s, S((int64_t)1 << 32, (int64_t)1 << 32), &v, &err), ERR_RUNTIME,
          "numel: integer multiplication overflow");
    drop(&s);
}
END_TEST

START_TEST(parts_of_a_tensor)
{
    OK(tensor_select(x, 1, -1, &v, &err));
    gives(v, DT_F32, "(2, 4)", "8 9 10 11 20 21 22 23");
    FAILS(tensor_select(x, 0, 5, &v, &err), ERR_INDEX,
          "index 5 is out of bounds for dimension 0 with size 2");
    OK(tensor_narrow(x, 2, 1, 2, &v, &err));
    gives(v, DT_F32, "(2, 3, 2)", "1 2 5 6 9 10 13 14 17 18 21 22");
    FAILS(tensor_narrow(x, 0, 1, 2, &v, &err), ERR_RUNTIME,
          "start (1) + length (2) exceeds dimension size (2).");
    OK(tensor_slice(x, 2, -100, 100, 3, &v, &err));
    gives(v, DT_F32, "(2, 3, 2)", "0 3 4 7 8 11 12 15 16 19 20 23");
    OK(tensor_slice(x, 1, 2, 1, 1, &v, &err));
    gives(v, DT_F32, "(2, 0, 4)", "");
    FAILS(tensor_slice(x, 0, 0, 2, 0, &v, &err), ERR_VALUE, "slice step cannot be zero");
    FAILS(tensor_slice(x, 0, 0, 2, -1, &v, &err), ERR_VALUE, "step must be greater than zero");
}
END_TEST

START_TEST(windows_and_diagonals)
{
    OK(tensor_unfold(x, 2, 2, 2, &v, &err));
    strides_are(v, S(12, 4, 2, 1));
    drop(&v);
    FAILS(tensor_unfold(x, 0, 3, 1, &v, &err), ERR_RUNTIME,
          "maximum size for tensor at dimension 0 is 2 but size is 3");
    FAILS(tensor_unfold(x, 2, 2, 0, &v, &err), ERR_RUNTIME, "step is 0 but must be > 0");
    OK(tensor_diagonal(x, 1, 1, 2, &v, &err));
    gives(v, DT_F32, "(2, 3)", "1 6 11 13 18 23");
    OK(tensor_diagonal(x, -1, 1, 2, &v, &err));
    gives(v, DT_F32, "(2, 2)", "4 9 16 21");
    OK(tensor_diagonal(x, 9, 1, 2, &v, &err));
    gives(v, DT_F32, "(2, 0)", "");
    FAILS(tensor_diagonal(x, 0, 1, 1, &v, &err), ERR_RUNTIME,
          "diagonal dimensions cannot be identical 1, 1");
    OK(tensor_as_strided(x, S(2, 2), (int64_t[]){5, 3}, 1, &v, &err));
    gives(v, DT_F32, "(2, 2)", "1 4 6 9");
    FAILS(tensor_as_strided(x, S(2, 0), (int64_t[]){INT64_MAX, INT64_MAX}, 0, &v, &err),
          ERR_RUNTIME,
          "setStorage: sizes [2, 0], strides [9223372036854775807, 9223372036854775807], storage "
          "offset 0, and itemsize 4 requiring a storage size of 18446744073709551615 are out of "
          "bounds for storage of size 96");
    OK(tensor_unfold(x, 2, 2, INT64_MAX, &v, &err));
    gives(v, DT_F32, "(2, 3, 1, 2)", "0 1 4 5 8 9 12 13 16 17 20 21");
    FAILS(tensor_as_strided(x, S(5, 5), (int64_t[]){5, 1}, 1, &v, &err), ERR_RUNTIME,
          "setStorage: sizes [5, 5], strides [5, 1], storage offset 1, and itemsize 4 requiring a "
          "storage size of 104 are out of bounds for storage of size 96");
}
END_TEST

START_TEST(complex_is_pairs_of_floats)
{
    Tensor *c = NULL;
    FAILS(tensor_view_as_complex(x, &c, &err), ERR_RUNTIME,
          "Tensor must have a last dimension of size 2");
    OK(tensor_view(x, S(2, 6, 2), &v, &err));
    OK(tensor_view_as_complex(v, &c, &err));
    drop(&v);
    strides_are(c, S(6, 1));
    OK(tensor_view_as_real(c, &v, &err));
    strides_are(v, S(12, 2, 1));
    drop(&v);
    drop(&c);
    FAILS(tensor_view_as_real(x, &v, &err), ERR_RUNTIME,
          "view_as_real is only supported for complex tensors");
}
END_TEST

TCase *view_tests(void) {
    TCase *t = tcase_create("view");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, view_infers_and_refuses);
    tcase_add_test(t, dims_change_places);
    tcase_add_test(t, dims_of_size_one_come_and_go);
    tcase_add_test(t, expand_repeats_without_copying);
    tcase_add_test(t, parts_of_a_tensor);
    tcase_add_test(t, windows_and_diagonals);
    tcase_add_test(t, complex_is_pairs_of_floats);
    return t;
}
