/* src/view: what matrices look like, as goldens and as facts. */
#include "config.h"

#include "check_view.h"

#include <math.h>

static const char *const tokens[] = {"the", "cat", "sat", "on", "the", "mat"};
static const char *const odd_tokens[] = {"猫",           "が",       "座った",
                                         "cafe\xcc\x81", "\x1b[31m", "internationalization"};

/* ---- values ------------------------------------------------------------------------- */

static double score(const int64_t *i) {
    return 2.5 * sin(3.7 * (double)i[0] + 1.3 * (double)i[1] * (double)i[0] + 0.4);
}

static double masked_score(const int64_t *i) {
    return i[1] > i[0] ? -INFINITY : score(i);
}

static double causal(const int64_t *i) {
    return i[1] <= i[0];
}

static double weight(const int64_t *i) {
    double sum = 0;
    for (int64_t k = 0; k <= i[0]; k++) sum += exp(score((int64_t[]){i[0], k}));
    return i[1] > i[0] ? 0 : exp(score(i)) / sum;
}

/* A leak, a row without keys, an underflow. */
static double broken_weight(const int64_t *i) {
    if (i[0] == 2) return i[1] == 1 ? 0.5 : 0.25;
    if (i[0] == 3) return NAN;
    return i[0] == 5 && i[1] == 5 ? 0 : weight(i);
}

static double broken_mask(const int64_t *i) {
    return i[0] != 3 && i[1] <= i[0];
}

static double head_weight(const int64_t *i) {
    double sum = 0;
    for (int64_t k = 0; k < 4; k++) sum += exp(cos((double)((i[0] + 1) * (i[1] + 2) * k)));
    return exp(cos((double)((i[0] + 1) * (i[1] + 2) * i[2]))) / sum;
}

static double mixed(const int64_t *i) {
    static const double v[] = {0, 1e-9, -0.001, 12345.678, 3e9, -7.25, NAN, INFINITY, -INFINITY};
    return v[(i[0] * 3 + i[1]) % 9];
}

static double id(const int64_t *i) {
    return (double)(i[0] * 1017 + 17);
}

static double band(const int64_t *i) {
    double d = (double)(i[0] - i[1]);
    return d < 0 ? 0 : exp(-d * d / 60);
}

static double waves(const int64_t *i) {
    return 3 * sin((double)i[0] / 7) * cos((double)i[1] / 5);
}

static ViewMatrixOpts labelled(const char *name, const char *const *labels) {
    return (ViewMatrixOpts){.name = name,
                            .meaning = "softmax(q kᵀ/√8)",
                            .row_axis = "queries",
                            .col_axis = "keys",
                            .row_labels = labels,
                            .col_labels = labels,
                            .row_label_count = 6,
                            .col_label_count = 6};
}

static View *matrix_of(Tensor *t, const ViewMatrixOpts *o) {
    View *v = view_matrix(t, o);
    tensor_release(t);
    return v;
}

static View *weights(DType dt) {
    Tensor *mask = tensor_by(DT_BOOL, SHAPE(6, 6), causal);
    ViewMatrixOpts o = labelled("weights", tokens);
    o.scale = VIEW_WEIGHTS;
    o.mask = mask;
    View *v = matrix_of(tensor_by(dt, SHAPE(6, 6), weight), &o);
    tensor_release(mask);
    return v;
}

/* ---- goldens --------------------------------------------------------------------------- */

START_TEST(weights_golden)
{ golden("weights", weights(DT_F32)); }
END_TEST

START_TEST(weights_in_all_depths)
{
    golden_at("weights-256", weights(DT_F64), 80,
              &(ViewStyle){.depth = DEPTH_256, .ground = GROUND_DARK});
    golden_at("weights-16", weights(DT_F64), 80,
              &(ViewStyle){.depth = DEPTH_16, .ground = GROUND_DARK});
    golden_at("weights-cividis", weights(DT_F64), 80,
              &(ViewStyle){.depth = DEPTH_TRUE, .theme = THEME_CIVIDIS, .ground = GROUND_LIGHT});
    golden_at("weights-grey", weights(DT_F64), 80,
              &(ViewStyle){.depth = DEPTH_256, .theme = THEME_GREY});
    golden_at("weights-ascii", weights(DT_F64), 60, &(ViewStyle){.ascii = true});
}
END_TEST

START_TEST(broken_weights_golden)
{
    Tensor *mask = tensor_by(DT_BOOL, SHAPE(6, 6), broken_mask);
    ViewMatrixOpts o = labelled("weights", odd_tokens);
    o.scale = VIEW_WEIGHTS;
    o.mask = mask;
    golden("broken", matrix_of(tensor_by(DT_F32, SHAPE(6, 6), broken_weight), &o));
    tensor_release(mask);
}
END_TEST

START_TEST(scores_golden)
{
    ViewMatrixOpts o = labelled("scores", tokens);
    o.meaning = "q kᵀ/√8";
    golden("scores", matrix_of(tensor_by(DT_F32, SHAPE(6, 6), score), &o));
    o.name = "masked";
    golden("masked", matrix_of(tensor_by(DT_F32, SHAPE(6, 6), masked_score), &o));
}
END_TEST

