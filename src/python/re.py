"""Regular expressions with Python's syntax and meaning; PCRE2 does the matching."""
import _pcre
from _repattern import Parser, error, parse_template

_NAMES = [(2, 'IGNORECASE'), (4, 'LOCALE'), (8, 'MULTILINE'), (16, 'DOTALL'), (32, 'UNICODE'),
          (64, 'VERBOSE'), (128, 'DEBUG'), (256, 'ASCII'), (1, 'TEMPLATE')]
_END = 9223372036854775807


class RegexFlag:
    """re.I and its like: they combine by |, and compare with ints."""

    def __init__(self, value):
        self.value = value

    def __repr__(self):
        if not self.value:
            return 're.NOFLAG'
        return '|'.join('re.' + name for bit, name in _NAMES if self.value & bit)

    def __int__(self):
        return self.value

    def __index__(self):
        return self.value

    def __bool__(self):
        return self.value != 0

    def __or__(self, other):
        return RegexFlag(self.value | int(other))

    def __and__(self, other):
        return RegexFlag(self.value & int(other))

    def __xor__(self, other):
        return RegexFlag(self.value ^ int(other))

    def __invert__(self):
        return RegexFlag(511 & ~self.value)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __eq__(self, other):
        return self.value == int(other) if isinstance(other, (int, RegexFlag)) else NotImplemented

    def __hash__(self):
        return hash(self.value)


NOFLAG = RegexFlag(0)
T = TEMPLATE = RegexFlag(1)
I = IGNORECASE = RegexFlag(2)
L = LOCALE = RegexFlag(4)
M = MULTILINE = RegexFlag(8)
S = DOTALL = RegexFlag(16)
U = UNICODE = RegexFlag(32)
X = VERBOSE = RegexFlag(64)
DEBUG = RegexFlag(128)
A = ASCII = RegexFlag(256)


def _text(string):
    if not isinstance(string, str):
        raise TypeError(f"expected string or bytes-like object, got '{type(string).__name__}'")
    return string


