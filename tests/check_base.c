/* base: strings, arenas, errors, sources, UTF-8, nearest names. */
#include "config.h"

#include <math.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/str.h"
#include "base/suggest.h"
#include "base/utf8.h"

#include "check_tap.h"

START_TEST(str_grows_and_detaches)
{
    Str s = STR_INIT;
    ck_assert_str_eq(str_cstr(&s), "");
    for (int i = 0; i < 1000; i++) str_printf(&s, "%d,", i);
    ck_assert_uint_eq(s.len, 10 * 2 + 90 * 3 + 900 * 4);
    ck_assert_uint_eq(strlen(s.buf), s.len);
    char *owned = str_detach(&s);
    ck_assert(str_starts(owned, "0,1,2,"));
    ck_assert_ptr_null(s.buf);
    mem_free(owned);
}
END_TEST

START_TEST(arena_hands_out_aligned_memory)
{
    Arena *a = arena_new();
    for (size_t n = 0; n < 3000; n += 7) {
        char *p = arena_zero(a, n);
        ck_assert_uint_eq((uintptr_t)p % 16, 0);
        memset(p, 1, n);
    }
    ck_assert_str_eq(arena_strndup(a, "query", 3), "que");
    arena_free(a);
}
END_TEST

/* Doubles of all kinds: whole bit patterns, everyday sizes, short decimals, neighbours of halves.
 */
static double some_double(uint64_t *x, int kind) {
    *x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t bits = *x ^ *x >> 29;
    double v, unit = (double)(bits >> 11) * 0x1p-53;
    switch (kind % 5) {
    case 0:
        memcpy(&v, &bits, sizeof v);
        return v;
    case 1:
        return unit * pow(10, (double)(bits % 21) - 6);
    case 2:
        return (double)(bits % 1000000) / pow(10, (double)(bits >> 40) / 0x1p24 * 9);
    case 3:
        return ((double)(bits % 2000) + 0.5) / 1024;
    default:
        return nextafter((double)(bits % 100000) / 1000, bits & 1 ? 0 : 1e9);
    }
}

START_TEST(fixed_decimals_are_those_of_printf)
{
    uint64_t x = 1;
    int covered = 0;
    for (int i = 0; i < 300000; i++) {
        double v = some_double(&x, i);
        char want[400], got[DECIMAL_TEXT + 1];
        int places = (int)(x >> 32 & 31), n = decimal_fixed(v, places, got);
        if (!n) continue;
        covered++;
        got[n] = '\0';
        snprintf(want, sizeof want, "%.*f", places, v);
        ck_assert_str_eq(got, want);
    }
    ck_assert_int_gt(covered, 100000);
}
END_TEST

/* The nearest decimal of 15, 16 or 17 digits, the first that reads back. */
START_TEST(shortest_decimals_read_back)
{
    uint64_t x = 2;
    int covered = 0;
    for (int i = 0; i < 300000; i++) {
        double v = fabs(some_double(&x, i));
        uint64_t digits;
        int exp10, p = 15;
        if (!decimal_shortest(v, &digits, &exp10)) continue;
        covered++;
        char want[40], got[60];
        for (; p < 17; p++) {
            snprintf(want, sizeof want, "%.*e", p - 1, v);
            if (strtod(want, NULL) == v) break;
        }
        snprintf(want, sizeof want, "%.*e", p - 1, v);
        snprintf(got, sizeof got, "%llue%d", (unsigned long long)digits, exp10);
        ck_assert_msg(strtod(got, NULL) == v, "%s is not %.17g", got, v);
        char *point = strchr(want, '.'), *e = strchr(want, 'e');
        memmove(point, point + 1, (size_t)(e - point - 1));
        ck_assert_msg(strncmp(want, got, (size_t)p) == 0 && got[p] == 'e', "%s, not %s", got, want);
    }
    ck_assert_int_gt(covered, 100000);
}
END_TEST

