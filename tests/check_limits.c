/* lang: hostile texts give a clear error, quickly and without deep recursion. */
#include "config.h"

#include "check_lang.h"

/* head, n times unit, tail */
static char *repeated(const char *head, const char *unit, int n, const char *tail, size_t *len) {
    Str s = STR_INIT;
    str_add(&s, head);
    for (int i = 0; i < n; i++) str_add(&s, unit);
    str_add(&s, tail);
    *len = s.len;
    return str_detach(&s);
}

static void expect_error(const char *head, const char *unit, int n, const char *tail,
                         const char *part) {
    size_t len;
    char *text = repeated(head, unit, n, tail, &len);
    int64_t start = cpu_ns();
    char *got = parse_text(text, len, PARSE_FILE);
    ck_assert_msg(strstr(got, part) != NULL, "%d x %s: %s", n, unit, got);
    ck_assert_msg(cpu_ns() - start < 2000000000, "%d x %s took too long", n, unit);
    mem_free(got);
    mem_free(text);
}

START_TEST(deep_nesting_is_an_error)
{
    static const struct {
        const char *unit, *part;
    } rows[] = {
        {"(", "more than 200 brackets"},
        {"[", "more than 200 brackets"},
        {"{", "more than 200 brackets"},
        {"{1:", "more than 200 levels"},
        {"f(", "more than 200 brackets"},
        {"a[", "more than 200 brackets"},
        {"-", "more than 200 levels"},
        {"not ", "more than 200 levels"},
        {"lambda:", "more than 200 levels"},
        {"1 if 1 else ", "more than 200 levels"},
        {"a**", "more than 200 levels"},
        {"1+", "more than 2000 operators"},
        {"a.b.", "more than 2000 operators"},
        {"(lambda x=", "more than 200"},
        {"f'{", "f-string"},
        {"f'{f\"{", "f-string"},
        {"f'''{", "f-string"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        expect_error("x = ", rows[i].unit, 100000, "", rows[i].part);
    expect_error("f", "()", 100000, "", "more than 2000 operators");
    expect_error("x = a", "[0]", 100000, "", "more than 2000 operators");
}
END_TEST

START_TEST(deep_blocks_are_an_error)
{
    Str s = STR_INIT;
    for (int i = 0; i < 1000; i++) {
        str_fill(&s, ' ', (size_t)i);
        str_add(&s, "if x:\n");
    }
    char *got = parse_text(s.buf, s.len, PARSE_FILE);
    ck_assert_ptr_nonnull(strstr(got, "more than 100 levels of indentation"));
    mem_free(got);
    str_clear(&s);
    expect_error("if a: b\n", "elif a: b\n", 100000, "", "more than 1000 elifs");
}
END_TEST

START_TEST(large_texts_take_linear_time)
{
    static const struct {
        const char *head, *unit, *tail;
    } rows[] = {
        {"", "x = 1\n", ""},
        {"x = [", "1, ", "]"},
        {"", "\n", ""},
        {"", "# c\n", ""},
        {"x = '", "ab", "'"},
        {"x = ", "'a' ", ""},
        {"x = {", "1: 2, ", "}"},
        {"x = a", " or b", ""},
        {"x = a", " < b", ""},
        {"x = f'", "{a} ", "'"},
        {"f(", "a, ", ")"},
        {"", "if a: b\n", ""},
        {"", "with (a, b): c\n", ""},
        {"import a", ", a", ""},
        {"", "@d\n", "def f(): 1"},
        {"x = 0", "0", ""},
        {"x = 0.", "7", ""},
        {"x = 1", "\\\n", ""},
        {"global a", ", b", ""},
        {"x = a", ", a", " = 1, 2"},
    };
    const char *slower = getenv("QKV_TEST_SLOWER"); /* valgrind's factor */
    int64_t limit_ns = 5000000000 * (slower ? strtol(slower, NULL, 10) : 1);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t len;
        char *text = repeated(rows[i].head, rows[i].unit, 200000, rows[i].tail, &len);
        int64_t start = cpu_ns();
        char *got = parse_text(text, len, PARSE_FILE);
        ck_assert_msg(strstr(got, "Error:") == NULL, "%s: %.200s", rows[i].unit, got);
        ck_assert_msg(cpu_ns() - start < limit_ns, "%s took too long", rows[i].unit);
        mem_free(got);
        mem_free(text);
    }
}
END_TEST

START_TEST(too_much_of_anything_is_said)
{
    size_t len;
    char *text = repeated("", "x\n", 1 << 22, "", &len);
    char *got = parse_text(text, len, PARSE_FILE);
    ck_assert_str_eq(got, "1:1-0 SyntaxError: the code has 8388608 bytes; at most 4194304 are read "
                          "at once | data belongs in a file of its own, not in code");
    mem_free(got);
    mem_free(text);
    Str s = STR_INIT;
    str_add(&s, "def f(");
    for (int i = 0; i < 300; i++) str_printf(&s, "a%d, ", i);
    str_add(&s, "): 1");
    got = parse_text(s.buf, s.len, PARSE_FILE);
    ck_assert_ptr_nonnull(strstr(got, "more than 255 parameters"));
    mem_free(got);
    str_reset(&s);
    str_add(&s, "f(");
    for (int i = 0; i < 1100; i++) str_printf(&s, "a%d=1, ", i);
    str_add(&s, ")");
    got = parse_text(s.buf, s.len, PARSE_FILE);
    ck_assert_ptr_nonnull(strstr(got, "more than 1000 keyword arguments"));
    mem_free(got);
    str_clear(&s);
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    char *got = parse_text("x = '\xff'", 8, PARSE_FILE);
    ck_assert_str_eq(got, "1:6-1 SyntaxError: the byte 0xff is not valid UTF-8 text | "
                          "save the file as UTF-8");
    mem_free(got);
    got = parse_text("x\0y", 3, PARSE_FILE);
    ck_assert_str_eq(got, "1:2-1 SyntaxError: an invisible control character (U+0000) stands here "
                          "| delete it");
    mem_free(got);
}
END_TEST

/* Every prefix of a text that has everything in it: no crash, and never OK with err set. */
START_TEST(every_prefix_is_survived)
{
    static const char text[] =
        "@d(1)\nclass A(B, k=1):\n    '''doc'''\n    x: int = 0x1F\n\n    def f(self, /, a, *b, "
        "c=1, "
        "**d) -> None:\n        try:\n            return f'{a!r:>{b}} {c=}' + \"\\u03b1\\n\"\n"
        "        except (E, F) as e:\n            raise G from e\n        finally:\n"
        "            del x[0], y.z\n\nwith (a as b, c):\n    for i, *j in [k for k in {1: 2, **m} "
        "if k not in n]:\n        x @= lambda q=1: (yield) if a else -b ** ~c\n"
        "    while (n := f(*a, **b)) and not 1_0.5e-3j:\n        break\n    else:\n"
        "        from .a.b import (c as d, e,)\n";
    for (size_t n = 0; n < sizeof text; n++)
        for (int mode = PARSE_FILE; mode <= PARSE_INTERACTIVE; mode++) {
            char *got = parse_text(text, n, (ParseMode)mode);
            ck_assert_ptr_nonnull(got);
            mem_free(got);
        }
}
END_TEST

TCase *limits_case(void) {
    TCase *tc = tcase_create("limits");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, deep_nesting_is_an_error);
    tcase_add_test(tc, deep_blocks_are_an_error);
    tcase_add_test(tc, large_texts_take_linear_time);
    tcase_add_test(tc, too_much_of_anything_is_said);
    tcase_add_test(tc, bytes_that_are_no_text);
    tcase_add_test(tc, every_prefix_is_survived);
    return tc;
}
