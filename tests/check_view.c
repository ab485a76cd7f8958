/* src/view: helpers, properties that hold for every view, and the main. */
#include "config.h"

#include "check_view.h"

#include <errno.h>
#include <math.h>

#include "base/utf8.h"

/* ---- helpers ---------------------------------------------------------------------- */

Tensor *tensor_by(DType dt, int ndim, const int64_t *shape, double (*f)(const int64_t *)) {
    Err err = {0};
    Tensor *t = NULL;
    ck_assert_msg(tensor_empty(dt, ndim, shape, &t, &err), "%s", err.msg);
    int64_t index[TENSOR_MAX_DIM] = {0}, n = tensor_numel(t);
    for (int64_t i = 0; i < n; i++) {
        tensor_set_f64(t, index, f(index));
        for (int d = ndim - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
    }
    return t;
}

static TermFacts facts_of(const ViewStyle *style) {
    return (TermFacts){.utf8 = !style->ascii, .depth = style->depth, .ground = style->ground};
}

char *drawn(View *v, int width, const ViewStyle *style) {
    static const ViewStyle plain = {0};
    if (!style) style = &plain;
    TermFacts facts = facts_of(style);
    Canvas *c = view_draw(v, width, style);
    Str s = STR_INIT;
    canvas_emit(c, &facts, &s);
    str_add(&s, "");
    canvas_free(c);
    view_release(v);
    return str_detach(&s);
}

void fits(const char *text, int width) {
    for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
        int columns = utf8_columns(text, (size_t)(end - text));
        ck_assert_msg(columns <= width, "%d columns in %d: %.*s", columns, width, (int)(end - text),
                      text);
    }
}

static char *read_whole(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    Str s = STR_INIT;
    char buf[4096];
    for (size_t n; (n = fread(buf, 1, sizeof buf, f)) > 0;) str_addn(&s, buf, n);
    fclose(f);
    str_add(&s, "");
    return str_detach(&s);
}

static char *escapes_visible(const char *text) {
    Str s = STR_INIT;
    for (; *text; text++) {
        if (*text == '\x1b')
            str_add(&s, "\\e");
        else
            str_addc(&s, *text);
    }
    str_add(&s, "");
    return str_detach(&s);
}

static void compare(const char *path, const char *got) {
    char *want = read_whole(path);
    ck_assert_msg(want, "%s: %s (GENERATE=1 writes it)", path, strerror(errno));
    const char *w = want, *g = got;
    int line = 1;
    for (; *w && *w == *g; w++, g++) line += *w == '\n';
    ck_assert_msg(*w == *g, "%s: line %d differs; got\n%s", path, line, got);
    mem_free(want);
}

static void golden_text(const char *name, char *bytes, int width, const ViewStyle *style) {
    char *text = escapes_visible(bytes), path[400];
    if (!style || style->depth == DEPTH_NONE) fits(bytes, width);
    const char *top = getenv("abs_top_srcdir");
    snprintf(path, sizeof path, "%s/tests/golden/view/%s.txt", top ? top : ".", name);
    const char *generate = getenv("GENERATE");
    if (generate && *generate == '1') {
        FILE *f = fopen(path, "wb");
        ck_assert_msg(f, "%s: %s", path, strerror(errno));
        fputs(text, f);
        fclose(f);
    } else {
        compare(path, text);
    }
    mem_free(bytes);
    mem_free(text);
}

void golden_at(const char *name, View *v, int width, const ViewStyle *style) {
    golden_text(name, drawn(v, width, style), width, style);
}

void golden_all(const char *name, View *const *views, size_t n) {
    static const ViewStyle color = {.depth = DEPTH_TRUE, .ground = GROUND_DARK, .masked = true};
    static const ViewStyle plain = {.masked = true};
    static const struct {
        const char *ending;
        int width;
        const ViewStyle *style;
    } ways[] = {{"80", 80, &plain}, {"40", 40, &plain}, {"color", 80, &color}};
    for (size_t w = 0; w < ARRAY_LEN(ways); w++) {
        char full[100];
        Str text = STR_INIT;
        for (size_t i = 0; i < n; i++) {
            char *one = drawn(view_retain(views[i]), ways[w].width, ways[w].style);
            str_printf(&text, "%s%s", i ? "\n" : "", one);
            mem_free(one);
        }
        snprintf(full, sizeof full, "%s-%s", name, ways[w].ending);
        golden_text(full, str_detach(&text), ways[w].width, ways[w].style);
    }
    for (size_t i = 0; i < n; i++) view_release(views[i]);
}

