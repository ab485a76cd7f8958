/* What rows say of themselves: the grad_fn names that PyTorch 1.13 prints, costs against
 * formulas by hand, and what a trace records. */
#include "config.h"

#include "check_tap.h"
#include "grad_case.h"

#include "grad/tape.h"
#include "grad/trace.h"

static Err err;

/* ---- names: as torch 1.13.0a0 printed them for the same shapes --------------------- */

static const struct {
    const char *row, *text, *name;
} names[] = {
    {"add", "2 2 | r1", "AddBackward0"},
    {"rsub", "2 n1 | r1", "RsubBackward1"},
    {"mul", "2 n2", "MulBackward0"},
    {"div", "2 2", "DivBackward0"},
    {"div_floor", "2 2", "DivBackward2"},
    {"floor_divide", "2 2", "NotImplemented"},
    {"pow", "2 n2", "PowBackward0"},
    {"pow", "2 2", "PowBackward1"},
    {"pow", "n2 2", "PowBackward1"},
    {"square", "2", "PowBackward0"},
    {"log1p", "+2", "Log1PBackward0"},
    {"relu6", "2", "HardtanhBackward0"},
    {"selu", "2", "EluBackward0"},
    {"clamp", "2 n0 n1", "ClampBackward1"},
    {"clamp_tensor", "2 2 -", "ClampBackward0"},
    {"clamp_min", "2 n0", "ClampMinBackward0"},
    {"masked_fill", "2 b2 n0", "MaskedFillBackward0"},
    {"masked_fill", "2 b2 s", "MaskedFillBackward1"},
    {"lerp", "2 2 n0.5", "LerpBackward0"},
    {"lerp", "2 2 2", "LerpBackward1"},
    {"to", "2 | d", "ToCopyBackward0"},
    {"contiguous", "~2,3", "CloneBackward0"},
    {"dropout", "2 | r0.5", "MulBackward0"},
    {"view", "2,3 | i6", "ViewBackward0"},
    {"reshape", "2,3 | i6", "ReshapeAliasBackward0"},
    {"reshape", "~2,3 | i6", "UnsafeViewBackward0"},
    {"squeeze", "1,2", "SqueezeBackward0"},
    {"squeeze_dim", "1,2 | i0", "SqueezeBackward1"},
    {"t", "2,3", "TBackward0"},
    {"split", "4 | i0,2,2 o2", "SplitBackward0"},
    {"split_sizes", "4 | i0,1,3 o2", "SplitWithSizesBackward0"},
    {"unbind", "2,3 | i0 o2", "UnbindBackward0"},
    {"repeat_interleave", "2 j1<3 | i0", "IndexSelectBackward0"},
    {"pad", "2 | i1,1 r0", "ConstantPadNdBackward0"},
    {"sum", "2,3", "SumBackward0"},
    {"sum", "2,3 | i1", "SumBackward1"},
    {"mean", "2,3", "MeanBackward0"},
    {"mean", "2,3 | i1", "MeanBackward1"},
    {"prod", "2,3 | i1", "ProdBackward1"},
    {"max", "2,3", "MaxBackward1"},
    {"max_dim", "2,3 | i1", "MaxBackward0"},
    {"median_dim", "2,3 | i1", "MedianBackward1"},
    {"norm", "2,3 | r2", "NormBackward1"},
    {"vector_norm", "2,3 | r2", "LinalgVectorNormBackward0"},
    {"softmax", "2,3 | i1", "SoftmaxBackward0"},
    {"matmul", "3 3", "DotBackward0"},
    {"matmul", "2,3 3", "MvBackward0"},
    {"matmul", "3 3,2", "SqueezeBackward3"},
    {"matmul", "2,3 3,2", "MmBackward0"},
    {"matmul", "2,2,3 3,2", "UnsafeViewBackward0"},
    {"matmul", "2,2,3 2,3,2", "UnsafeViewBackward0"},
    {"matmul", "2,2,3 3", "UnsafeViewBackward0"},
    {"matmul", "3 2,3,2", "UnsafeViewBackward0"},
    {"matmul", "2,3 2,3,2", "CloneBackward0"},
    {"outer", "2 3", "MulBackward0"},
    {"linear", "2,3 4,3 4", "AddmmBackward0"},
    {"linear", "2,2,3 4,3 4", "ViewBackward0"},
    {"linear", "2,2,2,3 4,3 4", "AddBackward0"},
    {"linear", "3 4,3 4", "AddBackward0"},
    {"linear", "3 4,3 -", "SqueezeBackward3"},
    {"linear", "2,3 4,3 -", "MmBackward0"},
    {"linear", "2,2,3 4,3 -", "UnsafeViewBackward0"},
    {"index", "4 i2<4 | m", "IndexBackward0"},
    {"scatter_value", "2,3 i2,3<2 n1 | i0", "ScatterBackward1"},
    {"layer_norm", "2,3 3 3 | i3 r1e-5", "NativeLayerNormBackward0"},
    {"nll_loss", "4,3 i4<3 - | i-100,1", "NllLossBackward0"},
    {"nll_loss", "2,3,4 i2,4<3 - | i-100,1", "NllLoss2DBackward0"},
    {"nll_loss", "2,3,4 i2,4<3 - | i-100,0", "ViewBackward0"},
    {"bce_with_logits", "2 u2 - - | i1", "BinaryCrossEntropyWithLogitsBackward0"},
};

