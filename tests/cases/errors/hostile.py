### a string too large
s = 'a' * 10**12
### a list too large
a = [0] * 10**12
### a tuple too large
t = (0,) * 10**11
### a format width too large
f'{1:1000000000000}'
### a percent width too large
'%1000000000d' % 1
### a precision too large
f'{1.5:.1000000000}'
### justified too wide
'a'.ljust(10**12)
### zfill too wide
'1'.zfill(10**12)
### join of too much
','.join(['x' * 10**6] * 10**6)
### repeated doubling
s = 'x'
try:
    while True:
        s = s + s
except MemoryError as e:
    print('MemoryError:', str(e)[:14])
### a list that doubles
a = [1]
try:
    while True:
        a.extend(a)
except MemoryError as e:
    print('MemoryError:', str(e)[:12])
### range turned into a list
try:
    list(range(10**12))
except MemoryError as e:
    print('MemoryError:', str(e)[:12])
### replace that explodes
('a' * 10**6).replace('a', 'b' * 10**6)
### deep nesting of lists
a = []
for _ in range(100000):
    a = [a]
print(len(a))
### printing deep nesting
a = []
for _ in range(100000):
    a = [a]
print(a)
### comparing deep nesting
a, b = [], []
for _ in range(100000):
    a, b = [a], [b]
print(a == b)
### deep nesting of brackets
x = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
### deep recursion in repr
class A:
    def __repr__(self):
        return repr(self)
print(A())
### deep recursion in a comparison
class A:
    def __eq__(self, o):
        return self == o
A() == A()
### deep recursion in getattr
class A:
    def __getattr__(self, n):
        return getattr(self, n)
A().x
### a sort whose key changes the list
a = [3, 1, 2]
def key(x):
    a.append(x)
    return x
try:
    a.sort(key=key)
except ValueError as e:
    print(type(e).__name__, e)
### deepcopy of deep nesting
import copy
a = []
for _ in range(100000):
    a = [a]
copy.deepcopy(a)
### an int of a very long text
int('9' * 10**6)
### too much output
while True:
    print('x' * 10**6)
