/* practice: answers in code that do harm, or nothing. Each is refused with what is wrong, in a
 * process that grades a right answer as before behind it. */
#include "config.h"

#include "builtin/builtin.h"
#include "check_tap.h"
#include "practice/grade.h"

static Interp *in;
static LessonSet lessons;
static Items items;

static void begin(void) {
    const char *top = getenv("abs_top_srcdir");
    char dir[600];
    Err err = {0};
    in = interp_new(&(InterpConfig){.sink = NULL});
    builtin_install(in);
    practice_install(in);
    snprintf(dir, sizeof dir, "%s/lessons", top ? top : ".");
    if (!lesson_scan(dir, &lessons, &err)) ck_abort_msg("%s", err.msg);
    for (size_t i = 0; i < lessons.items.count; i++)
        if (!items_read(lessons.items.items[i], &items, &err)) ck_abort_msg("%s", err.msg);
}

static void end(void) {
    items_clear(&items);
    lesson_set_clear(&lessons);
    interp_free(in);
}

/* What a verdict says, and what was raised. */
static Result grade_text(const char *id, const char *answer, size_t n, Str *said) {
    const Item *it = items_find(&items, id);
    Asked a;
    Verdict v = {.result = RESULT_WRONG};
    Err err = {0};
    ck_assert_msg(it != NULL, "there is no %s", id);
    ck_assert(ask(in, it, 0, &a, &err));
    if (!grade(&a, answer, n, &v, &err)) {
        v = (Verdict){.result = RESULT_WRONG};
        str_add(said, err.msg);
        err_clear(&err);
    }
    str_add(said, str_cstr(&v.shown));
    if (v.fault.kind != ERR_OK)
        str_printf(said, " %s: %s", err_kind_name(v.fault.kind), v.fault.msg ? v.fault.msg : "");
    if (v.diagnosis) str_printf(said, " [%s]", v.diagnosis);
    Result r = v.result;
    verdict_clear(&v);
    asked_clear(&a);
    return r;
}

#define HEAD "def attention(query, keys, values, mask=None):\n"
#define RIGHT                                                                                      \
    "    s = query @ keys.transpose(-2, -1) / math.sqrt(keys.shape[-1])\n"                         \
    "    if mask is not None: s = s.masked_fill(~mask, -math.inf)\n"                               \
    "    out = s.softmax(-1) @ values\n"

