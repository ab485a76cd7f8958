### an error at the top
x = 1
y = x / 0
### an error in a function
def f(a):
    return a[5]
print('before')
f([1, 2])
### an error three calls deep
def f(x):
    return g(x + 1)

def g(x):
    return h(x=x)

def h(x):
    raise ValueError(f'bad {x}')

f(1)
### an error in a method and an operator
class V:
    def __add__(self, o):
        return self.data + o
v = V()
w = v + 1
### recursion is folded
def down(n):
    return down(n + 1)
down(0)
### recursion of two is folded
def even(n):
    return odd(n - 1)
def odd(n):
    return even(n - 1)
even(-1)
### an error in a lambda and a comprehension
f = lambda x: x['k']
y = [f(x) for x in [{'k': 1}, {}]]
### an error in a generator
def g():
    yield 1
    yield 1 / 0
for x in g():
    print(x)
### an error in a class body
class A:
    x = 1
    y = z
### an exception class of one's own
class ShapeError(Exception):
    pass
raise ShapeError('q is (2, 3)')
### an exception without text
raise RuntimeError
### an exception raised again
try:
    {}['k']
except KeyError:
    raise
### assert with a message
n, h = 10, 3
assert n % h == 0, f'{n} is not divisible by {h}'
### a call over several lines
def f(**kw):
    raise TypeError('no')
f(
    a=1,
    b=2,
)
### a long line is windowed
def add(a, b, c): return a + b + c
result = add('a long string to fill the line and then some more text', 'another', 'third') + undefined_name + 'tail of the line'
### escapes in the text are shown, not sent
raise ValueError('red \x1b[31m text\nsecond line')
### wide characters keep the carets in place
名前 = 'α'
x = 名前 + 1
