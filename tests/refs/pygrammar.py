"""Random Python programs of corner cases, for pydiffer.py: a rule is a function of a random
generator that returns the lines of one piece; a program is a few pieces. What is printed goes
through P, which orders sets. Kept out: what qkv has on purpose otherwise (integers beyond 64
bits, files, match, async, metaclasses, addresses in a repr)."""

PROLOGUE = '''import math, operator, itertools, functools, collections, dataclasses, enum, copy, contextlib, string, statistics
from dataclasses import dataclass, field
from collections import *
from functools import *
from typing import ClassVar, get_type_hints
def P(*a):
    print(*[sorted(x, key=repr) if isinstance(x, (set, frozenset)) else x for x in a])
'''
NUMBERS = ('0 1 -1 2 3 7 -7 10 255 1000 0.0 -0.0 0.5 1.5 2.5 -2.5 1e16 1e-7 3.14159 -1e100 1e22 123456.789 True False '
           'float("inf") float("-inf") float("nan") 1j (2-3j) 2**62 -2**63').split()
TEXTS = ['""', '"a"', '"abc"', '"Hello World"', '"  x y "', '"a,b,,c"', '"12"', '"-3.5"', '"ß"', '"naïve"', '"a\\tb\\n"',
         '"\\x00"', '"日本"', '"%d"', '"{}"', 'b"ab"', '"x=1;y=2"', '"aAa"', '"\'"', '"٣"', '"1_000"', '"0x1f"', '" 1 "', '"1e3"', '"nan"']
BOXES = ['[]', '[1, 2, 3]', '[3, 1, 2]', '()', '(1,)', '(1, "a", None)', '{}', '{"a": 1, "b": 2}', '{1: "x", True: "y"}', 'set()',
         '{1, 2, 3}', 'frozenset([1, 2])', 'range(5)', 'range(10, 0, -3)', '[[1, 2], [3]]', '[0] * 3', 'deque([1, 2, 3], 3)',
         'Counter("abca")', 'OrderedDict(a=1)', 'defaultdict(list)', 'iter([1, 2])', '(q for q in "ab")', 'slice(1, 5, 2)']
ODD = ['None', '...', 'NotImplemented', 'int', 'len', 'str', 'ValueError("v")', 'object', 'type', 'lambda v: v']
BINARY = '+ - * / // % ** & | ^ << >> @ == != < <= > >= and or in is'.split()
DUNDER = {'+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow', '&': 'and', '|': 'or',
          '^': 'xor', '<<': 'lshift', '>>': 'rshift', '@': 'matmul'}
