/* Functions in C: signatures, binding, checkers; modules that C defines. */
#include "config.h"

#include "check_eval.h"
#include "eval/sig.h"

/* Shows its slots: every row here has this body, with another signature. */
static bool show(Interp *in, const Value *a, int n, Value *out, Err *err) {
    Str s = STR_INIT;
    bool ok = true;
    for (int i = 0; ok && i < n; i++) {
        if (i) str_addc(&s, ' ');
        if (a[i].tag == VT_UNSET)
            str_add(&s, "unset");
        else
            ok = value_repr(in, a[i], &s, err);
    }
    if (ok) *out = str_value(str_cstr(&s), s.len);
    str_clear(&s);
    return ok;
}
static bool show1(Interp *in, Value *a, Value *out, Err *err) {
    return show(in, a, 1, out, err);
}
static bool show2(Interp *in, Value *a, Value *out, Err *err) {
    return show(in, a, 2, out, err);
}
static bool show3(Interp *in, Value *a, Value *out, Err *err) {
    return show(in, a, 3, out, err);
}
static bool show7(Interp *in, Value *a, Value *out, Err *err) {
    return show(in, a, 7, out, err);
}

static const NativeRow rows[] = {
    {.sig = "two(a, b)", .fn = show2},
    {.sig = "opt(a, b=-2, c=...)", .fn = show3},
    {.sig = "kinds(a=None, b=True, c=1.5, d='it, (x)', e=-inf, f=(), g=False)", .fn = show7},
    {.sig = "only(a, /, *, key: str)", .fn = show2},
    {.sig = "star(a, *rest, **more)", .fn = show3},
    {.sig = "typed(input: Number, dim: int = None) -> Number", .fn = show2},
    {.sig = "many(*xs: Number)", .fn = show1},
    {0},
};

static bool is_number(Interp *in, Value v) {
    UNUSED(in);
    return value_is_number(v);
}

static bool init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    module_set(in, module, "pi", value_float(3.25));
    return true;
}

static bool init_fails(Interp *in, Value module, Err *err) {
    UNUSED(in), UNUSED(module);
    return err_set(err, ERR_RUNTIME, "not today");
}

static const ModuleDef defs[] = {
    {.name = "lab",
     .rows = rows,
     .init = init,
     .doc = "A module.",
     .prelude = "def twice(x): return x * 2\n_hidden = 1\n"},
    {.name = "lab.sub", .prelude = "import lab\nvalue = lab.twice(21)\n"},
    {.name = "broken", .init = init_fails},
    {.name = "wrong", .prelude = "x = 1\nx.y\n"},
    {.name = "starry", .prelude = "__all__ = ['a']\na = 1\nb = 2\n"},
    {0},
};

static void begin(Run *r) {
    native_checker_register("Number", is_number, "a number");
    run_begin(r, NULL);
    interp_modules_define(r->in, (const ModuleText[]){{0}}, defs);
}

static void lab(const char *call, const char *want) {
    Run r;
    Str text = STR_INIT;
    begin(&r);
    str_printf(&text, "from lab import *\nprint(%s)", call);
    bool ok = run_text(&r, str_cstr(&text), 0, NULL);
    if (ok) {
        ck_assert_msg(strncmp(str_cstr(&r.out), want, strlen(want)) == 0, "%s\nwant %s\ngot  %s",
                      call, want, str_cstr(&r.out));
    } else {
        ck_assert_msg(strncmp(run_error(&r), want, strlen(want)) == 0, "%s\nwant %s\ngot  %s", call,
                      want, run_error(&r));
    }
    str_clear(&text);
    run_end(&r);
}

START_TEST(binding)
{
    lab("two(1, 2)", "1 2\n");
    lab("two(b=1, a=2)", "2 1\n");
    lab("two(1, b=[2])", "1 [2]\n");
    lab("opt(1)", "1 -2 unset\n");
    lab("opt(1, c=3)", "1 -2 3\n");
    lab("kinds()", "None True 1.5 'it, (x)' -inf () False\n");
    lab("only(1, key='k')", "1 'k'\n");
    lab("star(1)", "1 () {}\n");
    lab("star(1, 2, 3, k=4, l=5)", "1 (2, 3) {'k': 4, 'l': 5}\n");
    lab("star(*[1, 2], **{'z': 0})", "1 (2,) {'z': 0}\n");
    lab("typed(1.5)", "1.5 None\n");
    lab("many(1, 2)", "(1, 2)\n");
}
END_TEST

