### arithmetic
print(7 + 3, 7 - 3, 7 * 3, 7 / 2, 7 // 2, 7 % 3, 7 ** 2)
### floor division and modulo round down
print(-7 // 2, 7 // -2, -7 % 3, 7 % -3, -7 % -3, -7.5 // 2, -7.5 % 2, 7.5 % -2)
### true division gives floats
print(4 / 2, 1 / 3, -1 / 2)
### powers
print(2 ** 10, 2 ** -1, (-2) ** 2, -2 ** 2, 2 ** 0.5, 0 ** 0, 2 ** 3 ** 2)
### mixed int and float
print(1 + 1.0, 2 * 1.5, 7 // 2.0, 7 % 2.5, True + 1.5)
### bit operations
print(12 & 10, 12 | 10, 12 ^ 10, ~12, 1 << 10, 1024 >> 3, -1 >> 1)
### bit operations on bools stay bools
print(True & False, True | False, True ^ True, ~True)
### precedence
print(2 + 3 * 4, (2 + 3) * 4, -3 ** 2, not 1 == 2, 1 | 2 ^ 3 & 4, 1 + 2 << 3)
### unary operators
print(-5, +5, ~5, - -5, not True, not 0, not not 'a', +True)
### comparisons
print(1 < 2, 2 <= 2, 3 > 4, 4 >= 4, 1 == 1.0, 1 != 2)
### chained comparisons
x = 5
print(1 < x < 10, 1 < x > 3, 1 < 2 < 3 < 4, 3 > 2 > 2, 1 == 1 != 2)
### a chain evaluates its middle once
def f():
    print('f')
    return 5
print(1 < f() < 10)
print(9 < f() < f())
### comparing strings, lists and tuples
print('a' < 'b', 'abc' < 'abd', [1, 2] < [1, 3], (1, 2) < (1, 2, 0), [] < [1])
### equality across types
print(1 == '1', [1] == (1,), None == 0, 'a' == 'a', {1: 2} == {1: 2.0}, (1, 2) == (1, 2))
### and, or give an operand
print(0 or 'a', 'a' and 'b', '' and 1, None or [] or 0, 1 and 2 and 3, [] or 'x')
### and, or stop early
def f(x):
    print('f', x)
    return x
f(0) and f(1)
f(1) or f(2)
### membership
print(1 in [1, 2], 'b' in 'abc', 'x' not in 'abc', 2 in {1: 2}, 1 in {1: 2}, 3 in (1, 2), '' in 'a')
### identity
a = []
b = a
print(a is b, a is not [], None is None, a is not b)
### conditional expression
print('yes' if 1 else 'no', 'a' if 0 else 'b' if 0 else 'c')
### only the chosen branch is evaluated
print(1 if True else 1 / 0)
### walrus
if (n := len('abc')) > 2:
    print(n)
print([y := 1, y + 1], (z := 5) + z)
### walrus in a while
data = [1, 2, 0, 3]
while (x := data.pop(0)):
    print(x)
### sequences added and repeated
print('ab' + 'cd', 'ab' * 3, 3 * [0], (1,) + (2,), [1] * 0, 'x' * -1, [1] + [2])
### string formatting with %
print('%d %s %5.2f %x %05d %%' % (3, 'a', 3.14159, 255, 42))
print('%s' % 'one', '%r' % 'one', '%(a)s-%(b)d' % {'a': 1, 'b': 2}, '%-5s|' % 'a', '%+d' % 3, '%e' % 12345.678)
### augmented assignment
x = 10
x += 5; x -= 3; x *= 2; x //= 5; x **= 3; x %= 50
print(x)
x = 7.0
x /= 2
print(x)
x = 6
x &= 3; x |= 8; x ^= 1; x <<= 2; x >>= 1
print(x)
### augmented assignment changes a list in place
a = [1]
b = a
a += [2]
a *= 2
print(a, b, a is b)
### augmented assignment rebinds a tuple
a = (1,)
b = a
a += (2,)
print(a, b)
### augmented assignment to an item evaluates the index once
def i():
    print('i')
    return 0
a = [1]
a[i()] += 5
print(a)
### integer division by zero
try:
    1 // 0
except ZeroDivisionError as e:
    print(type(e).__name__, e)
try:
    1 % 0
except ZeroDivisionError as e:
    print(type(e).__name__, e)
### true division by zero
try:
    1 / 0
except ZeroDivisionError as e:
    print(type(e).__name__, e)
try:
    1.0 / 0
except ZeroDivisionError as e:
    print(type(e).__name__, e)
### zero to a negative power
try:
    0 ** -1
except ZeroDivisionError as e:
    print(type(e).__name__)
### unsupported operands
for f in [lambda: 1 + 'a', lambda: [] - [], lambda: None * 2, lambda: {} + {}]:
    try:
        f()
    except TypeError as e:
        print(type(e).__name__, e)
### str plus int
try:
    'a' + 1
except TypeError as e:
    print(type(e).__name__, e)
### unsupported comparison
try:
    1 < 'a'
except TypeError as e:
    print(type(e).__name__, e)
### bad operand of a unary operator
try:
    -'a'
except TypeError as e:
    print(type(e).__name__, e)
### not iterable in membership
try:
    1 in 5
except TypeError as e:
    print(type(e).__name__, e)
### floor and modulo agree
for a in (7, -7):
    for b in (2, -2, 3, -3):
        assert (a // b) * b + a % b == a
print('ok')
### float modulo keeps the divisor's sign
print(5.5 % 2, -5.5 % 2, 5.5 % -2, -0.5 % 1)
### divmod
print(divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(7, -3))
### shifts by negative counts
try:
    1 << -1
except ValueError as e:
    print(type(e).__name__, e)
### float comparison with nan
n = float('nan')
print(n == n, n != n, n < 1, n > 1, n is n)
### matmul calls __matmul__
class M:
    def __matmul__(self, o):
        return 'matmul ' + o
    def __imatmul__(self, o):
        return 'imatmul ' + o
m = M()
print(m @ 'x')
m @= 'y'
print(m)
### int times bool
print(3 * True, 3 * False, True / 2, sum([True, True, False]))
### round trips between int and float
print(int(3.9), int(-3.9), float(3), 3 == 3.0, hash(3) == hash(3.0))
