/* practice: quiz blocks into items, items asked, answers graded. */
#include "config.h"

#include <glob.h>

#include "builtin/builtin.h"
#include "check_tap.h"
#include "practice/grade.h"

static Interp *in;

static void begin(void) {
    in = interp_new(&(InterpConfig){.sink = NULL});
    builtin_install(in);
    practice_install(in);
}

static void end(void) {
    interp_free(in);
}

/* ---- blocks ------------------------------------------------------------------------------ */

static Lesson *lesson_with(const char *quiz) {
    Lesson *l = NULL;
    Err err = {0};
    Str text = STR_INIT;
    str_printf(&text, "---\nnumber: 36\ncommand: masking\ntitle: T\n---\n# Practice\na\n\n%s",
               quiz);
    if (!lesson_parse("t.md", text.buf, text.len, &l, &err)) ck_abort_msg("%s", err.msg);
    str_clear(&text);
    return l;
}

#define QUIZ(body) "```quiz\n" body "```\n"
#define HEAD(kind) "id: x\nkind: " kind "\nlevel: junior\nask: \"Q\"\nwhy: \"W\"\n"

START_TEST(broken_blocks_name_their_line)
{
    static const struct {
        const char *quiz, *says;
    } broken[] = {
        {QUIZ("id: x\nask: y\n"), "t.md:10: this item of kind number lacks kind"},
        {QUIZ(HEAD("number")), "t.md:10: this item of kind number lacks answer"},
        {QUIZ(HEAD("number") "anwser: 1\n"), "t.md:15: unknown key 'anwser'"},
        {QUIZ(HEAD("number") "answer: 1\noptions: [a]\n"), "an item of kind number has no options"},
        {QUIZ(HEAD("numbr")), "kind wants one of number, shape"},
        {QUIZ(HEAD("choice") "options: [{right: a}]\n"), "a choice wants two options"},
        {QUIZ(HEAD("choice") "options: [{wrong: a}, {wrong: b}]\n"), "one of them right"},
        {QUIZ(HEAD("choice") "options: [{why: a}]\n"), "an option is right: or wrong: a text"},
        {QUIZ(HEAD("order") "steps: [a, b]\n"), "an order wants three steps"},
        {QUIZ(HEAD("fill") "answer: a\ncode: abc\n"), "has a gap"},
        {QUIZ(HEAD("number") "answer: 1\nid: y\n"), "id stands twice"},
        {QUIZ("id: X\nkind: number\nlevel: junior\nask: Q\nwhy: W\nanswer: 1\n"), "small letters"},
        {QUIZ(HEAD("number") "answer: 1\n") QUIZ(HEAD("number") "answer: 1\n"), "asked twice"},
        {QUIZ("- a\n"), "the quiz wants `key: value` lines"},
        {QUIZ("a: [\n"), "broken YAML"},
        {QUIZ(HEAD("number") "answer: 1\ntolerance: -1\n"), "a number above 0"},
    };
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        Lesson *l = lesson_with(broken[i].quiz);
        Items items = {0};
        Err err = {0};
        ck_assert_msg(!items_read(l, &items, &err), "read: %s", broken[i].quiz);
        ck_assert_msg(strstr(err.msg, broken[i].says) != NULL, "wanted '%s', got '%s'",
                      broken[i].says, err.msg);
        err_clear(&err);
        items_clear(&items);
        lesson_free(l);
    }
}
END_TEST

