"""Values to JSON text and back, in memory."""


class JSONDecodeError(ValueError):
    pass


_escapes = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b'}


def _quote(s, ascii_only):
    out = []
    for c in s:
        n = ord(c)
        if c in _escapes:
            out.append(_escapes[c])
        elif n < 32 or (ascii_only and n > 126 and n <= 0xffff):
            out.append(f'\\u{n:04x}')
        elif ascii_only and n > 0xffff:
            n -= 0x10000
            out.append(f'\\u{0xd800 + (n >> 10):04x}\\u{0xdc00 + (n & 0x3ff):04x}')
        else:
            out.append(c)
    return '"' + ''.join(out) + '"'


def _number(x):
    if isinstance(x, int):
        return int.__repr__(x)
    if x != x:
        return 'NaN'
    if x in (float('inf'), float('-inf')):
        return 'Infinity' if x > 0 else '-Infinity'
    return repr(x)


def _key(k):
    if isinstance(k, str):
        return k
    if k is None or isinstance(k, bool):
        return {None: 'null', True: 'true', False: 'false'}[k]
    if isinstance(k, (int, float)):
        return _number(k)
    raise TypeError(f'keys must be str, int, float, bool or None, not {type(k).__name__}')


def dumps(obj, *, indent=None, separators=None, sort_keys=False, ensure_ascii=True, default=None,
          skipkeys=False, allow_nan=True, cls=None):
    """JSON text of None, bools, numbers, strs, lists, tuples and dicts.

    >>> import json
    >>> json.dumps({'heads': [1, 2.5], 'causal': True, 'name': None})
    '{"heads": [1, 2.5], "causal": true, "name": null}'
    """
    if skipkeys or not allow_nan or cls is not None:
        raise NotImplementedError('json.dumps here has no skipkeys=True, allow_nan=False or cls=')
    if isinstance(indent, int):
        indent = ' ' * indent
    comma, colon = separators or (', ' if indent is None else ',', ': ')

    def lines(items, brackets, depth):
        if not items:
            return brackets
        if indent is None:
            return brackets[0] + comma.join(items) + brackets[1]
        pad = '\n' + indent * (depth + 1)
        return brackets[0] + pad + (comma + pad).join(items) + '\n' + indent * depth + brackets[1]

    def write(x, depth):
        if x is None:
            return 'null'
        if x is True or x is False:
            return 'true' if x else 'false'
        if isinstance(x, str):
            return _quote(x, ensure_ascii)
        if isinstance(x, (int, float)):
            return _number(x)
        if isinstance(x, (list, tuple)):
            return lines([write(v, depth + 1) for v in x], '[]', depth)
        if isinstance(x, dict):
            pairs = sorted(x.items()) if sort_keys else x.items()
            return lines([_quote(_key(k), ensure_ascii) + colon + write(v, depth + 1)
                          for k, v in pairs], '{}', depth)
        if default is not None:
            return write(default(x), depth)
        raise TypeError(f'Object of type {type(x).__name__} is not JSON serializable')
    return write(obj, 0)


class _Reader:
    def __init__(self, text):
        self.s, self.i = text, 0

    def fail(self, what, at=None):
        at = self.i if at is None else at
        line = self.s.count('\n', 0, at) + 1
        column = at - self.s.rfind('\n', 0, at)
        raise JSONDecodeError(f'{what}: line {line} column {column} (char {at})')

    def space(self):
        while self.i < len(self.s) and self.s[self.i] in ' \t\n\r':
            self.i += 1

    def peek(self):
        return self.s[self.i] if self.i < len(self.s) else ''

    def value(self):
        self.space()
        c = self.peek()
        if c == '"':
            return self.string()
        if c == '{':
            return self.object()
        if c == '[':
            return self.array()
        for word, meaning in (('null', None), ('true', True), ('false', False),
                              ('NaN', float('nan')), ('Infinity', float('inf')),
                              ('-Infinity', float('-inf'))):
            if self.s.startswith(word, self.i):
                self.i += len(word)
                return meaning
        return self.number()

    def number(self):
        start = self.i
        while self.peek() and self.peek() in '+-0123456789.eE':
            self.i += 1
        text = self.s[start:self.i]
        try:
            return float(text) if any(c in text for c in '.eE') else int(text)
        except ValueError:
            self.fail('Expecting value', start)

    def string(self):
        start = self.i
        self.i += 1
        out = []
        while True:
            c = self.peek()
            if c == '':
                self.fail('Unterminated string starting at', start)
            self.i += 1
            if c == '"':
                return ''.join(out)
            out.append(self.escape() if c == '\\' else c)

    def escape(self):
        c = self.peek()
        self.i += 1
        if c == 'u':
            return self.code_point()
        plain = {'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', '"': '"', '\\': '\\', '/': '/'}
        if c not in plain:
            self.fail('Invalid \\escape', self.i - 2)
        return plain[c]

    def code_point(self):
        n = int(self.s[self.i:self.i + 4], 16)
        self.i += 4
        if 0xd800 <= n < 0xdc00 and self.s.startswith('\\u', self.i):
            low = int(self.s[self.i + 2:self.i + 6], 16)
            self.i += 6
            n = 0x10000 + ((n - 0xd800) << 10) + (low - 0xdc00)
        return chr(n)

    def array(self):
        self.i += 1
        items = []
        self.space()
        if self.peek() == ']':
            self.i += 1
            return items
        while True:
            items.append(self.value())
            self.space()
            c = self.peek()
            self.i += 1
            if c == ']':
                return items
            if c != ',':
                self.fail("Expecting ',' delimiter", self.i - 1)

    def object(self):
        self.i += 1
        made = {}
        self.space()
        if self.peek() == '}':
            self.i += 1
            return made
        while True:
            self.space()
            if self.peek() != '"':
                self.fail('Expecting property name enclosed in double quotes')
            key = self.string()
            self.space()
            if self.peek() != ':':
                self.fail("Expecting ':' delimiter")
            self.i += 1
            made[key] = self.value()
            self.space()
            c = self.peek()
            self.i += 1
            if c == '}':
                return made
            if c != ',':
                self.fail("Expecting ',' delimiter", self.i - 1)


def loads(s, **kwargs):
    """The value that a JSON text says.

    >>> import json
    >>> json.loads('{"heads": [1, 2.5], "causal": true}')
    {'heads': [1, 2.5], 'causal': True}
    """
    if any(hook is not None for hook in kwargs.values()):
        raise NotImplementedError(f'json.loads here takes the text alone, not {list(kwargs)}')
    reader = _Reader(s)
    value = reader.value()
    reader.space()
    if reader.i != len(s):
        reader.fail('Extra data')
    return value
