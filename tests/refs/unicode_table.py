"""A developer's tool: writes src/base/unicode_table.h, what CPython's unicodedata knows and utf8proc
does not: widths of East Asian scripts, and what characters are worth as numbers."""
import unicodedata
from fractions import Fraction

every = range(0x110000)


def widths():
    rows = []
    for c in every:
        w = unicodedata.east_asian_width(chr(c))
        if rows and rows[-1][1] == c - 1 and rows[-1][2] == w:
            rows[-1][1] = c
        elif w != 'N':
            rows.append([c, c, w])
    return [f'{{{a:#x}, {b:#x}, WIDTH_{w.upper()}}}' for a, b, w in rows]


def numbers():
    """Runs whose values rise by the same step; decimal digits are told by their category."""
    rows = []
    for c in every:
        value = unicodedata.numeric(chr(c), None)
        if value is None or unicodedata.category(chr(c)) == 'Nd':
            continue
        f = Fraction(value).limit_denominator(1000)
        kind = (f.denominator, unicodedata.digit(chr(c), None) is not None)
        if rows and rows[-1]['last'] == c - 1 and rows[-1]['kind'] == kind:
            run = rows[-1]
            step = f.numerator - run['value']
            if run['first'] == run['last']:
                run['step'] = step
            if step == run['step'] * (c - run['first']):
                run['last'] = c
                continue
        rows.append(dict(first=c, last=c, value=f.numerator, step=0, kind=kind))
    return [f'{{{r["first"]:#x}, {r["last"]:#x}, {r["value"]}, {r["step"]}, {r["kind"][0]}, '
            f'{int(r["kind"][1])}}}' for r in rows]


def table(name, row, rows):
    text, line = f'static const {row} {name}[] = {{\n', '   '
    for r in rows:
        if len(line) + len(r) + 2 > 99:
            text, line = text + line + '\n', '   '
        line += f' {r},'
    return text + line + '\n};\n'


with open('src/base/unicode_table.h', 'w') as out:
    out.write('/* Made by tests/refs/unicode_table.py from Unicode '
              f'{unicodedata.unidata_version}; for unicode.c alone. */\n/* clang-format off */\n')
    out.write(table('widths', 'WidthRow', widths()))
    out.write(table('numbers', 'NumberRow', numbers()))
