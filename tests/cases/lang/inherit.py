### explicit calls of the bases' __init__
class Base:
    def __init__(self, *a):
        print('Base', a)
class Left(Base):
    def __init__(self, x):
        print('Left', x)
        super().__init__(x)
class Mixin:
    def __init__(self, y=0):
        print('Mixin', y)
        self.y = y
class Both(Left, Mixin):
    def __init__(self):
        Left.__init__(self, 1)
        Mixin.__init__(self, 2)
print(Both().y, [c.__name__ for c in Both.__mro__])
### a base written in C ends the chain of super()
class M:
    def __init__(self, *a):
        print('M')
class D(dict, M):
    def __init__(self, **k):
        super().__init__(**k)
class E(Exception, M):
    def __init__(self, a):
        super().__init__(a, 'more')
print(D(a=1), E(1).args)
class F(M, dict): pass
F()
### reflected operators of subclasses, only where overridden
import operator
def both(name):
    return {'__%s__' % name: lambda self, o: '%s.%s' % (type(self).__name__, name),
            '__r%s__' % name: lambda self, o: '%s.r%s' % (type(self).__name__, name)}
names = 'add sub mul truediv floordiv mod pow matmul and or xor lshift rshift'.split()
for name in names:
    A = type('A', (), both(name))
    Plain = type('Plain', (A,), {})
    Own = type('Own', (A,), {'__r%s__' % name: lambda self, o: 'Own.reflected'})
    op = getattr(operator, name + '_' * (name in ('and', 'or')))
    print(name, op(A(), Plain()), op(A(), Own()), op(Plain(), A()), op(Own(), Plain()), op(1, Plain()))
### comparisons reflect to a subclass always
import operator
for name in 'eq ne lt le gt ge'.split():
    A = type('A', (), {'__%s__' % n: (lambda n: lambda self, o: '%s.%s' % (type(self).__name__, n))(n)
                       for n in 'eq ne lt le gt ge'.split()})
    B = type('B', (A,), {})
    op = getattr(operator, name)
    print(name, op(A(), B()), op(B(), A()), op(A(), A()), op(1, B()))
### divmod of classes
class A:
    def __divmod__(self, o): return 'A', o.__class__.__name__
class R:
    def __rdivmod__(self, o): return 'R', o.__class__.__name__
class S(A):
    def __rdivmod__(self, o): return 'S'
class N:
    def __divmod__(self, o): return NotImplemented
    def __floordiv__(self, o): return 1
    def __mod__(self, o): return 2
print(divmod(A(), 2), divmod(7, R()), divmod(A(), S()), divmod(N(), R()))
for a, b in (N(), 1), (1, N()), ('a', 1), (A, 1):
    try:
        divmod(a, b)
    except TypeError as e:
        print(e)