START_TEST(masks_golden)
{
    ViewMatrixOpts o = labelled("mask", tokens);
    o.meaning = "causal";
    o.scale = VIEW_MASK;
    golden("mask", matrix_of(tensor_by(DT_BOOL, SHAPE(6, 6), broken_mask), &o));
    o.row_labels = o.col_labels = odd_tokens;
    golden("mask-odd", matrix_of(tensor_by(DT_BOOL, SHAPE(6, 6), causal), &o));
    golden("bool", matrix_of(tensor_by(DT_BOOL, SHAPE(3, 5), causal), NULL));
    o = labelled("depends", tokens);
    o.scale = VIEW_MARKS;
    golden("marks", matrix_of(tensor_by(DT_BOOL, SHAPE(6, 6), broken_mask), &o));
}
END_TEST

START_TEST(heads_golden)
{
    ViewMatrixOpts o = labelled("weights", tokens);
    o.lead_axes[0] = "head";
    o.lead_axis_count = 1;
    o.scale = VIEW_WEIGHTS;
    golden("heads", matrix_of(tensor_by(DT_F32, SHAPE(3, 4, 4), head_weight), &o));
    golden("slices", matrix_of(tensor_by(DT_F32, SHAPE(2, 6, 2, 2), score), NULL));
}
END_TEST

START_TEST(other_shapes_golden)
{
    struct {
        const char *name;
        Tensor *t;
    } cases[] = {
        {"ids", tensor_by(DT_I64, SHAPE(5), id)},
        {"long", tensor_by(DT_F64, SHAPE(500), id)},
        {"empty", tensor_by(DT_F32, SHAPE(0, 3), id)},
        {"mixed", tensor_by(DT_F32, SHAPE(3, 3), mixed)},
        {"tall", tensor_by(DT_F32, SHAPE(40, 3), score)},
        {"wide", tensor_by(DT_F32, SHAPE(3, 768), score)},
        {"column", tensor_by(DT_F32, SHAPE(3, 1), score)},
    };
    View *all[ARRAY_LEN(cases) + 1];
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        all[i] = matrix_of(cases[i].t, &(ViewMatrixOpts){.name = cases[i].name});
    Err err = {0};
    Tensor *loss = NULL;
    ck_assert(tensor_scalar_f64(DT_F32, 0.6931, &loss, &err));
    all[ARRAY_LEN(cases)] = matrix_of(loss, &(ViewMatrixOpts){.name = "loss"});
    golden_all("shapes", all, ARRAY_LEN(all));
}
END_TEST

START_TEST(heat_golden)
{
    Tensor *mask = tensor_by(DT_BOOL, SHAPE(26, 26), causal);
    golden("heat",
           matrix_of(tensor_by(DT_F32, SHAPE(26, 26), band),
                     &(ViewMatrixOpts){.name = "weights", .scale = VIEW_WEIGHTS, .mask = mask}));
    tensor_release(mask);
    golden("heat-half", matrix_of(tensor_by(DT_F32, SHAPE(64, 64), waves),
                                  &(ViewMatrixOpts){.digits = VIEW_OFF}));
    golden("heat-pooled", matrix_of(tensor_by(DT_F32, SHAPE(200, 200), band),
                                    &(ViewMatrixOpts){.scale = VIEW_WEIGHTS}));
    ViewMatrixOpts o = labelled("scores", tokens);
    o.digits = VIEW_OFF;
    golden("heat-labels", matrix_of(tensor_by(DT_F32, SHAPE(6, 6), masked_score), &o));
}
END_TEST

/* ---- facts --------------------------------------------------------------------------------- */

static char *plain(View *v) {
    return drawn(v, 80, NULL);
}

START_TEST(three_glyphs_keep_three_facts_apart)
{
    Tensor *t = tensor_by(DT_F32, SHAPE(1, 3), id), *m = tensor_by(DT_BOOL, SHAPE(1, 3), causal);
    for (int64_t k = 0; k < 3; k++) tensor_set_f64(t, (int64_t[]){0, k}, k == 0 ? 0 : k - 1.0);
    tensor_set_f64(m, (int64_t[]){0, 2}, 1); /* open: 0, masked: 0, open: 1 */
    tensor_set_f64(m, (int64_t[]){0, 0}, 1);
    ViewMatrixOpts o = {.scale = VIEW_WEIGHTS, .mask = m, .row_sums = VIEW_OFF};
    char *softmax = plain(view_matrix(t, &o));
    ck_assert_msg(strstr(softmax, "0  ~0     ·    1.00\n"), "%s", softmax);
    o.zero_underflows = VIEW_OFF;
    char *exact = plain(view_matrix(t, &o));
    ck_assert_msg(strstr(exact, "0  0      ·    1.00\n") && !strstr(exact, "~0"), "%s", exact);
    mem_free(softmax);
    mem_free(exact);
    tensor_release(t);
    tensor_release(m);
}
END_TEST

