/* picture: nothing leaves its page, no two labels meet, classes of cells differ in a copier. */
#include "config.h"

#include "check_tap.h"

#include <math.h>

#include "picture/inks.h"
#include "picture/picture.h"
#include "tensor/create.h"

static Tensor *matrix_by(int64_t heads, int64_t rows, int64_t cols, double (*f)(int64_t, int64_t)) {
    Tensor *t = NULL;
    Err err = {0};
    int64_t shape[] = {heads, rows, cols};
    bool lone = heads == 0;
    ck_assert(tensor_zeros(DT_F32, lone ? 2 : 3, shape + lone, &t, &err));
    float *p = tensor_data(t);
    for (int64_t h = 0; h < MAX(heads, 1); h++)
        for (int64_t r = 0; r < rows; r++)
            for (int64_t c = 0; c < cols; c++) *p++ = (float)f(r, c);
    return t;
}

static double causal(int64_t r, int64_t c) {
    return c <= r ? 1.0 / (double)(r + 1) : 0;
}

static double scores(int64_t r, int64_t c) {
    return sin(1.7 * (double)r + 0.3) * 12.5 * cos(0.9 * (double)c);
}

static double broken(int64_t r, int64_t c) {
    return (r + c) % 3 == 0 ? (double)NAN : (r + c) % 3 == 1 ? (double)INFINITY : -INFINITY;
}

/* "token" repeated to a length; every fourth is of another script. */
static char **labels_of(size_t n, size_t length) {
    static const char *const other[] = {"猫", "שלום", "😀", "é"};
    char **l = mem_zero(MAX(n, 1) * sizeof *l);
    for (size_t i = 0; i < n; i++) {
        Str s = STR_INIT;
        for (size_t k = 0; k < length; k++)
            if (i % 4 == 3)
                str_add(&s, other[(i / 4) % ARRAY_LEN(other)]);
            else
                str_addc(&s, (char)('a' + (i + k) % 26));
        str_add(&s, "");
        l[i] = str_detach(&s);
    }
    return l;
}

static void labels_free(char **l, size_t n) {
    for (size_t i = 0; i < n; i++) mem_free(l[i]);
    mem_free(l);
}

static bool apart(SketchBox a, SketchBox b) {
    const double slack = 0.05;
    return a.x1 <= b.x0 + slack || b.x1 <= a.x0 + slack || a.y1 <= b.y0 + slack ||
           b.y1 <= a.y0 + slack;
}

/* Every mark is on its page, and no text touches another. */
static void check_page(const SketchPage *page, const char *what) {
    VEC(SketchBox) words = {0};
    for (size_t i = 0; i < page->marks.count; i++) {
        const SketchMark *m = &page->marks.items[i];
        SketchBox b = sketch_box(m);
        double x0 = fmin(b.x0, b.x1), x1 = fmax(b.x0, b.x1), y0 = fmin(b.y0, b.y1),
               y1 = fmax(b.y0, b.y1);
        if (x0 < -0.01 || y0 < -0.01 || x1 > page->width + 0.01 || y1 > page->height + 0.01)
            ck_abort_msg("%s: a mark (%s) leaves its page: %.1f..%.1f of %.1f, %.1f..%.1f of %.1f",
                         what, m->text ? m->text : "shape", x0, x1, page->width, y0, y1,
                         page->height);
        if (m->kind != SKETCH_WORDS || !*m->text) continue;
        for (size_t k = 0; k < words.count; k++)
            if (!apart(words.items[k], b))
                ck_abort_msg("%s: '%s' at %.1f, %.1f meets another text", what, m->text, m->x,
                             m->y);
        vec_push(&words, b);
    }
    vec_clear(&words);
}

static void check_sketch(Sketch *s, const char *what) {
    ck_assert_uint_gt(s->pages.count, 0);
    for (size_t p = 0; p < s->pages.count; p++) check_page(&s->pages.items[p], what);
    sketch_free(s);
}

typedef struct Case {
    int64_t heads, rows, cols;
    size_t label; /* length; 0: none */
    ViewScale scale;
    double (*f)(int64_t, int64_t);
} Case;

