"""Classes that are mostly fields."""
from _records import bind_fields, missing_error
from copy import deepcopy


class _Missing:
    def __repr__(self):
        return '<dataclasses.MISSING>'


MISSING = _Missing()


class _KwOnly:
    pass


KW_ONLY = _KwOnly()


class FrozenInstanceError(AttributeError):
    pass


class Field:
    """One field: its name, type and default."""

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only

    def _has_default(self):
        return self.default is not MISSING or self.default_factory is not MISSING

    def _make_default(self):
        return self.default if self.default is not MISSING else self.default_factory()

    def __repr__(self):
        return (f'Field(name={self.name!r},type={self.type!r},default={self.default!r},'
                f'default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},'
                f'hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},'
                f'kw_only={self.kw_only!r})')


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    """A field with more than a default value.

    >>> from dataclasses import dataclass, field
    >>> @dataclass
    ... class A:
    ...     xs: list = field(default_factory=list)
    >>> a = A()
    >>> a.xs.append(1)
    >>> a, A()
    (A(xs=[1]), A(xs=[]))
    """
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_var(annotation):
    text = annotation if isinstance(annotation, str) else repr(annotation)
    return text.startswith('typing.ClassVar') or text.startswith('ClassVar')


def _collect(cls, kw_only):
    """Fields of the bases, then of the class; a name that comes again keeps its place."""
    found = {}
    for base in cls.__mro__[-1:0:-1]:
        for f in getattr(base, '__dict__', {}).get('__dataclass_fields__', {}).values():
            found[f.name] = f
    for name, annotation in vars(cls).get('__annotations__', {}).items():
        if annotation is KW_ONLY:
            kw_only = True
            continue
        if _is_class_var(annotation):
            continue
        default = vars(cls).get(name, MISSING)
        f = default if isinstance(default, Field) else field(default=default)
        if isinstance(f.default, (list, dict, set)):
            raise ValueError(f'mutable default {type(f.default)} for field {name} is not allowed: '
                             'use default_factory')
        f.name, f.type = name, annotation
        if f.kw_only is MISSING:
            f.kw_only = kw_only
        if isinstance(default, Field):
            if f.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, f.default)
        found[name] = f
    optional = None
    for f in found.values():
        if f.init and not f.kw_only:
            if f._has_default():
                optional = f.name
            elif optional is not None:
                raise TypeError(f'non-default argument {f.name!r} follows default argument')
    return found


def _make_init(cls, fields, frozen):
    where = f'{cls.__qualname__}.__init__()'
    positional = [f.name for f in fields if f.init and not f.kw_only]
    named = [f for f in fields if f.init and f.kw_only]
    defaults = {f.name: f._make_default for f in fields if f._has_default()}

    def __init__(self, /, *args, **kwargs):
        put = object.__setattr__ if frozen else setattr
        values = {f.name: kwargs.pop(f.name) for f in named if f.name in kwargs}
        values.update(zip(positional, bind_fields(where, positional, defaults, args, kwargs)))
        missing = [f.name for f in named if f.name not in values and not f._has_default()]
        if missing:
            raise missing_error(where, missing, 'keyword-only')
        for f in fields:
            if f.name in values:
                put(self, f.name, values[f.name])
            elif f._has_default():
                put(self, f.name, f._make_default())
        post = getattr(self, '__post_init__', None)
        if post is not None:
            post()
    return __init__


_showing = []


def _make_repr(fields):
    def __repr__(self):
        if id(self) in _showing:
            return '...'
        _showing.append(id(self))
        try:
            items = ', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in fields)
        finally:
            _showing.pop()
        return f'{type(self).__qualname__}({items})'
    return __repr__


