"""Calls as objects; the operators themselves are in C."""

concat = add
index = int
iadd, isub, imul = add, sub, mul


class itemgetter:
    """f(x) gives x[item], or a tuple of several.

    >>> from operator import itemgetter
    >>> itemgetter(1)('qkv'), itemgetter(0, 2)('qkv')
    ('k', ('q', 'v'))
    """

    def __init__(self, item, /, *items):
        self._items = (item,) + items

    def __call__(self, obj, /):
        if len(self._items) == 1:
            return obj[self._items[0]]
        return tuple(obj[i] for i in self._items)

    def __repr__(self):
        return f"operator.itemgetter({', '.join(repr(i) for i in self._items)})"


def _follow(obj, path):
    for name in path.split('.'):
        obj = getattr(obj, name)
    return obj


class attrgetter:
    """f(x) gives x.name, or a tuple of several; dots go deeper.

    >>> from operator import attrgetter
    >>> attrgetter('start', 'stop')(range(2, 5))
    (2, 5)
    """

    def __init__(self, attr, /, *attrs):
        for a in (attr,) + attrs:
            if not isinstance(a, str):
                raise TypeError('attribute name must be a string')
        self._attrs = (attr,) + attrs

    def __call__(self, obj, /):
        if len(self._attrs) == 1:
            return _follow(obj, self._attrs[0])
        return tuple(_follow(obj, a) for a in self._attrs)

    def __repr__(self):
        return f"operator.attrgetter({', '.join(repr(a) for a in self._attrs)})"


class methodcaller:
    """f(x) gives x.name(*args, **kwargs).

    >>> from operator import methodcaller
    >>> methodcaller('upper')('qkv')
    'QKV'
    """

    def __init__(self, name, /, *args, **kwargs):
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj, /):
        return getattr(obj, self._name)(*self._args, **self._kwargs)
