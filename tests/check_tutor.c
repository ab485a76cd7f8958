/* tutor: lesson files into steps, parameters, and every way a file can be wrong. */
#include "config.h"

#include "base/str.h"
#include "tutor/lesson.h"
#include "tutor/param.h"

#include "check_tap.h"

#define HEAD "---\nnumber: 36\ncommand: masking\ntitle: T\n"

static Lesson *parse_ok(const char *text) {
    Lesson *l = NULL;
    Err err = {0};
    if (!lesson_parse("t.md", text, strlen(text), &l, &err)) ck_abort_msg("%s", err.msg);
    return l;
}

/* The error's text; checks that the parse fails. */
static void parse_fails(const char *text, const char *message) {
    Lesson *l = NULL;
    Err err = {0};
    ck_assert_msg(!lesson_parse("t.md", text, strlen(text), &l, &err), "parsed: %s", text);
    ck_assert_ptr_null(l);
    ck_assert_msg(strstr(err.msg, message) != NULL, "wanted '%s', got '%s'", message, err.msg);
    err_clear(&err);
}

START_TEST(steps_are_text_and_cells)
{
    Lesson *l = parse_ok(HEAD "---\n# One\n\ntext\n\n```python\nx = 1\n```\nafter\n\n## Two\n\n"
                              "```text\nnot a cell\n```\n\n~~~python hide raises\ny\n~~~\n");
    ck_assert_uint_eq(l->steps.count, 5);
    const LessonStep *s = l->steps.items;
    ck_assert(s[0].kind == STEP_TEXT && s[1].kind == STEP_CELL && s[2].kind == STEP_TEXT);
    ck_assert_str_eq(s[0].title, "One");
    ck_assert_str_eq(s[1].text, "x = 1\n");
    ck_assert_int_eq(s[1].line, 11);
    ck_assert_str_eq(s[2].text, "after\n\n");
    ck_assert_str_eq(s[3].title, "Two");
    ck_assert_ptr_nonnull(strstr(s[3].text, "not a cell"));
    ck_assert_uint_eq(s[4].flags, CELL_HIDE | CELL_RAISES);
    ck_assert(!s[0].pause && !s[1].pause && s[2].pause && s[3].pause);
    lesson_free(l);
}
END_TEST

START_TEST(headings_of_the_first_level_are_parts)
{
    Lesson *l =
        parse_ok(HEAD "---\n# In one breath\na\n# In two minutes\nb\n# Live: x\n```python\nx\n"
                      "```\n# Every kind {more}\n```python fold\ny\n```\nc\n\n## Its end\nd\n"
                      "# Often said, but\ne\n# Follow-ups\nf\n");
    static const struct {
        const char *name, *title;
        size_t from, to;
        bool more;
    } want[] = {{"answer", "In one breath", 0, 1, false}, {"answer", "In two minutes", 1, 2, false},
                {"live", "Live: x", 2, 4, false},         {"live", "Every kind", 4, 8, true},
                {"said", "Often said, but", 8, 9, false}, {"follow", "Follow-ups", 9, 10, false}};
    ck_assert_uint_eq(l->parts.count, ARRAY_LEN(want));
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        const LessonPart *p = &l->parts.items[i];
        ck_assert_str_eq(p->name, want[i].name);
        ck_assert_str_eq(p->title, want[i].title);
        ck_assert_uint_eq(p->from, want[i].from);
        ck_assert_uint_eq(p->to, want[i].to);
        ck_assert(p->more == want[i].more);
        for (size_t j = p->from; j < p->to; j++) {
            ck_assert_int_eq(l->steps.items[j].part, (int)i);
            ck_assert(l->steps.items[j].more == p->more);
        }
    }
    ck_assert_str_eq(l->steps.items[4].text, "# Every kind\n");
    lesson_free(l);
}
END_TEST

