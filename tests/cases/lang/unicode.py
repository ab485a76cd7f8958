### unicodedata: every character, in sums by block
import unicodedata as u
def told(f):
    sums = []
    for start in range(0, 0x3400, 0x400):
        s = 0
        for c in range(start, start + 0x400):
            if u.category(chr(c)) != 'Cn' and c not in (0xcf3, 0xece):
                for x in str(f(chr(c))): s = (s * 31 + ord(x)) % 1000003
        sums.append(s)
    return sums
print(told(u.category), told(u.combining), told(u.bidirectional), told(u.mirrored), told(u.east_asian_width), sep='\n')
print(told(lambda c: u.decimal(c, None)), told(lambda c: u.digit(c, None)), told(lambda c: u.numeric(c, None)), told(lambda c: (c.isdecimal(), c.isdigit(), c.isnumeric())), sep='\n')
for form in ('NFC', 'NFD', 'NFKC', 'NFKD'): print(told(lambda c: u.normalize(form, c)), told(lambda c: u.is_normalized(form, c)))
### unicodedata: as code uses it
import unicodedata, re
def strip(text): return ''.join(c for c in unicodedata.normalize('NFD', text) if unicodedata.category(c) != 'Mn')
print(strip('Crème Brûlée à Ångström'), unicodedata.normalize('NFKC', 'ﬁne ① ２ ℌ'), unicodedata.normalize('NFC', 'e\u0301').encode is not None, [unicodedata.category(c) for c in 'aA1 ,$\n\u4e00'], ascii(unicodedata.normalize('NFD', '각')))
print(unicodedata.digit('²'), unicodedata.numeric('½'), unicodedata.numeric('Ⅻ'), unicodedata.numeric('五'), unicodedata.numeric('億'), unicodedata.decimal('٣'), unicodedata.decimal('a', None), unicodedata.east_asian_width('한'), [unicodedata.bidirectional(c) for c in 'aא1'])
for f, a in [('category', ('ab',)), ('category', (3,)), ('decimal', ('a',)), ('decimal', ('ab',)), ('digit', ('a',)), ('numeric', ('a',)), ('numeric', (3,)), ('normalize', ('X', 'a')), ('combining', ('',)), ('is_normalized', ('X', 'a')), ('bidirectional', ('ab',)), ('east_asian_width', ('ab',))]:
    try: print(getattr(unicodedata, f)(*a))
    except Exception as e: print(type(e).__name__, e)
