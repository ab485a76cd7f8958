/* lang: caret diagnostics, tracebacks, prompts in pasted text. */
#include "config.h"

#include "lang/ast.h"
#include "lang/diag.h"
#include "lang/paste.h"

#include "check_lang.h"

/* The diagnostic of an error at the first `needle` in text. */
static char *diagnose(const char *text, const char *needle, int columns) {
    Source *src = source_new("cell 3", text, strlen(text), 1);
    const char *at = strstr(text, needle);
    ck_assert_ptr_nonnull(at);
    uint32_t start = (uint32_t)(at - text);
    Err err = {0};
    err_set(&err, ERR_VALUE, "wrong");
    err_frame(&err, src, (Span){start, start + (uint32_t)strlen(needle)}, "<module>");
    Diag d = {0};
    diag_build(&d, &err, NULL, columns);
    char *out = mem_strdup(str_cstr(&d.text));
    diag_clear(&d);
    err_clear(&err);
    source_release(src);
    return out;
}

static void expect_diag(const char *text, const char *needle, const char *want) {
    char *got = diagnose(text, needle, 80);
    ck_assert_str_eq(got, want);
    mem_free(got);
}

START_TEST(carets_stand_under_the_span)
{
    expect_diag("x = 1\nscores = q @ k\n", "q @ k",
                "cell 3, line 2\n"
                "    scores = q @ k\n"
                "             ^^^^^\n"
                "ValueError: wrong\n");
    expect_diag("if a:\n\t\tx = [1,\t2]\n", "2",
                "cell 3, line 2\n"
                "    x = [1,    2]\n"
                "               ^\n"
                "ValueError: wrong\n");
    expect_diag("名前 = α + β", "β",
                "cell 3, line 1\n"
                "    名前 = α + β\n"
                "               ^\n"
                "ValueError: wrong\n");
}
END_TEST

START_TEST(a_span_of_several_lines_shows_its_first)
{
    expect_diag("f(1,\n  2)\n", "f(1,\n  2)",
                "cell 3, line 1\n"
                "    f(1,\n"
                "    ^^^^\n"
                "ValueError: wrong\n");
}
END_TEST

START_TEST(escapes_never_reach_the_terminal)
{
    char *got = diagnose("x = '\x1b[31mred' + y", "y", 80);
    ck_assert_ptr_null(strchr(got, '\x1b'));
    ck_assert_ptr_nonnull(strstr(got, "    x = '\\x1b[31mred' + y\n"
                                      "                        ^\n"));
    mem_free(got);
}
END_TEST

/* The longest line of a text, in bytes (the tests' lines are ASCII). */
static size_t widest(const char *s) {
    size_t most = 0;
    for (const char *end; *s; s = *end ? end + 1 : end) {
        end = s + strcspn(s, "\n");
        most = MAX(most, (size_t)(end - s));
    }
    return most;
}

START_TEST(long_lines_are_windowed)
{
    Str s = STR_INIT;
    for (int i = 0; i < 100; i++) str_printf(&s, "a%02d + ", i);
    for (int i = 0; i < 100; i++) {
        char needle[16];
        snprintf(needle, sizeof needle, "a%02d", i);
        char *got = diagnose(str_cstr(&s), needle, 80);
        ck_assert_uint_le(widest(got), 80);
        const char *code = strchr(got, '\n') + 1;
        const char *carets = strchr(code, '\n') + 1;
        size_t at = strspn(carets, " ");
        ck_assert_msg(strncmp(code + at, needle, 3) == 0 && strncmp(carets + at, "^^^\n", 4) == 0,
                      "%s", got);
        mem_free(got);
    }
    str_clear(&s);
}
END_TEST

START_TEST(a_line_that_just_fits_is_not_cut)
{
    Str s = STR_INIT;
    str_fill(&s, 'x', 75);
    str_add(&s, "!");
    char *got = diagnose(str_cstr(&s), "!", 80);
    ck_assert_ptr_null(strstr(got, "..."));
    mem_free(got);
    str_reset(&s);
    str_fill(&s, 'x', 76);
    str_add(&s, "!");
    got = diagnose(str_cstr(&s), "!", 80);
    ck_assert_ptr_nonnull(strstr(got, "..."));
    ck_assert_uint_le(widest(got), 80);
    mem_free(got);
    str_clear(&s);
}
END_TEST

START_TEST(tracebacks_are_innermost_last_and_folded)
{
    const char *text = "def f(n):\n    return f(n - 1)\nf(9)\n";
    Source *src = source_new("cell 1", text, strlen(text), 1);
    Err err = {0};
    err_set(&err, ERR_RECURSION, "deeper than 1000 calls");
    err_hint(&err, "give f a case that does not call f");
    for (int i = 0; i < 999; i++) err_frame(&err, src, (Span){21, 29}, "f");
    err_frame(&err, src, (Span){30, 34}, "<module>");
    Diag d = {0};
    diag_build(&d, &err, NULL, 80);
    ck_assert_str_eq(str_cstr(&d.text), "Traceback, innermost last:\n"
                                        "  cell 1, line 3\n"
                                        "      f(9)\n"
                                        "      ^^^^\n"
                                        "  cell 1, line 2, in f\n"
                                        "      return f(n - 1)\n"
                                        "             ^^^^^^^^\n"
                                        "  [the same frame 998 times more]\n"
                                        "RecursionError: deeper than 1000 calls\n"
                                        "  hint: give f a case that does not call f\n");
    diag_clear(&d);
    err_clear(&err);
    source_release(src);
}
END_TEST

