/* What errors say, where they point, and how they are caught. */
#include "config.h"

#include "check_eval.h"

START_TEST(names)
{
    ck_fails("length = 3\nprint(lenght)",
             "NameError: name 'lenght' is not defined\nhint: did you mean length?");
    ck_fails("prnt(1)", "NameError: name 'prnt' is not defined\nhint: did you mean print?");
    ck_fails("def f():\n  value = 1\n  return valeu\nf()",
             "NameError: name 'valeu' is not defined\nhint: did you mean value?");
    ck_fails("def f():\n  x = x + 1\nx = 1\nf()",
             "UnboundLocalError: cannot access local variable 'x'");
    ck_fails("def f():\n  def g(): return y\n  z = g()\n  y = 1\nf()",
             "NameError: cannot access free variable 'y'");
    ck_fails("x = 1\ndel x\nx", "NameError: name 'x' is not defined");
    ck_fails("nn.Linear(1, 2)", "NameError: name 'nn' is not defined\nhint: import torch.nn as nn");
}
END_TEST

START_TEST(attributes)
{
    ck_fails("[].apend(1)",
             "AttributeError: 'list' object has no attribute 'apend'\nhint: did you mean .append?");
    ck_fails("class A:\n  def forward(self): pass\nA().foward()",
             "AttributeError: 'A' object has no attribute 'foward'\nhint: did you mean .forward?");
    ck_fails("class A: pass\nA.nothing_like_it",
             "AttributeError: type object 'A' has no attribute");
    ck_fails("None.shape", "AttributeError: 'NoneType' object has no attribute 'shape'");
    ck_fails("(1).x = 2", "AttributeError: 'int' object has no attribute 'x'");
    ck_fails("class A:\n  @property\n  def p(self): return 1\nA().p = 2",
             "AttributeError: property 'p' of 'A' object has no setter");
    ck_fails("int.x = 1", "TypeError: cannot set 'x' attribute of immutable type 'int'");
}
END_TEST

START_TEST(operators)
{
    ck_fails("1 + 'a'", "TypeError: unsupported operand type(s) for +: 'int' and 'str'\nhint: ");
    ck_fails("[] < {}", "TypeError: '<' not supported between instances of 'list' and 'dict'");
    ck_fails("-'a'", "TypeError: bad operand type for unary -: 'str'");
    ck_fails("x = 1\nx += None",
             "TypeError: unsupported operand type(s) for +=: 'int' and 'NoneType'");
    ck_fails("2 ** 63", "OverflowError: ");
    ck_fails("9223372036854775807 + 1", "OverflowError: ");
    ck_fails("x = -9223372036854775807\nx - 2", "OverflowError: ");
    ck_fails("(1).foo[0]", "AttributeError");
    ck_fails("1[0]", "TypeError: 'int' object is not subscriptable");
    ck_fails("print[0]",
             "TypeError: 'builtin_function_or_method' object is not subscriptable\nhint: call it");
    ck_fails("for x in 3: pass", "TypeError: 'int' object is not iterable");
    ck_fails("1 in 2", "TypeError: argument of type 'int' is not iterable");
    ck_fails("3()", "TypeError: 'int' object is not callable");
    ck_fails("{[]: 1}", "TypeError: unhashable type: 'list'");
}
END_TEST

START_TEST(calls)
{
    ck_fails("def f(a, b): pass\nf()",
             "TypeError: f() missing 2 required positional arguments: 'a' and 'b'");
    ck_fails("def f(a, b, c): pass\nf()",
             "TypeError: f() missing 3 required positional arguments: 'a', 'b', and 'c'");
    ck_fails("def f(a): pass\nf(1, 2)",
             "TypeError: f() takes 1 positional argument but 2 were given");
    ck_fails("def f(a, b=1): pass\nf(1, 2, 3)",
             "TypeError: f() takes from 1 to 2 positional arguments but 3 were given");
    ck_fails("def f(a): pass\nf(1, a=2)", "TypeError: f() got multiple values for argument 'a'");
    ck_fails("def f(dim): pass\nf(dims=1)",
             "TypeError: f() got an unexpected keyword argument 'dims'\nhint: did you mean dim=?");
    ck_fails("def f(*, k): pass\nf()",
             "TypeError: f() missing 1 required keyword-only argument: 'k'");
    ck_fails("def f(a, /): pass\nf(a=1)", "TypeError: f() ");
    ck_fails("class A:\n  def m(self): pass\nA().m(1)",
             "TypeError: A.m() takes 1 positional argument but 2 were given");
    ck_fails("class A: pass\nA(1)", "TypeError: A() takes no arguments");
    ck_fails("class A:\n  def __init__(self): return 1\nA()",
             "TypeError: __init__() should return None, not 'int'");
    ck_fails("def f(**k): pass\nf(**{1: 2})", "TypeError: keywords must be strings");
    ck_fails("def f(**k): pass\nf(a=1, **{'a': 2})",
             "TypeError: got multiple values for keyword argument 'a'");
    ck_fails("len(*3)", "TypeError: Value after * must be an iterable, not int");
    ck_fails("list.append(3, 1)",
             "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int'");
}
END_TEST