void golden(const char *name, View *v) {
    golden_all(name, &v, 1);
}

/* ---- properties --------------------------------------------------------------------- */

static uint32_t seed;

static uint32_t below(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static double any_value(const int64_t *index) {
    UNUSED(index);
    static const double odd[] = {0, 1, -1, 1e-12, 1e12, -3e7, 99.995, -0.004, 7};
    switch (below(12)) {
    case 0:
        return odd[below(ARRAY_LEN(odd))];
    case 1:
        return below(40) == 0 ? NAN : below(2) ? INFINITY : -INFINITY;
    default:
        return ((double)below(2000) - 1000) / 300;
    }
}

static const char *const words[] = {"the",
                                    "a",
                                    "",
                                    "猫",
                                    "座った",
                                    "cafe\xcc\x81",
                                    "\x1b[2J",
                                    "internationalization",
                                    "\xff\xfe",
                                    "line\nbreak",
                                    "\xe2\x80\xaereversed",
                                    "한국어",
                                    "\xf0\x9f\x98\x80",
                                    "e\xcc\x81\xcc\x82\xcc\x83"};

static Tensor *any_tensor(void) {
    static const DType dtypes[] = {DT_F32, DT_F64, DT_I64, DT_BOOL, DT_F32, DT_U8};
    int64_t shape[4];
    int ndim = (int)below(5);
    for (int d = 0; d < ndim; d++) shape[d] = below(ndim > 2 ? 5 : 45);
    return tensor_by(dtypes[below(ARRAY_LEN(dtypes))], ndim, shape, any_value);
}

/* A tensor of any shape with any labels and options stays within any width, in every
 * colour depth, and lets no control character through. */
START_TEST(matrices_never_pass_the_width)
{
    seed = (uint32_t)_i + 1;
    for (int round = 0; round < 12; round++) {
        const char *labels[50];
        for (size_t i = 0; i < ARRAY_LEN(labels); i++) labels[i] = words[below(ARRAY_LEN(words))];
        Tensor *t = any_tensor();
        ViewMatrixOpts o = {.name = words[below(ARRAY_LEN(words))],
                            .meaning = below(2) ? "softmax(q kᵀ/√8)" : NULL,
                            .row_axis = below(2) ? "queries" : NULL,
                            .col_axis = below(2) ? "keys" : NULL,
                            .row_labels = labels,
                            .col_labels = labels,
                            .row_label_count = below(50),
                            .col_label_count = below(50),
                            .scale = (ViewScale)below(5),
                            .digits = (ViewSwitch)below(3),
                            .row_sums = (ViewSwitch)below(3),
                            .decimals_set = below(3) == 0,
                            .decimals = (int)below(9)};
        ViewStyle style = {.depth = (ColorDepth)below(4),
                           .ground = (Ground)below(3),
                           .ascii = below(4) == 0,
                           .theme = (Theme)below(THEME_COUNT)};
        int width = 20 + (int)below(181);
        View *v = view_matrix(t, &o);
        Canvas *c = view_draw(v, width, &style);
        Str s = STR_INIT;
        TermFacts plain = {.utf8 = !style.ascii};
        canvas_emit(c, &plain, &s);
        fits(str_cstr(&s), width);
        for (size_t i = 0; i < s.len; i++)
            ck_assert((unsigned char)s.buf[i] >= 0x20 || s.buf[i] == '\n');
        str_clear(&s);
        canvas_free(c);
        view_release(v);
        tensor_release(t);
    }
}
END_TEST

START_TEST(text_never_passes_the_width)
{
    seed = (uint32_t)_i + 77;
    static const char *const pieces[] = {"# ",
                                         "## ",
                                         "- ",
                                         "  - ",
                                         "1. ",
                                         "> ",
                                         "\n",
                                         "\n\n",
                                         "```\n",
                                         "|a|b|\n|-|-:|\n|",
                                         "|",
                                         "*",
                                         "**",
                                         "`",
                                         "~~",
                                         "word ",
                                         "猫が座った ",
                                         "averyverylongwordthatmustbebrokensomewhere ",
                                         "\x1b]0;x\x07",
                                         "[x](http://y)",
                                         "![p](q)",
                                         "<b>",
                                         "---\n",
                                         "\t",
                                         "\xff",
                                         "e\xcc\x81 ",
                                         "    code\n"};
    Str s = STR_INIT;
    for (int i = 0; i < 120; i++) str_add(&s, pieces[below(ARRAY_LEN(pieces))]);
    for (int width = 20; width <= 200; width += 1 + (int)below(40)) {
        char *a = drawn(view_markdown(str_cstr(&s)), width, NULL);
        char *b = drawn(view_text(STYLE_PLAIN, str_cstr(&s)), width, NULL);
        char *c = drawn(view_verbatim(STYLE_CODE, str_cstr(&s)), width, NULL);
        char *d = drawn(view_note(VIEW_ERROR, str_cstr(&s)), width, &(ViewStyle){.ascii = true});
        fits(a, width), fits(b, width), fits(c, width), fits(d, width);
        ck_assert(!strchr(a, '\x1b') && !strchr(b, '\x1b') && !strchr(c, '\x1b'));
        mem_free(a), mem_free(b), mem_free(c), mem_free(d);
    }
    str_clear(&s);
}
END_TEST

START_TEST(tables_and_pictures_never_pass_the_width)
{
    seed = (uint32_t)_i + 1234;
    const char *cells[24];
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) cells[i] = words[below(ARRAY_LEN(words))];
    double x[40], y[40];
    for (size_t i = 0; i < ARRAY_LEN(x); i++) x[i] = any_value(NULL), y[i] = any_value(NULL);
    ViewSeries series[] = {{"a", NULL, y, 40, false}, {"猫", x, y, below(41), below(2)}};
    ViewLedgerRow rows[] = {{words[below(14)], {4, {1, 12, 1024, 64}}, 1e9, 3e14, 7e9, 5, 0},
                            {"q = x @ Wq", {.ndim = -1}, -1, -1, 100, -1, 0}};
    for (int width = 20; width <= 200; width += 1 + (int)below(30)) {
        size_t columns = 1 + below(6);
        ViewTableOpts t = {.title = words[below(14)], .total = below(2)};
        ViewCurveOpts c = {
            .title = "t", .x_label = "n", .y_label = "y", .log_x = below(2), .log_y = below(2)};
        View *views[] = {view_table(cells, columns, cells, 4, &t), view_ledger("cost", rows, 2),
                         view_curve(series, 2, &c), view_bars(cells, y, 10, NULL)};
        for (size_t i = 0; i < ARRAY_LEN(views); i++) {
            char *text = drawn(views[i], width, NULL);
            fits(text, width);
            mem_free(text);
        }
    }
}
END_TEST