COMPARE = {'==': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge'}
ERRORS = 'ValueError KeyError TypeError IndexError ZeroDivisionError StopIteration RuntimeError AttributeError OSError Exception LookupError ArithmeticError'.split()


def indent(lines, by=1):
    return ['    ' * by + l for l in lines]


def value(r, depth=0):
    kind = r.random()
    if kind < .35 or depth > 2:
        return r.choice(NUMBERS)
    if kind < .55:
        return r.choice(TEXTS)
    if kind < .85:
        return r.choice(BOXES)
    return r.choice(ODD)


def small(r):
    return str(r.randint(-3, 5))


def operand(r, op):
    """Powers and shifts by large numbers never end in CPython."""
    v = value(r)
    while op in ('**', '<<', '*') and ('2**6' in v or v in ('1000', '255')):
        v = value(r)
    return v


def args_of(r, most=2):
    return ', '.join(r.choice([value, lambda q: small(q)])(r) for _ in range(r.randint(0, most)))


# ---- operators and numbers

def operators(r):
    op = r.choice(BINARY)
    lines = [f'a, b = {operand(r, op)}, {operand(r, op)}', f'P(a {op} b)']
    if op not in ('and', 'or', 'in', 'is', '==', '!=', '<', '<=', '>', '>=') and r.random() < .4:
        lines.append(f'a {op}= b; P(a)')
    if r.random() < .3:
        lines.append(f'P({r.choice(["-", "+", "~", "not "])}a)')
    return lines


def number_calls(r):
    x, y = r.choice(NUMBERS + TEXTS), r.choice(NUMBERS)
    return ['P(' + r.choice([
        f'round({x})', f'round({x}, {small(r)})', f'int({x})', f'float({x})', f'int({r.choice(TEXTS)}, {r.choice(["2", "8", "16", "0", "36"])})',
        f'divmod({x}, {y})', f'pow({operand(r, "**")}, {operand(r, "**")})', f'pow({small(r)}, {small(r)}, {small(r)})', f'abs({x})', f'complex({x})', f'complex({x}, {y})',
        f'bool({x})', f'hex({x})', f'bin({x})', f'oct({x})', f'chr({x})', f'repr({x})', f'str({x})', f'hash({x}) == hash({y})',
        f'({x}).bit_length()', f'({x}).is_integer()', f'({x}).as_integer_ratio()', f'({x}).hex()', f'({x}).conjugate()', f'({x}).real',
        f'float.fromhex({r.choice(TEXTS + [chr(34) + "0x1.8p3" + chr(34)])})', f'math.floor({x})', f'math.ceil({x})', f'math.trunc({x})',
        f'math.isclose({x}, {y})', f'math.gcd({small(r)}, {small(r)})', f'math.comb({small(r)}, {small(r)})', f'math.factorial({small(r)})',
        f'math.sqrt({x})', f'math.log({x}, {y})', f'math.hypot({x}, {y})', f'math.fmod({x}, {y})', f'math.copysign({x}, {y})', f'math.isqrt({x})',
        f'math.prod([{x}, {y}])', f'sum([{x}, {y}])', f'max({x}, {y})', f'min([{x}, {y}], key=lambda v: -v)', f'math.fsum([{x}, {y}])',
        f'math.modf({x})', f'math.frexp({x})', f'math.ldexp({x}, {small(r)})', f'isinstance({x}, (int, float))', f'int.from_bytes(b"ab", "big")',
        f'statistics.{r.choice(["mean", "median", "stdev", "pstdev", "variance", "mode"])}([{x}, {y}, {small(r)}])', f'sorted([{x}, {y}, {small(r)}])',
    ]) + ')']


# ---- text

def spec(r):
    return r.choice(['', '*', '0', ' ', 'x']) * (r.random() < .3) + r.choice(['', '<', '>', '^', '=']) + r.choice(['', '+', '-', ' ']) + \
        r.choice(['', '', '#']) + r.choice(['', '', '0']) + r.choice(['', '3', '8', '12']) + r.choice(['', '', ',', '_']) + \
        r.choice(['', '', '.0', '.2', '.10', '.']) + r.choice(['', '', 'd', 'f', 'e', 'g', 's', 'x', 'X', 'b', 'o', 'c', 'n', '%', 'E', 'G', 'q'])


def formats(r):
    x, s = value(r), spec(r)
    quoted = repr(s)
    inner = s.replace('{', '')
    return ['P(' + r.choice([
        f'repr(format({x}, {quoted}))', f'f"{{{r.choice(NUMBERS)}:{inner}}}|"', f'"{{:{inner}}}".format({x})',
        f'"{{0!{r.choice("rsa")}:{inner}}} {{0}}".format({r.choice(TEXTS + NUMBERS)})', f'"{{a[0]}} {{b.real}}".format(a={x}, b={r.choice(NUMBERS)})',
        f'"{{}} {{}}".format({args_of(r, 3)})', f'"{{0}} {{}}".format(1, 2)', f'"{{:>{{}}}}|".format({x}, {small(r)})'
    ]) + ')']


def percent(r):
    flags = r.choice(['', '-', '+', ' ', '0', '#', '-0', '+ '])
    f = '%' + flags + r.choice(['', '3', '8', '*']) + r.choice(['', '', '.2', '.0', '.', '.*']) + r.choice('d i f e g s r a x X o c % E G u q'.split() + [''])
    right = r.choice([value(r), f'({value(r)},)', f'({small(r)}, {value(r)})', f'({small(r)}, {small(r)}, {value(r)})', '{"k": 5}'])
    f = f.replace('%', '%(k)', 1) if '{"k"' in right and r.random() < .6 else f
    return [f'P("[{f}]" % {right})']


def fstrings(r):
    x = r.choice([v for v in NUMBERS + BOXES if '"' not in v])
    return [f'v, w = {value(r)}, {small(r)}', 'P(' + r.choice([
        'f"{v!r:>{w}}|"', 'f"{v=}"', 'f"{v = }"', 'f"{v=!s}"', 'f"{v=:>8}"', 'f"{{{v}}}"', f'f"{{({x})}}"', 'f"{v!a}"', 'f"{w:{w}.{w}}"',
        'f"{w:>{w}}" f"{v}" "z"', 'f"{w if w else v}"', "f'{[q for q in range(3)]}'", 'f"{(lambda: v)()}"', 'f"{w:+}"', 'rf"\\n{w}"', 'f"{w!r:^+8}"',
        'f"{w,}"', 'f"{w:%}"', "f'''{\nw}'''", 'f"{ {1: w}[1] }"', 'f"{v:}"']) + ')']


STR = ('upper lower title capitalize swapcase casefold strip lstrip rstrip split rsplit splitlines partition rpartition isalpha isdigit isalnum isspace '
       'isupper islower istitle isidentifier isdecimal isnumeric isprintable isascii encode expandtabs zfill center ljust rjust find rfind index rindex count '
       'startswith endswith replace join removeprefix removesuffix translate format').split()


def strings(r):
    a = r.choice(TEXTS)
    arg = lambda: r.choice([r.choice(TEXTS), small(r), '("a", "b")', '["x", "y"]', 'None', r.choice(TEXTS)])
    return [f'P(repr({a}.{r.choice(STR)}({", ".join(arg() for _ in range(r.choice([0, 0, 1, 1, 1, 2, 3])))})))',
            f'P({a}[{r.choice(["", small(r)])}:{r.choice(["", small(r)])}:{r.choice(["", "-1", "2", "0", small(r)])}])'][:r.randint(1, 2)]


# ---- containers

LIST = 'append extend insert pop remove index count reverse sort copy clear __add__ __iadd__ __mul__ __contains__ __len__'.split()
DICT = 'get pop popitem setdefault update keys values items copy clear fromkeys __contains__ __or__ __ior__'.split()
SET = 'add discard remove pop union intersection difference symmetric_difference update isdisjoint issubset issuperset copy clear __and__ __ior__ difference_update intersection_update'.split()
DEQUE = 'append appendleft pop popleft extend extendleft rotate insert index count remove reverse clear copy'.split()


def containers(r):
    made, methods = r.choice([('[3, 1, 2]', LIST), ('{"a": 1, "b": 2}', DICT), ('{1, 2, 3}', SET), ('deque([1, 2, 3], maxlen=4)', DEQUE),
                              ('Counter("abca")', DICT + ['most_common', 'elements', 'subtract', 'total']), ('OrderedDict(a=1, b=2)', DICT + ['move_to_end']),
                              ('defaultdict(int, a=1)', DICT), ('ChainMap({"a": 1}, {"b": 2})', DICT + ['new_child']), ('(1, 2, 1)', ['index', 'count', '__add__'])])
    lines = [f'c = {made}']
    for _ in range(r.randint(1, 3)):
        lines.append(f'got = c.{r.choice(methods)}({args_of(r)}); P(list(got) if isinstance(got, (dict.__class__,)) else got, c)')
    return lines


def items(r):
    c = r.choice(['[1, 2, 3, 4]', '{"a": 1}', '(1, 2, 3)', '"hello"', 'deque([1, 2, 3])', 'range(6)', 'defaultdict(list)', 'Counter("aab")', 'OrderedDict(a=1)', 'None', '5'])
    key = lambda: r.choice([small(r), '"a"', 'None', '1.0', '[]', '(1, 2)', 'True', f'{small(r)}:{small(r)}', '::2', '::-1', f':{small(r)}:{small(r)}', '...', 'slice(None)'])
    return [f'c = {c}', r.choice([f'P(c[{key()}])', f'c[{key()}] = {value(r)}; P(c)', f'del c[{key()}]; P(c)', f'c[{key()}] += {value(r)}; P(c)',
                                  f'P({value(r)} in c)', 'P(len(c), bool(c), list(reversed(c)))', f'P(c == {value(r)}, c != c, c < c)'])]


def mutated(r):
    made = r.choice(['{1: 1, 2: 2, 3: 3}', '{1, 2, 3}', '[1, 2, 3]', 'deque([1, 2, 3])', 'Counter("aab")', 'OrderedDict(a=1, b=2)', 'defaultdict(int, a=1)'])
    over = r.choice(['c', 'c', 'c', 'c.items()', 'c.values()', 'c.keys()', 'list(c)', 'reversed(c)', 'enumerate(c)', 'zip(c, c)', 'map(str, c)'])
    do = r.choice(['c.pop(q)', 'c[q] = 1', 'c.pop(q); c[q] = 1', 'c[len(c) + 9] = 1', 'c.add(9)', 'c.discard(q); c.add(q + 9)', 'c.append(5)', 'c.popleft()', 'c.clear()',
                   'c.remove(q)', 'c.update({7: 7})', 'c.insert(0, q)', 'c.popitem()', 'c.copy()', 'c.setdefault(5)', 'c.rotate(1)', 'del c[q]', 'c["z"] += 1', 'c.extend([q])'])
    return [f'c = {made}', 'n = 0', f'for q in {over}:', f'    {do}', '    n += 1', '    if n > 4: break', 'else: P("else")', 'P(n, c)']


def unpacking(r):
    target = r.choice(['a, b', 'a, *b', '*a, b', 'a, (b, c)', '[a, b]', 'a, *b, c', '(a, *b), c', '*a,', 'a, b, *c', 'a, b[0]', 'a, d.x', 'a, a', '[a, [b, *c]]'])
    source = r.choice(['1, 2', '[1, 2, 3]', '"ab"', '(1, (2, 3))', 'range(2)', '{"x": 1, "y": 2}', '5', 'iter("abc")', '[[1, 2], 3]', '()', 'zip("ab", "cd")', '(q for q in (1, 2, 3))'])
    call = r.choice(['f(*[1, 2])', 'f(**{"a": 1})', 'f(1, *(2,), k=3)', 'f(*"ab", **{"z": 1})', 'f(1, a=2)', 'f(**{1: 2})', 'f(*5)', 'f(**{"k": 1}, **{"k": 2})', 'f(*[], **{})', 'f(1, 2, 3, 4, k=1, z=9)'])
    params = r.choice(['a, b=2, *c, k=5, **z', 'a, b', 'a, /, b', 'a, *, k', '*c', '**z', 'a=1, *, k=2', 'a, b=[], /, *, k'])
    names = [p.strip('* ').split('=')[0] for p in params.split(', ') if p not in ('/', '*')]
    return r.choice([[f'{target} = {source}', 'P(a)'], [f'for {target} in [{source}, {source}]: P(a)'],
                     [f'def f({params}): return {", ".join(names)},', f'P({call})'], [f'P([*{source.replace("1, 2", "(1, 2)")}, *"z"])'],
                     [f'P({{**{{"a": 1}}, **{value(r)}}})'], [f'b, d = [0], 1', f'{target} = {source}', 'P(b)']])


ITER = ['chain({v}, {v})', 'chain.from_iterable([{v}, {v}])', 'islice({v}, {n})', 'islice({v}, {n}, {n})', 'islice(count({n}), {n})', 'zip_longest({v}, {v}, fillvalue={n})',
        'product({v}, repeat={n})', 'product({v}, {v})', 'permutations({v}, {n})', 'combinations({v}, {n})', 'combinations_with_replacement({v}, {n})', 'accumulate({v})',
        'accumulate({v}, operator.mul)', 'accumulate({v}, initial={n})', 'groupby({v})', 'takewhile(bool, {v})', 'dropwhile(bool, {v})', 'starmap(pow, [({n}, {n})])',
        'repeat({n}, {n})', 'compress({v}, [1, 0, 1])', 'filterfalse(None, {v})', 'pairwise({v})', 'tee({v}, 2)[1]', 'islice(cycle({v}), 5)']


def iteration(r):
    it = r.choice(ITER).replace('{n}', '%s')
    it = 'itertools.' + it
    while '{v}' in it:
        it = it.replace('{v}', r.choice(BOXES), 1)
    while '%s' in it:
        it = it.replace('%s', small(r), 1)
    return ['P(' + r.choice([f'list({it})', f'next({it})', f'list(zip({it}, {r.choice(BOXES)}))', f'sum({it})', f'dict(enumerate({it}))', f'max({it}, default=0)',
                             f'list(map(str, {r.choice(BOXES)}))', f'sorted({r.choice(BOXES)}, reverse=True)', f'list(zip({r.choice(BOXES)}, {r.choice(BOXES)}, strict=True))',
                             f'any({r.choice(BOXES)}), all({r.choice(BOXES)})', f'list(filter(None, {r.choice(BOXES)}))', f'list(iter(lambda: 1, 1))',
                             f'functools.reduce(operator.add, {r.choice(BOXES)})', f'functools.reduce(lambda p, q: (p, q), {r.choice(BOXES)}, {small(r)})',
                             f'list(range({small(r)}, {small(r)}, {small(r)}))', f'next(iter({r.choice(BOXES)}), "none")', f'list(reversed({r.choice(BOXES)}))']) + ')']


def tools(r):
    return r.choice([
        ['@functools.lru_cache(maxsize=%s)' % r.choice(['None', '1', '2']), 'def f(a, b=1): P("run", a); return a', f'f({small(r)}); f(1); f(a=1); f(1); P(f.cache_info())'],
        [f'p = functools.partial({r.choice(["int", "max", "dict", "print"])}, {args_of(r, 1) or "1"})', f'P(p({args_of(r)}))', 'P(p.func.__name__, p.args, p.keywords)'],
        ['@functools.wraps(len)', 'def f(): "doc"', 'P(f.__name__, f.__wrapped__ is len)'],
        ['@functools.singledispatch', 'def f(a): return "any"', '@f.register(int)', 'def _(a): return "int"', f'P(f({value(r)}))'],
        ['@functools.total_ordering', 'class A:', '    def __init__(self, v): self.v = v', '    def __eq__(self, o): return self.v == o.v', f'    def __{r.choice(["lt", "le", "gt"])}__(self, o): return self.v < o.v',
         f'P(A(1) {r.choice(["<", "<=", ">", ">="])} A({small(r)}))'],
        ['class A:', '    @functools.cached_property', '    def x(self): P("once"); return 5', 'a = A()', 'P(a.x, a.x, a.__dict__)'],
        [f'N = namedtuple("N", {r.choice([chr(34) + "a b" + chr(34), "[chr(97), chr(98)]", chr(34) + "a, a" + chr(34), chr(34) + "a def" + chr(34)])}{r.choice(["", ", defaults=[1]", ", rename=True"])})',
         f'n = N({args_of(r, 3)})', 'P(n, n._fields, n._asdict(), n._replace(a=5), n[0], n == tuple(n))'],
        ['with contextlib.suppress(%s):' % r.choice(ERRORS), f'    raise {r.choice(ERRORS)}("x")', 'P("after")'],
        [f'P(operator.{r.choice(["itemgetter(0)", "itemgetter(0, 1)", "attrgetter(chr(114)+chr(101)+chr(97)+chr(108))", "neg", "not_", "truth", "index", "length_hint", "methodcaller(chr(117)+chr(112)+chr(112)+chr(101)+chr(114))"])}({value(r)}))'],
        [f'a = {r.choice(BOXES)}', 'b, c = copy.copy(a), copy.deepcopy(a)', 'P(b == a, c == a, c is a, type(c).__name__)'],
        [f'P(string.Template("$a ${{b}} $$").{r.choice(["substitute", "safe_substitute"])}(a=1{r.choice(["", ", b=2"])}))'],
    ])


# ---- scopes

def scope_expr(r, depth=0):
    n = lambda: r.choice('abc')
    if depth > 2 or r.random() < .35:
        return n()
    e = lambda: scope_expr(r, depth + 1)
    return r.choice([lambda: f'[{e()} for {n()} in range(2)]', lambda: f'[{e()} for {n()} in ({e()}, 1) if {e()}]', lambda: f'(lambda {n()}: {e()})({e()})', lambda: f'(lambda: {e()})()',
                     lambda: f'{{{n()}: {e()} for {n()} in "x"}}', lambda: f'list({e()} for {n()} in [{e()}])', lambda: f'({n()} := {e()})', lambda: f'({e()}, {e()})',
                     lambda: f'[[{e()} for {n()} in range(1)] for {n()} in range(2)]', lambda: f'(lambda {n()}={e()}: {e()})()'])()


def scope_body(r, depth=0):
    lines = []
    for _ in range(r.randint(1, 4)):
        n, kind = r.choice('abc'), r.random()
        if kind < .25:
            lines.append(f'{n} = {scope_expr(r)}')
        elif kind < .45:
            lines.append(f'P({scope_expr(r)})')
        elif kind < .5:
            lines.append(f'del {n}')
        elif kind < .55:
            lines.append(f'{n} += {small(r)}')
        elif kind < .62 and depth:
            lines.insert(0, f'{r.choice(["global", "nonlocal"])} {n}')
        elif kind < .68:
            lines.append(f'for {n} in range(2): P({scope_expr(r)})')
        elif kind < .73:
            lines += ['try:', f'    {r.choice("abc")}; 1 / 0', f'except Exception as {n}: P(type({n}).__name__)']
        elif kind < .78:
            lines.append(f'if {scope_expr(r)}: {n} = {small(r)}')
        elif depth < 3 and kind < .9:
            lines += [f'def f({r.choice(["", "", n])}):'] + indent(scope_body(r, depth + 1)) + ['    return 0', 'f()']
        elif depth < 3:
            lines += ['class K:'] + indent(scope_body(r, depth + 1))
            lines.append(f'P(sorted(q for q in vars(K) if q[0] != "_"))')
    return lines or ['pass']


def scopes(r):
    return ([f'a, b, c = 1, 2, 3'] if r.random() < .6 else ['c = 9']) + scope_body(r)


# ---- exceptions and generators

def raiser(r):
    return r.choice([f'raise {r.choice(ERRORS)}("m")', f'raise {r.choice(ERRORS)}', f'raise {r.choice(ERRORS)}("n") from None', f'raise {r.choice(ERRORS)}("n") from {r.choice(ERRORS)}("c")',
                     '1 / 0', '[][1]', '{}["k"]', 'int("x")', 'None.x', 'undefined', 'raise', 'next(iter([]))', 'P("quiet")', f'raise {value(r)}', 'chr(2**40)', 'assert 0, "msg"', 'assert not P(1)'])


def flow(r, depth=0, loop=False):
    kind = r.random()
    if depth > 2 or kind < .3:
        return [raiser(r)]
    if kind < .4:
        return [r.choice(['return 7', 'return P("ret")'] + (['break', 'continue'] if loop else []))]
    if kind < .5:
        return ['for q in range(2):'] + indent(flow(r, depth + 1, True)) + ['else: P("for else")']
    if kind < .56:
        return ['with M(%s):' % r.choice(['True', 'False'])] + indent(flow(r, depth + 1, loop))
    lines = ['try:'] + indent(flow(r, depth + 1, loop)) + ['    P("body")'] * (r.random() < .2)
    caught = r.random() < .75
    if caught:
        lines += [f'except {r.choice(ERRORS + ["(ValueError, KeyError)", "Exception"])} as e:', '    P(type(e).__name__, e.args)'] + indent(flow(r, depth + 1, loop))
        if r.random() < .2:
            lines += ['else:'] + indent(flow(r, depth + 1, loop))
    if not caught or r.random() < .5:
        lines += ['finally:'] + indent(r.choice([['P("fin")'], flow(r, depth + 1, loop)]))
    return lines


CHAIN = ['def chain(e, n=0):', '    while e is not None and n < 6:', '        P(type(e).__name__, e.args, e.__suppress_context__, type(e.__cause__).__name__)', '        e, n = e.__context__, n + 1']
MANAGER = ['class M:', '    def __init__(self, eat): self.eat = eat', '    def __enter__(self): P("in"); return self', '    def __exit__(self, t, v, tb): P("out", t and t.__name__); return self.eat']


def exceptions(r):
    return CHAIN + MANAGER + ['def f():'] + indent(flow(r)) + ['try: P(f())', 'except BaseException as e: chain(e)']


def exception_values(r):
    e = r.choice(ERRORS)
    return [f'e = {e}({args_of(r, 3)})', 'P(repr(e), str(e), e.args)', r.choice(['P(e.__cause__, e.__context__, e.__suppress_context__)', 'e.__cause__ = ValueError(1); P(e.__suppress_context__)', f'e.args = {value(r)}; P(e)',
            'P(e == e, e != type(e)(*e.args), hash(e) == hash(e))', 'e.add_note("n"); P(e.__notes__)', 'P(isinstance(e, LookupError), type(e).__mro__[1].__name__)', 'P(getattr(e, "errno", 0), getattr(e, "value", 0), getattr(e, "name", 0))', 'P(e.with_traceback(None) is e)'])]


def gen_body(r, depth=0):
    lines = []
    for _ in range(r.randint(1, 3)):
        kind = r.random()
        if kind < .35:
            lines.append(f'got = yield {small(r)}; P("got", got)')
        elif kind < .45:
            lines.append(f'yield from {r.choice(["range(2)", "[1, 2]", "g2()", "iter(())", "5"])}')
        elif kind < .5:
            lines.append(f'got = yield from g2(); P("res", got)')
        elif kind < .6:
            lines.append(r.choice(['return 5', 'raise StopIteration(3)', 'raise ValueError("v")', 'next(iter([]))']))
        elif kind < .8 and depth < 2:
            lines += ['try:'] + indent(gen_body(r, depth + 1)) + [f'except {r.choice(ERRORS + ["GeneratorExit"])} as e: P("caught", type(e).__name__)'] * (r.random() < .7) + \
                [f'finally: {r.choice(["P(chr(102))", "yield 8", "return 6"])}']
        elif depth < 2:
            lines += ['for q in range(2):'] + indent(gen_body(r, depth + 1))
    return lines or ['yield 1']


def generators(r):
    steps = [r.choice(['P(next(g))', f'P(g.send({small(r)}))', f'P(g.throw({r.choice(ERRORS)}("t")))', 'P(g.close())', 'P(list(g))', 'P(next(g, "end"))', 'P(g.send(None))', f'P(g.throw({r.choice(ERRORS)}))'])
             for _ in range(r.randint(1, 4))]
    out = CHAIN + ['def g2():', '    x = yield "g2"', '    P("g2 got", x)', '    return "r2"', 'def g1():'] + indent(gen_body(r)) + ['    yield 99'] * (r.random() < .3) + ['    if 0: yield', 'g = g1()']
    for s in steps:
        out += [f'try: {s}', 'except BaseException as e: chain(e)']
    return out


# ---- classes

def method(r, op, names):
    d = DUNDER.get(op) or COMPARE[op]
    kind = r.random()
    name = f'__{d}__' if kind < .5 or op in COMPARE else f'__r{d}__' if kind < .8 else f'__i{d}__'
    return f'def {name}(self, o): {r.choice(["return", "return", "return", "P(1); return"])} ' + r.choice(['NotImplemented', '(type(self).__name__, "%s")' % name, '(type(self).__name__, "%s")' % name, 'super().%s(o)' % name])


def class_operators(r):
    op = r.choice(list(DUNDER) + list(COMPARE))
    lines, names = [], []
    for i in range(r.randint(1, 4)):
        base = r.choice(['', '', ', '.join(r.sample(names, min(len(names), r.randint(1, 2)))) if names else '', r.choice(['list', 'dict']) if r.random() < .3 else ''])
        name = 'ABCD'[i]
        lines.append(f'class {name}({base}):')
        body = [method(r, op, names) for _ in range(r.randint(0, 2))]
        if r.random() < .2:
            body.append('__hash__ = None')
        if r.random() < .15:
            body.append(f'__{DUNDER.get(op) or COMPARE[op]}__ = None')
        lines += indent(body or ['pass'])
        names.append(name)
    x = lambda: r.choice([f'{n}()' for n in names] * 3 + ['1', '"s"', '[]', 'None', '1.5'])
    lines += [f'x, y = {x()}, {x()}', f'P(x {op} y)' if r.random() < .8 or op in COMPARE else f'x {op}= y; P(x)']
    return lines


def class_mro(r):
    lines, names = [], []
    for i in range(r.randint(2, 5)):
        bases = r.sample(names, min(len(names), r.choice([0, 1, 1, 2, 2, 3])))
        name = 'ABCDE'[i]
        lines.append(f'class {name}({", ".join(bases)}):')
        body = []
        if r.random() < .7:
            first = r.choice(['super().__init__(*a)', 'super().__init__()', f'{r.choice(names)}.__init__(self, *a)' if names else 'pass', 'pass', f'super({r.choice(names)}, self).__init__()' if names else 'pass'])
            body.append(f'def __init__(self, *a): P("{name}", a); {first}')
        if r.random() < .5:
            body.append(f'def m(self): return "{name}" + ' + r.choice(['""', 'super().m()', f'{r.choice(names)}.m(self)' if names else '"x"']))
        if r.random() < .3:
            body.append(r.choice(['x = 1', f'@classmethod\n    def c(cls): return cls.__name__, "{name}"', '@staticmethod\n    def c(): return 5', f'@property\n    def x(self): return "{name}"',
                                  '__slots__ = ("s",)', f'"""doc {name}"""', 'y: int = 3', 'z: str', f'def __init_subclass__(cls, k=0, **z): super().__init_subclass__(**z); P("sub", cls.__name__, k)', f'def __new__(cls, *a): P("new {name}"); return super().__new__(cls)',
                                  f'def __class_getitem__(cls, k): return k', f'def __getattr__(self, n): return n', f'def __call__(self, *a): return a', f'def __repr__(self): return "<{name}>"']))
        lines += indent(body or ['pass'])
        names.append(name)
    n = r.choice(names)
    lines += [f'P([q.__name__ for q in {n}.__mro__])', f'o = {n}({args_of(r, 1)})']
    lines += r.sample(['P(o.m())', 'P(o.x)', 'P(o.c())', f'P({n}.__doc__)', f'P({n}.__bases__[0].__name__, {n}.__name__)', 'o.s = 1; P(o.s)', 'o.x = 2; P(o.x)', f'P(getattr({n}, "__annotations__", 0))',
                       'P(vars(o))', 'del o.x', f'P(issubclass({n}, A), isinstance(o, {r.choice(names)}))', f'o.__class__ = {r.choice(names)}; P(type(o).__name__)', 'P(hasattr(o, "m"), callable(o))', f'P("m" in {n}.__dict__, "m" in dir(o))',
                       f'P({n}.m(o))', 'P(o.nope)', 'P(o(1))'], r.randint(1, 3))
    return lines


def class_protocol(r):
    body = r.sample(['def __len__(self): return %s' % r.choice(['3', '-1', '"x"', 'True', '2.0']), 'def __bool__(self): return %s' % r.choice(['True', '0', 'None']), 'def __iter__(self): return %s' % r.choice(['iter([1, 2])', 'self', '5']),
                     'def __next__(self): %s' % r.choice(['raise StopIteration', 'return 1 / 0', 'raise StopIteration(2)']), 'def __getitem__(self, k): %s' % r.choice(['return k', 'raise IndexError', 'return [10, 20][k]', 'raise KeyError(k)']),
                     'def __contains__(self, k): return %s' % r.choice(['1', 'None', '"yes"']), 'def __repr__(self): return %s' % r.choice(['"R"', '5']), 'def __str__(self): return %s' % r.choice(['"S"', 'None']),
                     'def __format__(self, s): return "F" + s', 'def __hash__(self): return %s' % r.choice(['5', '-1', '"h"', '2**70']), 'def __eq__(self, o): return %s' % r.choice(['True', 'NotImplemented', '"e"']), 'def __call__(self, *a, **k): return a, k',
                     'def __index__(self): return %s' % r.choice(['2', '2.5', 'True']), 'def __int__(self): return %s' % r.choice(['4', '"4"', '4.5']), 'def __float__(self): return %s' % r.choice(['4.5', '4', '"4"']), 'def __getattr__(self, n): %s' % r.choice(['return n', 'raise AttributeError(n)', 'raise KeyError']),
                     'def __getattribute__(self, n): %s' % r.choice(['return n', 'return object.__getattribute__(self, n)', 'raise AttributeError(n)']), 'def __setattr__(self, n, v): object.__setattr__(self, n, [v])', 'def __delattr__(self, n): P("del", n)', 'def __setitem__(self, k, v): P("set", k, v)', 'def __delitem__(self, k): P("del", k)',
                     'def __reversed__(self): return "rev"', 'def __abs__(self): return "abs"', 'def __round__(self, n=None): return n', 'def __neg__(self): return "neg"', 'def __divmod__(self, o): return "dm"', 'def __rdivmod__(self, o): return "rdm"', 'def __dir__(self): return ["b", "a"]', 'def __complex__(self): return 1j', 'def __trunc__(self): return 3', 'def __floor__(self): return "fl"', 'def __missing__(self, k): return k',
                     'def __copy__(self): return "cp"', 'def __length_hint__(self): return 3', 'def __enter__(self): return 1', 'def __exit__(self, *a): return %s' % r.choice(['True', '0']), 'def __pow__(self, o, m=None): return o, m', 'def __lt__(self, o): return %s' % r.choice(['True', '[]'])], r.randint(1, 5))
    uses = ['len(o)', 'bool(o)', 'list(o)', 'next(o)', 'o[1]', 'o["k"]', '1 in o', 'repr(o)[:3]', 'str(o)[:3]', 'f"{o:x}"', 'hash(o)', 'o == 1', 'o != o', 'o(1, k=2)', '[5, 6, 7][o]', 'int(o)', 'float(o)', 'o.zzz', 'getattr(o, "q", 3)', 'hasattr(o, "q")', 'range(o)', 'list(reversed(o))', 'abs(o)', 'round(o)', 'round(o, 2)', '-o', 'divmod(o, 1)', 'divmod(1, o)',
            'dir(o)', 'complex(o)', 'math.floor(o)', 'math.trunc(o)', 'copy.copy(o)', 'pow(o, 2, 3)', '2 ** o', 'o < o', 'sorted([o, o]) and 1', 'max(o, o) is o', 'iter(o) is o', '"%d" % o', '"ab" * o', 'chr(o)', 'hex(o)', '[*o]', 'dict(o)', 'o.x', 'math.sqrt(o)', 'sum(o)', 'isinstance(o, int)', 'any(o)', 'tuple(o)', '{**o}', '[o] == [o]', 'not o', 'print(o) or 1' if 'S' in ''.join(body) else '0', 'o in [o]', 'operator.index(o)', '{o: 1}[o]', 'bytes(o)[:2]']
    lines = [f'class A{r.choice(["", "", "", "(dict)", "(list)"])}:'] + indent(body) + ['o = A()']
    for u in r.sample(uses, 3):
        lines += [f'try: P({u})', 'except Exception as e: P(type(e).__name__)']
    return lines + [r.choice(['o.x = 1; P(o.x)', 'o[1] = 2', 'del o.x', 'del o[0]', 'with o as w: P(w); 1 / 0', 'for q in o: P(q); break', 'a, b = o; P(a)'])]


def class_attributes(r):
    return r.choice([
        ['class D:', f'    def __get__(self, o, t=None): return ("get", o is None, t.__name__)'] + ['    def __set__(self, o, v): P("set", v)'] * (r.random() < .5) + ['    def __set_name__(self, o, n): P("name", o.__name__, n)'] * (r.random() < .4) + ['    def __delete__(self, o): P("delete")'] * (r.random() < .3) +
        ['class A: d = D()', 'o = A()', 'P(o.d, A.d)'] + r.sample(['o.d = 1; P(o.d)', 'o.__dict__["d"] = 5; P(o.d)', 'del o.d', 'A.d = 3; P(o.d)', 'A.e = D(); P(o.e)', 'P(vars(o))'], 2),
        ['class A:', '    def __init__(self): self._x = 1', '    @property', '    def x(self): "px"; return self._x'] + ['    @x.setter', '    def x(self, v): self._x = v'] * (r.random() < .6) + ['    @x.deleter', '    def x(self): del self._x'] * (r.random() < .3) +
        ['o = A()'] + r.sample(['o.x = 5; P(o.x)', 'del o.x; P(o.x)', 'P(A.x.__doc__)', 'P(type(A.x).__name__, A.x.fget(o))', 'class B(A): x = 3\nP(B().x)'.split('\n')[0], 'o.__dict__["x"] = 9; P(o.x)', 'P(A.x.fset is None)'], 2),
        [f'class A({r.choice(["", "metaclass=type", "k=1", "object"])}):', f'    __slots__ = {r.choice(["()", "(1,)", "(chr(97),)", "[chr(97), chr(98)]", "chr(97)", "(chr(97), chr(95)*2 + chr(100)+chr(105)+chr(99)+chr(116)+chr(95)*2)"])}', 'o = A()'] + r.sample(['o.a = 1; P(o.a)', 'o.z = 1', 'P(o.a)', 'P(hasattr(o, "__dict__"))', 'del o.a', 'class B(A): pass', 'P(A.__slots__)', 'P(type(A.a).__name__)'], 3),
        ['class A:', f'    def __init_subclass__(cls, {r.choice(["", "k=0", "k", "**z"])}): P("init", cls.__name__)', f'class B(A{r.choice(["", ", k=1", ", z=2"])}): pass', 'class C(B): pass'],
        [f'def f({r.choice(["a: int, b: str = P(2) or 1", "a, *c: P(1), k: P(3) = P(2)", "a: P(1) = P(2)"])}) -> {r.choice(["int", "P(4)", "None"])}: "fdoc"', 'P(f.__name__, f.__doc__, sorted(f.__annotations__), f.__defaults__, f.__kwdefaults__, f.__qualname__)', r.choice(['f.x = 1; P(f.x, f.__dict__)', 'P(f.nope)', 'f.__name__ = "g"; P(f.__name__)', 'f.__defaults__ = (7,); P(f.__defaults__)', 'P(f.__code__.co_varnames, f.__code__.co_argcount)', 'P(f.__module__, f.__closure__)'])],
        ['class A:', '    x: int = P("v") or 1', '    y: P("ann")', f'    {r.choice(["z: float", "(z): int = 3", "x: str"])}', 'class B(A): w: str = ""', r.choice(['P(A.__annotations__)', 'P(B.__annotations__)', 'P(B().__annotations__)', 'class C(A): pass', 'P(get_type_hints(B))'])],
        ['class A:', '    __x = 1', '    def f(self): return self.__x', '    def __g(self): return 2', '    class B: __y = 5', 'P(sorted(q for q in vars(A) if "_A" in q))', r.choice(['P(A().f(), A()._A__g())', 'P(A().__x)', 'P(A.B._B__y)', 'P(A.__x)'])],
        [f'A = type("A", ({r.choice(["", "list,", "object,"])}), {{"x": 1, "f": lambda self: self.x}})', 'P(A.__name__, A().f(), A.__mro__[1].__name__)', r.choice(['A.x = 5; P(A().f())', 'del A.x; P(A().f())', 'P(type(A()) is A, A.__module__)', 'setattr(A, "y", property(lambda s: 3)); P(A().y)', 'P(A.__qualname__, A.__doc__)'])],
        ['class A:', f'    def f(self): return {r.choice(["__class__.__name__", "super().__repr__()[:2]", "super().g()", "self.__class__.__name__"])}', 'class B(A):', f'    def f(self): return {r.choice(["super().f()", "super(B, self).f()", "A.f(self)", "super(A, self).f()", "[super().f() for _ in range(1)]", "(lambda: super().f())()"])}', '    g = 3', 'P(B().f())', r.choice(['P(A.f(B()))', 'P(B.f.__qualname__)', 'P(A().f.__func__ is A.f, A().f.__self__.__class__.__name__)', 'P(A.f(5))', 'P(A().f == A().f)'])],
    ])


def data_classes(r):
    options = ', '.join(r.sample(['frozen=True', 'order=True', 'eq=False', 'repr=False', 'init=False', 'unsafe_hash=True', 'slots=True', 'kw_only=True', 'match_args=False'], r.choice([0, 0, 1, 1, 2])))
    def fields(names):
        out = []
        for n in names:
            t = r.choice(['int', 'str', 'list', 'float', 'ClassVar[int]', 'InitVar[int]' if r.random() < .3 else 'int', '"int"'])
            t = t.replace('InitVar', 'dataclasses.InitVar')
            out.append(f'{n}: {t}' + r.choice(['', '', ' = 1', ' = "d"', ' = field(default=2)', ' = field(default_factory=list)', ' = []', ' = field(init=False, default=5)', ' = field(repr=False, default=0)', ' = field(compare=False, default=0)', ' = field(kw_only=True, default=1)', ' = field(default=1, default_factory=list)', ' = field(init=False)', ' = field(kw_only=True)', ' = field(hash=False, default=3)', ' = {}', ' = ()']))
        if r.random() < .12:
            out.insert(r.randint(0, len(out)), '_: dataclasses.KW_ONLY')
        return out
    body = fields(r.sample('abc', r.randint(1, 3)))
    if r.random() < .25:
        body.append(r.choice(['def __post_init__(self, *k): P("post", k)', 'def __eq__(self, o): return "eq"', 'def __hash__(self): return 3', 'def __repr__(self): return "rep"', 'def __init__(self, *k): P("own", k)', 'def __lt__(self, o): return 1', 'x = 3', 'def __setattr__(self, n, v): object.__setattr__(self, n, v)']))
    lines = [f'@dataclass({options})' if options or r.random() < .5 else '@dataclass', 'class A:'] + indent(body)
    cls = 'A'
    if r.random() < .45:
        lines += [r.choice(['@dataclass', '@dataclass', '@dataclass(frozen=True)', '@dataclass(order=True)', '@dataclass(kw_only=True)', '@dataclass(slots=True)', '']), f'class B(A):'] + indent(fields(r.sample('abcd', r.randint(1, 2))))
        cls = r.choice(['A', 'B', 'B'])
    lines = [l for l in lines if l]
    call = r.choice(['', '1', '1, 2', '1, 2, 3', 'a=1', 'b=2', '1, c=3', 'a=1, b=2', 'a=1, b=2, c=3'])
    lines += [f'o = {cls}({call})', 'P(o)']
    lines += r.sample(['P(o == %s(%s))' % (cls, call), 'P(o < %s(%s))' % (cls, call), 'P(hash(o) == hash(o))', 'o.a = 5; P(o.a)', 'o.zz = 1', 'P(dataclasses.asdict(o))', 'P(dataclasses.astuple(o))', 'P(dataclasses.replace(o, a=9))', f'P([q.name for q in dataclasses.fields({cls})])', 'P(vars(o))', f'P({cls}.__match_args__)',
                       f'P({cls}.a)', f'P({cls}.__annotations__ == {{}} , sorted({cls}.__annotations__))', 'P(dataclasses.is_dataclass(o), dataclasses.is_dataclass(A))', 'del o.a; P(o)', 'P(o != 5, o == 5)', 'P(copy.copy(o) == o, copy.deepcopy(o) == o)', f'P([(q.name, q.init, q.repr, q.compare, q.kw_only) for q in dataclasses.fields(o)])', 'P(dataclasses.replace(o))', f'P({cls}.__doc__)', 'P({o: 1}[o])', 'P(hasattr(o, "__dict__"))'], r.randint(1, 3))
    return lines


def enums(r):
    base = r.choice(['enum.Enum', 'enum.IntEnum', 'enum.Flag', 'enum.IntFlag', 'str, enum.Enum', 'int, enum.Enum', 'enum.Enum'])
    flag = 'Flag' in base
    members = []
    for n in 'AB' + 'CD'[:r.randint(0, 2)]:
        members.append(f'{n} = ' + (r.choice(['enum.auto()', '1', '2', '4', 'enum.auto()', '8', '3']) if flag or 'int' in base or 'Int' in base else r.choice(['enum.auto()', '1', '"x"', '(1, 2)', '2', 'A' if n != 'A' else '0', 'None'])))
    extra = [r.choice(['def f(self): return self.name + "!"', '@property\n    def p(self): return self.value', '@classmethod\n    def k(cls): return len(cls)', 'def __str__(self): return "S"', '@classmethod\n    def _missing_(cls, v): return cls.A', '_ignore_ = []', 'x: int', 'def __init__(self, *v): self.v = v', '@staticmethod\n    def _generate_next_value_(n, s, c, l): return n'])] if r.random() < .4 else []
    lines = ['@enum.unique'] * (r.random() < .1) + [f'class E({base}):'] + indent((extra if 'next' in ''.join(extra) else []) + members + ([] if 'next' in ''.join(extra) else extra))
    m = lambda: r.choice(['E.A', 'E.B', 'E["A"]', 'E(1)', 'E.A | E.B', 'E.A & E.B', '~E.A', 'E(0)', 'E.A ^ E.B', 'E(3)'] if flag else ['E.A', 'E.B', 'E["A"]', 'E(1)', 'E.C', 'E("x")'])
    uses = [f'P({m()})', f'P(repr({m()}))', 'P(list(E), len(E))', f'P({m()}.name, {m()}.value)', f'P({m()} == {m()}, {m()} is {m()})', f'P({m()} in E)', f'P(bool({m()}))', f'P({m()} in {m()})', f'P(list({m()}))', 'P(E.__members__)', f'P(isinstance({m()}, E), type({m()}).__name__)', f'E.A = 5', 'E.Z', 'E["Z"]', 'E(99)', f'P({m()} < {m()})', f'P("%s" % {m()}, format({m()}), str({m()}))', f'P({{E.A: 1}}[{m()}])', 'E.A.value = 3', 'class F(E): pass', f'P({m()}.f())', f'P({m()}.p)', 'P(E.k())', f'P({m()} + 1)', 'P(1 in E)', f'P(hash({m()}) == hash({m()}))', f'P(copy.deepcopy({m()}) is {m()})', 'P(E.A.v)', f'P({m()} | 4)', 'del E.A', 'P(E)', 'P(E.A.__class__, E.__name__)', 'P([q.name for q in reversed(E)])', 'G = enum.Enum("G", "X Y"); P(list(G))']
    for u in r.sample(uses, r.randint(1, 3)):
        lines += [f'try: {u}', 'except Exception as e: P(type(e).__name__)']
    return lines


RULES = [operators, number_calls, formats, percent, fstrings, strings, containers, items, mutated, unpacking, iteration, tools, scopes, scopes, exceptions,
         exceptions, exception_values, generators, generators, class_operators, class_operators, class_mro, class_mro, class_protocol, class_attributes, data_classes, data_classes, enums, enums]
