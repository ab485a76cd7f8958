### flags
from enum import *
class F(Flag):
    A = auto()
    B = auto()
    C = 8
    AB = 3
print(F.A | F.B, repr(F.A | F.B), repr(F.A | F.C), F.A & F.B, repr(F(0)), F(9), list(F), len(F), F)
print(F.A in F.AB, F.C in F.AB, bool(F(0)), bool(F.A), ~F.A, repr(~F.AB), F.A ^ F.AB, list(F.A | F.C), len(F.AB))
print(F.AB is (F.A | F.B), F(3) is F.AB, (F.A | F.C) is F(9), (F.A | F.C).value, F(9).name, F(0).name, F.A == 1, F['B'])
for do in (lambda: F(4), lambda: F('x'), lambda: F.A | 1, lambda: 1 in F.A, lambda: F.Z, lambda: F['Z']):
    try: print(do())
    except (ValueError, TypeError, AttributeError, KeyError) as e: print(type(e).__name__)
### flags that are ints
from enum import *
class P(IntFlag):
    R = 4
    W = 2
    X = 1
print(P.R | P.W, repr(P.R | P.W), repr(P.R | 8), P(7), repr(~P.R), P.R + 1, P.R == 4, P.R | 1 is P, f'{P.R:04b}', [m.name for m in P.R | P.X])
print(P.R > P.W, max(P), sum(P), hash(P.R) == hash(4), repr(P.R & 5), repr(5 & P.R), P.R << 1, -P.R, P.R in P(5))
### members are not assigned or deleted
from enum import *
class E(Enum):
    A = 1
    B = 2
    a = 1
for do in (lambda: setattr(E, 'A', 5), lambda: delattr(E, 'A'), lambda: setattr(E.A, 'value', 3), lambda: 1 in E, lambda: 'x' in E, lambda: E(7)):
    try: do(); print('no error')
    except (AttributeError, TypeError, ValueError) as e: print(type(e).__name__)
E.extra = 5
print(E.extra, E, repr(E), E.A in E, E.a is E.A, list(reversed(E)), E.__members__, E.A.__class__)
### made from names
from enum import *
G = Enum('G', 'X Y')
H = Enum('H', ['P', 'Q'], start=5)
I = IntEnum('I', {'U': 3, 'V': 4})
J = Enum('J', [('S', 'a'), ('T', 'b')])
print(list(G), list(H), I.U + I.V, J('b'), G.X.name, G)
### values are made by the mixed type
from enum import *
class S(str, Enum):
    A = 1
    B = 'x'
class N(int, Enum):
    A = '7'
    B = 2
print(repr(S.A), S.A == '1', S.B.upper(), S.A.value, N.A + 1, repr(N.A), N.B < N.A, S, N)
### a missing value, an ignored name, an own __init__
from enum import *
class M(Enum):
    _ignore_ = ['tmp']
    tmp = 3
    A = (1, 'one')
    B = (2, 'two')
    def __init__(self, number, text):
        self.number, self.text = number, text
    @classmethod
    def _missing_(cls, value):
        return cls.A if value == 'first' else None
print(M.A.text, M.B.number, M('first'), M((2, 'two')), list(M))
