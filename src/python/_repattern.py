"""Python's regular expressions in PCRE2's syntax, with sre's errors.

A pattern is read as CPython's re reads it; every part becomes text that means the same to PCRE2,
with the least and most characters that it matches, which lookbehinds need. What PCRE2 cannot
say is an error.
"""
I, L, M, S, U, X, A = 2, 4, 8, 16, 32, 64, 256
_LETTERS = {'i': I, 'L': L, 'm': M, 's': S, 'x': X, 'a': A, 'u': U}
_MANY = 4294967295
_MOST = 65535  # PCRE2's own bound of a repeat
_WIDE = 1 << 30
_DIGITS, _OCTAL, _HEX = '0123456789', '01234567', '0123456789abcdefABCDEF'
_ESCAPES = {'a': 7, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11, '\\': 92}
_SPACE = r'\x{9}-\x{d} '
_UNICODE = {'d': r'\d', 'w': r'\w', 's': r'\s\x{1c}-\x{1f}\x{85}'}
_ASCII = {'d': '0-9', 'w': 'A-Za-z0-9_', 's': _SPACE}
_BOUNDARY = r'(?:(?<=[{0}])(?![{0}])|(?<![{0}])(?=[{0}]))'


class error(Exception):
    """What is wrong with a pattern: msg, pattern, pos, lineno, colno."""
    __module__ = 're'

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            msg = f'{msg} at position {pos}'
            self.lineno = pattern.count('\n', 0, pos) + 1
            self.colno = pos - pattern.rfind('\n', 0, pos)
            if '\n' in pattern:
                msg = f'{msg} (line {self.lineno}, column {self.colno})'
        super().__init__(msg)


def literal(code):
    """One character as PCRE2 text, inside and outside of a class."""
    c = chr(code)
    if c.isalnum() and code < 128 or c == '_':
        return c
    return f'\\x{{{code:x}}}'


class Node:
    """Text, least and most width, and what it is: '' or 'at', 'repeat', 'nothing'."""

    def __init__(self, text, low=0, high=0, kind=''):
        self.text, self.low, self.high, self.kind = text, low, high, kind


