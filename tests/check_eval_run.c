/* interp_run from outside: results, scopes, modules, limits, where it stands. */
#include "config.h"

#include "check_eval.h"

START_TEST(echo_gives_the_last_expression)
{
    Run r;
    Value v;
    run_begin(&r, NULL);
    ck_assert(run_text(&r, "x = 20\nx * 2 + 2", RUN_ECHO, &v));
    ck_assert_int_eq(v.tag, VT_INT);
    ck_assert_int_eq(v.i, 42);
    ck_assert(run_text(&r, "x\ny = x", RUN_ECHO, &v));
    ck_assert_int_eq(v.tag, VT_UNSET);
    ck_assert(run_text(&r, "x", 0, &v));
    ck_assert_int_eq(v.tag, VT_UNSET);
    ck_assert(run_text(&r, "", RUN_ECHO, &v));
    ck_assert_int_eq(v.tag, VT_UNSET);
    ck_assert(run_text(&r, "None", RUN_ECHO, &v));
    ck_assert_int_eq(v.tag, VT_NONE);
    run_end(&r);
}
END_TEST

START_TEST(prompt_says_incomplete)
{
    Run r;
    bool incomplete;
    run_begin(&r, NULL);
    static const char *const open[] = {"for i in range(3):\n", "x = (1,\n", "s = '''a\n"};
    for (size_t i = 0; i < ARRAY_LEN(open); i++) {
        Source *src = source_new("prompt", open[i], strlen(open[i]), 1);
        ck_assert(interp_run(r.in, src, r.module, RUN_INTERACTIVE, NULL, &incomplete, &r.err));
        ck_assert(incomplete);
        source_release(src);
    }
    Source *src = source_new("prompt", "x = 1\n", 6, 1);
    ck_assert(interp_run(r.in, src, r.module, RUN_INTERACTIVE, NULL, &incomplete, &r.err));
    ck_assert(!incomplete);
    source_release(src);
    run_end(&r);
}
END_TEST

START_TEST(names_are_kept_between_runs)
{
    Run r;
    Value v;
    run_begin(&r, NULL);
    ck_assert(run_text(&r, "def f(a): return a + b\nb = 1", 0, NULL));
    ck_assert(run_text(&r, "b = 10\nprint(f(1))", 0, NULL));
    ck_assert_str_eq(str_cstr(&r.out), "11\n");
    ck_assert(module_get(r.module, "b", &v));
    ck_assert_int_eq(v.i, 10);
    module_set(r.in, r.module, "b", value_int(20));
    ck_assert(run_text(&r, "f(1)", RUN_ECHO, &v));
    ck_assert_int_eq(v.i, 21);
    ck_assert(module_del(r.module, "b"));
    ck_assert(!module_get(r.module, "b", &v));
    ck_assert(!run_text(&r, "f(1)", 0, NULL));
    ck_assert_int_eq(r.err.kind, ERR_NAME);
    ck_assert_str_eq(module_name_at(r.module, 1, &v), "f");
    run_end(&r);
}
END_TEST

START_TEST(an_error_keeps_what_was_finished)
{
    Run r;
    Value v;
    run_begin(&r, NULL);
    ck_assert(!run_text(&r, "a = 1\nb = a + 1\na = 5 // 0\nb = 9", 0, NULL));
    ck_assert(module_get(r.module, "a", &v));
    ck_assert_int_eq(v.i, 1);
    ck_assert(module_get(r.module, "b", &v));
    ck_assert_int_eq(v.i, 2);
    run_end(&r);
}
END_TEST

/* ---- limits -------------------------------------------------------------------------------- */

START_TEST(time_limit_ends_what_would_not)
{
    static const char *const texts[] = {
        "while True: pass",
        "def f():\n  while True:\n    try:\n      while True: pass\n    except: pass\nf()",
        "for i in range(10 ** 15): pass",
        "def g():\n  while True: yield 1\nfor x in g(): pass",
        "n = 0\nwhile True:\n  try:\n    while True: pass\n  finally:\n    n = n + 1",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        Run r;
        run_begin(&r, &(InterpConfig){.time_limit_ns = 30000000});
        int64_t start = cpu_ns();
        ck_assert(!run_text(&r, texts[i], 0, NULL));
        ck_assert_int_lt(cpu_ns() - start, 2000000000);
        ck_assert_int_eq(r.err.kind, ERR_TIMEOUT);
        ck_assert_msg(run_text(&r, "x = 1", 0, NULL), "unusable afterwards: %s", run_error(&r));
        run_end(&r);
    }
}
END_TEST