START_TEST(unpacking)
{
    ck_fails("a, b = 1, 2, 3", "ValueError: too many values to unpack (expected 2)");
    ck_fails("a, b, c = [1, 2]", "ValueError: not enough values to unpack (expected 3, got 2)");
    ck_fails("a, b = 5", "TypeError: cannot unpack non-iterable int object");
    ck_fails("a, *b, c = [1]",
             "ValueError: not enough values to unpack (expected at least 2, got 1)");
    ck_out("a, *b, c = range(5)\nprint(a, b, c)\n(x, y), z = (1, 2), 3\nprint(x, y, z)",
           "0 [1, 2, 3] 4\n1 2 3\n");
}
END_TEST

START_TEST(raising)
{
    ck_fails("raise ValueError('bad', 3)", "ValueError: ('bad', 3)");
    ck_fails("raise KeyError('k')", "KeyError: 'k'");
    ck_fails("class MyError(ValueError): pass\nraise MyError('mine')", "MyError: mine");
    ck_fails("class MyError(Exception):\n  def __str__(self): return 1 / 0\nraise MyError()",
             "MyError: (its text cannot be shown: division by zero)");
    ck_fails("raise 3", "TypeError: exceptions must derive from BaseException");
    ck_fails("raise", "RuntimeError: No active exception to reraise");
    ck_fails("assert 1 == 2, f'{1} is not {2}'", "AssertionError: 1 is not 2");
    ck_fails("assert False", "AssertionError: ");
    ck_fails("try: 1 / 0\nexcept 3: pass", "TypeError: catching classes that do not inherit");
    ck_fails("with 3: pass",
             "TypeError: 'int' object does not support the context manager protocol");
    ck_fails("def g():\n  raise StopIteration\n  yield\nlist(g())",
             "RuntimeError: generator raised StopIteration");
}
END_TEST

/* Line, column and name of each frame, innermost last. */
static void frames_text(const Err *err, Str *out) {
    for (size_t i = err->frames.count; i-- > 0;) {
        const ErrFrame *f = &err->frames.items[i];
        int line, col;
        source_place(f->src, f->span.start, &line, &col);
        str_printf(out, "%s:%d:%d-%u ", f->where, line, col, f->span.end - f->span.start);
    }
}

static void ck_frames(const char *text, const char *want) {
    Run r;
    Str got = STR_INIT;
    run_begin(&r, NULL);
    ck_assert(!run_text(&r, text, 0, NULL));
    frames_text(&r.err, &got);
    ck_assert_str_eq(str_cstr(&got), want);
    str_clear(&got);
    run_end(&r);
}

START_TEST(tracebacks)
{
    ck_frames("x = 1\ny = x + (2 / 0)", "<module>:2:10-5 ");
    ck_frames("def f(a):\n    return a.b\nf(3)", "<module>:3:1-4 f:2:12-3 ");
    ck_frames(
        "def f():\n    raise ValueError(1)\ntry:\n    f()\nexcept ValueError as e:\n    raise e",
        "<module>:6:5-7 <module>:4:5-3 f:2:5-19 ");
    ck_frames("try:\n    1 / 0\nfinally:\n    x = 1", "<module>:2:5-5 ");
    ck_frames("def f():\n  try:\n    g()\n  except KeyError: pass\ndef g(): [][1]\nf()",
              "<module>:6:1-3 f:3:5-3 g:5:10-5 ");
    ck_frames("class A:\n  def __add__(self, o): return o.x\nA() + 1",
              "<module>:3:1-7 __add__:2:32-3 ");
    ck_frames("x = [i\n     for i in 5]", "<module>:2:15-1 ");
    ck_frames("def g():\n  yield 1\n  1 / 0\nfor i in g():\n  pass", "<module>:4:10-3 g:3:3-5 ");
}
END_TEST