def _make_compare(fields, name):
    def key(x):
        return tuple(getattr(x, f.name) for f in fields)
    compare = {'__eq__': lambda a, b: key(a) == key(b), '__lt__': lambda a, b: key(a) < key(b),
               '__le__': lambda a, b: key(a) <= key(b), '__gt__': lambda a, b: key(a) > key(b),
               '__ge__': lambda a, b: key(a) >= key(b)}[name]
    return lambda self, other: compare(self, other) if type(other) is type(self) else NotImplemented


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        object.__delattr__(self, name)
    cls.__setattr__, cls.__delattr__ = __setattr__, __delattr__


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only):
    own = vars(cls)
    table = _collect(cls, kw_only)
    fields = list(table.values())
    has_hash = '__hash__' in own and own['__hash__'] is not None
    cls.__dataclass_fields__ = table
    cls.__match_args__ = tuple(f.name for f in fields if f.init and not f.kw_only)
    if init and '__init__' not in own:
        cls.__init__ = _make_init(cls, fields, frozen)
    if repr and '__repr__' not in own:
        cls.__repr__ = _make_repr([f for f in fields if f.repr])
    compared = [f for f in fields if f.compare]
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    for name in ('__eq__',) * eq + ('__lt__', '__le__', '__gt__', '__ge__') * order:
        if name not in own:
            setattr(cls, name, _make_compare(compared, name))
        elif name != '__eq__':
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. '
                            'Consider using functools.total_ordering')
    if not has_hash:
        if unsafe_hash or (eq and frozen):
            hashed = [f for f in fields if (f.compare if f.hash is None else f.hash)]
            cls.__hash__ = lambda self: hash(tuple(getattr(self, f.name) for f in hashed))
        elif eq:
            cls.__hash__ = None
    if frozen:
        _freeze(cls, set(table))
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__ + '(' + ', '.join(f.name for f in fields if f.init) + ')'
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
              frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Class decorator: __init__, __repr__ and comparisons from the annotated fields.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Config:
    ...     d_model: int
    ...     heads: int = 8
    >>> Config(64), Config(64, 8) == Config(64)
    (Config(d_model=64, heads=8), True)
    """
    def wrap(c):
        return _process(c, init, repr, eq, order, unsafe_hash, frozen, kw_only)
    return wrap if cls is None else wrap(cls)


def is_dataclass(obj):
    """True for a dataclass and its instances."""
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')


def fields(class_or_instance):
    """The fields, in order.

    >>> from dataclasses import dataclass, fields
    >>> @dataclass
    ... class A:
    ...     x: int
    ...     y: int = 0
    >>> [f.name for f in fields(A)]
    ['x', 'y']
    """
    table = getattr(class_or_instance, '__dataclass_fields__', None)
    if table is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple(table.values())


def _as(value, make, rows):
    if is_dataclass(value) and not isinstance(value, type):
        return rows([(f.name, _as(getattr(value, f.name), make, rows)) for f in fields(value)])
    if isinstance(value, tuple) and hasattr(value, '_fields'):
        return type(value)(*[_as(v, make, rows) for v in value])
    if isinstance(value, (list, tuple)):
        return type(value)([_as(v, make, rows) for v in value])
    if isinstance(value, dict):
        return type(value)((_as(k, make, rows), _as(v, make, rows)) for k, v in value.items())
    return deepcopy(value)


def asdict(obj, *, dict_factory=dict):
    """Fields as a dict, dataclasses inside included.

    >>> from dataclasses import dataclass, asdict, astuple
    >>> @dataclass
    ... class A:
    ...     x: int = 1
    >>> asdict(A()), astuple(A())
    ({'x': 1}, (1,))
    """
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError('asdict() should be called on dataclass instances')
    return _as(obj, dict, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    """Field values as a tuple, dataclasses inside included."""
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError('astuple() should be called on dataclass instances')
    return _as(obj, tuple, lambda pairs: tuple_factory([v for _, v in pairs]))


def replace(obj, /, **changes):
    """A new instance with some fields changed.

    >>> from dataclasses import dataclass, replace
    >>> @dataclass(frozen=True)
    ... class A:
    ...     x: int
    ...     y: int = 0
    >>> replace(A(1), y=5)
    A(x=1, y=5)
    """
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError('replace() should be called on dataclass instances')
    for f in fields(obj):
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be '
                                 'specified with replace()')
            continue
        if f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    """A dataclass from a list of names, (name, type) or (name, type, field)."""
    ns = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        name, annotation, *default = (item, 'typing.Any') if isinstance(item, str) else item
        annotations[name] = annotation
        if default:
            ns[name] = default[0]
    ns['__annotations__'] = annotations
    return dataclass(**options)(type(cls_name, tuple(bases), ns))
