### math functions
import math
print(math.sqrt(16), math.exp(0), math.log(1), math.log2(8), math.log10(1000), math.log(8, 2), math.pow(2, 3))
### math constants
import math
print(math.pi, math.e, math.inf, -math.inf, math.nan, math.tau)
### math rounding
import math
print(math.floor(2.7), math.floor(-2.1), math.ceil(2.1), math.ceil(-2.7), math.trunc(-2.7))
### math trigonometry
import math
print(math.sin(0), math.cos(0), math.tan(0), round(math.atan2(1, 1), 6), round(math.sin(math.pi / 2), 6), math.degrees(math.pi), round(math.radians(180), 6), math.tanh(0), math.hypot(3, 4))
### math tests
import math
print(math.isnan(math.nan), math.isinf(math.inf), math.isfinite(1.0), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1))
### math integers
import math
print(math.factorial(10), math.gcd(12, 18), math.comb(5, 2), math.perm(5, 2), math.prod([1, 2, 3, 4]), math.isqrt(17), math.lcm(4, 6))
### math others
import math
print(math.fabs(-2), math.copysign(1, -0.0), math.fmod(7, 3), math.modf(2.5), math.frexp(8.0), math.fsum([0.1] * 10), math.dist([0, 0], [3, 4]), math.erf(0), math.gamma(5), math.expm1(0), math.log1p(0))
### math domain errors
import math
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.acos(2)):
    try:
        f()
    except ValueError as e:
        print(type(e).__name__, e)
### math overflow
import math
try:
    math.exp(1000)
except OverflowError as e:
    print(type(e).__name__, e)
### math wants numbers
import math
try:
    math.sqrt('a')
except TypeError as e:
    print(type(e).__name__, e)
### import forms
import math as m
from math import sqrt, floor as fl
import collections, itertools
print(m.sqrt(4), sqrt(9), fl(2.5), collections.Counter('a'), list(itertools.chain('a')))
### dotted import
import collections.abc
from collections.abc import Iterable, Callable, Sequence
print(isinstance([], Iterable), isinstance(len, Callable), isinstance((), Sequence), isinstance(5, Iterable))
### from a module that lacks the name
try:
    from math import nothing_like_this
except ImportError as e:
    print(type(e).__name__)
### attribute of a module that is missing
import math
try:
    math.sqroot
except AttributeError as e:
    print(type(e).__name__)
### Counter
from collections import Counter
c = Counter('mississippi')
print(c['s'], c['z'], c.most_common(2), sum(c.values()), len(c))
c.update('ss')
print(c['s'], sorted(c.elements())[:3])
### Counter arithmetic and repr
from collections import Counter
a, b = Counter(a=3, b=1), Counter(a=1, b=2)
print(a + b, a - b, Counter([1, 1, 2]), a == Counter({'a': 3, 'b': 1}))
### defaultdict
from collections import defaultdict
d = defaultdict(list)
d['a'].append(1)
d['a'].append(2)
n = defaultdict(int)
for c in 'aab':
    n[c] += 1
