### values
x = 3
print(f'{x} {x + 1} {"a"} {[1, 2]} {None}')
### braces
print(f'{{}} {{{1}}}')
### fixed decimals
print(f'{3.14159:.2f} {2:.1f} {0.5:.0f} {1.5:.0f} {2.5:.0f} {1e10:.3f}')
### width and alignment
print(f'[{1:5}] [{"a":5}] [{1:<5}] [{"a":>5}] [{"a":^5}] [{1:^5}]')
### fill characters
print(f'{1:*>5} {"a":-^7} {3:0<4} {"x":.<3}')
### zero padding
print(f'{42:05} {-42:05} {3.5:08.2f} {7:03d}')
### signs
print(f'{1:+} {-1:+} {1: } {-1: } {1.5:+.1f} {0:+}')
### thousands
print(f'{1234567:,} {1234567.891:,.2f} {1234567:_} {999:,}')
### bases
print(f'{255:x} {255:X} {255:#x} {255:o} {255:#o} {5:b} {5:#b} {5:08b} {255:c}')
### exponents
print(f'{12345.678:e} {12345.678:.2e} {0.00012:.1E} {0:e}')
### general format
print(f'{0.0001:g} {1e10:g} {123456789:g} {1.5:g} {100000:g} {1000000:g} {0.1 + 0.2:.3g}')
### percent
print(f'{0.256:%} {0.256:.1%} {1:.0%}')
### strings cut to a precision
print(f'{"abcdef":.3} [{"abcdef":8.3}] [{"abc":>6.2}]')
### conversions
s = "it's"
print(f'{s!r} {s!s} {"é"!a} {[s]!r:>10}')
### conversion and width
print(f'[{"a"!r:>6}]')
### self-documenting fields
x, y = 3, 4.5
print(f'{x=} {y=} {x + y = } {x=:>5} {y=:.2f} {x=!s}')
### nested specs
w, p = 10, 3
print(f'[{3.14159:{w}.{p}f}] [{"a":{"*"}^{w}}]')
### expressions with quotes and brackets
d = {'a': 1, 'b': [1, 2]}
print(f'{d["a"]} {d["b"][1]} {len(d)} {sorted(d)}')
### conditional and lambda in brackets
x = 1
print(f'{"yes" if x else "no"} {(lambda a: a + 1)(2)}')
### calls with keyword arguments
print(f'{"a,b".split(sep=",")} {max(1, 2)} {dict(a=1)}')
### triple-quoted f-strings
x = 1
print(f'''{x}
{x + 1}
{
    x + 2
}''')
### concatenation with plain strings
x = 1
print('a' f'{x}' "b{x}" f"{x!r}")
### raw f-strings
x = 1
print(rf'\d{x}\n' fr'\{x}')
### escapes in f-strings
x = 1
print(f'\t{x}\n\x41{x}\u03b1')
### format spec of bools and None
print(f'{True} {True:d} {True:5} {None} {None!s:>6}')
### inf and nan
print(f'{float("inf"):.2f} {float("nan"):6.1f} {float("-inf"):+} {float("inf"):5}|')
### comparison in a field
a, b = 1, 2
print(f'{a == b} {a != b} {a <= b}')
### walrus in brackets, a spec without
x = 1
print(f'{(y := 5)} {y} {x:=5}|')
### f-string inside an f-string
x = 3
print(f'{f"{x:>3}"}|{f"{x}" + f"{x + 1}"}')
### negative zero and rounding
print(f'{-0.0:.1f} {-0.04:.1f} {0.05:.1f} {0.15:.1f} {0.25:.1f} {2.675:.2f}')
### default float format
print(f'{1.0} {1e20} {0.1} {1e-7} {123456.789}')
### str.format
print('{} {}'.format(1, 2), '{1} {0}'.format(1, 2), '{a} {b:.2f}'.format(a=1, b=2), '{0[1]} {1.real}'.format([1, 2], 3))
### str.format with spec and conversion
print('{:>5}|{:<5}|{!r:^7}|{:,}'.format(1, 2, 'a', 10000))
### format function
print(format(3.14159, '.2f'), format(255, 'x'), format('a', '>3'), format(5), format(1234, ','))
### objects with __format__
class P:
    def __format__(self, spec):
        return 'P<' + spec + '>'
print(f'{P()} {P():abc}', format(P(), 'z'))
### objects without __format__ use str
class Q:
    def __str__(self):
        return 'q'
    def __repr__(self):
        return 'Q()'
print(f'{Q()} {Q()!r} {Q()!s:>3} {[Q()]}')
### tuple in a field
print(f'{1, 2} {(1, 2)}')
### empty spec
x = 2.5
print(f'{x:} {x!s:}')
### unknown format code
try:
    f'{1:q}'
except ValueError as e:
    print(type(e).__name__, e)
try:
    f'{"a":d}'
except ValueError as e:
    print(type(e).__name__, e)
### width with unicode
print(f'[{"α":>3}] [{"é":^5}]')
### grouping with width
print(f'{1234567:>12,} {1234567:012,d} {1234.5:>+12,.1f}')
### int with float codes
print(f'{3:.2f} {3:e} {3:g} {3:%}')
### alignment after sign
print(f'{-5:=6} {5:=+6} {-5:0=6}')
