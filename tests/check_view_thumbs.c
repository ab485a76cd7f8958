/* src/view: thumbnails of every size and number, at every width and depth. */
#include "config.h"

#include "check_view.h"

#include <math.h>

#include "base/utf8.h"

static double causal(const int64_t *i) {
    return i[1] <= i[0];
}

static double small_to_great(const int64_t *i) {
    return i[1] > i[0] ? 0 : (double)(i[1] + 1) / (double)(i[0] + 1);
}

static double waves(const int64_t *i) {
    return sin(1.7 * (double)i[0] + 0.3) * cos(0.9 * (double)i[1]);
}

/* Masked, open zero, small, great. */
static double four(const int64_t *i) {
    static const double v[] = {0, 0, 0.01, 0.99};
    return v[i[1]];
}

static double but_the_first(const int64_t *i) {
    return i[1] > 0;
}

static View *matrix(DType dt, int64_t rows, int64_t cols, double (*f)(const int64_t *),
                    const ViewMatrixOpts *o) {
    Tensor *t = tensor_by(dt, SHAPE(rows, cols), f);
    View *v = view_matrix(t, o);
    tensor_release(t);
    return v;
}

/* n matrices "m0", "m1" ... of one kind. */
static View *several(int64_t size, size_t n, ViewScale scale, const ViewThumbsOpts *o) {
    View *all[16] = {0};
    char name[32];
    for (size_t i = 0; i < n; i++) {
        ViewMatrixOpts each = {.name = name, .scale = scale};
        snprintf(name, sizeof name, "m%zu", i);
        bool mask = scale == VIEW_MASK;
        all[i] = matrix(mask ? DT_BOOL : DT_F32, size, size,
                        mask                    ? causal
                        : scale == VIEW_WEIGHTS ? small_to_great
                                                : waves,
                        &each);
    }
    View *v = view_thumbs(all, n, o);
    for (size_t i = 0; i < n; i++) view_release(all[i]);
    return v;
}

static int count(const char *text, const char *what) {
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what)) n++;
    return n;
}

/* ---- walks ------------------------------------------------------------------------------ */

/* Every picture is there with its caption, within the width, at any size, number and depth. */
START_TEST(thumbnails_fit_everywhere)
{
    static const ViewScale scales[] = {VIEW_MASK, VIEW_WEIGHTS, VIEW_DIVERGING};
    for (int64_t size = 1; size <= 64; size++)
        for (size_t n = 1; n <= 13; n++) {
            unsigned turn = (unsigned)size * 31 + (unsigned)n * 7;
            int width = 40 + (int)(turn % 93);
            ViewStyle style = {.depth = (ColorDepth)(turn % 4), .ascii = turn % 5 == 0};
            ViewScale scale = scales[turn % 3];
            Canvas *c;
            View *v = several(size, n, scale, &(ViewThumbsOpts){.own_ramps = turn % 2});
            c = view_draw(v, width, &style);
            TermFacts plain = {.utf8 = !style.ascii};
            Str s = STR_INIT;
            canvas_emit(c, &plain, &s);
            fits(str_cstr(&s), width);
            for (size_t i = 0; i < n; i++) {
                char name[32];
                snprintf(name, sizeof name, "m%zu", i);
                ck_assert_msg(strstr(str_cstr(&s), name), "%lld, %zu at %d: no %s in\n%s",
                              (long long)size, n, width, name, str_cstr(&s));
            }
            str_clear(&s);
            canvas_free(c);
            view_release(v);
        }
}
END_TEST

/* Captions on the screen's first line of pictures. */
static int side_by_side(int64_t size, size_t n, int across, int width, ColorDepth depth) {
    ViewStyle style = {.depth = depth};
    View *v = several(size, n, VIEW_MASK, &(ViewThumbsOpts){.across = across});
    Canvas *c = view_draw(v, width, &style);
    int names = 0;
    for (int k = 0; k + 1 < width; k++) {
        const Cell *m = canvas_cell(c, 1, k), *digit = canvas_cell(c, 1, k + 1);
        names += m->len == 1 && m->text[0] == 'm' && digit->len == 1 && digit->text[0] >= '0' &&
                 digit->text[0] <= '9';
    }
    canvas_free(c);
    view_release(v);
    return names;
}

START_TEST(as_many_stand_side_by_side_as_the_width_allows)
{
    for (int depth = 0; depth < 4; depth++) {
        for (size_t n = 4; n <= 13; n++) ck_assert_int_ge(side_by_side(8, n, 0, 80, depth), 4);
        for (int64_t size = 2; size <= 64; size++) {
            int wide = side_by_side(size, 13, 0, 132, depth),
                narrow = side_by_side(size, 13, 0, 40, depth);
            ck_assert_msg(wide >= 2 && wide >= narrow && narrow >= 1, "%lld: %d, %d",
                          (long long)size, wide, narrow);
            ck_assert_int_le(side_by_side(size, 13, 3, 132, depth), 3);
            ck_assert_int_eq(side_by_side(size, 13, 1, 80, depth), 1);
        }
    }
}
END_TEST

/* ---- glyphs ------------------------------------------------------------------------------ */