START_TEST(first_error_wins)
{
    Err err = {0};
    ck_assert(!err_set(&err, ERR_VALUE, "n must be 1..%d, got %d", 8, 9));
    err_set(&err, ERR_TYPE, "second");
    err_hint(&err, "try %d", 8);
    err_hint(&err, "later");
    ck_assert_int_eq(err.kind, ERR_VALUE);
    ck_assert_str_eq(err.msg, "n must be 1..8, got 9");
    ck_assert_str_eq(err.hint, "try 8");
    Err other = {0};
    err_move(&other, &err);
    ck_assert_int_eq(err.kind, ERR_OK);
    ck_assert_str_eq(other.hint, "try 8");
    err_clear(&other);
    ck_assert_str_eq(err_kind_name(ERR_ZERODIV), "ZeroDivisionError");
    ck_assert_int_eq(err_kind_parent(ERR_ZERODIV), ERR_ARITHMETIC);
}
END_TEST

START_TEST(source_knows_its_lines)
{
    const char *text = "a = 1\nβ = [2,\r\n\n  3]";
    Source *s = source_new("cell 2", text, strlen(text), 10);
    int line, col;
    size_t len;
    source_place(s, 0, &line, &col);
    ck_assert(line == 10 && col == 1);
    source_place(s, 9, &line, &col); /* the '=' after the two-byte β */
    ck_assert(line == 11 && col == 3);
    ck_assert_str_eq(source_name(s), "cell 2");
    const char *at = source_line(s, 9, &len);
    ck_assert_uint_eq(len, strlen("β = [2,"));
    ck_assert(strncmp(at, "β = [2,", len) == 0);
    source_place(s, 9999, &line, &col);
    ck_assert(line == 13 && col == 5);
    source_release(s);
}
END_TEST

START_TEST(utf8_round_trip)
{
    static const uint32_t cps[] = {1, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < ARRAY_LEN(cps); i++) {
        char b[4];
        uint32_t back;
        int n = utf8_encode(cps[i], b);
        ck_assert_int_eq(utf8_decode(b, (size_t)n, &back), n);
        ck_assert_uint_eq(back, cps[i]);
    }
    ck_assert(utf8_valid("ﬁ 猫 \xEF\xBF\xBD", strlen("ﬁ 猫 \xEF\xBF\xBD")));
    static const char *bad[] = {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                "\x80",     "\xE2\x82",     "\xFF"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) ck_assert(!utf8_valid(bad[i], strlen(bad[i])));
}
END_TEST

START_TEST(utf8_columns_on_a_terminal)
{
    ck_assert_int_eq(utf8_columns("猫x", 4), 3);
    ck_assert_int_eq(utf8_columns("e\xCC\x81", 3), 1);
    ck_assert_uint_eq(utf8_count("猫x", 4), 2);
    ck_assert_uint_eq(utf8_offset("猫x", 4, 1), 3);
}
END_TEST

START_TEST(escapes_never_reach_a_terminal)
{
    Str s = STR_INIT;
    const char in[] = "a\x1b[31m\n\xff\xe2\x80\xae";
    utf8_escape(&s, in, sizeof in - 1, true);
    ck_assert_str_eq(str_cstr(&s), "a\\x1b[31m\n\\xff\\u202e");
    str_clear(&s);
}
END_TEST

static const char *nearest(const char *wanted) {
    static const char *const names[] = {"softmax", "sort", "matmul", "masking", "matrix"};
    Suggest s = suggest_for(wanted);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) suggest_offer(&s, names[i]);
    return s.best;
}

START_TEST(suggestions_are_near)
{
    ck_assert_str_eq(nearest("softmx"), "softmax");
    ck_assert_str_eq(nearest("Softmax"), "softmax");
    ck_assert_str_eq(nearest("maksing"), "masking");
    ck_assert_ptr_null(nearest("transformer"));
    ck_assert_ptr_null(nearest(""));
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("base");
    TCase *t = tcase_create("base");
    tcase_add_test(t, str_grows_and_detaches);
    tcase_add_test(t, arena_hands_out_aligned_memory);
    tcase_add_test(t, first_error_wins);
    tcase_add_test(t, source_knows_its_lines);
    tcase_add_test(t, utf8_round_trip);
    tcase_add_test(t, utf8_columns_on_a_terminal);
    tcase_add_test(t, escapes_never_reach_a_terminal);
    tcase_add_test(t, suggestions_are_near);
    tcase_add_test(t, fixed_decimals_are_those_of_printf);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, shortest_decimals_read_back);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