START_TEST(a_joined_cell_is_on_the_screen_above)
{
    Lesson *l = parse_ok(HEAD "---\n# A\n```python\nx\n```\nb\n```python join\ny\n```\nc\n"
                              "```python\nz\n```\n```python join\nw\n```\n");
    static const bool pause[] = {false, false, false, false, true, false, false};
    ck_assert_uint_eq(l->steps.count, ARRAY_LEN(pause));
    for (size_t i = 0; i < ARRAY_LEN(pause); i++) ck_assert(l->steps.items[i].pause == pause[i]);
    lesson_free(l);
}
END_TEST

/* Hidden cells and headings alone are no stop of their own. */
START_TEST(no_stop_shows_nothing)
{
    Lesson *l = parse_ok(HEAD "---\n# A\n## B\n```python hide\nx\n```\n### C\nc\n"
                              "```python\ny\n```\n```python hide\nz\n```\nd\n"
                              "```python hide\nz\n```\n# E\n## F {more}\nf\n## G\ng\n");
    static const bool pause[] = {false, false, false, false, false, false,
                                 true,  false, true,  true,  true};
    ck_assert_uint_eq(l->steps.count, ARRAY_LEN(pause));
    for (size_t i = 0; i < ARRAY_LEN(pause); i++)
        ck_assert_msg(l->steps.items[i].pause == pause[i], "step %zu: %s", i,
                      l->steps.items[i].text);
    lesson_free(l);
}
END_TEST

START_TEST(a_quiz_is_no_step)
{
    Lesson *l = parse_ok(HEAD "---\n# Practice\na\n\n```quiz\nid: x\nask: y\n```\nb\n");
    ck_assert_uint_eq(l->quizzes.count, 1);
    ck_assert_str_eq(l->quizzes.items[0].text, "id: x\nask: y\n");
    ck_assert_int_eq(l->quizzes.items[0].line, 10);
    ck_assert_uint_eq(l->steps.count, 2);
    ck_assert(!l->steps.items[1].pause);
    lesson_free(l);
    parse_fails(HEAD "---\na\n\n```quiz\nid: x\n", "never closed");
}
END_TEST

START_TEST(fences_inside_fences_and_lists_are_text)
{
    Lesson *l = parse_ok(
        HEAD "---\n````md\n```python\nx\n```\n````\n\n- item\n\n  ```python\n  y\n  ```\n");
    for (size_t i = 0; i < l->steps.count; i++) ck_assert_int_eq(l->steps.items[i].kind, STEP_TEXT);
    lesson_free(l);
}
END_TEST

START_TEST(parameters_have_domains)
{
    Lesson *l = parse_ok(
        HEAD "parameters:\n  n: {type: int, default: 6, min: 2, max: 64, help: tokens}\n"
             "  kind: {type: choice, default: causal, choices: [causal, window], help: k}\n"
             "  h: {type: ints, default: [1, 2], min: 1, help: heads}\n"
             "  text: {type: str, default: \"a b\", max: 5, help: t}\n---\nx\n");
    Str s = STR_INIT;
    static const char *const domains[] = {"a whole number 2..64", "one of causal, window",
                                          "whole numbers >= 1 separated by commas",
                                          "a text <= 5 characters"};
    for (size_t i = 0; i < ARRAY_LEN(domains); i++) {
        str_reset(&s);
        lesson_param_domain(&l->params.items[i], &s);
        ck_assert_str_eq(str_cstr(&s), domains[i]);
    }
    ck_assert_str_eq(lesson_param(l, "h")->deflt, "1,2");
    ck_assert_ptr_null(lesson_param(l, "m"));
    str_clear(&s);
    lesson_free(l);
}
END_TEST

/* value is taken or refused */
static void reads(const Lesson *l, const char *name, const char *value, bool wanted) {
    ParamValue v;
    Err err = {0};
    ck_assert_msg(param_read(lesson_param(l, name), value, &v, &err) == wanted, "%s=%s", name,
                  value);
    if (wanted) param_value_clear(&v);
    err_clear(&err);
}