START_TEST(names_as_pytorch_prints_them)
{
    Case k;
    Tensor *out[MAX_PIECES] = {0};
    const OpDef *op = op_find(names[_i].row);
    ck_assert_ptr_nonnull(op);
    case_read(&k, op, names[_i].text);
    for (int i = 0; i < k.call.nin; i++)
        if (k.wants[i]) ck_assert(grad_requires_set(k.in[i], true, &err));
    ck_assert_msg(op_apply(&k.call, out, &err), "%s: %s", op->name, err.msg);
    ck_assert_str_eq(grad_fn_name(out[0]), names[_i].name);
    for (int i = 0; i < op_nout(&k.call); i++) tensor_release(out[i]);
    case_clear(&k);
}
END_TEST

/* Rows of tests, counts and indices carry no gradient. */
START_TEST(rows_without_gradient)
{
    static const char *const rows[] = {"eq 2 2", "isnan 2", "argmax 2", "all b2", "nonzero 2"};
    for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
        char name[32] = {0};
        const char *space = strchr(rows[r], ' ');
        memcpy(name, rows[r], (size_t)(space - rows[r]));
        Case k;
        Tensor *out = NULL;
        case_read(&k, op_find(name), space + 1);
        if (k.wants[0]) ck_assert(grad_requires_set(k.in[0], true, &err));
        ck_assert_msg(op_apply(&k.call, &out, &err), "%s: %s", name, err.msg);
        ck_assert_msg(!grad_requires(out), "%s", name);
        tensor_release(out);
        case_clear(&k);
    }
}
END_TEST

/* Every name that a row can print ends as PyTorch's do. */
START_TEST(rows_are_well_formed)
{
    for (int i = 0; i < op_table_len; i++) {
        const OpDef *op = op_table[i];
        ck_assert_msg(op->forward != NULL, "%s has no forward", op->name);
        ck_assert_msg(!op->vjp || op->grad_name || op->grad_name_of, "%s: vjp without a name",
                      op->name);
        ck_assert_msg(op->nout + op->nhidden <= OP_MAX_OUT, "%s: too many outputs", op->name);
        for (int j = 0; j < i; j++) ck_assert_str_ne(op->name, op_table[j]->name);
        if (!op->grad_name || !strcmp(op->grad_name, "NotImplemented")) continue;
        ck_assert_msg(strstr(op->grad_name, "Backward") != NULL, "%s", op->grad_name);
    }
    ck_assert_ptr_null(op_find("no_such_op"));
}
END_TEST

/* ---- costs: float64, so 8 bytes a number ------------------------------------------- */

static const struct {
    const char *row, *text;
    double flops, bytes;
} costs[] = {
    {"add", "2,3 3 | r1", 6, 8 * (6 + 3 + 6)},
    {"exp", "2,3", 6, 8 * 12},
    {"matmul", "2,3 3,4", 2 * 2 * 3 * 4, 8 * (6 + 12 + 8)},
    {"matmul", "5,2,3 5,3,4", 5 * 2 * 2 * 3 * 4, 8 * 5 * (6 + 12 + 8)},
    {"matmul", "3 3", 6, 8 * 7},
    {"linear", "7,3 4,3 4", 2 * 7 * 3 * 4 + 28, 8 * (21 + 12 + 4 + 28)},
    {"addmm", "4 2,3 3,4 | r1,1", 2 * 2 * 3 * 4 + 8, 8 * (4 + 6 + 12 + 8)},
    {"softmax", "2,3 | i1", 5 * 6, 8 * 12},
    {"sum", "2,3 | i1", 6, 8 * 8},
    {"transpose", "2,3 | i0,1", 0, 0},
    {"reshape", "2,3 | i6", 0, 0},
    {"reshape", "~2,3 | i6", 6, 8 * 12},
    {"cat", "2,3 2,3 | i0 m", 0, 8 * 24},
    {"embedding", "5,3 i4<5 | i-1", 0, 2 * 8 * 12},
    {"layer_norm", "4,5 5 5 | i5 r1e-5", 7 * 20, 8 * (20 + 10 + 20)},
    {"sdpa", "2,3,4 2,5,4 2,5,6 -", 2 * 15 * (2 * 4 + 5 + 2 * 6), 8 * 2 * (12 + 20 + 30 + 18)},
    {"sdpa", "3,4 3,4 3,4 - | f1", 6 * (8 + 5 + 8), 8 * 48},
    {"sdpa", "5,4 3,4 3,4 - | f1", (6 + 2 * 3) * (8 + 5 + 8), 8 * (20 + 12 + 12 + 20)},
};