class Parser:
    """Reads one pattern; groups, names and widths are known afterwards."""

    def __init__(self, pattern, flags):
        self.pattern, self.flags, self.at = pattern, flags, 0
        self.groups = 0
        self.names = {}
        self.widths = {}   # of the groups that are closed
        self.parents = {}
        self.open = []
        self.looked = False  # a group stands inside of a lookaround
        self.behind = []     # groups at the start of each lookbehind that is open
        self.look = 0
        self.late = []       # conditions on groups that come later, with their places
        self.uneven = False  # a lookbehind has no fixed width: said when all is read

    # ---- characters

    def peek(self):
        if self.at >= len(self.pattern):
            return ''
        if self.pattern[self.at] == '\\':
            if self.at + 1 >= len(self.pattern):
                raise error('bad escape (end of pattern)', self.pattern, len(self.pattern) - 1)
            return self.pattern[self.at:self.at + 2]
        return self.pattern[self.at]

    def get(self):
        this = self.peek()
        self.at += len(this)
        return this

    def match(self, text):
        if self.peek() == text:
            self.at += len(text)
            return True
        return False

    def getwhile(self, n, charset):
        start = self.at
        while self.at < len(self.pattern) and self.at - start < n and \
                self.pattern[self.at] in charset:
            self.at += 1
        return self.pattern[start:self.at]

    def getuntil(self, end, name):
        start = self.at
        while True:
            c = self.get()
            if not c:
                if self.at == start:
                    raise self.error('missing ' + name)
                raise self.error(f'missing {end}, unterminated name', self.at - start)
            if c == end:
                if self.at - len(end) == start:
                    raise self.error('missing ' + name, 1)
                return self.pattern[start:self.at - len(end)]

    def error(self, msg, back=0):
        return error(msg, self.pattern, self.at - back)

    def name(self, name, offset):
        if not name.isidentifier():
            raise self.error(f'bad character in group name {name!r}', len(name) + offset)

    # ---- escapes

    def hexed(self, escape, digits):
        escape += self.getwhile(digits, _HEX)
        if len(escape) != digits + 2:
            raise self.error(f'incomplete escape {escape}', len(escape))
        code = int(escape[2:], 16)
        if code > 0x10ffff:
            raise self.error(f'bad escape {escape}', len(escape))
        return code

    def named(self):
        if not self.match('{'):
            raise self.error('missing {')
        name = self.getuntil('}', 'character name')
        import unicodedata
        try:
            return ord(unicodedata.lookup(name))
        except KeyError:
            raise self.error(f'undefined character name {name!r}', len(name) + len(r'\N{}'))

    def common(self, escape):
        """The code point of an escape that means a character everywhere, or None."""
        c = escape[1]
        if c == 'x':
            return self.hexed(escape, 2)
        if c == 'u':
            return self.hexed(escape, 4)
        if c == 'U':
            return self.hexed(escape, 8)
        if c == 'N':
            return self.named()
        return _ESCAPES.get(c)

    def sets(self):
        return _ASCII if self.flags & A else _UNICODE

    def category(self, c):
        inner = self.sets()[c.lower()]
        return f'[^{inner}]' if c.isupper() else f'[{inner}]'

    def class_escape(self, escape):
        """A code point, or the letter of a category."""
        c = escape[1]
        if c in 'dDwWsS':
            return c
        if c == 'b':
            return 8
        code = self.common(escape)
        if code is not None:
            return code
        if c in _OCTAL:
            escape += self.getwhile(2, _OCTAL)
            code = int(escape[1:], 8)
            if code > 0o377:
                raise self.error(f'octal escape value {escape} outside of range 0-0o377',
                                 len(escape))
            return code
        if c in _DIGITS or c.isalpha() and c.isascii():
            raise self.error(f'bad escape {escape}', len(escape))
        return ord(c)

    def escape(self, escape):
        c = escape[1]
        if c in 'dDwWsS':
            return Node(self.category(c), 1, 1)
        if c == 'A':
            return Node(r'\A', kind='at')
        if c == 'Z':
            return Node(r'\z', kind='at')
        if c in 'bB':
            return self.boundary(c)
        code = self.common(escape)
        if code is None and c == '0':
            code = int((escape + self.getwhile(2, _OCTAL))[1:], 8)
        if code is None and c in _DIGITS:
            return self.group_escape(escape)
        if code is None:
            if c.isalpha() and c.isascii():
                raise self.error(f'bad escape {escape}', len(escape))
            code = ord(c)
        return Node(literal(code), 1, 1)

    def boundary(self, c):
        """Of an empty text neither \\b nor \\B is true."""
        text = _BOUNDARY.format(_ASCII['w']) if self.flags & A else r'\b'
        return Node(text if c == 'b' else f'(?:(?!{text})(?!\\A\\z))', kind='at')

    def group_escape(self, escape):
        if self.peek()[:1] and self.peek() in tuple(_DIGITS):
            escape += self.get()
            if escape[1] in _OCTAL and escape[2] in _OCTAL and self.peek() in tuple(_OCTAL):
                escape += self.get()
                code = int(escape[1:], 8)
                if code > 0o377:
                    raise self.error(f'octal escape value {escape} outside of range 0-0o377',
                                     len(escape))
                return Node(literal(code), 1, 1)
        return self.reference(int(escape[1:]), len(escape) - 1)

    def reference(self, group, back):
        if group > self.groups:
            raise self.error(f'invalid group reference {group}', back)
        if group in self.open:
            raise self.error('cannot refer to an open group', back + 1)
        self.check_behind(group)
        low, high = self.widths[group]
        return Node(f'\\g{{{group}}}', low, high)

    def check_behind(self, group):
        if self.behind and group not in self.widths:
            raise self.error('cannot refer to an open group')
        if self.behind and group > self.behind[-1]:
            raise self.error('cannot refer to group defined in the same lookbehind subpattern')

    # ---- classes

    def one(self, this, start):
        """The next item of a class: a code point or the letter of a category."""
        if not this:
            raise self.error('unterminated character set', self.at - start)
        return self.class_escape(this) if this[0] == '\\' else ord(this)

    def char_class(self):
        start = self.at - 1
        negate = self.match('^')
        items, outside, first = [], [], True
        while True:
            here = self.at
            this = self.get()
            if this == ']' and not first:
                break
            first = False
            low = self.one(this, start)
            if not self.match('-'):
                self.add_item(items, outside, low)
                continue
            that = self.get()
            if not that:
                raise self.error('unterminated character set', self.at - start)
            if that == ']':
                self.add_item(items, outside, low)
                items.append(literal(45))
                break
            high = self.one(that, start)
            if isinstance(low, str) or isinstance(high, str) or high < low:
                text = self.pattern[here:self.at]
                raise self.error(f'bad character range {text}', len(text))
            items.append(f'{literal(low)}-{literal(high)}')
        return Node(self.class_text(''.join(items), outside, negate), 1, 1)

    def add_item(self, items, outside, item):
        if isinstance(item, int):
            items.append(literal(item))
        elif item.islower():
            items.append(self.sets()[item])
        else:
            outside.append(f'[^{self.sets()[item.lower()]}]')

    @staticmethod
    def class_text(inner, outside, negate):
        """Classes that are the complement of a category stand beside the class, not in it."""
        if not outside:
            return f"[{'^' if negate else ''}{inner}]"
        parts = outside + ([f'[{inner}]'] if inner else [])
        either = '|'.join(parts)
        return f'(?:(?!{either})(?s:.))' if negate else f'(?:{either})'

    # ---- repeats

    def bounds(self, this):
        """(least, most) of a repeat that begins with `this`; None for a { that is a character."""
        if this == '?':
            return 0, 1
        if this == '*':
            return 0, _MANY
        if this == '+':
            return 1, _MANY
        here = self.at
        if self.peek() == '}':
            return None
        low = high = self.getwhile(99, _DIGITS)
        if self.match(','):
            high = self.getwhile(99, _DIGITS)
        if not self.match('}'):
            self.at = here
            return None
        least, most = int(low or 0), int(high) if high else _MANY
        if least >= _MANY or (high and most >= _MANY):
            raise OverflowError('the repetition number is too large')
        if most < least:
            raise self.error('min repeat greater than max repeat', self.at - here)
        return least, most

    def repeat(self, this, item, here):
        found = self.bounds(this)
        if found is None:
            return None
        least, most = found
        if item is None or item.kind in ('at', 'nothing'):
            raise self.error('nothing to repeat', self.at - here)
        if item.kind == 'repeat':
            raise self.error('multiple repeat', self.at - here)
        if least > _MOST or _MOST < most < _MANY:
            raise self.error(f'qkv: a repeat of more than {_MOST}', self.at - here)
        if (least, most) in ((0, 1), (0, _MANY), (1, _MANY)):
            text = {1: '?', _MANY: '+' if least else '*'}[most]
        else:
            text = f"{{{least},{'' if most == _MANY else most}}}"
        if self.match('?'):
            text += '?'
        elif self.match('+'):
            text += '+'
        return Node(f'(?:{item.text}){text}', min(item.low * least, _WIDE),
                    min(item.high * most, _WIDE), 'repeat')

    # ---- alternatives and sequences

    def alternatives(self, nested, verbose):
        start, branches = self.at, []
        while True:
            branches.append(self.sequence(verbose, not nested and not branches))
            if not self.match('|'):
                break
        text = '|'.join(b.text for b in branches)
        return Node(text, min(b.low for b in branches), max(b.high for b in branches))

    def skip_verbose(self, this):
        if this in ' \t\n\r\v\f' and this:
            return True
        if this == '#':
            while True:
                c = self.get()
                if not c or c == '\n':
                    return True
        return False

    def sequence(self, verbose, first):
        items = []
        while True:
            this = self.peek()
            if this in ('', '|', ')'):
                break
            here = self.at
            self.get()
            if verbose and self.skip_verbose(this):
                continue
            if this in ('*', '+', '?', '{'):
                made = self.repeat(this, items[-1] if items else None, here)
                if made is not None:
                    items[-1] = made
                    continue
            node = self.atom(this, here, verbose, first and not items)
            if node == 'verbose':
                verbose = True
            elif node is not None:
                items.append(node)
        return Node(''.join(n.text for n in items), min(sum(n.low for n in items), _WIDE),
                    min(sum(n.high for n in items), _WIDE))

    def atom(self, this, here, verbose, first):
        if this[0] == '\\':
            return self.escape(this)
        if this == '.':
            return Node('.', 1, 1)
        if this == '^':
            return Node('^', kind='at')
        if this == '$':
            return Node('$', kind='at')
        if this == '[':
            return self.char_class()
        if this == '(':
            return self.group(here, verbose, first)
        return Node(literal(ord(this)), 1, 1)

    # ---- groups

    def group(self, here, verbose, first):
        if not self.match('?'):
            return self.capture(None, here, verbose)
        c = self.get()
        if not c:
            raise self.error('unexpected end of pattern')
        if c == 'P':
            return self.python_group(here, verbose)
        if c == ':':
            return self.plain('(?:', here, verbose)
        if c == '>':
            return self.plain('(?>', here, verbose)
        if c == '#':
            while True:
                if self.at >= len(self.pattern):
                    raise self.error('missing ), unterminated comment', self.at - here)
                if self.get() == ')':
                    return None
        if c in '=!<':
            return self.lookaround(c, here, verbose)
        if c == '(':
            return self.conditional(here, verbose)
        if c in _LETTERS or c == '-':
            return self.flag_group(c, here, verbose, first)
        raise self.error('unknown extension ?' + c, len(c) + 1)

    def close(self, here):
        if not self.match(')'):
            raise self.error('missing ), unterminated subpattern', self.at - here)

    def plain(self, head, here, verbose):
        inner = self.alternatives(True, verbose)
        self.close(here)
        return Node(f'{head}{inner.text})', inner.low, inner.high)

    def capture(self, name, here, verbose):
        self.groups += 1
        number = self.groups
        if number > 9999:
            raise self.error('too many groups')
        if name is not None:
            if name in self.names:
                raise self.error(f'redefinition of group name {name!r} as group {number}; '
                                 f'was group {self.names[name]}', len(name) + 1)
            self.names[name] = number
        self.parents[number] = self.open[-1] if self.open else 0
        self.looked = self.looked or self.look > 0
        self.open.append(number)
        inner = self.alternatives(True, verbose)
        self.close(here)
        self.open.pop()
        self.widths[number] = (inner.low, inner.high)
        return Node(f'({inner.text})', inner.low, inner.high)

    def python_group(self, here, verbose):
        if self.match('<'):
            name = self.getuntil('>', 'group name')
            self.name(name, 1)
            return self.capture(name, here, verbose)
        if self.match('='):
            name = self.getuntil(')', 'group name')
            self.name(name, 1)
            if name not in self.names:
                raise self.error(f'unknown group name {name!r}', len(name) + 1)
            group = self.names[name]
            if group in self.open:
                raise self.error('cannot refer to an open group', len(name) + 1)
            self.check_behind(group)
            low, high = self.widths[group]
            return Node(f'\\g{{{group}}}', low, high)
        c = self.get()
        if not c:
            raise self.error('unexpected end of pattern')
        raise self.error('unknown extension ?P' + c, len(c) + 2)

    def lookaround(self, c, here, verbose):
        back = c == '<'
        if back:
            c = self.get()
            if not c:
                raise self.error('unexpected end of pattern')
            if c not in '=!':
                raise self.error('unknown extension ?<' + c, len(c) + 2)
            outer = self.behind[-1] if self.behind else self.groups
            self.behind.append(outer)
        self.look += 1
        inner = self.alternatives(True, verbose)
        self.look -= 1
        if back:
            self.behind.pop()
        self.close(here)
        self.uneven = self.uneven or (back and inner.low != inner.high)
        return Node(f"(?:(?{'<' if back else ''}{c}{inner.text}))")

    def conditional(self, here, verbose):
        name = self.getuntil(')', 'group name')
        if name.isidentifier():
            if name not in self.names:
                raise self.error(f'unknown group name {name!r}', len(name) + 1)
            group = self.names[name]
        else:
            if not name.isdigit():
                raise self.error(f'bad character in group name {name!r}', len(name) + 1)
            group = int(name)
            if not group:
                raise self.error('bad group number', len(name) + 1)
            if group > self.groups:
                # sre allows a group that comes later; it is checked at the end
                self.late.append((group, self.at - len(name) - 1))
        self.check_behind(group)
        yes = self.sequence(verbose, False)
        no = Node('')
        if self.match('|'):
            no = self.sequence(verbose, False)
            if self.peek() == '|':
                raise self.error('conditional backref with more than two branches')
        self.close(here)
        return Node(f'(?({group}){yes.text}|{no.text})', min(yes.low, no.low),
                    max(yes.high, no.high))

    def flag_group(self, c, here, verbose, first):
        add, drop = 0, 0
        if c != '-':
            while True:
                flag = _LETTERS[c]
                if c == 'L':
                    raise self.error("bad inline flags: cannot use 'L' flag with a str pattern")
                add |= flag
                if flag in (A, U) and add & A and add & U:
                    raise self.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible")
                c = self.get()
                if not c:
                    raise self.error('missing -, : or )')
                if c in ')-:':
                    break
                if c not in _LETTERS:
                    raise self.error('unknown flag' if c.isalpha() else 'missing -, : or )', len(c))
        if c == ')':
            return self.global_flags(add, here, first)
        if add & 128:
            raise self.error('bad inline flags: cannot turn on global flag', 1)
        if c == '-':
            drop = self.dropped()
        if add & drop:
            raise self.error('bad inline flags: flag turned on and off', 1)
        return self.local_flags(add, drop, here, verbose)

    def dropped(self):
        drop, c = 0, self.get()
        if not c:
            raise self.error('missing flag')
        if c not in _LETTERS:
            raise self.error('unknown flag' if c.isalpha() else 'missing flag', len(c))
        while True:
            if c in 'auL':
                raise self.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
            drop |= _LETTERS[c]
            c = self.get()
            if not c:
                raise self.error('missing :')
            if c == ':':
                return drop
            if c not in _LETTERS:
                raise self.error('unknown flag' if c.isalpha() else 'missing :', len(c))

    def global_flags(self, add, here, first):
        if not first or here != self.first:
            raise error('global flags not at the start of the expression', self.pattern, here)
        self.first = self.at
        self.flags |= add
        return 'verbose' if add & X else None

    def local_flags(self, add, drop, here, verbose):
        before = self.flags
        if add & (A | U):
            self.flags &= ~(A | U)
        self.flags = (self.flags | add) & ~drop
        inside = (verbose or add & X) and not drop & X
        inner = self.alternatives(True, bool(inside))
        self.close(here)
        self.flags = before
        on = ''.join(c for c in 'ims' if add & _LETTERS[c])
        off = ''.join(c for c in 'ims' if drop & _LETTERS[c])
        head = f"(?{on}{'-' + off if off else ''}:" if on or off else '(?:'
        return Node(f'{head}{inner.text})', inner.low, inner.high)

    # ---- all of it

    def parse(self):
        """The pattern in PCRE2's syntax."""
        self.first = 0
        node = self.alternatives(False, bool(self.flags & X))
        if self.peek() == ')':
            raise error('unbalanced parenthesis', self.pattern, self.at)
        for group, pos in self.late:
            if group > self.groups:
                raise error(f'invalid group reference {group}', self.pattern, pos)
        if self.uneven:
            raise error('look-behind requires fixed-width pattern')
        return node.text


