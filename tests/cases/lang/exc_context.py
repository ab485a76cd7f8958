### the chain of exceptions
def chain(e):
    while e is not None:
        print(type(e).__name__, e.args, e.__suppress_context__, repr(e.__cause__))
        e = e.__context__
def f(n):
    try:
        1 / 0
    except ZeroDivisionError:
        if n == 0: raise KeyError('k')
        if n == 1: raise KeyError('k') from None
        if n == 2: raise KeyError('k') from ValueError('cause')
        if n == 3: [][1]
        if n == 4:
            try: raise KeyError('k') from None
            finally: [][1]
        if n == 5:
            try: raise
            finally: {}['x']
        if n == 6: g()
        if n == 7:
            with M(): raise KeyError('in with')
        if n == 8:
            e = ValueError('again')
            try: raise e
            except ValueError: raise e
        if n == 9: raise Exception from int
class M:
    def __enter__(self): return self
    def __exit__(self, *a): raise OSError(2, 'gone')
def g():
    try: raise TypeError
    except TypeError as e: print('in g', repr(e.__context__))
    raise ValueError('from g')
for n in range(10):
    print('--', n)
    try: f(n)
    except Exception as e: chain(e)
### a cycle is cut
try:
    try:
        raise ValueError(1)
    except ValueError as e:
        first = e
        try:
            raise KeyError(2)
        except KeyError:
            raise first
except ValueError as e:
    print(repr(e.__context__), repr(e.__context__.__context__))
### raise without a name reaches the handler of the caller
def again():
    raise
try:
    try: 1 / 0
    except ZeroDivisionError: again()
except ZeroDivisionError as e:
    print(repr(e), e.__context__)
try: again()
except RuntimeError as e: print(e)
### a generator that raises StopIteration
def gen():
    yield 1
    raise StopIteration(3)
def thrown():
    try: yield 1
    except KeyError: yield 2
for make in (lambda: list(gen()), lambda: next(iter([])), lambda: (lambda g: (next(g), g.throw(StopIteration)))(thrown()),
             lambda: (lambda g: (next(g), g.throw(KeyError), g.throw(ValueError('v'))))(thrown())):
    try: make()
    except (RuntimeError, StopIteration, ValueError) as e:
        print(repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
### links and notes are checked
e = ValueError(1)
e.__cause__ = KeyError(2)
print(e.__suppress_context__, repr(e.__cause__))
e.__suppress_context__ = False
for name in '__cause__', '__context__':
    try: setattr(e, name, 5)
    except TypeError as x: print(type(x).__name__)
e.args = 'ab'
e.add_note('seen')
print(e.args, e, e.__notes__)
try: e.add_note(1)
except TypeError as x: print(x)
### what single classes keep
e = OSError(2, 'gone')
print(e, e.errno, e.strerror, e.filename, OSError('x').errno)
print(StopIteration(5).value, StopIteration().value, SystemExit(3).code, AttributeError('a').name, ImportError('m').msg)
### a finished generator tells its result once
def gen():
    yield 1
    return 6
g = gen()
next(g)
for _ in range(2):
    try: next(g)
    except StopIteration as e: print(repr(e), e.value)
g = gen()
print(list(g))
try: next(g)
except StopIteration as e: print(repr(e))
