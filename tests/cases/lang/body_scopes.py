### a comprehension does not see the names of a class body
a = 'module'
class K:
    a = 'class'
    lst = [a for _ in range(2)]
    first = [x for x in a]
    lam = [(lambda: a)() for _ in range(1)]
    gen = list(a for _ in range(1))
    dct = {a: a for _ in range(1)}
    nested = [[a for _ in range(1)] for a in range(2)]
    print(lst, first, lam, gen, dct, nested, a)
def f():
    a = 'function'
    class K:
        a = 'class'
        lst = [a for _ in range(2)]
        st = {(a, b) for b in a}
        print(lst, sorted(st), a)
        class L:
            print([a for _ in range(1)], a)
f()
class G:
    b = 1
    try:
        print([b for _ in range(1)])
    except NameError as e:
        print(e)
### private names in comprehensions of a class body
class P:
    __x = 3
    try:
        print([__x for _ in range(1)])
    except NameError as e:
        print(e)
    print([y for y in range(__x)])
### the class and super in comprehensions of methods
class A:
    def f(self): return 'A'
class B(A):
    def f(self): return [__class__.__name__ for _ in range(1)] + [super(B, self).f() for _ in range(1)]
print(B().f())
### := and comprehensions
def f():
    total = 0
    print([total := total + v for v in range(4)], total)
    print(any((hit := v) > 1 for v in range(4)), hit)
f()