/* Labels of any width leave the points of all rows in the same columns. */
START_TEST(points_stay_aligned_under_odd_labels)
{
    seed = 5;
    Tensor *t = tensor_by(DT_F32, SHAPE(6, 5), any_value);
    for (int64_t r = 0; r < 6; r++)
        for (int64_t k = 0; k < 5; k++)
            tensor_set_f64(t, (int64_t[]){r, k}, 0.25 + (double)(r * k));
    View *v = view_matrix(t, &(ViewMatrixOpts){.row_labels = words + 3,
                                               .row_label_count = 6,
                                               .col_labels = words + 4,
                                               .col_label_count = 5});
    Canvas *c = view_draw(v, 80, &(ViewStyle){0});
    for (int col = 0; col < 80; col++) {
        int points = 0;
        for (int row = 2; row < 8; row++) {
            const Cell *cell = canvas_cell(c, row, col);
            points += cell->len == 1 && cell->text[0] == '.';
        }
        ck_assert_msg(points == 0 || points == 6, "column %d has %d points", col, points);
    }
    canvas_free(c);
    view_release(v);
    tensor_release(t);
}
END_TEST

/* A letter a row: p plain, l lead, r rule, h head, b body. */
static void roles(View *v, const ViewStyle *style, const char *want) {
    Canvas *c = view_draw(v, 80, style);
    Str got = STR_INIT;
    for (int row = 0; row < canvas_rows(c); row++) str_addc(&got, "plrhb"[canvas_row_role(c, row)]);
    ck_assert_str_eq(str_cstr(&got), want);
    str_clear(&got);
    canvas_free(c);
    view_release(v);
}