START_TEST(without_colour_masked_zero_small_and_great_differ)
{
    for (int ascii = 0; ascii < 2; ascii++) {
        Tensor *mask = tensor_by(DT_BOOL, SHAPE(4, 4), but_the_first);
        ViewMatrixOpts o = {.scale = VIEW_WEIGHTS, .mask = mask, .zero_underflows = VIEW_OFF};
        View *one = matrix(DT_F32, 4, 4, four, &o);
        char *text = drawn(view_thumbs(&one, 1, NULL), 80, &(ViewStyle){.ascii = ascii});
        const char *want = ascii ? ". 0 ::##\n" : "· 0 ░░██\n";
        ck_assert_msg(count(text, want) == 4, "%s", text);
        mem_free(text);
        o.zero_underflows = VIEW_ON;
        View *under = matrix(DT_F32, 4, 4, four, &o);
        text = drawn(view_thumbs(&under, 1, NULL), 80, &(ViewStyle){.ascii = ascii});
        ck_assert_msg(count(text, ascii ? ". ~0::##\n" : "· ~0░░██\n") == 4, "%s", text);
        mem_free(text);
        view_release(one);
        view_release(under);
        tensor_release(mask);
    }
}
END_TEST

/* In a pipe every entry that no block swallows is a glyph of its own. */
START_TEST(every_entry_of_a_mask_is_drawn)
{
    for (int64_t size = 1; size <= 38; size++) {
        char *text = drawn(several(size, 2, VIEW_MASK, NULL), 80, NULL);
        int on = count(text, "■") - 1, off = count(text, "·") - (size > 1);
        ck_assert_msg(on == size * (size + 1) && off == size * (size - 1), "%lld: %d, %d\n%s",
                      (long long)size, on, off, text);
        char note[40];
        snprintf(note, sizeof note, "%lld of %lld seen", (long long)(size * (size + 1) / 2),
                 (long long)(size * size));
        ck_assert_msg(count(text, note) == 2, "no %s in\n%s", note, text);
        mem_free(text);
    }
}
END_TEST

START_TEST(one_scale_for_all_or_each_its_own)
{
    Tensor *low = tensor_by(DT_F32, SHAPE(1, 2), small_to_great),
           *high = tensor_by(DT_F32, SHAPE(1, 2), small_to_great);
    tensor_set_f64(low, (int64_t[]){0, 0}, 0.1);
    tensor_set_f64(high, (int64_t[]){0, 0}, 0.8);
    ViewMatrixOpts o = {.scale = VIEW_WEIGHTS};
    View *both[] = {view_matrix(low, &o), view_matrix(high, &o)};
    char *shared = drawn(view_thumbs(both, 2, NULL), 80, NULL);
    ck_assert_msg(strstr(shared, "░░0    ██0") && strstr(shared, "] 0.80"), "%s", shared);
    char *own = drawn(view_thumbs(both, 2, &(ViewThumbsOpts){.own_ramps = true}), 80, NULL);
    ck_assert_msg(strstr(own, "██0    ██0") && strstr(own, "each on a scale of its own"), "%s",
                  own);
    mem_free(shared), mem_free(own);
    view_release(both[0]), view_release(both[1]);
    tensor_release(low), tensor_release(high);
}
END_TEST

START_TEST(slices_that_do_not_fit_the_screen_are_thumbnails)
{
    Tensor *t = tensor_by(DT_F32, SHAPE(12, 6, 6), small_to_great);
    ViewStyle pipe = {0}, screen = {.screen = 20};
    View *v =
        view_matrix(t, &(ViewMatrixOpts){.name = "w", .lead_axes = {"head"}, .lead_axis_count = 1});
    char *whole = drawn(view_retain(v), 80, &pipe), *small = drawn(v, 80, &screen);
    ck_assert_msg(strstr(whole, "0.") && strstr(whole, "… and 4 more"), "%s", whole);
    ck_assert_msg(strstr(small, "head 11") && !strstr(small, " 0.50 ") && count(small, "\n") <= 24,
                  "%s", small);
    mem_free(whole), mem_free(small);
    View *all = view_matrix(t, &(ViewMatrixOpts){.small = VIEW_OFF});
    whole = drawn(all, 80, &screen);
    ck_assert_msg(strstr(whole, "… and 4 more"), "%s", whole);
    mem_free(whole);
    tensor_release(t);
}
END_TEST

START_TEST(thumbnails_golden)
{
    static const char *const notes[] = {"first", NULL, ""};
    View *all[3];
    for (int i = 0; i < 3; i++)
        all[i] = matrix(DT_BOOL, 6 - i, 6 + i, causal,
                        &(ViewMatrixOpts){.name = i == 1 ? "a very long name of a mask" : "mask",
                                          .row_axis = "queries",
                                          .col_axis = "keys",
                                          .scale = VIEW_MASK});
    golden("thumbs", view_thumbs(all, 3, &(ViewThumbsOpts){"kinds", "of masks", notes, 0, false}));
    for (int i = 0; i < 3; i++) view_release(all[i]);
    golden("thumbs-many", several(8, 13, VIEW_WEIGHTS, NULL));
    golden("thumbs-large", several(50, 3, VIEW_DIVERGING, NULL));
}
END_TEST

START_TEST(no_matrices_say_so)
{
    char *text = drawn(view_thumbs(NULL, 0, NULL), 80, NULL);
    ck_assert_str_eq(text, "(no matrices)\n");
    mem_free(text);
}
END_TEST

Suite *view_thumbs_suite(void) {
    Suite *s = suite_create("view thumbnails");
    TCase *c = tcase_create("thumbnails");
    tcase_set_timeout(c, 120);
    tcase_add_test(c, thumbnails_fit_everywhere);
    tcase_add_test(c, as_many_stand_side_by_side_as_the_width_allows);
    tcase_add_test(c, without_colour_masked_zero_small_and_great_differ);
    tcase_add_test(c, every_entry_of_a_mask_is_drawn);
    tcase_add_test(c, one_scale_for_all_or_each_its_own);
    tcase_add_test(c, slices_that_do_not_fit_the_screen_are_thumbnails);
    tcase_add_test(c, thumbnails_golden);
    tcase_add_test(c, no_matrices_say_so);
    suite_add_tcase(s, c);
    return s;
}