/* A .py file of the room is the module of its name. */
START_TEST(files_are_modules)
{
    const char *top = getenv("abs_top_srcdir");
    char pattern[600];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/src/practice/*.py", top ? top : ".");
    ck_assert(glob(pattern, 0, NULL, &found) == 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;
        char *module = mem_strndup(name, strlen(name) - 3);
        Value v = VALUE_UNSET;
        Err err = {0};
        ck_assert_msg(interp_import(in, module, &v, &err), "import %s: %s", module, err.msg);
        value_release(v);
        mem_free(module);
    }
    globfree(&found);
}
END_TEST

/* ---- answers ------------------------------------------------------------------------------ */

static const struct {
    const char *quiz, *answer;
    int result;            /* -1: it cannot be read */
    const char *diagnosis; /* or what the error or the text says */
} answers[] = {
#define MHA QUIZ(HEAD("number") "draw: {d: \"768\"}\nanswer: 4*d*d\n")
    {MHA, "4*768**2", RESULT_RIGHT, NULL},
    {MHA, " 2359296 \n", RESULT_RIGHT, NULL},
    {MHA, "2,359,296", RESULT_RIGHT, NULL},
    {MHA, "2.36M", RESULT_RIGHT, NULL},
    {MHA, "2.4 M", RESULT_RIGHT, NULL},
    {MHA, "2.4 million", RESULT_RIGHT, NULL},
    {MHA, "2.35M", RESULT_WRONG, NULL},
    {MHA, "2M", RESULT_WRONG, NULL},
    {MHA, "d*d", RESULT_WRONG, "1/4 of"},
    {MHA, "4*d*d+1", RESULT_WRONG, NULL},
    {MHA, "'a'", RESULT_WRONG, "A number is wanted"},
    {MHA, "True", RESULT_WRONG, "A number is wanted"},
    {MHA, "4*", -1, "a value was expected"},
    {MHA, "x = 3", -1, "an answer here is an expression"},
    {MHA, "undefined_name", -1, "not defined"},
    {MHA, "  \n", -1, "the answer is empty"},
#define BYTES QUIZ(HEAD("number") "answer: 320*1024\nunit: bytes\n")
    {BYTES, "320 KiB", RESULT_RIGHT, NULL},
    {BYTES, "327680", RESULT_RIGHT, NULL},
    {BYTES, "0.3125 MiB", RESULT_RIGHT, NULL},
    {BYTES, "328 KB", RESULT_RIGHT, NULL},
    {BYTES, "320 KB", RESULT_WRONG, NULL},
#define LETTERS QUIZ(HEAD("number") "letters: [n, d]\nanswer: 4*n*n*d + 8*n*d*d\n")
    {LETTERS, "8*n*d**2 + 4*n**2*d", RESULT_RIGHT, NULL},
    {LETTERS, "4*n*d*(n + 2*d)", RESULT_RIGHT, NULL},
    {LETTERS, "4*n*n*d", RESULT_WRONG, NULL},
#define SHAPE QUIZ(HEAD("shape") "letters: [B, H, T, S]\nanswer: (B, H, T, S)\n")
    {SHAPE, "(B, H, T, S)", RESULT_RIGHT, NULL},
    {SHAPE, "B, H, T, S", RESULT_RIGHT, NULL},
    {SHAPE, "[B, H, T, S]", RESULT_RIGHT, NULL},
    {SHAPE, "B x H x T x S", RESULT_RIGHT, NULL},
    {SHAPE, "(B, H, S, T)", RESULT_WRONG, "another order"},
    {SHAPE, "(B, T, S)", RESULT_WRONG, "4 dimensions"},
#define SIZES QUIZ(HEAD("shape") "answer: torch.zeros(2, 8, 5, 7).shape\n")
    {SIZES, "2x8x5x7", RESULT_RIGHT, NULL},
    {SIZES, "2 × 8 × 5 × 7", RESULT_RIGHT, NULL},
    {SIZES, "torch.Size([2, 8, 5, 7])", RESULT_RIGHT, NULL},
    {SIZES, "7", RESULT_WRONG, "4 dimensions"},
#define CAUSAL QUIZ(HEAD("mask") "answer: torch.tril(torch.ones(4, 4))\n")
    {CAUSAL, "1000/1100/1110/1111", RESULT_RIGHT, NULL},
    {CAUSAL, "1000 1100 1110 1111", RESULT_RIGHT, NULL},
    {CAUSAL, "1 0 0 0\n1 1 0 0\n1 1 1 0\n1 1 1 1\n", RESULT_RIGHT, NULL},
    {CAUSAL, "torch.ones(4, 4).tril().bool()", RESULT_RIGHT, NULL},
    {CAUSAL, "qkv.mask('causal', 4)[None, None]", RESULT_RIGHT, NULL},
    {CAUSAL, "0111/0011/0001/0000", RESULT_WRONG, "mask-inverted"},
    {CAUSAL, "1111/0111/0011/0001", RESULT_WRONG, "mask-transposed"},
    {CAUSAL, "0000/1000/1100/1110", RESULT_WRONG, "causal-off-by-one"},
    {CAUSAL, "1000/1100/1110", RESULT_WRONG, "4 rows of 4"},
    {CAUSAL, "1000/1100/1010/1111", RESULT_WRONG, "1 of 16 cells"},
    {CAUSAL, "torch.randn(4, 4)", RESULT_WRONG, "A mask is wanted"},
#define CHOICE                                                                                     \
    QUIZ(HEAD("choice") "options: [{right: a}, {wrong: b, why: \"no, b\"}, {wrong: c}]\n")
    {CHOICE, "RIGHT", RESULT_RIGHT, NULL},
    {CHOICE, "9", -1, "none of the 3 options"},
    {CHOICE, "hello", -1, "none of the 3 options"},
    {CHOICE, "1 2 3", RESULT_WRONG, "no, b"},
#define ORDER QUIZ(HEAD("order") "steps: [a, b, c, d]\n")
    {ORDER, "RIGHT", RESULT_RIGHT, NULL},
    {ORDER, "1 2 3", -1, "each of the 4 steps once"},
#define PREDICT QUIZ(HEAD("predict") "code: \"print(1)\"\nanswer: \"[1.0, 2.0]\"\n")
    {PREDICT, "torch.tensor([1, 2.])", RESULT_RIGHT, NULL},
    {PREDICT, "(1, 2)", RESULT_RIGHT, NULL},
    {PREDICT, "[1, 3]", RESULT_WRONG, "Yours is [1, 3]"},
#define FILL QUIZ(HEAD("fill") "letters: [d]\ncode: \"q k / ___\"\nanswer: math.sqrt(d)\n")
    {FILL, "d**0.5", RESULT_RIGHT, NULL},
    {FILL, "torch.tensor(float(d)).sqrt()", RESULT_RIGHT, NULL},
    {FILL, "d", RESULT_WRONG, NULL},
};

START_TEST(answers_are_graded)
{
    for (size_t i = 0; i < ARRAY_LEN(answers); i++)
        for (uint32_t seed = 0; seed < 3; seed++) {
            Lesson *l = lesson_with(answers[i].quiz);
            Items items = {0};
            Err err = {0};
            Asked a;
            Verdict v = {0};
            if (!items_read(l, &items, &err)) ck_abort_msg("%s", err.msg);
            if (!ask(in, items_find(&items, "36/x"), seed, &a, &err)) ck_abort_msg("%s", err.msg);
            Str answer = STR_INIT;
            if (strcmp(answers[i].answer, "RIGHT") == 0)
                ck_assert(asked_answer(&a, &answer, &err));
            else
                str_add(&answer, answers[i].answer);
            bool ok = grade(&a, answer.buf, answer.len, &v, &err);
            const char *says = answers[i].diagnosis;
            if (answers[i].result < 0) {
                ck_assert_msg(!ok, "graded: %s", answer.buf);
                ck_assert_msg(strstr(err.msg, says) != NULL, "'%s': %s", answer.buf, err.msg);
            } else {
                ck_assert_msg(ok, "'%s': %s", answer.buf, err.msg);
                ck_assert_msg((int)v.result == answers[i].result, "'%s' is %s: %s", answer.buf,
                              result_name(v.result), str_cstr(&v.shown));
                if (says && !strstr(str_cstr(&v.shown), says))
                    ck_assert_msg(v.diagnosis && strcmp(v.diagnosis, says) == 0, "'%s': %s, %s",
                                  answer.buf, v.diagnosis ? v.diagnosis : "-", str_cstr(&v.shown));
            }
            err_clear(&err);
            verdict_clear(&v);
            str_clear(&answer);
            asked_clear(&a);
            items_clear(&items);
            lesson_free(l);
        }
}
END_TEST

/* The answer that is shown to a question in letters is in letters. */
START_TEST(answers_are_shown_in_the_letters_asked_for)
{
    static const struct {
        const char *quiz, *shown;
    } asked[] = {{LETTERS, "4*n*n*d + 8*n*d*d"},
                 {SHAPE, "(B, H, T, S)"},
                 {FILL, "math.sqrt(d)"},
                 {SIZES, "(2, 8, 5, 7)"}};
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        Lesson *l = lesson_with(asked[i].quiz);
        Items items = {0};
        Err err = {0};
        Asked a;
        Str answer = STR_INIT;
        ck_assert(items_read(l, &items, &err) && ask(in, items.list.items[0], 0, &a, &err));
        ck_assert(asked_answer(&a, &answer, &err));
        ck_assert_str_eq(str_cstr(&answer), asked[i].shown);
        str_clear(&answer);
        asked_clear(&a);
        items_clear(&items);
        lesson_free(l);
    }
}
END_TEST