START_TEST(binding_errors)
{
    lab("two(1)", "TypeError: two() missing 1 required positional argument: 'b'");
    lab("two()", "TypeError: two() missing 2 required positional arguments: 'a' and 'b'");
    lab("two(1, 2, 3)", "TypeError: two() takes 2 positional arguments but 3 were given");
    lab("opt(1, 2, 3, 4)",
        "TypeError: opt() takes from 1 to 3 positional arguments but 4 were given");
    lab("two(1, a=2)", "TypeError: two() got multiple values for argument 'a'");
    lab("typed(1, dims=2)",
        "TypeError: typed() got an unexpected keyword argument 'dims'\nhint: did you mean dim=?");
    lab("only(1)", "TypeError: only() missing 1 required keyword-only argument: 'key'");
    lab("only(a=1, key='k')", "TypeError: 'a' is an invalid keyword argument for only()");
    lab("only(1, key=2)", "TypeError: only(): argument 'key' must be str, not int");
    lab("typed([1])",
        "TypeError: typed(): argument 'input' (position 1) must be a number, not list");
    lab("many(1, 'x')", "TypeError: many(): argument 'xs' (position 1) must be a number, not str");
}
END_TEST

START_TEST(modules)
{
    Run r;
    Value v;
    begin(&r);
    ck_assert(
        run_text(&r,
                 "import lab\nprint(lab.twice(2), lab.pi, lab.__name__)\n"
                 "print(lab.sub.value)\n"
                 "import lab.sub as s\nfrom lab import sub, twice as t\nprint(s is sub, t(1))\n"
                 "import lab.sub\nprint(lab.sub is s)",
                 0, NULL));
    ck_assert_str_eq(str_cstr(&r.out), "4 3.25 lab\n42\nTrue 2\nTrue\n");
    ck_assert(!run_text(&r, "lab.twise", 0, NULL));
    ck_assert_str_eq(run_error(&r), "AttributeError: module 'lab' has no attribute 'twise'\n"
                                    "hint: did you mean lab.twice?");
    ck_assert(!run_text(&r, "from lab import twise\ntwise(1)", 0, NULL));
    ck_assert_str_eq(run_error(&r), "ImportError: cannot import name 'twise' from 'lab'\n"
                                    "hint: did you mean lab.twice?");
    ck_assert(!run_text(&r, "from lab import *\n_hidden", 0, NULL));
    ck_assert(run_text(&r, "from starry import *\na", 0, NULL));
    ck_assert(!run_text(&r, "b", 0, NULL));
    for (int i = 0; i < 2; i++) { /* a failed import leaves nothing behind */
        ck_assert(!run_text(&r, "import broken", 0, NULL));
        ck_assert_str_eq(run_error(&r), "RuntimeError: not today");
        ck_assert(!run_text(&r, "import wrong", 0, NULL));
        ck_assert_int_eq(r.err.kind, ERR_ATTRIBUTE);
    }
    err_clear(&r.err);
    ck_assert(!interp_import(r.in, "nowhere", &v, &r.err));
    ck_assert_int_eq(r.err.kind, ERR_MODULE);
    run_end(&r);
}
END_TEST

START_TEST(values_from_c)
{
    Run r;
    Value v, three = value_int(3);
    begin(&r);
    ck_assert(
        run_text(&r, "class A:\n  n = 1\n  def add(self, k): return self.n + k\na = A()", 0, NULL));
    Value a;
    ck_assert(module_get(r.module, "a", &a));
    ck_assert(value_call_method(r.in, a, "add", &three, 1, &v, &r.err));
    ck_assert_int_eq(v.i, 4);
    ck_assert(value_lookup(r.in, a, "n", &v, &r.err));
    ck_assert_int_eq(v.i, 1);
    ck_assert(value_lookup(r.in, a, "missing", &v, &r.err));
    ck_assert_int_eq(v.tag, VT_UNSET);
    ck_assert_int_eq(r.err.kind, ERR_OK);
    ck_assert(!value_call_method(r.in, a, "missing", NULL, 0, &v, &r.err));
    Value exc = interp_exception(r.in, &r.err);
    ck_assert(value_isinstance(exc, &exc_types[ERR_ATTRIBUTE]));
    value_release(exc);
    err_clear(&r.err);
    value_release(a);
    run_end(&r);
}
END_TEST

Suite *suite_eval_native(void) {
    Suite *s = suite_create("eval native");
    TCase *t = tcase_create("native");
    tcase_add_test(t, binding);
    tcase_add_test(t, binding_errors);
    tcase_add_test(t, modules);
    tcase_add_test(t, values_from_c);
    suite_add_tcase(s, t);
    return s;
}
