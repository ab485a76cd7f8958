/* Classes, generators, closures, and what the collector of cycles takes away. What CPython
 * can be asked is in tests/cases; here are the corners that touch the machine itself. */
#include "config.h"

#include "check_eval.h"

START_TEST(calls_of_every_kind)
{
    ck_out("def f(a, b=2, *r, k, o=5, **m): return a, b, r, k, o, m\n"
           "print(f(1, k=3))\nprint(f(1, 9, 8, 7, k=3, z=1))\nprint(f(*[1, 2, 3], **{'k': 4}))\n"
           "print((lambda *a, **k: (a, k))(1, *(2, 3), x=4, **{'y': 5}))",
           "(1, 2, (), 3, 5, {})\n(1, 9, (8, 7), 3, 5, {'z': 1})\n(1, 2, (3,), 4, 5, {})\n"
           "((1, 2, 3), {'x': 4, 'y': 5})\n");
    ck_out(
        "class A:\n  def __init__(self, x, y=1): self.v = x + y\n  def m(self, k): return self.v * "
        "k\n"
        "  @classmethod\n  def make(cls, x): return cls(x)\n  @staticmethod\n  def s(x): return x\n"
        "a = A(1)\nm = a.m\nprint(m(3), A.m(a, 4), A.make(4).v, A.s(9), a.s(8), A(1, y=5).v)",
        "6 8 5 9 8 6\n");
    ck_out("def deco(n):\n  def w(f):\n    def g(*a): return f(*a) * n\n    return g\n  return w\n"
           "@deco(2)\n@deco(5)\ndef f(x): return x\nprint(f(3))",
           "30\n");
}
END_TEST

START_TEST(closures_and_cells)
{
    ck_out("def make():\n  n = 0\n  def inc():\n    nonlocal n\n    n += 1\n    return n\n  return "
           "inc\n"
           "a, b = make(), make()\nprint(a(), a(), b())",
           "1 2 1\n");
    ck_out("fs = [lambda: i for i in range(3)]\nprint([f() for f in fs])\n"
           "def g(): return [lambda k=j: k for j in range(3)]\nprint([f() for f in g()])",
           "[2, 2, 2]\n[0, 1, 2]\n");
    ck_out(
        "def f():\n  def g(): return [x + y for x in range(2)]\n  y = 10\n  return g()\nprint(f())",
        "[10, 11]\n");
    ck_out("x = 'module'\nclass C:\n  x = 'class'\n  def m(self): return x\n  y = "
           "x\nprint(C().m(), C.y)",
           "module class\n");
    ck_out("def f(x):\n  class C:\n    def get(self): return x\n  return C\nprint(f(3)().get())",
           "3\n");
    ck_out("if (n := 5) > 3: print(n)\nprint([m := k for k in range(3)], m)", "5\n[0, 1, 2] 2\n");
}
END_TEST

START_TEST(generators)
{
    ck_out(
        "def g():\n  x = yield 1\n  print('got', x)\n  try: yield 2\n  finally: print('closed')\n"
        "i = g()\nprint(i.__next__(), i.send('a'))\ni.close()\nprint(list(i))",
        "got a\n1 2\nclosed\n[]\n");
    ck_out("def a():\n  r = yield from b()\n  yield r\ndef b():\n  yield 1\n  return "
           "2\nprint(list(a()))",
           "[1, 2]\n");
    ck_out("def g():\n  try: yield 1\n  except ValueError as e: yield e.args\n"
           "i = g()\ni.__next__()\nprint(i.throw(ValueError('v')))",
           "('v',)\n");
    ck_out("def g():\n  yield 1\ni = g()\ndef h():\n  yield from i\nprint(list(h()), list(i))",
           "[1] []\n");
    ck_fails("def g():\n  i.__next__()\n  yield\ni = g()\ni.__next__()",
             "ValueError: generator already executing");
    ck_out("def g():\n  try: yield 1\n  finally: print('cleanup')\n"
           "def f():\n  for x in g(): return x\nprint(f())",
           "cleanup\n1\n");
    ck_out("print(list(x * y for x in range(3) for y in range(x)))", "[0, 0, 2]\n");
}
END_TEST

