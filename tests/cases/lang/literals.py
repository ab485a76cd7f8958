### ints in every base
print(0, 7, 1_000_000, 0xff, 0XDEAD_beef, 0o17, 0b1010, 00)
### the largest and the smallest int
print(9223372036854775807, -9223372036854775808)
### floats in every form
print(1.0, .5, 5., 1e3, 1E-3, 1.5e+10, 1_0.0_1, 0.1 + 0.2)
### floats print their shortest repr
print(1e16, 1e15, 123456789.123, 1e-5, 0.0001, 1e22, 1e100, -0.0)
### infinities and nan
print(float('inf'), float('-inf'), float('nan'), 1e999, -1e999)
### float repr keeps the point
print(1.0, 100.0, 1e5, 12345678.0, 3.14)
### booleans and None
print(True, False, None, True + True, None is None)
### ellipsis
print(..., Ellipsis, ... is Ellipsis)
### strings in single and double quotes
print('a', "b", 'say "hi"', "it's")
### triple-quoted strings keep their lines
print('''one
two''', """three
  four""")
### escapes
print('a\tb\\c\'d\"e\x41\u03b1\U0001F600\101')
### a newline escape
print('one\ntwo')
### an escaped line end joins lines
print('one \
two')
### unknown escapes stay
print(len(r'\d'), '\\d', len('\\'))
### raw strings
print(r'\n\t', R"C:\dir", r'\'')
### adjacent strings are joined
print('a' 'b' "c" r'\d')
x = ('one '
     'two')
print(x)
### unicode text
print('αβγ', len('αβγ'), 'naïve'.upper(), '名前'[1])
### repr chooses its quotes
print(repr('a'), repr("it's"), repr('say "hi"'), repr('both \' and "'))
### repr escapes
print(repr('a\nb\t\\\x00\x1b\x7f'))
### repr keeps printable unicode
print(repr('αβ é'), repr('\u200b'), ascii('é'))
### tuples
print((), (1,), (1, 2), 1, 2)
t = 1, 2, 3
print(t)
### lists
print([], [1], [1, [2, [3]]], [None, True, 'a', 1.5])
### dicts keep their order
d = {'b': 1, 'a': 2, 3: 'c', (1, 2): None}
print(d, {})
### a repeated key keeps its place and takes the last value
print({'a': 1, 'b': 2, 'a': 3})
### sets
print({1}, set(), sorted({3, 1, 2, 1}))
### displays with unpacking
a = [1, 2]
print([*a, 3], (*a, *a), {**{'x': 1}, 'y': 2, **{'x': 3}}, sorted({*a, 9}))
### trailing commas
print([1, 2,], (1, 2,), {'a': 1,}, sorted({1, 2,}))
### nested quotes in containers
print(["it's", 'a"b', ("x",)])
### comments and blank lines
x = 1  # a comment

# another
print(x)  # the end
### a semicolon separates statements
x = 1; y = 2; print(x + y)
### lines are joined by brackets and backslashes
x = (1 +
     2)
y = 1 + \
    2
print(x, y, [1,

  2])  # done
### True as a dict key equals 1
print({1: 'a', True: 'b', 1.0: 'c'})
### a docstring is a statement
"""doc"""
print('after')
### int and str of large numbers
print(10 ** 18, 2 ** 62, -(2 ** 62), 123456789 * 1000)
