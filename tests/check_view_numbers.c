/* src/view: whatever the magnitudes, what is drawn reads back: 0 where and only where there is 0.
 */
#include "config.h"

#include "check_view.h"

#include <math.h>

#include "tensor/create.h"
#include "view/number.h"

static uint32_t seed;

static uint32_t below(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

enum { COUNT = 12 };

static double values[COUNT];

static double nth(const int64_t *i) {
    return values[i[0] + i[1]]; /* a row or a column */
}

/* Of one magnitude or of any, with zeros and what is no number among them. */
static void draw_lots(int from, int to) {
    int one = from + (int)below((uint32_t)(to - from));
    bool mixed = below(3) > 0;
    for (int i = 0; i < COUNT; i++) {
        int e = mixed ? from + (int)below((uint32_t)(to - from)) : one;
        values[i] = (1 + below(9000) / 1000.0) * pow(10, e) * (below(3) ? 1 : -1);
        switch (below(16)) {
        case 0:
            values[i] = below(2) ? 0.0 : -0.0;
            break;
        case 1:
            values[i] = below(3) == 0 ? NAN : below(2) ? INFINITY : -INFINITY;
            break;
        case 2:
            values[i] = rint(values[i]);
            break;
        }
    }
}

/* The first digit is right when the number was rounded to it, and so is the sign. */
static void check_token(const char *token, double v, const char *text) {
    char *end;
    if (strcmp(token, "~0") == 0) { /* among weights; the legend says below what */
        double below_what = strtod(strstr(text, "~0 below ") + strlen("~0 below "), NULL);
        ck_assert_msg(v != 0 && fabs(v) <= below_what, "~0 for %.17g in\n%s", v, text);
        return;
    }
    double read = strtod(token, &end);
    ck_assert_msg(*end == '\0' && end > token, "%s is no number in\n%s", token, text);
    if (!isfinite(v)) {
        ck_assert_msg(isnan(v) ? isnan(read) : read == v, "%s for %g in\n%s", token, v, text);
        return;
    }
    ck_assert_msg((read == 0) == (v == 0), "%s for %.17g in\n%s", token, v, text);
    ck_assert_msg(!signbit(read) == !signbit(v), "%s for %.17g in\n%s", token, v, text);
    ck_assert_msg(fabs(read - v) <= 0.5001 * fmax(fabs(v), fabs(read)), "%s for %.17g in\n%s",
                  token, v, text);
}

/* Line `which` of text, split at blanks; the first word is the row's label. */
static int words_of(char *text, int which, char **words, int most) {
    while (which-- > 0) text = strchr(text, '\n') + 1;
    text[strcspn(text, "\n")] = '\0';
    int n = 0;
    for (char *save, *w = strtok_r(text, " ", &save); w && n < most; w = strtok_r(NULL, " ", &save))
        words[n++] = w;
    return n;
}

static void check_matrix(DType dt, const ViewMatrixOpts *o, const ViewStyle *style) {
    Tensor *t = tensor_by(dt, SHAPE(1, COUNT), nth);
    char *text = drawn(view_matrix(t, o), 400, style), *copy = mem_strdup(text);
    char *words[COUNT + 4];
    int n = words_of(copy, 2, words, COUNT + 4);
    ck_assert_msg(n == COUNT + 1, "%d words in\n%s", n, text);
    for (int64_t i = 0; i < COUNT; i++)
        check_token(words[i + 1], tensor_get_f64(t, (int64_t[]){0, i}), text);
    mem_free(text), mem_free(copy);
    tensor_release(t);
}

START_TEST(zero_is_drawn_where_there_is_zero)
{
    static const struct {
        DType dt;
        int from, to;
    } types[] = {{DT_F32, -45, 38},  {DT_F64, -45, 38}, {DT_F64, -323, 308}, {DT_F16, -8, 5},
                 {DT_BF16, -40, 38}, {DT_F32, -9, 9},   {DT_F32, -6, 1},     {DT_F64, -3, 2}};
    static const ViewScale scales[] = {VIEW_SCALE_AUTO, VIEW_WEIGHTS, VIEW_DIVERGING,
                                       VIEW_SEQUENTIAL};
    seed = (uint32_t)_i + 1;
    for (int round = 0; round < 400; round++) {
        size_t type = below(ARRAY_LEN(types));
        ViewMatrixOpts o = {.name = "x",
                            .scale = scales[below(4)],
                            .row_sums = VIEW_OFF,
                            .digits = VIEW_ON,
                            .decimals_set = below(4) == 0,
                            .decimals = (int)below(8)};
        ViewStyle style = {.precision_set = below(5) == 0, .precision = (int)below(10)};
        draw_lots(types[type].from, types[type].to);
        check_matrix(types[type].dt, &o, &style);
    }
}
END_TEST

/* Points, and the digits before exponents, of a column of any magnitudes stand under each other. */
START_TEST(mixed_magnitudes_are_aligned)
{
    seed = (uint32_t)_i + 50;
    for (int round = 0; round < 100; round++) {
        draw_lots(-12, 12);
        for (int i = 0; i < COUNT; i++)
            if (!isfinite(values[i])) values[i] = 1;
        Tensor *t = tensor_by(DT_F64, SHAPE(COUNT, 1), nth);
        char *text = drawn(view_matrix(t, NULL), 80, NULL), *at = strchr(text, '\n') + 1;
        long units = -1;
        for (at = strchr(at, '\n') + 1; *at; at = strchr(at, '\n') + 1) {
            const char *number = at + 2 + strspn(at + 2, " ");
            long here = number - at + (long)strcspn(number, ".e\n");
            ck_assert_msg(units < 0 || here == units, "%ld and %ld in\n%s", here, units, text);
            units = here;
        }
        mem_free(text);
        tensor_release(t);
    }
}
END_TEST

/* The ends of the colour bar, bars and sums: a number that is not 0 is no 0. */
START_TEST(what_stands_beside_is_no_zero_either)
{
    for (int e = -300; e <= 300; e += 3) {
        double v = 3.4 * pow(10, e);
        Tensor *t = NULL;
        Err err = {0};
        ck_assert(tensor_full_f64(DT_F64, SHAPE(1, 2), v, &t, &err));
        char *text = drawn(
            view_matrix(t, &(ViewMatrixOpts){.scale = VIEW_WEIGHTS, .digits = VIEW_OFF}), 80, NULL);
        const char *end = strrchr(text, ']');
        ck_assert_msg(end && fabs(strtod(end + 1, NULL) - v) <= 0.5 * v, "%g: %s", v, text);
        mem_free(text);
        text = drawn(view_matrix(t, &(ViewMatrixOpts){.row_sums = VIEW_ON, .digits = VIEW_ON}), 80,
                     NULL);
        char *words[8];
        int n = words_of(text, 2, words, 8);
        ck_assert_int_eq(n, 4);
        check_token(words[3], 2 * v, "sums");
        mem_free(text);
        const char *const labels[] = {"a", "b"};
        text = drawn(view_bars(labels, (double[]){v, 1}, 2, NULL), 80, NULL);
        char *last = text + strcspn(text, "\n");
        *last = '\0';
        char *token = strrchr(text, ' ') + 1, digits[400] = "";
        for (size_t k = 0; *token; token++) /* thousands separators */
            if (*token != ',') digits[k++] = *token, digits[k] = '\0';
        check_token(digits, v, text);
        mem_free(text);
        tensor_release(t);
    }
}
END_TEST

START_TEST(a_number_with_an_exponent_is_short)
{
    static const struct {
        double v;
        int decimals;
        const char *fixed, *exponent;
    } rows[] = {
        {0, 2, "0.00", "0.00e0"},          {1e-8, 2, "1e-8", "1.00e-8"},
        {-9.96e-9, 1, "-1e-8", "-1.0e-8"}, {3e9, 0, "3.0e9", "3e9"},
        {0.004, 2, "4e-3", "4.00e-3"},     {0.006, 2, "0.01", "6.00e-3"},
        {1e-300, 0, "1e-300", "1e-300"},   {-0.0, 1, "0.0", "-0.0e0"},
        {99999999, 0, "99999999", "1e8"},  {5e-324, 17, "5e-324", "4.94065645841246544e-324"}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str fixed = STR_INIT, exponent = STR_INIT;
        number_fixed(&fixed, rows[i].v, rows[i].decimals);
        number_exponent(&exponent, rows[i].v, rows[i].decimals);
        ck_assert_str_eq(str_cstr(&fixed), rows[i].fixed);
        ck_assert_str_eq(str_cstr(&exponent), rows[i].exponent);
        str_clear(&fixed), str_clear(&exponent);
    }
}
END_TEST

Suite *view_numbers_suite(void) {
    Suite *s = suite_create("view numbers");
    TCase *c = tcase_create("numbers");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, zero_is_drawn_where_there_is_zero, 0, 10);
    tcase_add_loop_test(c, mixed_magnitudes_are_aligned, 0, 3);
    tcase_add_test(c, what_stands_beside_is_no_zero_either);
    tcase_add_test(c, a_number_with_an_exponent_is_short);
    suite_add_tcase(s, c);
    return s;
}