START_TEST(output_limit)
{
    Run r;
    run_begin(&r, &(InterpConfig){.output_limit = 1000});
    ck_assert(!run_text(&r, "while True:\n  try: print('0123456789')\n  except: pass", 0, NULL));
    ck_assert_int_eq(r.err.kind, ERR_RUNTIME);
    ck_assert_int_le(r.out.len, 1000);
    ck_assert(run_text(&r, "print('again')", 0, NULL)); /* counted per run */
    run_end(&r);
}
END_TEST

START_TEST(interrupt)
{
    Run r;
    Value v;
    run_begin(&r, NULL);
    interrupt_pending = 1;
    ck_assert(!run_text(&r, "n = 0\nwhile True: n += 1", 0, NULL));
    ck_assert_int_eq(r.err.kind, ERR_INTERRUPT);
    ck_assert_int_eq(interrupt_pending, 0);
    ck_assert(module_get(r.module, "n", &v));
    interrupt_pending = 1; /* a bare except does not hold it; a named one does */
    ck_assert(!run_text(&r, "while True:\n  try:\n    while True: pass\n  except: pass", 0, NULL));
    ck_assert_int_eq(r.err.kind, ERR_INTERRUPT);
    interrupt_pending = 1;
    ck_assert(run_text(&r, "try:\n  while True: pass\nexcept KeyboardInterrupt: print('stopped')",
                       0, NULL));
    ck_assert_str_eq(str_cstr(&r.out), "stopped\n");
    run_end(&r);
}
END_TEST

START_TEST(recursion_is_an_error)
{
    static const char *const texts[] = {
        "def f(n): return f(n + 1)\nf(0)",
        "f = lambda: f()\nf()",
        "class A:\n  def __init__(self): A()\nA()",
        "class A:\n  def __call__(self): return self()\nA()()",
        "class A:\n  def __add__(self, o): return self + o\nA() + A()",
        "class A:\n  def __repr__(self): return repr_of(self)\ndef repr_of(x): return "
        "f'{x!r}'\nrepr_of(A())",
        "class A:\n  def __getattr__(self, n): return self.other\nA().x",
        "class A:\n  def __eq__(self, o): return self == o\nA() == A()",
        "class A:\n  def __iter__(self): return iter_of(self)\ndef iter_of(x): return (y for y in "
        "x)\nlist(A())",
        "def g(): yield from g()\nlist(g())",
        "def f(**k): return f(**k)\nf(a=1)",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) ck_fails(texts[i], "RecursionError: maximum");
    ck_out("def f(n): return 0 if n == 0 else 1 + f(n - 1)\nprint(f(900))", "900\n");
    ck_out(
        "def f(n):\n  try: return f(n + 1)\n  except RecursionError: return n\nprint(f(0) > 900)",
        "True\n");
    Run r;
    run_begin(&r, &(InterpConfig){.recursion_limit = 50});
    ck_assert(!run_text(&r, "def f(n): return f(n + 1)\nf(0)", 0, NULL));
    ck_assert_int_eq(r.err.kind, ERR_RECURSION);
    ck_assert_int_eq(r.err.frames.count, 50);
    run_end(&r);
}
END_TEST

START_TEST(deep_values_are_freed_and_shown)
{
    ck_out("l = []\nfor i in range(200000): l = [l]\nprint(len(l))\ndel l\nprint('freed')",
           "1\nfreed\n");
    ck_fails("l = []\nfor i in range(200000): l = [l]\nprint(l)", "RecursionError");
    ck_out("t = ()\nfor i in range(200000): t = (t, {1: t})\nprint(len(t))", "2\n");
}
END_TEST

/* ---- where it stands ------------------------------------------------------------------------ */

static char where_text[256];

static bool tell_where(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(a), UNUSED(err);
    Source *src;
    Span stmt, expr;
    Str s = STR_INIT, operand = STR_INIT;
    ck_assert(interp_where(in, &src, &stmt, &expr));
    str_addn(&s, source_text(src) + stmt.start, stmt.end - stmt.start);
    str_add(&s, " | ");
    str_addn(&s, source_text(src) + expr.start, expr.end - expr.start);
    for (int i = 0; interp_operand_text(in, i, &operand); i++) {
        str_printf(&s, " | %s", str_cstr(&operand));
        str_reset(&operand);
    }
    snprintf(where_text, sizeof where_text, "%s", str_cstr(&s));
    str_clear(&s);
    str_clear(&operand);
    *out = value_int(interp_statement(in));
    return true;
}

static const NativeRow tell_row = {.sig = "tell(*args)", .fn = tell_where};