START_TEST(values_are_checked)
{
    Lesson *l =
        parse_ok(HEAD "parameters:\n  n: {type: int, default: 6, min: 2, max: 64, help: tokens}\n"
                      "  f: {type: float, default: 0.5, min: 0, help: f}\n"
                      "  b: {type: bool, default: true, help: b}\n"
                      "  h: {type: ints, default: \"1\", min: 1, max: 9, help: heads}\n---\nx\n");
    static const struct {
        const char *name, *value;
        bool ok;
    } cases[] = {{"n", "2", true},      {"n", "64", true},
                 {"n", "65", false},    {"n", "1", false},
                 {"n", "6.5", false},   {"n", "", false},
                 {"n", "6x", false},    {"n", "99999999999999999999", false},
                 {"f", "1e3", true},    {"f", "-1", false},
                 {"f", "nan", false},   {"f", "inf", false},
                 {"b", "false", true},  {"b", "on", true},
                 {"b", "maybe", false}, {"h", "1,2,9", true},
                 {"h", "1,", false},    {"h", "1,10", false},
                 {"h", "1 2", false}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        reads(l, cases[i].name, cases[i].value, cases[i].ok);
    lesson_free(l);
}
END_TEST

START_TEST(broken_files_name_their_line)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "t.md:1: a lesson begins with"},
        {"# no front\n", "t.md:1: a lesson begins with"},
        {"---\nnumber: 3\n", "t.md:1: the front matter is not closed"},
        {"---\nnumber: [\n---\nx\n", "t.md:3: broken YAML"},
        {"---\nnumber: many\n---\nx\n", "t.md:2: number wants a number, got 'many'"},
        {"---\ncommand: a\ntitle: t\n---\nx\n", "the front matter has no number"},
        {HEAD "colour: red\n---\nx\n", "t.md:5: unknown key 'colour'"},
        {HEAD "parameters: [n]\n---\nx\n", "t.md:5: parameters wants `key: value` lines"},
        {HEAD "parameters:\n  n: {type: int, help: h}\n---\nx\n",
         "t.md:6: parameter n has no default"},
        {HEAD "parameters:\n  n: {type: int, default: 9, max: 8, help: h}\n---\nx\n",
         "t.md:6: default of n must be a whole number <= 8, got '9'"},
        {HEAD "parameters:\n  n: {type: whole, default: 9, help: h}\n---\nx\n",
         "t.md:6: there is no parameter type"},
        {HEAD "parameters:\n  n: {typ: int, default: 9, help: h}\n---\nx\n",
         "t.md:6: unknown key 'typ'"},
        {HEAD "parameters:\n  2n: {type: int, default: 9, help: h}\n---\nx\n",
         "a parameter's name is a variable's name"},
        {HEAD "---\ntext\n\n```python\nx = 1\n", "t.md:8: this fence is never closed"},
        {HEAD "---\n```python loud\nx = 1\n```\n", "t.md:6: unknown word 'loud' after python"},
        {HEAD "---\n\n", "the lesson has no text"},
        {HEAD "after: 32\n---\nx\n", "t.md:5: after wants a list"},
        {HEAD "after: [one]\n---\nx\n", "t.md:5: after wants a number, got 'one'"},
        {HEAD "terms: [mask]\n---\nx\n", "t.md:5: terms wants `key: value` lines"},
        {HEAD "terms:\n  mask: [a, b]\n---\nx\n", "t.md:6: mask wants a text"},
        {HEAD "waits: x\n---\ntext\n", "t.md:7: a lesson that waits has no text"},
        {HEAD "---\n\xff\n", "not a text in UTF-8"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) parse_fails(cases[i].text, cases[i].message);
}
END_TEST

START_TEST(a_lesson_that_waits_says_so)
{
    Lesson *l = parse_ok(HEAD "waits: a model is shipped\n---\n");
    ck_assert_uint_eq(l->steps.count, 1);
    ck_assert_str_eq(l->steps.items[0].text, "This lesson follows when a model is shipped.\n");
    lesson_free(l);
}
END_TEST