START_TEST(small_weights_are_not_zero)
{
    Tensor *t = tensor_by(DT_F64, SHAPE(1, 2), id);
    tensor_set_f64(t, (int64_t[]){0, 0}, 1e-30);
    tensor_set_f64(t, (int64_t[]){0, 1}, 1);
    char *text = plain(matrix_of(t, &(ViewMatrixOpts){.scale = VIEW_WEIGHTS}));
    ck_assert_msg(strstr(text, "0  ~0    1.00   1.00\n~0 below 0.005\n"), "%s", text);
    mem_free(text);
}
END_TEST

START_TEST(off_sums_are_marked_without_colour)
{
    char *text = plain(matrix_of(tensor_by(DT_F32, SHAPE(2, 2), causal),
                                 &(ViewMatrixOpts){.scale = VIEW_WEIGHTS}));
    ck_assert_msg(strstr(text, "1.00\n") && strstr(text, "2.00 ≠ 1\n"), "%s", text);
    mem_free(text);
}
END_TEST

START_TEST(decimals_come_from_options_then_style_then_values)
{
    Tensor *t = tensor_by(DT_F32, SHAPE(1, 1), score);
    ViewStyle style = {.precision_set = true, .precision = 4};
    char *own =
        drawn(view_matrix(t, &(ViewMatrixOpts){.decimals_set = true, .decimals = 1}), 80, &style);
    char *styled = drawn(view_matrix(t, NULL), 80, &style), *values = plain(view_matrix(t, NULL));
    ck_assert_msg(strstr(own, " 1.0\n") && strstr(styled, " 0.9735\n"), "%s%s", own, styled);
    ck_assert_msg(strstr(values, " 0.97\n"), "%s", values);
    mem_free(own), mem_free(styled), mem_free(values);
    tensor_release(t);
}
END_TEST

START_TEST(integers_are_exact)
{
    Tensor *t = tensor_by(DT_I64, SHAPE(2), id);
    tensor_set_i64(t, (int64_t[]){0}, INT64_MIN);
    tensor_set_i64(t, (int64_t[]){1}, INT64_MAX);
    char *text = plain(matrix_of(t, NULL));
    ck_assert_msg(strstr(text, "-9223372036854775808") && strstr(text, " 9223372036854775807"),
                  "%s", text);
    mem_free(text);
}
END_TEST

START_TEST(wide_shows_every_column)
{
    Tensor *t = tensor_by(DT_F32, SHAPE(2, 60), score);
    char *text = drawn(view_matrix(t, NULL), 40, &(ViewStyle){.wide = true});
    ck_assert(!strstr(text, "…") && strstr(text, " 59\n"));
    char *cut = drawn(view_matrix(t, NULL), 40, NULL);
    ck_assert(strstr(cut, "…") && strstr(cut, "(2, 60)") && strstr(cut, " 59\n"));
    mem_free(text), mem_free(cut);
    tensor_release(t);
}
END_TEST

START_TEST(masks_broadcast_over_leading_axes)
{
    Tensor *t = tensor_by(DT_F32, SHAPE(2, 3, 3), score),
           *m = tensor_by(DT_BOOL, SHAPE(3, 3), causal);
    char *text = plain(view_matrix(t, &(ViewMatrixOpts){.mask = m}));
    int dots = 0;
    for (const char *p = text; (p = strstr(p, "·")); p++) dots++;
    ck_assert_int_eq(dots, 3 + 3 + 1); /* and the legend's */
    mem_free(text);
    tensor_release(t);
    tensor_release(m);
}
END_TEST

START_TEST(a_mask_that_does_not_fit_is_ignored)
{
    Tensor *t = tensor_by(DT_F32, SHAPE(2, 2), score), *m = tensor_by(DT_BOOL, SHAPE(3, 3), causal);
    char *text = plain(view_matrix(t, &(ViewMatrixOpts){.mask = m}));
    ck_assert(!strstr(text, "·"));
    mem_free(text);
    tensor_release(t);
    tensor_release(m);
}
END_TEST

Suite *view_matrix_suite(void) {
    Suite *s = suite_create("view matrices");
    TCase *g = tcase_create("goldens"), *f = tcase_create("facts");
    tcase_set_timeout(g, 60);
    tcase_add_test(g, weights_golden);
    tcase_add_test(g, weights_in_all_depths);
    tcase_add_test(g, broken_weights_golden);
    tcase_add_test(g, scores_golden);
    tcase_add_test(g, masks_golden);
    tcase_add_test(g, heads_golden);
    tcase_add_test(g, other_shapes_golden);
    tcase_add_test(g, heat_golden);
    tcase_add_test(f, three_glyphs_keep_three_facts_apart);
    tcase_add_test(f, small_weights_are_not_zero);
    tcase_add_test(f, off_sums_are_marked_without_colour);
    tcase_add_test(f, decimals_come_from_options_then_style_then_values);
    tcase_add_test(f, integers_are_exact);
    tcase_add_test(f, wide_shows_every_column);
    tcase_add_test(f, masks_broadcast_over_leading_axes);
    tcase_add_test(f, a_mask_that_does_not_fit_is_ignored);
    suite_add_tcase(s, g);
    suite_add_tcase(s, f);
    return s;
}