print(dict(d), dict(n), n['zzz'], 'q' in n, d)
### OrderedDict
from collections import OrderedDict
d = OrderedDict([('a', 1), ('b', 2)])
d.move_to_end('a')
print(list(d), d.popitem(last=False), d == OrderedDict(a=1), d)
### deque
from collections import deque
d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
d.appendleft(0)
print(d, d.pop(), d.popleft(), list(d), len(d), d[0])
d.rotate(1)
d.extend([7])
print(d, d.maxlen)
### namedtuple
from collections import namedtuple
P = namedtuple('P', ['x', 'y'])
Q = namedtuple('Q', 'a b c', defaults=[9])
p = P(1, y=2)
print(p, p.x, p[1], p._replace(x=5), p._asdict(), P._fields, Q(1, 2), p == (1, 2))
x, y = p
print(x, y, isinstance(p, tuple), len(p))
### itertools: chain, islice, count, cycle, repeat
from itertools import chain, islice, count, cycle, repeat
print(list(chain('ab', [1])), list(chain.from_iterable([[1], [2]])), list(islice(count(5, 2), 3)), list(islice(cycle('ab'), 5)), list(repeat(0, 3)), list(islice(range(10), 2, 8, 3)))
### itertools: product, permutations, combinations
from itertools import product, permutations, combinations, combinations_with_replacement
print(list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(permutations([1, 2, 3], 2)), list(combinations('abc', 2)), list(combinations_with_replacement('ab', 2)))
### itertools: accumulate, groupby, pairwise
from itertools import accumulate, groupby, pairwise
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b)), [(k, list(g)) for k, g in groupby('aabbb')], list(pairwise([1, 2, 3])))
### itertools: zip_longest, takewhile, dropwhile, starmap, compress, tee
from itertools import zip_longest, takewhile, dropwhile, starmap, compress, tee, filterfalse
print(list(zip_longest('ab', [1], fillvalue='-')), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 1])), list(starmap(pow, [(2, 3)])), list(compress('abc', [1, 0, 1])), [list(t) for t in tee([1, 2])], list(filterfalse(None, [0, 1])))
### functools
import functools
print(functools.reduce(lambda a, b: a + b, [1, 2, 3]), functools.partial(int, base=2)('101'))
### operator
import operator
print(operator.add(1, 2), operator.mul(3, 4), operator.itemgetter(1)([5, 6]), operator.attrgetter('real')(3), operator.itemgetter('a', 'b')({'a': 1, 'b': 2}), sorted([(1, 2), (0, 5)], key=operator.itemgetter(1)))
### copy
import copy
a = [1, [2, 3]]
b = copy.copy(a)
c = copy.deepcopy(a)
a[1].append(4)
print(b, c, b is a)
### deepcopy of objects and cycles
import copy
class N:
    def __init__(self): self.kids = []
n = N()
n.kids.append(n)
m = copy.deepcopy(n)
print(m is not n, m.kids[0] is m)
### deepcopy of dicts and tuples
import copy
d = {'a': [1, (2, [3])]}
e = copy.deepcopy(d)
e['a'][1][1].append(4)
print(d, e)
### typing names are accepted
from typing import List, Dict, Tuple, Optional, Union, Any, Callable, Iterable, Sequence, TypeVar, Generic
T = TypeVar('T')
def f(a: List[int], b: Dict[str, Tuple[int, ...]], c: Optional[int] = None, *d: Any, e: Callable[[int], str] = str) -> Union[int, None]:
    return c
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
print(f([], {}), Box(3).v)
### builtin generics in annotations
def f(a: list[int], b: dict[str, int] | None = None, c: tuple[int, ...] = ()) -> 'list[int]':
    return a
print(f([1]))
### NamedTuple and Literal
from typing import NamedTuple, Literal
class P(NamedTuple):
    x: int
    y: int = 2
def f(mode: Literal['a', 'b'] = 'a'): return mode
print(P(1), P(1).y, P(3, 4)[0], f())
### time
import time
a = time.time()
b = time.perf_counter()
c = time.perf_counter()
print(a > 1e9, c >= b, isinstance(a, float))
### random is reproducible
import random
random.seed(42)
print(random.random(), random.randint(1, 10), random.choice('abc'), random.uniform(0, 1))
### random shuffling and sampling
import random
random.seed(0)
a = list(range(8))
random.shuffle(a)
print(a, random.sample(range(100), 3), random.choices('ab', k=4), random.randrange(0, 10, 2))
### random gauss
import random
random.seed(1)
print(random.gauss(0, 1), random.gauss(0, 1), random.normalvariate(0, 1))
### a Random of one's own
import random
r = random.Random(7)
print(r.random(), r.randint(0, 5))
### __future__ imports are accepted
from __future__ import annotations
print('ok')
### __name__ is __main__
if __name__ == '__main__':
    print('main')
### enum
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
print(Color.RED, Color.RED.name, Color.RED.value, Color(2), [c.name for c in Color], Color.RED == Color.RED, Color['GREEN'] is Color.GREEN)
### abc
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
class Sq(Shape):
    def area(self): return 4
print(Sq().area())
### warnings
import warnings
warnings.filterwarnings('ignore')
print('ok')
### string constants
import string
print(string.ascii_lowercase, string.digits, len(string.punctuation))