static const struct {
    const char *answer, *says;
    Result result;
} harm[] = {
    {"", "", RESULT_WRONG},
    {"\n\n", "", RESULT_WRONG},
    {"42\n", "attention", RESULT_WRONG},
    {"def atention(query, keys, values, mask=None):\n" RIGHT "    return out\n", "attention",
     RESULT_WRONG},
    {"attention = 3\n", "attention", RESULT_WRONG},
    {"def attention(query):\n    return query\n", "argument", RESULT_WRONG},
    {"def attention():\n    return 1\n", "argument", RESULT_WRONG},
    {"class attention:\n    pass\n", "", RESULT_WRONG},
    {HEAD "    return None\n", "None", RESULT_WRONG},
    {HEAD "    pass\n", "None", RESULT_WRONG},
    {HEAD "    return 1\n", "shape", RESULT_WRONG},
    {HEAD "    return 'weights'\n", "tensor", RESULT_WRONG},
    {HEAD "    return query\n", "", RESULT_WRONG},
    {HEAD "    return values\n", "", RESULT_WRONG},
    {HEAD RIGHT "    return out, s\n", "", RESULT_WRONG},
    {HEAD RIGHT "    return [out]\n", "", RESULT_WRONG},
    {HEAD RIGHT "    return out.sum()\n", "shape", RESULT_WRONG},
    {HEAD RIGHT "    return out * float('nan')\n", "nan", RESULT_WRONG},
    {HEAD RIGHT "    return out.detach()\n", "gradient", RESULT_PARTLY},
    {HEAD RIGHT "    return torch.tensor(out.tolist())\n", "gradient", RESULT_PARTLY},
    {HEAD RIGHT "    values.zero_()\n    return out\n", "", RESULT_PARTLY},
    {HEAD "    query += 1\n    query -= 1\n    keys.mul_(2)\n" RIGHT "    return out\n", "",
     RESULT_WRONG},
    {HEAD "    while True: pass\n", "Timeout", RESULT_WRONG},
    {HEAD "    while True:\n        try:\n            while True: pass\n        except "
          "BaseException: pass\n",
     "Timeout", RESULT_WRONG},
    {HEAD "    return attention(query, keys, values)\n", "RecursionError", RESULT_WRONG},
    {HEAD "    return torch.zeros(10**6, 10**6)\n", "MemoryError", RESULT_WRONG},
    {HEAD "    x = [0]\n    while True: x = x + x\n", "MemoryError", RESULT_WRONG},
    {HEAD "    raise SystemExit(0)\n", "SystemExit", RESULT_WRONG},
    {HEAD "    raise KeyboardInterrupt\n", "KeyboardInterrupt", RESULT_WRONG},
    {HEAD "    raise ValueError('\\x1b[31mred')\n", "ValueError", RESULT_WRONG},
    {HEAD "    return querry\n", "querry", RESULT_WRONG},
    {HEAD "    return query @ keys\n", "RuntimeError", RESULT_WRONG},
    {"import torch\ntorch.softmax = lambda x, dim: x\nF.softmax = None\n" HEAD "    return query\n",
     "", RESULT_WRONG},
    {"import os\nos.system('true')\n" HEAD "    return query\n", "os", RESULT_WRONG},
    {"open('/etc/passwd')\n", "open", RESULT_WRONG},
    {"import _grader\n_grader.Case = None\n" HEAD "    return query\n", "without `_grader`",
     RESULT_WRONG},
    {"import sys\nsys.modules['_grader'].Case = None\n" HEAD "    return query\n", "",
     RESULT_WRONG},
    {"g = __import__('_gr' + 'ader')\ng.Case = None\n" HEAD "    return query\n", "", RESULT_WRONG},
    {"print('x' * 10**6)\n" HEAD "    print('y' * 10**6)\n    return query\n", "", RESULT_WRONG},
    {"torch.manual_seed(1)\n" HEAD "    return torch.rand(query.shape[0], values.shape[-1])\n", "",
     RESULT_WRONG},
    {"while True: pass\n", "Timeout", RESULT_WRONG},
    {"1/0\n", "ZeroDivisionError", RESULT_WRONG},
    {HEAD "  return (query\n", "never closed", RESULT_WRONG},
    {HEAD "return query\n", "", RESULT_WRONG},
    {"\x01\x02\xff\xfe", "", RESULT_WRONG},
    {"\x1b[31m\x1b]0;x\x07", "", RESULT_WRONG},
};

START_TEST(harm_is_refused_and_leaves_nothing_behind)
{
    static const char right[] = HEAD RIGHT "    return out\n";
#ifdef __SANITIZE_ADDRESS__
    if (_i % 3 || !strcmp(harm[_i].says, "Timeout")) return; /* the suite's time is bounded */
#endif
    Str said = STR_INIT;
    Result r = grade_text("35/attention", harm[_i].answer, strlen(harm[_i].answer), &said);
    ck_assert_msg(r == harm[_i].result, "%s\nis %s: %s", harm[_i].answer, result_name(r),
                  str_cstr(&said));
    ck_assert_msg(said.len && strstr(str_cstr(&said), harm[_i].says), "%s\nsays '%s', wanted '%s'",
                  harm[_i].answer, str_cstr(&said), harm[_i].says);
    str_reset(&said);
    r = grade_text("35/attention", right, strlen(right), &said);
    ck_assert_msg(r == RESULT_RIGHT, "behind\n%s\na right answer is %s: %s", harm[_i].answer,
                  result_name(r), str_cstr(&said));
    str_clear(&said);
}
END_TEST

/* A megabyte of what is no code, and of what is. */
START_TEST(long_answers_are_read)
{
    Str text = STR_INIT, said = STR_INIT;
    while (text.len < 1 << 20) str_add(&text, "the mask hides the future ");
    ck_assert_int_eq(grade_text("35/attention", text.buf, text.len, &said), RESULT_WRONG);
    str_reset(&text);
    while (text.len < 1 << 19) str_add(&text, "x = 1 + 2 * 3\n");
    str_add(&text, HEAD RIGHT "    return out\n");
    ck_assert_int_eq(grade_text("35/attention", text.buf, text.len, &said), RESULT_RIGHT);
    str_clear(&text);
    str_clear(&said);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("grader");
    TCase *t = tcase_create("harm");
    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, harm_is_refused_and_leaves_nothing_behind, 0, ARRAY_LEN(harm));
    tcase_add_test(t, long_answers_are_read);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