static void check_case(const Case *k) {
    Tensor *t = matrix_by(k->heads, k->rows, k->cols, k->f);
    char **rows = labels_of((size_t)k->rows, k->label),
         **cols = labels_of((size_t)k->cols, k->label);
    ViewMatrixOpts o = {.name = "weights",
                        .meaning = "softmax(q kᵀ/√8)",
                        .row_axis = "queries",
                        .col_axis = "keys",
                        .scale = k->scale,
                        .row_labels = (const char *const *)rows,
                        .col_labels = (const char *const *)cols,
                        .row_label_count = k->label ? (size_t)k->rows : 0,
                        .col_label_count = k->label ? (size_t)k->cols : 0};
    View *v = view_matrix(t, &o);
    for (int theme = 0; theme < PICTURE_THEMES; theme++)
        for (int paper = PAPER_FIT; paper < PAPERS; paper++) {
            char what[120];
            snprintf(what, sizeof what, "%lld x %lld x %lld, labels of %zu, %s on %s",
                     (long long)k->heads, (long long)k->rows, (long long)k->cols, k->label,
                     picture_theme_name((PictureTheme)theme),
                     picture_paper_name((PicturePaper)paper));
            PictureStyle style = {(PictureTheme)theme, (PicturePaper)paper};
            check_sketch(picture_draw(&v, 1, &style), what);
        }
    view_release(v);
    labels_free(rows, (size_t)k->rows);
    labels_free(cols, (size_t)k->cols);
    tensor_release(t);
}

START_TEST(labels_stay_apart)
{
    static const size_t lengths[] = {0, 1, 4, 12, 60, 10000};
    static const int64_t sizes[] = {1, 2, 3, 5, 8, 13, 21, 30, 40};
    size_t length = lengths[_i];
    for (size_t r = 0; r < ARRAY_LEN(sizes); r++)
        for (size_t c = 0; c < ARRAY_LEN(sizes); c++) {
            if (length > 100 && sizes[r] * sizes[c] > 64) continue;
            check_case(&(Case){0, sizes[r], sizes[c], length, VIEW_WEIGHTS, causal});
            check_case(&(Case){0, sizes[r], sizes[c], length, VIEW_DIVERGING, scores});
        }
}
END_TEST

START_TEST(extremes_stay_on_the_page)
{
    static const Case cases[] = {
        {0, 1, 500, 0, VIEW_WEIGHTS, causal},    {0, 1, 500, 5, VIEW_WEIGHTS, causal},
        {0, 500, 1, 5, VIEW_WEIGHTS, causal},    {0, 500, 500, 3, VIEW_WEIGHTS, causal},
        {0, 6, 6, 4, VIEW_DIVERGING, broken},    {0, 6, 6, 4, VIEW_WEIGHTS, broken},
        {0, 0, 0, 0, VIEW_WEIGHTS, causal},      {0, 0, 4, 3, VIEW_WEIGHTS, causal},
        {2, 5, 5, 4, VIEW_WEIGHTS, causal},      {12, 6, 6, 5, VIEW_WEIGHTS, causal},
        {16, 30, 30, 9, VIEW_DIVERGING, scores}, {64, 9, 9, 3, VIEW_WEIGHTS, causal}};
    check_case(&cases[_i]);
}
END_TEST

START_TEST(curves_and_bars_stay_on_the_page)
{
    double x[40], y[40], z[40];
    for (int i = 0; i < 40; i++) {
        x[i] = pow(2, i / 4.0);
        y[i] = x[i] * x[i] * 1e-3;
        z[i] = i % 5 == 0 ? (double)NAN : sin(i);
    }
    ViewSeries series[] = {
        {"naive", x, y, 40, false}, {"tiled", x, z, 40, false}, {"", x, y, 0, true}};
    const char *const names[] = {"a", "a label that is much longer than what others have", "猫😀"};
    for (int theme = 0; theme < PICTURE_THEMES; theme++)
        for (int paper = PAPER_FIT; paper < PAPERS; paper++)
            for (int log = 0; log < 4; log++) {
                PictureStyle style = {(PictureTheme)theme, (PicturePaper)paper};
                ViewCurveOpts o = {.title = "time", .x_label = "n", .y_label = "seconds"};
                o.log_x = log & 1, o.log_y = log & 2;
                for (size_t n = 0; n <= 3; n++) {
                    View *v = view_curve(series, n, &o);
                    check_sketch(picture_draw(&v, 1, &style), "a curve");
                    view_release(v);
                    v = view_bars(names, y + 20, n, &(ViewBarsOpts){.title = "bars", .unit = "µs"});
                    check_sketch(picture_draw(&v, 1, &style), "bars");
                    view_release(v);
                }
            }
}
END_TEST