START_TEST(catching)
{
    ck_out("try: [][0]\nexcept LookupError as e: print(type(e), e, e.args)",
           "<class 'IndexError'> list index out of range ('list index out of range',)\n");
    ck_out("try: {}['k']\nexcept KeyError as e: print(e, e.args)", "'k' ('k',)\n");
    ck_out("def f():\n  try: return 1\n  finally: print('bye')\nprint(f())", "bye\n1\n");
    ck_out("def f():\n  for i in range(5):\n    try:\n      if i == 1: continue\n      if i == 3: "
           "break\n"
           "      print(i)\n    finally: print('f', i)\n  else: print('never')\n  return "
           "'r'\nprint(f())",
           "0\nf 0\nf 1\n2\nf 2\nf 3\nr\n");
    ck_out("def f():\n  try: 1 / 0\n  finally: return 'swallowed'\nprint(f())", "swallowed\n");
    ck_out("def f():\n  try:\n    try: 1 / 0\n    finally: print('in')\n  except "
           "ZeroDivisionError: print('out')\n"
           "f()",
           "in\nout\n");
    ck_out("class C:\n  def __enter__(s): print('enter'); return 5\n"
           "  def __exit__(s, t, v, tb): print('exit', t); return True\n"
           "def f():\n  for i in range(3):\n    with C() as x:\n      if i == 1: return x\n      1 "
           "/ 0\n"
           "print(f())",
           "enter\nexit <class 'ZeroDivisionError'>\nenter\nexit None\n5\n");
    ck_out("try:\n  try: 1 / 0\n  except ZeroDivisionError as e: raise ValueError('v') from e\n"
           "except ValueError as e: print(e, e.__cause__, e.__context__)",
           "v division by zero division by zero\n");
    ck_out(
        "try: 1 / 0\nexcept ZeroDivisionError as e: pass\ntry: e\nexcept NameError: print('gone')",
        "gone\n");
    ck_out("def f():\n  try: raise KeyError(1)\n  except (ValueError, KeyError): \n    try: raise\n"
           "    except KeyError as e: return e.args\nprint(f())",
           "(1,)\n");
}
END_TEST

START_TEST(imports)
{
    ck_out("import requests, os.path\nfrom tqdm import tqdm\nprint('fine')", "fine\n");
    ck_fails("import requests\nrequests.get('x')",
             "ModuleNotFoundError: 'requests' is not part of the dialect: it has no files");
    ck_fails("from tqdm import tqdm\nfor i in tqdm(range(3)): pass",
             "ModuleNotFoundError: 'tqdm.tqdm' was imported, but there is no such module here");
    ck_fails("import os\nos.environ['X'] = '1'", "ModuleNotFoundError: 'os' is not part");
    ck_fails("from lightning import Module\nclass A(Module): pass",
             "ModuleNotFoundError: 'lightning.Module'");
    ck_out("try:\n  import flash_attn\n  has = True\nexcept ImportError: has = False\nprint(has)",
           "False\n");
    ck_fails("from tqdm import *", "ModuleNotFoundError");
    ck_fails("eval('1')", "NotImplementedError: eval() is not part of the dialect");
    ck_fails("open('/etc/passwd')", "NotImplementedError: open() is not part of the dialect");
    ck_out("if __name__ == '__main__': print('main')", "main\n");
}
END_TEST

START_TEST(scopes_that_are_wrong)
{
    ck_fails("def f():\n  x = 1\n  global x",
             "SyntaxError: name 'x' is used before its global declaration");
    ck_fails("def f():\n  def g():\n    nonlocal y\n",
             "SyntaxError: no binding for nonlocal 'y' found");
    ck_fails("def f(a):\n  global a", "SyntaxError: name 'a' is parameter and global");
    ck_fails("class A(metaclass=Meta): pass",
             "SyntaxError: metaclasses are not part of the dialect");
    ck_fails("def f():\n  from math import *", "SyntaxError");
}
END_TEST

Suite *suite_eval_errors(void) {
    Suite *s = suite_create("eval errors");
    TCase *t = tcase_create("errors");
    tcase_set_timeout(t, 30);
    tcase_add_test(t, names);
    tcase_add_test(t, attributes);
    tcase_add_test(t, operators);
    tcase_add_test(t, calls);
    tcase_add_test(t, unpacking);
    tcase_add_test(t, raising);
    tcase_add_test(t, tracebacks);
    tcase_add_test(t, catching);
    tcase_add_test(t, imports);
    tcase_add_test(t, scopes_that_are_wrong);
    suite_add_tcase(s, t);
    return s;
}
