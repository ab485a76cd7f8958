### addition
print(9223372036854775807 + 1)
### subtraction
print(-9223372036854775807 - 2)
### multiplication
print(4611686018427387904 * 2)
### power
print(2 ** 64)
### power that fits
print(2 ** 62, 10 ** 18, (-2) ** 63)
### shift
print(1 << 64)
### negation of the smallest
x = -9223372036854775808
print(-x)
### floor division of the smallest
x = -9223372036854775808
print(x // -1)
### abs of the smallest
x = -9223372036854775808
print(abs(x))
### sum
print(sum([9223372036854775807, 1]))
### int of a long text
print(int('99999999999999999999'))
### int of a large float
print(int(1e300))
### int of infinity
print(int(float('inf')))
### int of nan
print(int(float('nan')))
### factorial
import math
print(math.factorial(20))
print(math.factorial(21))
### augmented assignment leaves the variable alone
x = 9223372036854775807
try:
    x += 1
except OverflowError as e:
    print(type(e).__name__)
print(x)
### a literal
x = 123456789012345678901234567890
### range
print(len(range(-9223372036854775808, 9223372036854775807)))