/* What a copier makes of a hatch seen from afar. */
static double hatch_luminance(const Inks *k) {
    return HATCH_COVER * rgb_luminance(k->hatch) +
           (1 - HATCH_COVER) * rgb_luminance(k->hatch_ground);
}

START_TEST(classes_differ_in_a_copier)
{
    Inks k = inks_of((PictureTheme)_i);
    Tensor *t = matrix_by(0, 4, 4, causal);
    View *v = view_matrix(t, &(ViewMatrixOpts){.scale = VIEW_WEIGHTS});
    MatrixPlan p;
    matrix_plan(&p, &v->matrix, &k.style, 1);
    double zero = rgb_luminance(inks_ramp(&k, &p, 0)), most = rgb_luminance(inks_ramp(&k, &p, 1)),
           hatch = hatch_luminance(&k);
    if (fabs(zero - hatch) < 0.1 || fabs(most - hatch) < 0.1 || fabs(zero - most) < 0.1)
        ck_abort_msg("%s: zero %.3f, greatest %.3f, masked %.3f",
                     picture_theme_name((PictureTheme)_i), zero, most, hatch);
    matrix_plan_clear(&p);
    view_release(v);
    tensor_release(t);
}
END_TEST

START_TEST(texts_read_on_their_paper)
{
    Inks k = inks_of((PictureTheme)_i);
    ck_assert_double_ge(rgb_contrast(k.text, k.paper), CONTRAST_LEAST);
    ck_assert_double_ge(rgb_contrast(k.faint, k.paper), CONTRAST_LEAST);
    ck_assert_double_ge(rgb_contrast(k.bad, k.paper), CONTRAST_LEAST);
    for (int i = 0; i < INKS_SERIES; i++)
        ck_assert_double_ge(rgb_contrast(k.series[i], k.paper), 3);
}
END_TEST

/* A cut token is whole in its tip and in the notes. */
START_TEST(cut_tokens_are_told)
{
    Tensor *t = matrix_by(0, 2, 2, causal);
    const char *const labels[] = {"the",
                                  "a token that is longer than any picture would leave room for, "
                                  "so that it is cut somewhere on its way to the right margin, "
                                  "where it goes on for a while"};
    View *v = view_matrix(t, &(ViewMatrixOpts){.row_labels = labels, .row_label_count = 2});
    Sketch *s = picture_draw(&v, 1, &(PictureStyle){0});
    Str svg = STR_INIT;
    sketch_svg(s, &svg);
    Str tip = STR_INIT;
    str_printf(&tip, "<title>%s</title>", labels[1]);
    ck_assert_ptr_nonnull(strstr(str_cstr(&svg), str_cstr(&tip)));
    ck_assert_ptr_nonnull(strstr(str_cstr(&svg), "row 1: a token that"));
    str_clear(&svg);
    str_clear(&tip);
    sketch_free(s);
    view_release(v);
    tensor_release(t);
}
END_TEST

START_TEST(texts_that_act_are_escaped)
{
    Sketch *s = sketch_new();
    sketch_page(s, 100, 100, (Rgb){0});
    sketch_text(s, 0, 10, (SketchText){.size = 8}, "a\x1b[31m<b>&\xff\xe2\x80\xae");
    Str svg = STR_INIT;
    sketch_svg(s, &svg);
    ck_assert_ptr_nonnull(strstr(str_cstr(&svg), "a\\x1b[31m&lt;b&gt;&amp;\\xff\\u202e"));
    str_clear(&svg);
    sketch_free(s);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("picture");
    TCase *c = tcase_create("picture");
    tcase_set_timeout(c, 240);
    tcase_add_loop_test(c, labels_stay_apart, 0, 6);
    tcase_add_loop_test(c, extremes_stay_on_the_page, 0, 12);
    tcase_add_test(c, curves_and_bars_stay_on_the_page);
    tcase_add_loop_test(c, classes_differ_in_a_copier, 0, PICTURE_THEMES);
    tcase_add_loop_test(c, texts_read_on_their_paper, 0, PICTURE_THEMES);
    tcase_add_test(c, cut_tokens_are_told);
    tcase_add_test(c, texts_that_act_are_escaped);
    suite_add_tcase(s, c);
    return s;
}

int main(void) {
    return check_tap(suite());
}