START_TEST(frames_that_alternate_are_folded_too)
{
    const char *text = "a\nb\nc\n";
    Source *src = source_new("t", text, strlen(text), 1);
    Err err = {0};
    err_set(&err, ERR_RUNTIME, "x");
    for (int i = 0; i < 10; i++) {
        err_frame(&err, src, (Span){2, 3}, "even");
        err_frame(&err, src, (Span){0, 1}, "odd");
    }
    err_frame(&err, src, (Span){4, 5}, "<module>");
    Diag d = {0};
    diag_build(&d, &err, NULL, 80);
    ck_assert_ptr_nonnull(strstr(str_cstr(&d.text), "[the same 2 frames 9 times more]"));
    diag_clear(&d);
    err_clear(&err);
    source_release(src);
}
END_TEST

START_TEST(messages_of_several_lines_are_indented)
{
    Err err = {0};
    err_set(&err, ERR_RUNTIME, "one\ntwo\x1b[0m");
    Diag d = {0};
    diag_build(&d, &err, NULL, 80);
    ck_assert_str_eq(str_cstr(&d.text), "RuntimeError: one\n  two\\x1b[0m\n");
    diag_clear(&d);
    err_clear(&err);
}
END_TEST

START_TEST(a_class_of_the_users_is_named_once)
{
    Err err = {0};
    err_set(&err, ERR_RAISED, "ShapeError: q is (2, 3)");
    Diag d = {0};
    diag_build(&d, &err, "ShapeError", 80);
    ck_assert_str_eq(str_cstr(&d.text), "ShapeError: q is (2, 3)\n");
    diag_clear(&d);
    err_clear(&err);
    err_set(&err, ERR_RAISED, "Plain");
    diag_build(&d, &err, NULL, 80);
    ck_assert_str_eq(str_cstr(&d.text), "Plain\n");
    diag_clear(&d);
    err_clear(&err);
}
END_TEST

START_TEST(roles_cover_the_text)
{
    const char *text = "x = y\n";
    Source *src = source_new("t", text, strlen(text), 1);
    Err err = {0};
    err_set(&err, ERR_NAME, "y is not defined");
    err_hint(&err, "define it");
    err_frame(&err, src, (Span){4, 5}, "<module>");
    Diag d = {0};
    diag_build(&d, &err, "MyError", 80);
    uint32_t at = 0;
    unsigned seen = 0;
    for (size_t i = 0; i < d.runs.count; i++) {
        ck_assert_uint_eq(d.runs.items[i].start, at);
        at = d.runs.items[i].end;
        seen |= 1u << d.runs.items[i].role;
    }
    ck_assert_uint_eq(at, d.text.len);
    ck_assert_uint_eq(seen, (1u << (DIAG_HINT + 1)) - 1);
    ck_assert_ptr_nonnull(
        strstr(str_cstr(&d.text), "MyError: y is not defined\n  hint: define it\n"));
    diag_clear(&d);
    err_clear(&err);
    source_release(src);
}
END_TEST

static void expect_paste(const char *text, const char *want) {
    Str out = STR_INIT;
    bool stripped = paste_strip_prompts(text, strlen(text), &out);
    ck_assert_int_eq(stripped, want != NULL);
    if (want) ck_assert_str_eq(str_cstr(&out), want);
    str_clear(&out);
}

START_TEST(prompts_are_taken_out_of_pasted_text)
{
    expect_paste("x = 1\n>>> y\n", NULL);
    expect_paste("", NULL);
    expect_paste(">> x", NULL);
    expect_paste(">>>x", NULL);
    expect_paste(">>> x = 1\n>>> x\n1\n", "x = 1\nx\n\n");
    expect_paste("\n>>> for i in x:\n...     print(i)\n...\n0\n>>> y",
                 "\nfor i in x:\n    print(i)\n\n\ny");
    expect_paste("  >>> a\r\n  ... b\r\n", "a\r\nb\r\n");
    expect_paste("In [12]: def f():\n    ...:     pass\n    ...: \nOut[12]: 3\nIn [13]:\n",
                 "def f():\n    pass\n\n\n\n");
}
END_TEST

TCase *diag_case(void) {
    TCase *tc = tcase_create("diag");
    tcase_add_test(tc, carets_stand_under_the_span);
    tcase_add_test(tc, a_span_of_several_lines_shows_its_first);
    tcase_add_test(tc, escapes_never_reach_the_terminal);
    tcase_add_test(tc, long_lines_are_windowed);
    tcase_add_test(tc, a_line_that_just_fits_is_not_cut);
    tcase_add_test(tc, tracebacks_are_innermost_last_and_folded);
    tcase_add_test(tc, frames_that_alternate_are_folded_too);
    tcase_add_test(tc, messages_of_several_lines_are_indented);
    tcase_add_test(tc, a_class_of_the_users_is_named_once);
    tcase_add_test(tc, roles_cover_the_text);
    tcase_add_test(tc, prompts_are_taken_out_of_pasted_text);
    return tc;
}
