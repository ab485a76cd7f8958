/* The tape's rules: leaves, accumulation, modes, in-place writes, views, hooks, errors in
 * PyTorch's words. Values by hand. */
#include "config.h"

#include "check_tap.h"

#include <math.h>

#include "grad/ops.h"
#include "grad/tape.h"
#include "tensor/create.h"

static Err err;

#define OK(call) ck_assert_msg(call, "%s: %s", #call, err.msg ? err.msg : "")
#define FAILS(call, kind_, text)                                                                   \
    do {                                                                                           \
        ck_assert_msg(!(call), "%s did not fail", #call);                                          \
        ck_assert_int_eq(err.kind, kind_);                                                         \
        ck_assert_msg(strstr(err.msg, text) != NULL, "%s says: %s", #call, err.msg);               \
        err_clear(&err);                                                                           \
    } while (0)

/* Everything that a test makes is released at its end by `drop`. */
static VEC(Tensor *) made;
static Tensor *keep(Tensor *t) {
    vec_push(&made, t);
    return t;
}
static void drop(void) {
    for (size_t i = 0; i < made.count; i++) tensor_release(made.items[i]);
    vec_clear(&made);
    ck_assert_int_eq(grad_live_nodes(), 0);
    ck_assert_int_eq((int64_t)tensor_memory_used(), 0);
}

static Tensor *leaf(int64_t n, const float *values, bool requires) {
    Tensor *t = NULL;
    OK(tensor_from(DT_F32, 1, &n, values, &t, &err));
    if (requires) OK(grad_requires_set(t, true, &err));
    return keep(t);
}
#define LEAF(requires, ...)                                                                        \
    leaf(sizeof((float[]){__VA_ARGS__}) / sizeof(float), (float[]){__VA_ARGS__}, requires)
static Tensor *number(double v) {
    Tensor *t = NULL;
    OK(tensor_number_f64(v, &t, &err));
    return keep(t);
}
static Tensor *zeros(int64_t rows, int64_t cols) {
    Tensor *t = NULL;
    OK(tensor_zeros(DT_F32, 2, (int64_t[]){rows, cols}, &t, &err));
    return keep(t);
}
/* r = RUN(add, x, y, 1): runs op_add, keeps the result. Calls nest: each takes its slot from a
 * stack and gives it back. */
static Tensor *slots[8];
static int slot_count;
static Tensor **slot(void) {
    slots[slot_count] = NULL;
    return &slots[slot_count++];
}
static Tensor *ran(bool ok, const char *what) {
    ck_assert_msg(ok, "%s: %s", what, err.msg ? err.msg : "");
    return keep(slots[--slot_count]);
}
#define RUN(call, ...) ran(op_##call(__VA_ARGS__, slot(), &err), #call)

static void expect(const Tensor *t, int n, const double *values) {
    ck_assert_ptr_nonnull(t);
    ck_assert_int_eq(tensor_numel(t), n);
    for (int i = 0; i < n; i++) {
        int64_t index[TENSOR_MAX_DIM], rest = i;
        for (int d = t->ndim - 1; d >= 0; d--) {
            index[d] = rest % t->shape[d];
            rest /= t->shape[d];
        }
        double got = tensor_get_f64(t, index);
        ck_assert_msg(fabs(got - values[i]) < 1e-5, "[%d]: %g, wanted %g", i, got, values[i]);
    }
}
#define EXPECT(t, ...)                                                                             \
    expect(t, sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

static bool backward(Tensor *t) {
    return grad_backward(1, &t, NULL, false, &err);
}
static Tensor *sum_of(Tensor *t) {
    return RUN(sum, t, 0, NULL, false);
}

/* ---- leaves and accumulation ------------------------------------------------------- */

START_TEST(accumulates_into_leaves)
{
    Tensor *w = LEAF(true, 1, 2, 3), *y = RUN(mul, w, w);
    ck_assert(grad_is_leaf(w) && !grad_is_leaf(y) && grad_requires(y));
    ck_assert_str_eq(grad_fn_name(y), "MulBackward0");
    OK(backward(sum_of(y)));
    EXPECT(grad_of(w), 2, 4, 6);
    Tensor *same = grad_of(w);
    OK(backward(sum_of(RUN(mul, w, number(10)))));
    EXPECT(grad_of(w), 12, 14, 16);
    ck_assert_ptr_eq(same, grad_of(w)); /* .grad stays the same tensor */
    ck_assert_ptr_null(grad_of(y));
    OK(grad_of_set(w, NULL, &err));
    ck_assert_ptr_null(grad_of(w));
    drop();
}
END_TEST

/* x used on several paths; one of them through another node that comes later. */
START_TEST(sums_over_paths)
{
    Tensor *x = LEAF(true, 2), *a = RUN(mul, x, number(3)), *b = RUN(mul, a, x);
    Tensor *y = RUN(add, RUN(add, a, b, 1), x, 1); /* 3x + 3x^2 + x */
    OK(backward(y));
    EXPECT(grad_of(x), 16);
    drop();
}
END_TEST

START_TEST(gradients_are_not_shared)
{
    Tensor *x = LEAF(true, 1, 1), *y = LEAF(true, 1, 1), *seed = LEAF(false, 5, 7);
    Tensor *s = RUN(add, x, y, 1);
    OK(grad_backward(1, &s, &seed, false, &err));
    OK(op_mul_(grad_of(x), number(2), &err));
    EXPECT(grad_of(x), 10, 14);
    EXPECT(grad_of(y), 5, 7);
    EXPECT(seed, 5, 7);
    drop();
}
END_TEST

START_TEST(leaf_rules)
{
    Tensor *w = LEAF(true, 1, 2), *y = RUN(mul, w, number(2)), *n = NULL;
    int64_t two = 2;
    OK(tensor_zeros(DT_I64, 1, &two, &n, &err));
    keep(n);
    FAILS(grad_requires_set(n, true, &err), ERR_RUNTIME,
          "only Tensors of floating point dtype can require gradients");
    FAILS(grad_requires_set(y, false, &err), ERR_RUNTIME,
          "you can only change requires_grad flags of leaf variables.");
    FAILS(grad_of_set(w, LEAF(false, 1), &err), ERR_RUNTIME,
          "assigned grad has data of a different size");
    FAILS(backward(y), ERR_RUNTIME, "grad can be implicitly created only for scalar outputs");
    FAILS(backward(LEAF(false, 1)), ERR_RUNTIME,
          "element 0 of tensors does not require grad and does not have a grad_fn");
    Tensor *seed = LEAF(false, 1, 2, 3);
    FAILS(grad_backward(1, &y, &seed, false, &err), ERR_RUNTIME,
          "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a "
          "shape of torch.Size([2]).");
    FAILS(grad_retain(LEAF(false, 1), &err), ERR_RUNTIME,
          "can't retain_grad on Tensor that has requires_grad=False");
    drop();
}
END_TEST

START_TEST(a_leaf_alone)
{
    Tensor *x = LEAF(true, 4);
    OK(backward(x));
    EXPECT(grad_of(x), 1);
    drop();
}
END_TEST

/* ---- retain_graph, retain_grad, hooks ---------------------------------------------- */

START_TEST(second_backward)
{
    Tensor *w = LEAF(true, 1, 2), *y = sum_of(RUN(mul, w, w));
    OK(grad_backward(1, &y, NULL, true, &err));
    OK(backward(y));
    EXPECT(grad_of(w), 4, 8);
    FAILS(backward(y), ERR_RUNTIME, "Trying to backward through the graph a second time");
    Tensor *s = sum_of(RUN(add, w, w, 1)); /* saves nothing: may be walked again */
    OK(backward(s));
    OK(backward(s));
    EXPECT(grad_of(w), 8, 12);
    drop();
}
END_TEST

START_TEST(retained_gradients)
{
    Tensor *w = LEAF(true, 0, 1), *y = RUN(mul, w, number(2)), *z = RUN(exp, y);
    OK(grad_retain(y, &err));
    ck_assert(grad_retains(y) && !grad_retains(z));
    OK(backward(sum_of(z)));
    EXPECT(grad_of(y), 1, exp(2));
    EXPECT(grad_of(w), 2, 2 * exp(2));
    drop();
}
END_TEST

static bool times_ten(void *ctx, Tensor *grad, Tensor **replace, Err *e) {
    ++*(int *)ctx;
    Tensor *ten = NULL;
    if (!tensor_number_f64(10, &ten, e)) return false;
    bool ok = op_mul(grad, ten, replace, e);
    tensor_release(ten);
    return ok;
}
static bool refuse(void *ctx, Tensor *grad, Tensor **replace, Err *e) {
    UNUSED(ctx), UNUSED(grad), UNUSED(replace);
    return err_set(e, ERR_VALUE, "no thanks");
}
static int freed;
static void count_free(void *ctx) {
    UNUSED(ctx);
    freed++;
}

START_TEST(hooks_change_gradients)
{
    int calls = 0;
    freed = 0;
    Tensor *w = LEAF(true, 1, 1), *y = RUN(mul, w, number(2));
    int on_leaf = grad_hook_add(w, times_ten, &calls, count_free, &err);
    ck_assert_int_gt(on_leaf, 0);
    ck_assert_int_gt(grad_hook_add(y, times_ten, &calls, count_free, &err), 0);
    OK(backward(sum_of(RUN(mul, y, number(3)))));
    EXPECT(grad_of(w), 600, 600);
    ck_assert_int_eq(calls, 2);
    grad_hook_remove(w, on_leaf);
    ck_assert_int_eq(freed, 1);
    OK(backward(sum_of(RUN(mul, w, number(3)))));
    EXPECT(grad_of(w), 603, 603);
    ck_assert_int_eq(grad_hook_add(LEAF(false, 1), times_ten, &calls, NULL, &err), 0);
    err_clear(&err);
    Tensor *z = RUN(mul, w, number(1));
    grad_hook_add(z, refuse, NULL, NULL, &err);
    FAILS(backward(sum_of(z)), ERR_VALUE, "no thanks");
    drop();
    ck_assert_int_eq(freed, 2);
}
END_TEST

/* A leaf that two paths lead to: its hook sees the sum, once a backward. */
START_TEST(a_leaf_hook_sees_the_sum)
{
    int calls = 0;
    Tensor *w = LEAF(true, 1);
    grad_hook_add(w, times_ten, &calls, NULL, &err);
    OK(backward(RUN(add, RUN(mul, w, number(2)), RUN(mul, w, w), 1)));
    ck_assert_int_eq(calls, 1);
    EXPECT(grad_of(w), 40);
    drop();
}
END_TEST

/* An error on the way leaves .grad of what was not complete alone. */
START_TEST(an_error_leaves_grad_alone)
{
    Tensor *w = LEAF(true, 1), *y = RUN(exp, w), *s = RUN(add, RUN(mul, w, number(2)), y, 1);
    OK(op_add_(y, number(1), 1, &err));
    FAILS(backward(s), ERR_RUNTIME, "modified by an inplace operation");
    ck_assert_ptr_null(grad_of(w));
    drop();
}
END_TEST

/* A hook outlives the tensor that it was put on. */
START_TEST(hooks_outlive_tensors)
{
    int calls = 0;
    Tensor *w = LEAF(true, 1), *y = NULL;
    OK(op_mul(w, number(2), &y, &err));
    grad_hook_add(y, times_ten, &calls, NULL, &err);
    Tensor *z = sum_of(y);
    tensor_release(y);
    OK(backward(z));
    ck_assert_int_eq(calls, 1);
    EXPECT(grad_of(w), 20);
    drop();
}
END_TEST

/* ---- modes, detach ----------------------------------------------------------------- */

START_TEST(no_grad_and_detach)
{
    Tensor *w = LEAF(true, 1, 2), *d = NULL;
    bool was = grad_mode_set(false);
    ck_assert(was && !grad_enabled());
    ck_assert(!grad_requires(RUN(mul, w, w)));
    OK(op_mul_(w, number(3), &err)); /* leaves may change here */
    grad_mode_set(was);
    EXPECT(w, 3, 6);
    ck_assert(grad_requires(w) && grad_is_leaf(w));
    OK(grad_detach(w, &d, &err));
    keep(d);
    ck_assert(!grad_requires(d));
    ck_assert_ptr_eq(d->st, w->st);
    Tensor *y = RUN(mul, w, number(2));
    OK(grad_detach_(y, &err));
    ck_assert(!grad_requires(y) && grad_is_leaf(y));
    FAILS(grad_detach_(RUN(select, w, 0, 0), &err), ERR_RUNTIME, "Can't detach views in-place.");
    drop();
}
END_TEST

/* ---- torch.autograd.grad ----------------------------------------------------------- */

START_TEST(grad_of_given_tensors)
{
    Tensor *w = LEAF(true, 1, 2), *u = LEAF(true, 1), *y = RUN(mul, w, w), *s = sum_of(y);
    Tensor *got[2] = {0};
    OK(grad_compute(1, &s, NULL, 2, (Tensor *[]){w, y}, true, false, got, &err));
    EXPECT(got[0], 2, 4);
    EXPECT(got[1], 1, 1);
    ck_assert_ptr_null(grad_of(w));
    tensor_release(got[0]);
    tensor_release(got[1]);
    FAILS(grad_compute(1, &s, NULL, 1, &u, true, false, got, &err), ERR_RUNTIME,
          "One of the differentiated Tensors appears to not have been used in the graph.");
    OK(grad_compute(1, &s, NULL, 2, (Tensor *[]){u, w}, false, true, got, &err));
    ck_assert_ptr_null(got[0]);
    EXPECT(got[1], 2, 4);
    tensor_release(got[1]);
    Tensor *plain = LEAF(false, 1);
    FAILS(grad_compute(1, &s, NULL, 1, &plain, false, false, got, &err), ERR_RUNTIME,
          "One of the differentiated Tensors does not require grad");
    drop();
}
END_TEST

/* ---- in place ---------------------------------------------------------------------- */

START_TEST(leaves_cannot_be_written)
{
    Tensor *w = LEAF(true, 1, 2, 3), *part = RUN(select, w, 0, 0);
    FAILS(op_add_(w, number(1), 1, &err), ERR_RUNTIME,
          "a leaf Variable that requires grad is being used in an in-place operation.");
    FAILS(op_add_(part, number(1), 1, &err), ERR_RUNTIME,
          "a view of a leaf Variable that requires grad is being used in an in-place operation.");
    IndexItem first = {.kind = IDX_INT, .at = 0};
    FAILS(op_setitem(w, 1, &first, number(1), &err), ERR_RUNTIME, "a view of a leaf Variable");
    EXPECT(w, 1, 2, 3);
    drop();
}
END_TEST

START_TEST(a_changed_value_is_noticed)
{
    Tensor *w = LEAF(true, 1, 2, 3), *y = RUN(exp, w), *s = sum_of(y);
    OK(op_add_(y, number(1), 1, &err));
    FAILS(backward(s), ERR_RUNTIME,
          "one of the variables needed for gradient computation has been modified by an inplace "
          "operation: [torch.FloatTensor [3]], which is output 0 of ExpBackward0, is at version 1; "
          "expected version 0 instead. Hint: enable anomaly detection");
    s = sum_of(RUN(mul, w, w));
    bool was = grad_mode_set(false);
    OK(op_add_(w, number(1), 1, &err));
    grad_mode_set(was);
    FAILS(backward(s), ERR_RUNTIME,
          "operation: [torch.FloatTensor [3]] is at version 1; expected version 0 instead.");
    drop();
}
END_TEST

/* softmax's output was changed by a later op: the text names that op, as PyTorch does. */
START_TEST(the_error_names_the_last_writer)
{
    Tensor *w = LEAF(true, 1, 2), *y = RUN(softmax, w, -1), *s = sum_of(RUN(mul, y, y));
    OK(op_mul_(y, number(2), &err));
    FAILS(backward(s), ERR_RUNTIME, "which is output 0 of MulBackward0, is at version 1");
    drop();
}
END_TEST

/* What a gradient does not read may change: no false alarm. */
START_TEST(an_unread_value_may_change)
{
    Tensor *w = LEAF(true, 1, 2), *x = RUN(mul, w, number(1)), *y = RUN(mul, x, number(2));
    Tensor *s = sum_of(RUN(add, x, y, 1));
    OK(op_add_(x, number(1), 1, &err));
    OK(backward(s));
    EXPECT(grad_of(w), 3, 3);
    drop();
}
END_TEST

START_TEST(in_place_history)
{
    Tensor *w = LEAF(true, 1, 2), *x = LEAF(false, 1, 1);
    OK(op_add_(x, w, 1, &err)); /* x = 1 + w */
    ck_assert(grad_requires(x));
    ck_assert_str_eq(grad_fn_name(x), "AddBackward0");
    OK(op_mul_(x, w, &err)); /* x = (1 + w) w; needs the old x */
    EXPECT(x, 2, 6);
    OK(op_mul_(x, number(2), &err));
    OK(backward(sum_of(x)));
    EXPECT(grad_of(w), 6, 10); /* 2 (1 + 2 w) */
    drop();
}
END_TEST

START_TEST(results_must_fit)
{
    Tensor *n = NULL, *x = LEAF(false, 1, 2, 3), *wide = NULL, *one = NULL;
    OK(tensor_full_i64(DT_I64, 1, (int64_t[]){3}, 1, &n, &err));
    keep(n);
    FAILS(op_add_(n, number(1.5), 1, &err), ERR_RUNTIME,
          "result type Float can't be cast to the desired output type Long");
    FAILS(op_add_(x, zeros(2, 3), 1, &err), ERR_RUNTIME,
          "output with shape [3] doesn't match the broadcast shape [2, 3]");
    one = LEAF(false, 1);
    wide = RUN(expand, one, 1, (int64_t[]){3});
    FAILS(op_add_(wide, number(1), 1, &err), ERR_RUNTIME,
          "unsupported operation: more than one element of the written-to tensor refers to a "
          "single memory location.");
    drop();
}
END_TEST

/* ---- writing into views ------------------------------------------------------------ */

START_TEST(writing_a_row)
{
    Tensor *w = LEAF(true, 1, 2, 3), *x = zeros(2, 3), *row = RUN(select, x, 0, 1);
    ck_assert_ptr_eq(grad_base(row), x);
    IndexItem zero = {.kind = IDX_INT, .at = 0};
    OK(op_setitem(x, 1, &zero, w, &err));
    ck_assert_str_eq(grad_fn_name(x), "CopySlices");
    ck_assert(grad_requires(row)); /* a view made before follows its base */
    ck_assert_str_eq(grad_fn_name(row), "AsStridedBackward0");
    OK(op_add_(row, w, 1, &err));
    OK(op_mul_(x, number(2), &err));
    ck_assert_str_eq(grad_fn_name(x), "MulBackward0");
    EXPECT(x, 2, 4, 6, 2, 4, 6);
    OK(backward(sum_of(RUN(mul, x, number(1)))));
    EXPECT(grad_of(w), 4, 4, 4);
    drop();
}
END_TEST

/* x[:, 0] = ..., then x[0] += ...: the overwritten part of the history gets nothing. */
START_TEST(overlapping_writes)
{
    Tensor *w = LEAF(true, 1, 2), *v = LEAF(true, 1, 1, 1), *x = NULL;
    Tensor *base = RUN(mul, RUN(expand, v, 2, (int64_t[]){2, 3}), number(1));
    IndexItem column[2] = {{.kind = IDX_SLICE}, {.kind = IDX_INT, .at = 0}};
    OK(op_setitem(base, 2, column, w, &err)); /* column 0 = w */
    x = RUN(select, base, 0, 0);
    OK(op_mul_(x, number(5), &err)); /* row 0 times 5 */
    EXPECT(base, 5, 5, 5, 2, 1, 1);
    OK(backward(sum_of(base)));
    EXPECT(grad_of(w), 5, 1);
    EXPECT(grad_of(v), 0, 6, 6);
    drop();
}
END_TEST

/* A view whose leaf changed under no_grad gets its node when it is next used; that node must
 * come before its user in the walk. */
START_TEST(a_view_of_a_changed_leaf)
{
    Tensor *w = LEAF(true, 1, 2), *v = RUN(unsqueeze, w, 0);
    bool was = grad_mode_set(false);
    OK(op_add_(v, number(1), 1, &err));
    grad_mode_set(was);
    Tensor *y = RUN(clone, v);
    OK(backward(sum_of(RUN(mul, w, w))));
    OK(backward(sum_of(RUN(mul, y, y))));
    EXPECT(grad_of(w), 8, 12);
    drop();
}
END_TEST

/* Pieces of a tensor that was written afterwards follow it. */
START_TEST(pieces_of_a_changed_tensor)
{
    Tensor *w = LEAF(true, 1, 2), *y = RUN(mul, w, number(1)), *halves[2];
    OK(op_split(y, 1, 0, halves, &err));
    keep(halves[0]);
    keep(halves[1]);
    OK(op_mul_(y, number(3), &err));
    OK(backward(RUN(mul, halves[1], number(5))));
    EXPECT(grad_of(w), 0, 15);
    drop();
}
END_TEST

START_TEST(geometry_in_place)
{
    Tensor *w = LEAF(true, 1, 2), *y = RUN(mul, w, number(2));
    OK(op_inplace(CALL1(unsqueeze, y, CALL_INTS(0)), &err));
    ck_assert_int_eq(y->ndim, 2);
    ck_assert_str_eq(grad_fn_name(y), "UnsqueezeBackward1");
    OK(op_inplace(CALL1(t, y), &err));
    ck_assert_int_eq(y->shape[0], 2);
    OK(backward(sum_of(RUN(mul, y, y))));
    EXPECT(grad_of(w), 8, 16);
    FAILS(op_inplace(CALL1(unsqueeze, w, CALL_INTS(0)), &err), ERR_RUNTIME,
          "a leaf Variable that requires grad is being used in an in-place operation.");
    Tensor *x = zeros(2, 3), *row = RUN(select, x, 0, 0);
    OK(op_inplace(CALL1(unsqueeze, row, CALL_INTS(1)), &err));
    OK(op_copy_(row, RUN(mul, RUN(sum, w, 0, NULL, false), number(1)), &err));
    EXPECT(x, 3, 3, 3, 0, 0, 0);
    ck_assert_str_eq(grad_fn_name(x), "CopySlices");
    drop();
}
END_TEST

/* A view of a view; the base is permuted. */
START_TEST(views_of_views)
{
    Tensor *w = LEAF(true, 3, 4), *x = zeros(2, 3);
    Tensor *t = RUN(transpose, x, 0, 1), *part = RUN(slice, t, 0, 1, 3, 1);
    Tensor *column = RUN(select, part, 1, 0); /* x[0, 1:3] */
    ck_assert_ptr_eq(grad_base(column), x);
    OK(op_copy_(column, w, &err));
    EXPECT(x, 0, 3, 4, 0, 0, 0);
    ck_assert_str_eq(grad_fn_name(t), "AsStridedBackward0");
    OK(backward(sum_of(RUN(mul, t, t))));
    EXPECT(grad_of(w), 6, 8);
    drop();
}
END_TEST

START_TEST(masks_and_indices_in_place)
{
    Tensor *w = LEAF(true, 1, 2, 3, 4), *x = RUN(mul, w, number(1)), *mask = NULL;
    mask = RUN(gt, x, number(2));
    OK(op_inplace(CALL3(masked_fill, x, mask, number(0)), &err));
    ck_assert_str_eq(grad_fn_name(x), "MaskedFillBackward0");
    Tensor *idx = NULL, *v = LEAF(true, 7);
    OK(tensor_from(DT_I64, 1, (int64_t[]){1}, (int64_t[]){1}, &idx, &err));
    keep(idx);
    OK(op_index_put_(x, 1, &idx, v, false, &err));
    ck_assert_str_eq(grad_fn_name(x), "IndexPutBackward0");
    EXPECT(x, 1, 7, 0, 0);
    OK(backward(sum_of(RUN(mul, x, number(3)))));
    EXPECT(grad_of(w), 3, 0, 0, 0);
    EXPECT(grad_of(v), 3);
    drop();
}
END_TEST

START_TEST(views_that_cannot_be_written)
{
    Tensor *w = LEAF(true, 1, 2, 3), *y = RUN(mul, w, number(1)), *outs[3];
    OK(op_unbind(y, 0, outs, &err));
    for (int i = 0; i < 3; i++) keep(outs[i]);
    FAILS(op_mul_(outs[1], number(2), &err), ERR_RUNTIME,
          "Output 1 of UnbindBackward0 is a view and is being modified inplace. This view is the "
          "output of a function that returns multiple views.");
    bool was = grad_mode_set(false);
    Tensor *hidden = RUN(select, y, 0, 0);
    grad_mode_set(was);
    FAILS(op_mul_(hidden, w, &err), ERR_RUNTIME,
          "A view was created in no_grad mode and is being modified inplace with grad mode");
    drop();
}
END_TEST

/* ---- subscripts --------------------------------------------------------------------- */

START_TEST(subscripts)
{
    Tensor *x = NULL, *rows = NULL, *y;
    OK(tensor_arange_f64(DT_F32, 0, 24, 1, &x, &err));
    keep(x);
    x = RUN(view, x, 3, (int64_t[]){2, 3, 4});
    OK(tensor_from(DT_I64, 1, (int64_t[]){2}, (int64_t[]){1, 0}, &rows, &err));
    keep(rows);
    IndexItem whole = {.kind = IDX_SLICE}, dots = {.kind = IDX_ELLIPSIS};
    IndexItem none = {.kind = IDX_NEWAXIS}, last = {.kind = IDX_INT, .at = -1};
    IndexItem tensor = {.kind = IDX_TENSOR, .tensor = rows};
    IndexItem odd = {.kind = IDX_SLICE, .has_start = true, .start = 1, .step = 2};
    y = RUN(getitem, x, 2, ((IndexItem[]){dots, last}));
    EXPECT(y, 3, 7, 11, 15, 19, 23);
    y = RUN(getitem, x, 3, ((IndexItem[]){last, none, odd}));
    ck_assert_int_eq(y->ndim, 3);
    EXPECT(y, 16, 17, 18, 19);
    y = RUN(getitem, x, 3, ((IndexItem[]){whole, tensor, last}));
    EXPECT(y, 7, 3, 19, 15);
    y = RUN(getitem, x, 3, ((IndexItem[]){tensor, dots, tensor}));
    EXPECT(y, 13, 17, 21, 0, 4, 8);
    y = RUN(getitem, x, 1, &dots);
    ck_assert_ptr_ne(y, x);
    Tensor *mask = RUN(gt, x, number(21));
    IndexItem by_mask = {.kind = IDX_TENSOR, .tensor = mask};
    EXPECT(RUN(getitem, x, 1, &by_mask), 22, 23);
    OK(op_setitem(x, 1, &by_mask, number(-1), &err));
    OK(op_setitem(x, 3, ((IndexItem[]){last, last, odd}),
                  RUN(view, LEAF(false, 8, 9), 2, ((int64_t[]){1, 2})), &err));
    EXPECT(RUN(getitem, x, 2, ((IndexItem[]){last, last})), 20, 8, -1, 9);
    Tensor *out = NULL;
    FAILS(op_getitem(x, 4, ((IndexItem[]){last, last, last, last}), &out, &err), ERR_INDEX,
          "too many indices for tensor of dimension 3");
    drop();
}
END_TEST

/* ---- long graphs, failing vjps ----------------------------------------------------- */

START_TEST(a_long_chain_needs_no_stack)
{
    Tensor *x = LEAF(true, 1), *y = tensor_retain(x), *one = number(1);
    for (int i = 0; i < 200000; i++) {
        Tensor *next = NULL;
        OK(op_add(y, one, 1, &next, &err));
        tensor_release(y);
        y = next;
    }
    OK(backward(y));
    EXPECT(grad_of(x), 1);
    tensor_release(y);
    drop();
}
END_TEST

START_TEST(no_derivative_says_so)
{
    Tensor *x = LEAF(true, 5), *y = RUN(floor_divide, x, number(2));
    FAILS(backward(y), ERR_RUNTIME, "derivative for aten::floor_divide is not implemented");
    ck_assert_ptr_null(grad_of(x));
    drop();
}
END_TEST

/* Memory ends at every point of a forward and backward pass once: an error, nothing leaked. */
START_TEST(out_of_memory_on_the_way)
{
    for (size_t n = 0; n < 1000; n += 8) {
        Tensor *w = LEAF(true, 1, 2, 3, 4), *y = NULL, *z = NULL, *s = NULL;
        memory_limit_set(tensor_memory_used() + n);
        bool ok = op_mul(w, w, &y, &err) && op_softmax(y, 0, &z, &err) && op_exp_(y, &err) &&
                  op_sum(z, 0, NULL, false, &s, &err) && backward(s);
        memory_limit_set(1u << 30);
        tensor_release(y);
        tensor_release(z);
        tensor_release(s);
        ck_assert(ok || err.kind == ERR_MEMORY);
        err_clear(&err);
        drop();
        if (ok) return;
    }
    ck_abort_msg("never got through");
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("grad");
    TCase *t = tcase_create("tape");
    tcase_set_timeout(t, 60); /* a chain of many thousand nodes, also under sanitizers */
    tcase_add_test(t, accumulates_into_leaves);
    tcase_add_test(t, sums_over_paths);
    tcase_add_test(t, gradients_are_not_shared);
    tcase_add_test(t, leaf_rules);
    tcase_add_test(t, a_leaf_alone);
    tcase_add_test(t, second_backward);
    tcase_add_test(t, retained_gradients);
    tcase_add_test(t, hooks_change_gradients);
    tcase_add_test(t, a_leaf_hook_sees_the_sum);
    tcase_add_test(t, an_error_leaves_grad_alone);
    tcase_add_test(t, hooks_outlive_tensors);
    tcase_add_test(t, no_grad_and_detach);
    tcase_add_test(t, grad_of_given_tensors);
    tcase_add_test(t, leaves_cannot_be_written);
    tcase_add_test(t, a_changed_value_is_noticed);
    tcase_add_test(t, the_error_names_the_last_writer);
    tcase_add_test(t, an_unread_value_may_change);
    tcase_add_test(t, in_place_history);
    tcase_add_test(t, results_must_fit);
    tcase_add_test(t, writing_a_row);
    tcase_add_test(t, overlapping_writes);
    tcase_add_test(t, a_view_of_a_changed_leaf);
    tcase_add_test(t, pieces_of_a_changed_tensor);
    tcase_add_test(t, geometry_in_place);
    tcase_add_test(t, views_of_views);
    tcase_add_test(t, masks_and_indices_in_place);
    tcase_add_test(t, views_that_cannot_be_written);
    tcase_add_test(t, subscripts);
    tcase_add_test(t, a_long_chain_needs_no_stack);
    tcase_add_test(t, no_derivative_says_so);
    tcase_add_test(t, out_of_memory_on_the_way);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