static void add_tell(Run *r) {
    Value f = native_new(r->in, &tell_row, NULL);
    interp_builtin_set(r->in, "tell", f);
    value_release(f);
}

START_TEST(where_and_operands)
{
    Run r;
    run_begin(&r, NULL);
    add_tell(&r);
    ck_assert(run_text(&r, "q, k = 1, 2\nx = 1 + tell(q, (k + 1))", 0, NULL));
    ck_assert_str_eq(where_text, "x = 1 + tell(q, (k + 1)) | tell(q, (k + 1)) | q | k + 1");
    ck_assert(run_text(&r, "class A: pass\nA.m = tell\na = A()\nfor i in range(1):\n  a.m(k, k)", 0,
                       NULL));
    ck_assert_str_eq(where_text, "a.m(k, k) | a.m(k, k) | a | k | k");
    ck_assert(run_text(&r, "class V:\n  def __matmul__(s, o): return tell()\nV() @ V()", 0, NULL));
    ck_assert_str_eq(where_text, "return tell() | tell()");
    Source *src;
    Span stmt, expr;
    ck_assert(!interp_where(r.in, &src, &stmt, &expr));
    run_end(&r);
}
END_TEST

START_TEST(statements_are_numbered_by_execution)
{
    Run r;
    run_begin(&r, NULL);
    add_tell(&r);
    ck_assert(run_text(&r,
                       "a = [tell(), tell()]\nb = tell()\nc = [0, 0]\n"
                       "for i in range(2):\n  c[i] = tell() + 0 * tell()\n"
                       "print(a[0] == a[1], a[0] == b, c[0] == c[1])",
                       0, NULL));
    ck_assert_str_eq(str_cstr(&r.out), "True False False\n");
    run_end(&r);
}
END_TEST

START_TEST(value_source_finds_definitions)
{
    Run r;
    Value v;
    Source *src;
    Span span;
    run_begin(&r, NULL);
    ck_assert(
        run_text(&r, "x = 1\ndef f(a):\n    return a\nclass C:\n    def m(self): pass\n", 0, NULL));
    ck_assert(module_get(r.module, "f", &v));
    ck_assert(value_source(v, &src, &span));
    ck_assert_int_eq(strncmp(source_text(src) + span.start, "def f(a):", 9), 0);
    value_release(v);
    ck_assert(module_get(r.module, "C", &v));
    ck_assert(value_source(v, &src, &span));
    ck_assert_int_eq(strncmp(source_text(src) + span.start, "class C", 7), 0);
    value_release(v);
    ck_assert(!value_source(value_int(1), &src, &span));
    run_end(&r);
}
END_TEST

START_TEST(large_texts)
{
    Str s = STR_INIT;
    str_add(&s, "x = [");
    for (int i = 0; i < 50000; i++) str_printf(&s, "%d, ", i);
    str_add(&s, "]\nd = {");
    for (int i = 0; i < 5000; i++) str_printf(&s, "'k%d': %d, ", i, i);
    str_add(&s, "}\nprint(len(x), x[49999], len(d), d['k4999'])\n");
    for (int i = 0; i < 3000; i++) str_printf(&s, "v%d = %d\n", i, i);
    str_add(&s, "print(v2999)\nprint(f'{v1}");
    for (int i = 0; i < 300; i++) str_add(&s, "{v2}");
    str_add(&s, "'[:5])\nprint(len((lambda *a: a)(");
    for (int i = 0; i < 1000; i++) str_printf(&s, "%d,", i);
    str_add(&s, ")))\n");
    ck_out(str_cstr(&s), "50000 49999 5000 4999\n2999\n12222\n1000\n");
    str_clear(&s);
}
END_TEST

Suite *suite_eval_run(void) {
    Suite *s = suite_create("eval run");
    TCase *t = tcase_create("run");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, echo_gives_the_last_expression);
    tcase_add_test(t, prompt_says_incomplete);
    tcase_add_test(t, names_are_kept_between_runs);
    tcase_add_test(t, an_error_keeps_what_was_finished);
    tcase_add_test(t, time_limit_ends_what_would_not);
    tcase_add_test(t, output_limit);
    tcase_add_test(t, interrupt);
    tcase_add_test(t, recursion_is_an_error);
    tcase_add_test(t, deep_values_are_freed_and_shown);
    tcase_add_test(t, where_and_operands);
    tcase_add_test(t, statements_are_numbered_by_execution);
    tcase_add_test(t, value_source_finds_definitions);
    tcase_add_test(t, large_texts);
    suite_add_tcase(s, t);
    return s;
}