START_TEST(costs_by_hand)
{
    Case k;
    Tensor *out[MAX_PIECES] = {0};
    OpCost cost;
    case_read(&k, op_find(costs[_i].row), costs[_i].text);
    ck_assert_msg(op_apply(&k.call, out, &err), "%s: %s", costs[_i].row, err.msg);
    op_cost(&k.call, out, &cost);
    ck_assert_msg(cost.flops == costs[_i].flops, "%s(%s): %g flops, by hand %g", costs[_i].row,
                  costs[_i].text, cost.flops, costs[_i].flops);
    ck_assert_msg(cost.bytes == costs[_i].bytes, "%s(%s): %g bytes, by hand %g", costs[_i].row,
                  costs[_i].text, cost.bytes, costs[_i].bytes);
    for (int i = 0; i < op_nout(&k.call); i++) tensor_release(out[i]);
    case_clear(&k);
}
END_TEST

/* ---- traces ------------------------------------------------------------------------ */

static int label(void *ctx, Str *text) {
    str_printf(text, "%s", (const char *)ctx);
    return 42;
}

START_TEST(a_trace_records_forward_and_backward)
{
    Tensor *w = NULL, *y = NULL, *s = NULL;
    ck_assert(tensor_full_f64(DT_F32, 2, (int64_t[]){2, 2}, 1, &w, &err));
    ck_assert(grad_requires_set(w, true, &err));
    ck_assert_ptr_null(trace_current);
    Trace *outer = trace_begin(), *t = trace_begin();
    trace_label_hook(label, (void *)"y = w @ w");
    ck_assert(op_matmul(w, w, &y, &err));
    ck_assert(op_sum(y, 0, NULL, false, &s, &err));
    ck_assert(grad_backward(1, &s, NULL, false, &err));
    trace_label_hook(NULL, NULL);
    trace_end(t);
    trace_end(outer);
    ck_assert_int_eq(t->rows.count, 4);
    ck_assert_int_eq(outer->rows.count, 4);
    const TraceRow *r = t->rows.items;
    ck_assert_str_eq(r[0].op, "matmul");
    ck_assert_str_eq(r[0].label, "y = w @ w");
    ck_assert_int_eq(r[0].stmt, 42);
    ck_assert(r[0].flops == 16 && r[0].bytes == 4 * 12 && !r[0].backward);
    ck_assert(r[0].ndim == 2 && r[0].shape[0] == 2 && r[0].shape[1] == 2);
    ck_assert(r[0].params == 4); /* w once, though it comes twice */
    ck_assert(r[1].params == 0);
    ck_assert_str_eq(r[2].op, "SumBackward0");
    ck_assert_str_eq(r[3].op, "MmBackward0");
    ck_assert(r[3].backward && r[3].flops == 32); /* two products */
    for (int i = 0; i < 4; i++) ck_assert(r[i].ns >= 0);
    trace_free(t);
    trace_free(outer);
    tensor_release(w);
    tensor_release(y);
    tensor_release(s);
    ck_assert_int_eq((int64_t)tensor_memory_used(), 0);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("grad_rows");
    TCase *t = tcase_create("rows");
    tcase_add_loop_test(t, names_as_pytorch_prints_them, 0, (int)ARRAY_LEN(names));
    tcase_add_test(t, rows_without_gradient);
    tcase_add_test(t, rows_are_well_formed);
    tcase_add_loop_test(t, costs_by_hand, 0, (int)ARRAY_LEN(costs));
    tcase_add_test(t, a_trace_records_forward_and_backward);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