/* What asked_answer says is right, whatever was drawn. */
START_TEST(the_same_seed_asks_the_same)
{
    Lesson *l = lesson_with(QUIZ("id: x\nkind: number\nlevel: junior\n"
                                 "ask: \"d={{d}} h={{h}}\"\nwhy: \"{{d // h}}\"\n"
                                 "draw: {h: \"pick(2, 4, 8)\", d: \"h * whole(2, 16)\"}\n"
                                 "answer: d // h\n"));
    Items items = {0};
    Err err = {0};
    ck_assert(items_read(l, &items, &err));
    int differ = 0;
    Str last = STR_INIT;
    for (uint32_t seed = 0; seed < 40; seed++) {
        Asked a, b;
        Verdict v;
        Str answer = STR_INIT, why = STR_INIT;
        ck_assert(ask(in, items.list.items[0], seed, &a, &err));
        ck_assert(ask(in, items.list.items[0], seed, &b, &err));
        ck_assert_str_eq(str_cstr(&a.text), str_cstr(&b.text));
        differ += strcmp(str_cstr(&a.text), str_cstr(&last)) != 0;
        ck_assert(asked_answer(&a, &answer, &err) && asked_why(&a, &why, &err));
        ck_assert_str_eq(str_cstr(&answer), str_cstr(&why));
        ck_assert(grade(&a, answer.buf, answer.len, &v, &err));
        ck_assert_int_eq(v.result, RESULT_RIGHT);
        str_reset(&last);
        str_add(&last, str_cstr(&a.text));
        verdict_clear(&v);
        str_clear(&answer);
        str_clear(&why);
        asked_clear(&a);
        asked_clear(&b);
    }
    ck_assert_int_gt(differ, 25);
    str_clear(&last);
    items_clear(&items);
    lesson_free(l);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("practice");
    TCase *t = tcase_create("practice");
    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, broken_blocks_name_their_line);
    tcase_add_test(t, files_are_modules);
    tcase_add_test(t, answers_are_graded);
    tcase_add_test(t, answers_are_shown_in_the_letters_asked_for);
    tcase_add_test(t, the_same_seed_asks_the_same);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