class Match:
    r"""What was found: group(), groups(), span(), and m[1], m['name'].

    >>> import re
    >>> m = re.search(r'(?P<heads>\d+)x(\d+)', 'shape 8x64')
    >>> m, m['heads'], m.groups(), m.span(2)
    (<re.Match object; span=(6, 10), match='8x64'>, '8', ('8', '64'), (8, 10))
    """

    def __init__(self, re, string, pos, endpos, spans):
        self.re, self.string, self.pos, self.endpos, self._spans = re, string, pos, endpos, spans

    def __repr__(self):
        return f'<re.Match object; span={self.span()}, match={self.group()!r}>'

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def _index(self, group):
        if isinstance(group, str):
            number = self.re.groupindex.get(group, -1)
        elif isinstance(group, int):
            number = int(group)
        else:
            number = -1
        if not 0 <= number <= self.re.groups:
            raise IndexError('no such group')
        return number

    def _group(self, number, default=None):
        start = self._spans[2 * number]
        return default if start < 0 else self.string[start:self._spans[2 * number + 1]]

    def group(self, *groups):
        """The text of the match, of a group by number or name, or of several."""
        if not groups:
            return self._group(0)
        found = tuple([self._group(self._index(g)) for g in groups])
        return found[0] if len(found) == 1 else found

    def __getitem__(self, group):
        return self._group(self._index(group))

    def groups(self, default=None):
        """The texts of all groups."""
        return tuple([self._group(i, default) for i in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        """The texts of the groups that have names."""
        return {name: self._group(i, default) for name, i in self.re.groupindex.items()}

    def start(self, group=0):
        return self._spans[2 * self._index(group)]

    def end(self, group=0):
        return self._spans[2 * self._index(group) + 1]

    def span(self, group=0):
        """(start, end) of the match or of a group; (-1, -1) for a group that took no part."""
        number = self._index(group)
        return self._spans[2 * number], self._spans[2 * number + 1]

    @property
    def regs(self):
        return tuple([self.span(i) for i in range(self.re.groups + 1)])

    def expand(self, template):
        """A replacement text with its groups filled in."""
        return self._filled(parse_template(_text(template), self.re))

    def _filled(self, parts):
        return ''.join([p if isinstance(p, str) else self._group(p, '') for p in parts])

    @property
    def lastindex(self):
        """The group that was closed last."""
        if self.re._looked:
            raise NotImplementedError('qkv: lastindex of a pattern with groups in a lookaround')
        best = None
        for i in range(1, self.re.groups + 1):
            if self._spans[2 * i] < 0:
                continue
            if best is None or self._spans[2 * i + 1] > self._spans[2 * best + 1] or \
                    (self._spans[2 * i + 1] == self._spans[2 * best + 1]
                     and not self._inside(i, best)):
                best = i
        return best

    def _inside(self, i, outer):
        while i:
            i = self.re._parents[i]
            if i == outer:
                return True
        return False

    @property
    def lastgroup(self):
        last = self.lastindex
        return next((name for name, i in self.re.groupindex.items() if i == last), None)


class Pattern:
    """A compiled pattern: match, search, findall, sub and the rest as methods."""

    def __init__(self, pattern, flags):
        parser = Parser(pattern, flags)
        text = parser.parse()
        self.pattern, self.groups, self.groupindex = pattern, parser.groups, parser.names
        self.flags = parser.flags if parser.flags & 256 else parser.flags | 32
        if self.flags & 256 and self.flags & 32:
            raise ValueError('ASCII and UNICODE flags are incompatible')
        self._parents, self._looked = parser.parents, parser.looked
        self._ascii_case = self.flags & 258 == 258
        if self._ascii_case and not pattern.isascii():
            raise NotImplementedError('qkv: re.ASCII with re.IGNORECASE and a pattern that is '
                                      'not ASCII')
        try:
            self._code = _pcre.compile(text, self.flags)
        except ValueError as e:
            raise error(f'not supported here: {e}', pattern, 0)

    def __repr__(self):
        flags = RegexFlag(self.flags & ~32)
        text = repr(self.pattern)
        if len(text) > 200:
            text = text[:200]
        return f're.compile({text}, {flags})' if flags else f're.compile({text})'

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def _spans(self, string, pos=0, endpos=_END, how=0, most=0):
        _text(string)
        if self._ascii_case and ('\u017f' in string or '\u212a' in string):
            raise NotImplementedError('qkv: re.ASCII with re.IGNORECASE and \u017f or \u212a')
        return _pcre.scan(self._code, string, pos, endpos, how, most)

    def _one(self, string, pos, endpos, how):
        found = self._spans(string, pos, endpos, how, 1)
        if not found:
            return None
        n = len(string)
        return Match(self, string, min(max(pos, 0), n), min(max(endpos, 0), n), found[0])

    def match(self, string, pos=0, endpos=_END):
        """A Match that begins at pos, or None."""
        return self._one(string, pos, endpos, 1)

    def fullmatch(self, string, pos=0, endpos=_END):
        """A Match of all of the string, or None."""
        return self._one(string, pos, endpos, 2)

    def search(self, string, pos=0, endpos=_END):
        """The first Match anywhere, or None."""
        return self._one(string, pos, endpos, 0)

    def finditer(self, string, pos=0, endpos=_END):
        """The Matches one after the other; they do not overlap."""
        n = len(_text(string))
        first, last = min(max(pos, 0), n), min(max(endpos, 0), n)
        return iter([Match(self, string, first, last, s) for s in self._spans(string, pos, endpos)])

    def findall(self, string, pos=0, endpos=_END):
        """The texts of all matches: of the only group if there is one, tuples if there are more."""
        found = self._spans(string, pos, endpos)
        if self.groups == 0:
            return [string[s[0]:s[1]] for s in found]
        if self.groups == 1:
            return [string[s[2]:s[3]] if s[2] >= 0 else '' for s in found]
        return [tuple([string[s[i]:s[i + 1]] if s[i] >= 0 else ''
                       for i in range(2, 2 * self.groups + 2, 2)]) for s in found]

    def split(self, string, maxsplit=0):
        """The texts between the matches, with those of the groups."""
        parts, at = [], 0
        if maxsplit < 0:
            return [_text(string)]
        for s in self._spans(string, most=maxsplit):
            parts.append(string[at:s[0]])
            for i in range(2, 2 * self.groups + 2, 2):
                parts.append(string[s[i]:s[i + 1]] if s[i] >= 0 else None)
            at = s[1]
        parts.append(string[at:])
        return parts

    def subn(self, repl, string, count=0):
        """(the string with every match replaced, how many there were)."""
        fill = None
        if not callable(repl):
            fill = parse_template(repl, self) if '\\' in _text(repl) else [repl]
        parts, at, n = [], 0, len(_text(string))
        if count < 0:
            return string, 0
        found = self._spans(string, most=count)
        for s in found:
            parts.append(string[at:s[0]])
            m = Match(self, string, 0, n, s)
            if fill is not None:
                parts.append(m._filled(fill))
            else:
                text = repl(m)
                if text is not None:
                    parts.append(text)
            at = s[1]
        parts.append(string[at:])
        return ''.join(parts), len(found)

    def sub(self, repl, string, count=0):
        """The string with every match replaced: by a text with \\1 and \\g<name>, or a function."""
        return self.subn(repl, string, count)[0]


_cache = {}


def compile(pattern, flags=0):
    """A Pattern.

    >>> import re
    >>> re.compile(r'w_[qkv]$').findall('w_q')
    ['w_q']
    """
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if not isinstance(pattern, str):
        raise TypeError('first argument must be string or compiled pattern')
    flags = int(flags)
    if flags & 4:
        raise ValueError('cannot use LOCALE flag with a str pattern')
    key = (pattern, flags)
    if key not in _cache:
        made = Pattern(pattern, flags)
        if len(_cache) >= 512:
            _cache.clear()
        _cache[key] = made
    return _cache[key]


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    r"""The texts between the matches.

    >>> import re
    >>> re.split(r'\W+', 'the cat, the mat')
    ['the', 'cat', 'the', 'mat']
    """
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    r"""The string with every match replaced.

    >>> import re
    >>> re.sub(r'(\w)(\w*)', r'\2\1', 'self attention'), re.sub('t+', lambda m: str(len(m[0])), 'atten')
    ('elfs ttentiona', 'a2en')
    """
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


_SPECIAL = {c: '\\' + c for c in '()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}


def escape(pattern):
    """The text with everything that means something in a pattern escaped."""
    return ''.join([_SPECIAL.get(c, c) for c in pattern])


def purge():
    _cache.clear()
