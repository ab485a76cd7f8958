### searching
import re
print(re.findall(r'\w+', 'the cat sat'), re.match(r'(?P<a>\d+)-(?P=a)', '12-12'), re.search('x', 'abc'), re.fullmatch('a|ab', 'ab'))
m = re.search(r'(?P<heads>\d+)x(\d+)(y)?', 'shape 8x64')
print(m, m[0], m['heads'], m.group(1, 2), m.groups(), m.groups('-'), m.groupdict(), m.span(2), m.span(3), m.start(), m.end('heads'), m.lastindex, m.lastgroup, bool(m))
print(m.expand(r'\2-\g<heads>\n'), m.re.pattern, m.string, m.pos, m.endpos, m.regs)
try: m.group(7)
except IndexError as e: print(e)
### empty matches
import re
print(re.findall('', 'abc'), re.sub('x*', '-', 'abxd'), [m.span() for m in re.finditer('a*', 'baac')], re.split('x*', 'axbc'))
print(re.findall(r'\b', 'a b'), re.sub(r'^|$', '|', 'a\nb', flags=re.M), re.findall(r'(?m)^', 'a\n'), re.sub('a|', 'x', 'bab'))
print(re.findall(r'a|(?=b)', 'ab'), re.split(r'(?<=,)', 'a,b,'), re.findall(r'$', 'a\n'), re.findall(r'\Z', 'a\n'))
### replacing
import re
print(re.sub(r'(\w+) (\w+)', r'\2 \g<1>', 'a b c d'), re.sub('a', 'b', 'aaa', count=2), re.subn('a', 'b', 'banana'))
print(re.sub('t+', lambda m: str(len(m[0])), 'atten t'), repr(re.sub('a', r'\\\n\t\x', 'a') if 0 else re.sub('a', r'\\\n\t', 'a')), re.sub('(a)|(b)', r'[\1\2]', 'ab'))
for t in (r'\2', r'\g<n', r'\g<1', r'\q', r'\g<x>', '\\'):
    try: print(re.sub('(a)', t, 'a'))
    except (re.error, IndexError) as e: print(type(e).__name__, e)
### splitting, patterns, flags
import re
print(re.split(r'(,)\s*', 'a, b,c'), re.split(',', 'a,b,c', maxsplit=1), re.split('(x)|,', 'a,bxc'))
p = re.compile('A.b', re.I | re.S)
print(p, p.match('a\nB'), p.flags, p.groups, re.I, re.I | re.M, re.compile(p) is p, re.compile('A.b', re.I | re.S) == p, isinstance(p, re.Pattern))
print(re.compile('b').match('abc', 1), re.compile('^b').match('abc', 1), re.compile('c').search('abc', 0, 2), re.compile('b$').search('abc', 0, 2))
print(re.findall(r'''(?x) a  # first
   \ b [ #]''', 'a ba b#'), re.findall('(?i:a)b', 'AbAB'), re.findall('a.c', 'a\nc', re.DOTALL), re.findall('(?s:.)', '\n'))
print(re.escape('a.b*c-d e'), re.findall(r'\d+', '٣4'), re.findall(r'\d+', '٣4', re.A), re.findall(r'[\W\d]', 'a1 _'), re.findall(r'[^\S\d]', 'a1 _'))
print(re.match('é+', 'ééa').span(), re.search('b', 'éàb').span(), re.findall('(?i)É', 'éÉ'), re.findall(r'\w', 'é_中1²'))
### groups of all kinds
import re
print(re.match(r'(a)(?:b)(?=c)', 'abc').groups(), re.findall(r'(?<!a)b', 'abcb'), re.match(r'(a)?b(?(1)c|d)', 'abc'), re.match(r'(a)?b(?(1)c|d)', 'bd'))
print(re.match(r'(a|b)*', 'ab').groups(), re.match(r'((a)|b)*', 'ab').groups(), re.match(r'(a*?)(a*)', 'aa').groups(), re.match(r'(?>a*)a', 'aa'), re.match('a++b', 'aab'))
print(re.match(r'x{2}', 'xxx'), re.match('x{,2}', 'xxx'), re.match('x{1,}', 'xxx'), re.match('x{a}', 'x{a}'), re.match('{', '{'), re.match('x{2,3}?', 'xxx'))
print(re.match(r'[]a]+', ']a]'), re.match(r'[^]]', 'a'), re.match(r'[a\-z]+', '-az'), re.match(r'[\x41-\u0043]+', 'ABCD'), re.match(r'\x41\101\0?', 'AA'))
### errors
import re
for p in ('(a', 'a)', '*a', 'a**', '[a', '[b-a]', r'\q', '(?P<1>a)', '(?P<a>x)(?P<a>y)', '(?P=b)', r'\1', '(?<=a*)b', 'a{3,2}', '(?z)', 'a(?i)', '(?P<a', '\\', '(?', '^*', r'(\1)', '(?#', '(?<a>b)', '(?(1)a|b|c)', r'[\d-z]', r'\x4', '(?-i)', 'a\n(', '(?P>x)', '(?i-i:a)', '[a-\\d]', '()(?(2)a)'):
    try: print(p, re.compile(p))
    except re.error as e: print(repr(p), '|', e, '|', e.pos, e.lineno, e.colno)
for f in (lambda: re.match(3, 'a'), lambda: re.match('a', 3), lambda: re.compile(re.compile('a'), re.I), lambda: re.sub('a', 3, 'a')):
    try: f()
    except (TypeError, ValueError) as e: print(type(e).__name__)
### what tokenizers do
import re
pat = re.compile(r"""'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\s\w]+|\s+(?!\S)|\s+""")
print(pat.findall("Hello world's 123  it's!\n ok"))
text = 'Hello, world. Is this-- a test?'
print([t for t in re.split(r'([,.:;?_!"()\']|--|\s)', text) if t.strip()], re.sub(r'\s+([,.?!"()\'])', r'\1', 'a , b .'))
print(re.sub('[^A-Za-z]+', ' ', 'The Time Machine, by H. G. Wells').strip().lower())
### warnings by pattern
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); warnings.filterwarnings('ignore', '.*in exp'); warnings.warn('overflow in exp'); warnings.warn('other')
print([str(x.message) for x in w])