START_TEST(lessons_are_found_by_number_and_name)
{
    LessonSet set = {0};
    vec_push(&set.items, parse_ok(HEAD "---\nx\n"));
    ck_assert_ptr_nonnull(lesson_find(&set, "36"));
    ck_assert_ptr_nonnull(lesson_find(&set, "q36"));
    ck_assert_ptr_nonnull(lesson_find(&set, "masking"));
    ck_assert_ptr_null(lesson_find(&set, "37"));
    ck_assert_ptr_null(lesson_find(&set, "mask"));
    ck_assert_ptr_null(lesson_find(&set, "q"));
    lesson_set_clear(&set);
}
END_TEST

/* A set of lessons from "number after after ..." lines, sorted by number. */
static LessonSet set_of(const char *const *fronts, size_t n) {
    LessonSet set = {0};
    for (size_t i = 0; i < n; i++) vec_push(&set.items, parse_ok(fronts[i]));
    return set;
}

START_TEST(a_path_puts_each_lesson_behind_those_it_builds_on)
{
#define FRONT(n, more) "---\nnumber: " #n "\ncommand: c" #n "\ntitle: T\n" more "---\nx\n"
    static const char *const fronts[] = {FRONT(1, "after: [4, 99]\n"), FRONT(2, ""),
                                         FRONT(3, "after: [2]\n"),     FRONT(4, "after: [3]\n"),
                                         FRONT(5, "after: [6]\n"),     FRONT(6, "after: [5]\n")};
    static const int order[] = {2, 3, 4, 1, 5, 6}; /* 99 is not there; 5 and 6 are a circle */
    LessonSet set = set_of(fronts, ARRAY_LEN(fronts));
    const Lesson *path[ARRAY_LEN(fronts)];
    lesson_path(&set, path);
    for (size_t i = 0; i < ARRAY_LEN(order); i++) ck_assert_int_eq(path[i]->number, order[i]);
    lesson_set_clear(&set);
}
END_TEST

START_TEST(a_term_is_found_in_any_spelling)
{
    static const char *const fronts[] = {FRONT(1, ""),
                                         FRONT(2, "terms:\n  kv-cache: \"kept\"\n  head: h\n")};
    static const char *const found[] = {"kv-cache", "KV cache", "kv_caches",
                                        "kvcache",  "Heads",    "head"};
    static const char *const absent[] = {"kv", "-", "kv-cached", "header", "", "s"};
    LessonSet set = set_of(fronts, ARRAY_LEN(fronts));
    for (size_t i = 0; i < ARRAY_LEN(found); i++) {
        const Lesson *from = NULL;
        ck_assert_msg(lesson_term(&set, found[i], &from) != NULL, "%s", found[i]);
        ck_assert_int_eq(from->number, 2);
    }
    for (size_t i = 0; i < ARRAY_LEN(absent); i++)
        ck_assert_msg(!lesson_term(&set, absent[i], NULL), "%s", absent[i]);
    ck_assert_str_eq(lesson_term(&set, "KV-cache", NULL)->text, "kept");
    lesson_set_clear(&set);
}
END_TEST

START_TEST(a_missing_folder_is_an_error)
{
    LessonSet set = {0};
    Err err = {0};
    ck_assert(!lesson_scan("/no/such/folder", &set, &err));
    ck_assert_int_eq(err.kind, ERR_FILENOTFOUND);
    err_clear(&err);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("tutor");
    TCase *t = tcase_create("lessons");
    tcase_add_test(t, steps_are_text_and_cells);
    tcase_add_test(t, headings_of_the_first_level_are_parts);
    tcase_add_test(t, no_stop_shows_nothing);
    tcase_add_test(t, a_joined_cell_is_on_the_screen_above);
    tcase_add_test(t, a_quiz_is_no_step);
    tcase_add_test(t, fences_inside_fences_and_lists_are_text);
    tcase_add_test(t, parameters_have_domains);
    tcase_add_test(t, values_are_checked);
    tcase_add_test(t, broken_files_name_their_line);
    tcase_add_test(t, a_lesson_that_waits_says_so);
    tcase_add_test(t, lessons_are_found_by_number_and_name);
    tcase_add_test(t, a_path_puts_each_lesson_behind_those_it_builds_on);
    tcase_add_test(t, a_term_is_found_in_any_spelling);
    tcase_add_test(t, a_missing_folder_is_an_error);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