START_TEST(inheritance)
{
    ck_out("class A:\n  def who(self): return 'A'\nclass B(A):\n  def who(self): return 'B' + "
           "super().who()\n"
           "class C(A):\n  def who(self): return 'C' + super().who()\n"
           "class D(B, C):\n  def who(self): return 'D' + super().who()\n"
           "print(D().who(), [k.__name__ for k in D.__mro__])",
           "DBCA ['D', 'B', 'C', 'A', 'object']\n");
    ck_fails("class A: pass\nclass B(A): pass\nclass C(A, B): pass",
             "TypeError: Cannot create a consistent method resolution order (MRO)");
    ck_out("class Stack(list):\n  def __init__(self, *a):\n    super().__init__(a)\n    self.name "
           "= 's'\n"
           "  def push(self, x): self.append(x)\ns = Stack(1, 2)\ns.push(3)\n"
           "print(s, len(s), s.name, isinstance(s, list), s[-1])",
           "[1, 2, 3] 3 s True 3\n");
    ck_out("class D(dict):\n  def __missing__(self, k): return k * 2\n"
           "  def __setitem__(self, k, v): super().__setitem__(k, v + 1)\n"
           "d = D(a=1)\nd['b'] = 1\nprint(d['zz'], d['b'], d)",
           "zzzz 2 {'a': 1, 'b': 2}\n");
    ck_out("class E(ValueError):\n  def __init__(self, code): self.code = code\n"
           "try: raise E(7)\nexcept ValueError as e: print(e.code, e.args)",
           "7 (7,)\n");
    ck_fails("class A(list, dict): pass",
             "TypeError: multiple bases have instance lay-out conflict");
    ck_fails("class A(int): pass", "TypeError: a subclass of 'int' is not in qkv");
}
END_TEST

START_TEST(dunders)
{
    ck_out("class V:\n  def __init__(s, x): s.x = x\n  def __add__(s, o): return V(s.x + (o.x if "
           "isinstance(o, V) else o))\n"
           "  __radd__ = __add__\n  def __eq__(s, o): return isinstance(o, V) and s.x == o.x\n"
           "  def __iadd__(s, o): s.x += 100; return s\n  def __repr__(s): return f'V({s.x})'\n"
           "  def __neg__(s): return V(-s.x)\n  def __bool__(s): return s.x != 0\n  def "
           "__len__(s): return 3\n"
           "  def __contains__(s, k): return k == s.x\n  def __getitem__(s, k): return k\n"
           "  def __call__(s, *a): return a\n"
           "a = V(1)\nb = a\nprint(a + 1, 1 + a, a == V(1), a != V(1), -a, not V(0), len(a), 1 in "
           "a, a[2:3], a(5))\n"
           "a += 1\nprint(b)",
           "V(2) V(2) True False V(-1) True 3 True slice(2, 3, None) (5,)\nV(101)\n");
    ck_out("class A:\n  def __getattr__(s, n): return n.upper()\n  def __setattr__(s, n, v): "
           "super().__setattr__('_' + n, v)\n"
           "a = A()\na.k = 1\nprint(a._k, a.zz, a.__dict__)",
           "1 ZZ {'_k': 1}\n");
    ck_out("class S:\n  def __getitem__(s, i):\n    if i > 2: raise IndexError\n    return i * i\n"
           "print(list(S()), 4 in S())",
           "[0, 1, 4] True\n");
    ck_fails("class A:\n  def __eq__(s, o): return True\n{A(): 1}",
             "TypeError: unhashable type: 'A'");
    ck_out("class A: pass\ndef f(self): return 'set later'\nA.__call__ = f\nprint(A()())",
           "set later\n");
}
END_TEST

START_TEST(cycles_are_collected)
{
    /* LeakSanitizer is the judge here; the loop makes the collector run while values are alive. */
    ck_out("class Node:\n  def __init__(self): self.me = self; self.items = [self]\n"
           "keep = Node()\nfor i in range(60000): Node()\nprint(keep.me is keep, len(keep.items))",
           "True 1\n");
    ck_out("def f():\n  def g(): return g\n  return g\nfor i in range(3000): f()\nprint(f()()() is "
           "not None)",
           "True\n");
    ck_out("def make():\n  class A:\n    def m(self): return A\n  return A\n"
           "for i in range(2000): make()().m()\nprint('done')",
           "done\n");
    ck_out("def g():\n  me = yield\n  yield me\nfor i in range(3000):\n  x = g()\n  x.__next__()\n "
           " x.send(x)\nprint('done')",
           "done\n");
    ck_out("l = []\nfor i in range(1000):\n  try: 1 / 0\n  except ZeroDivisionError as e: "
           "l.append(e); e.me = e\nprint(len(l))",
           "1000\n");
}
END_TEST

START_TEST(texts_grow_in_place)
{
    ck_out("def f():\n  s = ''\n  for i in range(1000): s += 'ab'\n  t = s\n  s += 'c'\n  return "
           "len(s), len(t), s[-3:]\nprint(f())",
           "(2001, 2000, 'abc')\n");
    ck_out("def f():\n  s = 'x'\n  d = {s: 1}\n  s += 'y'\n  s += s\n  return d, s\nprint(f())",
           "({'x': 1}, 'xyxy')\n");
}
END_TEST

Suite *suite_eval_objects(void) {
    Suite *s = suite_create("eval objects");
    TCase *t = tcase_create("objects");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, calls_of_every_kind);
    tcase_add_test(t, closures_and_cells);
    tcase_add_test(t, generators);
    tcase_add_test(t, inheritance);
    tcase_add_test(t, dunders);
    tcase_add_test(t, cycles_are_collected);
    tcase_add_test(t, texts_grow_in_place);
    suite_add_tcase(s, t);
    return s;
}