def parse_template(template, pattern):
    """A replacement as a list of texts and group numbers."""
    parts, at, n = [], 0, len(template)

    def add(text):
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)

    def reference(group, pos):
        if group > pattern.groups:
            raise error(f'invalid group reference {group}', template, pos)
        parts.append(group)

    while at < n:
        cut = template.find('\\', at)
        if cut < 0:
            add(template[at:])
            break
        if cut > at:
            add(template[at:cut])
        if cut + 1 >= n:
            raise error('bad escape (end of pattern)', template, cut)
        c, at = template[cut + 1], cut + 2
        if c == 'g':
            at = _named(template, at, pattern, reference)
        elif c == '0':
            end = at
            while end < min(at + 2, n) and template[end] in _OCTAL:
                end += 1
            add(chr(int('0' + template[at:end], 8) & 0xff))
            at = end
        elif c in _DIGITS:
            end = at
            if end < n and template[end] in _DIGITS:
                end += 1
                if c in _OCTAL and template[at] in _OCTAL and end < n and template[end] in _OCTAL:
                    end += 1
                    code = int(template[cut + 1:end], 8)
                    if code > 0o377:
                        raise error(f'octal escape value \\{template[cut + 1:end]} outside of '
                                    'range 0-0o377', template, cut)
                    add(chr(code))
                    at = end
                    continue
            reference(int(template[cut + 1:end]), cut + 1)
            at = end
        elif c in 'abfnrtv\\':
            add('\\' if c == '\\' else chr({'a': 7, 'b': 8, 'f': 12, 'n': 10, 'r': 13, 't': 9,
                                            'v': 11}[c]))
        elif c.isalpha() and c.isascii():
            raise error(f'bad escape \\{c}', template, cut)
        else:
            add('\\' + c)
    return parts


def _named(template, at, pattern, reference):
    if template[at:at + 1] != '<':
        raise error('missing <', template, at)
    end = template.find('>', at)
    name = template[at + 1:end] if end >= 0 else template[at + 1:]
    if not name:
        raise error('missing group name', template, at + 1)
    if end < 0:
        raise error('missing >, unterminated name', template, at + 1)
    if name.isidentifier():
        if name not in pattern.groupindex:
            raise IndexError(f'unknown group name {name!r}')
        reference(pattern.groupindex[name], at + 1)
    else:
        if not (name.isdigit() and name.isascii()):
            raise error(f'bad character in group name {name!r}', template, at + 1)
        reference(int(name), at + 1)
    return end + 1
