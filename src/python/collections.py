"""Containers beyond list, dict, set and tuple; deque is in C."""
from _records import Record, finish_record


class OrderedDict(dict):
    """A dict whose order counts when two are compared.

    >>> from collections import OrderedDict
    >>> d = OrderedDict(a=1, b=2)
    >>> d.move_to_end('a')
    >>> d
    OrderedDict([('b', 2), ('a', 1)])
    """

    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            rest = list(self.items())
            self.clear()
            self[key] = value
            self.update(rest)

    def popitem(self, last=True):
        if last or not self:
            return dict.popitem(self)
        key = next(iter(self))
        return key, self.pop(key)

    def copy(self):
        return type(self)(self)

    def __repr__(self):
        name = type(self).__name__
        return f'{name}({list(self.items())!r})' if self else f'{name}()'

    def __eq__(self, other):
        if isinstance(other, OrderedDict) and list(self) != list(other):
            return False
        return dict.__eq__(self, other)

    def __ne__(self, other):
        return not self == other


class defaultdict(dict):
    """A dict that makes missing values by default_factory().

    >>> from collections import defaultdict
    >>> d = defaultdict(list)
    >>> d['q'].append(1)
    >>> d
    defaultdict(<class 'list'>, {'q': [1]})
    """

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    def __repr__(self):
        return f'{type(self).__name__}({self.default_factory!r}, {dict(self)!r})'


class Counter(dict):
    """How often items occur.

    >>> from collections import Counter
    >>> c = Counter('banana')
    >>> c, c.most_common(1), c['x']
    (Counter({'a': 3, 'n': 2, 'b': 1}), [('a', 3)], 0)
    """

    def __init__(self, iterable=None, /, **kwargs):
        dict.__init__(self)
        self.update(iterable, **kwargs)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwargs):
        if isinstance(iterable, dict):
            for key, n in iterable.items():
                self[key] = self.get(key, 0) + n
        elif iterable is not None:
            for key in iterable:
                self[key] = self.get(key, 0) + 1
        if kwargs:
            self.update(kwargs)

    def subtract(self, iterable=None, /, **kwargs):
        if isinstance(iterable, dict):
            for key, n in iterable.items():
                self[key] = self.get(key, 0) - n
        elif iterable is not None:
            for key in iterable:
                self[key] = self.get(key, 0) - 1
        if kwargs:
            self.subtract(kwargs)

    def most_common(self, n=None):
        pairs = sorted(self.items(), key=lambda pair: pair[1], reverse=True)
        return pairs if n is None else pairs[:max(n, 0)]

    def elements(self):
        return (key for key, n in self.items() for _ in range(n))

    def total(self):
        return sum(self.values())

    def copy(self):
        return type(self)(self)

    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)

    def _combine(self, other, f):
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        for key in [*self, *(k for k in other if k not in self)]:
            n = f(self[key], other[key])
            if n > 0:
                made[key] = n
        return made

    def __add__(self, other):
        return self._combine(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self._combine(other, lambda a, b: a - b)

    def __or__(self, other):
        return self._combine(other, max)

    def __and__(self, other):
        return self._combine(other, min)

    def __pos__(self):
        return self + Counter()

    def __neg__(self):
        return Counter() - self

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return dict.__eq__(self, other)
        return all(self[k] == other[k] for c in (self, other) for k in c)

    def __ne__(self, other):
        return not self == other

    def __repr__(self):
        name = type(self).__name__
        return f'{name}({dict(self.most_common())!r})' if self else f'{name}()'


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A tuple class with named fields.

    >>> from collections import namedtuple
    >>> P = namedtuple('P', 'x y', defaults=[0])
    >>> p = P(1)
    >>> p, p.x, p._replace(y=2), p == (1, 0)
    (P(x=1, y=0), 1, P(x=1, y=2), True)
    """
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    from keyword import iskeyword
    names = [str(n) for n in field_names]
    for name in [str(typename)] + ([] if rename else names):
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if iskeyword(name):
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    seen = set()
    for i, name in enumerate(names):
        if rename and (not name.isidentifier() or iskeyword(name) or name.startswith('_')
                       or name in seen):
            names[i] = name = f'_{i}'
        elif name.startswith('_'):
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        elif name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    defaults = [] if defaults is None else list(defaults)
    if len(defaults) > len(names):
        raise TypeError('Got more default values than field names')
    cls = type(str(typename), (Record,), {'__doc__': f"{typename}({', '.join(names)})"})
    return finish_record(cls, names, zip(names[len(names) - len(defaults):], defaults))


class ChainMap:
    """Several dicts seen as one; writing goes to the first.

    >>> from collections import ChainMap
    >>> c = ChainMap({'a': 1}, {'a': 2, 'b': 3})
    >>> c['a'], c['b'], len(c)
    (1, 3, 2)
    """

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for m in self.maps:
            if key in m:
                return m[key]
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def __contains__(self, key):
        return any(key in m for m in self.maps)

    def _merged(self):
        merged = {}
        for m in reversed(self.maps):
            merged.update(m)
        return merged

    def __iter__(self):
        return iter(self._merged())

    def __len__(self):
        return len(self._merged())

    def keys(self):
        return self._merged().keys()

    def values(self):
        return self._merged().values()

    def items(self):
        return self._merged().items()

    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)

    def __repr__(self):
        return f"ChainMap({', '.join(repr(m) for m in self.maps)})"
