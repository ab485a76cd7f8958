### case
print('Hello'.upper(), 'Hello'.lower(), 'hello world'.title(), 'hELLO'.capitalize(), 'aB'.swapcase(), 'ß'.casefold())
### strip
print('[' + '  a '.strip() + ']', 'xxaxx'.strip('x'), 'abcba'.lstrip('ab'), 'abcba'.rstrip('ba'), '\t\na\n'.strip())
### split
print('a b  c'.split(), 'a,b,,c'.split(','), 'a-b-c'.split('-', 1), 'a-b-c'.rsplit('-', 1), ''.split(), ''.split(','), '  a '.split())
### splitlines
print('a\nb\r\nc'.splitlines(), 'a\n\nb\n'.splitlines(), 'a\nb'.splitlines(keepends=True))
### join
print(','.join(['a', 'b']), ''.join(c for c in 'xyz'), '-'.join('abc'), ', '.join([]), ' '.join(map(str, range(3))))
### join of what is no string
try:
    ','.join(['a', 1])
except TypeError as e:
    print(type(e).__name__, e)
### replace
print('aaa'.replace('a', 'b'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), 'abc'.replace('x', 'y'))
### find and index
print('hello'.find('l'), 'hello'.rfind('l'), 'hello'.find('x'), 'hello'.index('e'), 'hello'.find('l', 3), 'hello'.find('', 2), 'hello'.rindex('o'))
### index of what is missing
try:
    'abc'.index('z')
except ValueError as e:
    print(type(e).__name__, e)
### count
print('banana'.count('a'), 'banana'.count('an'), 'aaaa'.count('aa'), 'abc'.count(''))
### startswith and endswith
print('hello'.startswith('he'), 'hello'.endswith('lo'), 'hello'.startswith(('x', 'h')), 'hello'.startswith('l', 2), 'a'.endswith(''))
### tests
print('12'.isdigit(), 'ab'.isalpha(), 'a1'.isalnum(), ' \t'.isspace(), 'ab'.islower(), 'AB'.isupper(), ''.isdigit(), 'x_1'.isidentifier(), 'Ab'.istitle(), '²'.isdigit(), '½'.isnumeric())
### justify
print('[' + 'a'.ljust(3) + ']', '[' + 'a'.rjust(3, '*') + ']', '[' + 'a'.center(4, '-') + ']', '42'.zfill(5), '-42'.zfill(5), 'abc'.center(2), 'ab'.center(5))
### partition
print('a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('-'), 'abc'.rpartition('-'))
### removeprefix and removesuffix
print('prefix_x'.removeprefix('prefix_'), 'x.py'.removesuffix('.py'), 'x'.removeprefix('y'))
### expandtabs
print('a\tb'.expandtabs(4), '\t|'.expandtabs())
### translate and maketrans
print('hello'.translate(str.maketrans('el', 'ip')), 'abc'.translate(str.maketrans('', '', 'b')), 'ab'.translate({97: 'x', 98: None}))
### comparison and membership
print('a' < 'b' < 'c', 'abc' == 'ab' + 'c', 'ell' in 'hello', 'A' < 'a', '' < 'a', 'é' > 'z')
### indexing and slicing unicode
s = 'αβγδ'
print(s[1], s[-1], s[1:3], s[::-1], len(s), s.index('γ'), s.find('δ'))
### iteration
print(list('añb'), [c for c in 'xy'], sorted('bca'), ''.join(reversed('abc')))
### repetition and building
s = ''
for i in range(3):
    s += str(i) + ' '
print(s * 2, '-' * 10, 'ab' * 0 == '')
### multiline text
text = """
first
    second
"""
print(text.strip().split('\n'), [l.strip() for l in text.splitlines() if l])
### methods chain
print('  Hello, World '.strip().lower().replace(',', '').split())
### immutability
s = 'abc'
try:
    s[0] = 'x'
except TypeError as e:
    print(e)
### str of types
print(str(int), str(ValueError('x')), str(print) == repr(print))
### format with a mapping
print('{a}-{b}'.format(**{'a': 1, 'b': 2}), '{x.real} {y[k]}'.format(x=3, y={'k': 'v'}), '{0} {0}'.format('r'), '{{}}'.format())
### format_map
print('{a} {b}'.format_map({'a': 1, 'b': 2}))
### format errors
for f in (lambda: '{}'.format(), lambda: '{x}'.format(), lambda: '{0} {}'.format(1, 2)):
    try:
        f()
    except (IndexError, KeyError, ValueError) as e:
        print(type(e).__name__, e)
### percent formatting widths and flags
print('[%5d] [%-5d] [%05d] [%5.1f] [%.3s] [%5s] [%-5s] [%+d] [% d] [%x] [%o] [%X] [%c] [%g]' % (42, 42, 42, 3.14159, 'abcdef', 'ab', 'ab', 5, 5, 255, 8, 255, 'z', 0.0001))
### percent with a star and a tuple
print('%*d|' % (5, 42), '%s' % ((1, 2),), '%s %s' % ('a', [1]), '%d%%' % 50)
### percent errors
for f in (lambda: '%d' % 'a', lambda: '%s %s' % 'a', lambda: '%s' % (1, 2)):
    try:
        f()
    except TypeError as e:
        print(type(e).__name__, e)
### ord, chr and sorting by them
print([ord(c) for c in 'Az'], ''.join(chr(ord('a') + i) for i in range(5)))
### escapes in repr of strings in lists
print(['a\n', "q'", 'é', '\\'])
### zip characters
print([a + b for a, b in zip('abc', 'xyz')], dict(zip('ab', 'cd')))
### str is a class
print(isinstance('a', str), str.upper('abc'), list(map(str.strip, [' a ', 'b '])), ' '.join(map(str.capitalize, ['x', 'y'])))
### the vocabulary of a text
text = 'the cat sat on the mat'
vocab = {w: i for i, w in enumerate(sorted(set(text.split())))}
print(vocab, [vocab[w] for w in text.split()])
### encode and decode characters
chars = sorted(set('hello world'))
stoi = {c: i for i, c in enumerate(chars)}
itos = {i: c for c, i in stoi.items()}
enc = lambda s: [stoi[c] for c in s]
dec = lambda l: ''.join(itos[i] for i in l)
print(enc('hello'), dec(enc('hello')))