/* What is cut into pages knows its heads from its bodies, also below a title and within prose. */
START_TEST(rows_say_what_they_are)
{
    static const char *const head[] = {"a", "b"}, *const cells[] = {"1", "2", "3", "4"};
    static const double y[] = {1, 2, 3};
    ViewSeries series = {"s", NULL, y, 3, false};
    Tensor *t = tensor_by(DT_F32, SHAPE(2, 2), any_value);
    roles(view_table(head, 2, cells, 2, NULL), NULL, "hhbb");
    roles(view_table(head, 2, cells, 2, &(ViewTableOpts){.title = "t"}), NULL, "hhhbb");
    roles(view_matrix(t, &(ViewMatrixOpts){.name = "m", .digits = VIEW_ON}), NULL, "hbbb");
    roles(view_code("a = 1\nb = 2\n"), NULL, "ll");
    roles(view_markdown("# One\n\ntext\n\n| a |\n|---|\n| 1 |\n"), NULL, "lrppphhb");
    ViewCurveOpts opts = {.title = "c", .height = 12};
    View *curve = view_curve(&series, 1, &opts);
    Canvas *whole = view_draw(curve, 80, NULL);
    Canvas *low = view_draw(curve, 80, &(ViewStyle){.screen = 20});
    ck_assert_int_eq(canvas_rows(whole) - canvas_rows(low), 4);
    ck_assert_int_eq(canvas_row_role(low, 0), ROW_HEAD);
    ck_assert_int_eq(canvas_row_role(low, 1), ROW_BODY);
    canvas_free(whole);
    canvas_free(low);
    view_release(curve);
    tensor_release(t);
}
END_TEST

START_TEST(views_outlive_what_they_were_made_of)
{
    char name[] = "name", label[] = "label";
    const char *labels[] = {label, NULL};
    Tensor *t = tensor_by(DT_F32, SHAPE(2, 2), any_value);
    View *v =
        view_matrix(t, &(ViewMatrixOpts){.name = name, .row_labels = labels, .row_label_count = 2});
    tensor_release(t);
    name[0] = label[0] = 'X';
    char *text = drawn(v, 40, NULL);
    ck_assert(strstr(text, "name (2, 2)") && strstr(text, "label") && !strstr(text, "Xabel"));
    mem_free(text);
}
END_TEST

static Suite *property_suite(void) {
    Suite *s = suite_create("view");
    TCase *c = tcase_create("properties");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, matrices_never_pass_the_width, 0, 40);
    tcase_add_loop_test(c, text_never_passes_the_width, 0, 15);
    tcase_add_loop_test(c, tables_and_pictures_never_pass_the_width, 0, 15);
    tcase_add_test(c, points_stay_aligned_under_odd_labels);
    tcase_add_test(c, rows_say_what_they_are);
    tcase_add_test(c, views_outlive_what_they_were_made_of);
    suite_add_tcase(s, c);
    return s;
}

int main(void) {
    SRunner *sr = srunner_create(property_suite());
    srunner_add_suite(sr, view_matrix_suite());
    srunner_add_suite(sr, view_text_suite());
    srunner_add_suite(sr, view_thumbs_suite());
    srunner_add_suite(sr, view_numbers_suite());
    srunner_set_tap(sr, "-");
    srunner_run_all(sr, CK_SILENT);
    srunner_free(sr);
    return 0;
}
