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


class InitVar:
    """Annotates what __init__ takes and hands to __post_init__ without keeping it."""

    def __class_getitem__(cls, item):
        return cls


class FrozenInstanceError(AttributeError):
    pass


class Field:
    """One field: its name, type and default."""

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self._kind = 'field'  # or 'class' for ClassVar, 'init' for InitVar
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


def _text(annotation):
    return annotation if isinstance(annotation, str) else repr(annotation)


def _kind(annotation):
    """Annotations are kept as they are written."""
    name = _text(annotation).split('[')[0].split('.')[-1]
    return {'ClassVar': 'class', 'InitVar': 'init'}.get(name, 'field')


def _is_kw_only(annotation):
    return annotation is KW_ONLY or _text(annotation).split('.')[-1] == 'KW_ONLY'


def _take_field(cls, name, annotation, kw_only):
    """The field that one annotation makes."""
    default = getattr(cls, name, MISSING)
    f = default if isinstance(default, Field) else field(default=default)
    f.name, f.type, f._kind = name, annotation, _kind(annotation)
    if f._kind != 'field' and f.default_factory is not MISSING:
        raise TypeError(f'field {name} cannot have a default factory')
    if f._kind == 'class' and f.kw_only is not MISSING:
        raise TypeError(f'field {name} is a ClassVar but specifies kw_only')
    if f.kw_only is MISSING:
        f.kw_only = kw_only
    mutable = isinstance(f.default, (list, dict, set)) or type(f.default).__hash__ is None
    if f._kind == 'field' and mutable:
        raise ValueError(f'mutable default {type(f.default)} for field {name} is not allowed: '
                         'use default_factory')
    return f


def _own_fields(cls, kw_only):
    taken, seen = [], False
    for name, annotation in vars(cls).get('__annotations__', {}).items():
        if _is_kw_only(annotation):
            if seen:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            seen = kw_only = True
        else:
            taken.append(_take_field(cls, name, annotation, kw_only))
    return taken


def _collect(cls, frozen, kw_only):
    """Fields of the bases, then of the class; a name that comes again keeps its place."""
    found, frozen_bases = {}, []
    for base in cls.__mro__[-1:0:-1]:
        table = getattr(base, '__dict__', {}).get('__dataclass_fields__')
        if table is not None:
            frozen_bases.append(base.__dataclass_params__.frozen)
            found.update(table)
    for f in _own_fields(cls, kw_only):
        found[f.name] = f
        if isinstance(vars(cls).get(f.name), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in vars(cls).items():
        if isinstance(value, Field):
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if any(frozen_bases) and not frozen:
        raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
    if frozen_bases and not all(frozen_bases) and frozen:
        raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    return found


def _check_order(fields):
    optional = None
    for f in fields:
        if f.init and not f.kw_only:
            if f._has_default():
                optional = f.name
            elif optional is not None:
                raise TypeError(f'non-default argument {f.name!r} follows default argument')


def _make_init(cls, fields, frozen):
    """fields: those to keep, and those for __post_init__ alone."""
    where = f'{cls.__qualname__}.__init__()'
    positional = [f.name for f in fields if f.init and not f.kw_only]
    named = [f for f in fields if f.init and f.kw_only]
    passed = [f for f in fields if f._kind == 'init']
    kept = [f for f in fields if f._kind == 'field']
    defaults = {f.name: f._make_default for f in fields if f._has_default()}

    def __init__(self, /, *args, **kwargs):
        put = object.__setattr__ if frozen else setattr
        values = {f.name: kwargs.pop(f.name) for f in named if f.name in kwargs}
        values.update(zip(positional, bind_fields(where, positional, defaults, args, kwargs)))
        missing = [f.name for f in named if f.name not in values and not f._has_default()]
        if missing:
            raise missing_error(where, missing, 'keyword-only')
        for f in kept:
            if f.name in values:
                put(self, f.name, values[f.name])
            elif f._has_default():
                put(self, f.name, f._make_default())
        post = getattr(self, '__post_init__', None)
        if post is not None:
            post(*[values[f.name] if f.name in values else f._make_default() for f in passed])
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


class _Params:
    def __init__(self, **options):
        self.__dict__.update(options)

    def __repr__(self):
        items = ','.join(f'{k}={v!r}' for k, v in self.__dict__.items())
        return f'_DataclassParams({items})'


def _overwrites(cls, name):
    return TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')


def _signature(fields):
    """(a: int, b: str = 'x', *, c: list = <factory>)"""
    def one(f):
        default = '' if not f._has_default() else ' = <factory>' if f.default is MISSING else f' = {f.default!r}'
        return f'{f.name}: {_text(f.type)}{default}'
    parts = [one(f) for f in fields if f.init and not f.kw_only]
    named = [one(f) for f in fields if f.init and f.kw_only]
    return '(' + ', '.join(parts + ['*'] * bool(named) + named) + ')'


def _with_slots(cls, fields):
    """The class anew, with __slots__."""
    if '__slots__' in vars(cls):
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    space = {k: v for k, v in vars(cls).items() if k not in ('__dict__', '__weakref__')}
    inherited = [name for c in cls.__mro__[1:] for name in getattr(c, '__dict__', {}).get('__slots__', ())]
    space['__slots__'] = tuple(f.name for f in fields if f.name not in inherited)
    for f in fields:
        space.pop(f.name, None)
    space['__qualname__'] = cls.__qualname__
    return type(cls.__name__, cls.__bases__, space)


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    table = _collect(cls, frozen, kw_only)
    taken = [f for f in table.values() if f._kind != 'class']
    fields = [f for f in taken if f._kind == 'field']
    own = vars(cls)
    explicit_hash = '__hash__' in own and not (own['__hash__'] is None and '__eq__' in own)
    cls.__dataclass_fields__ = table
    cls.__dataclass_params__ = _Params(init=init, repr=repr, eq=eq, order=order,
                                       unsafe_hash=unsafe_hash, frozen=frozen)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    if init:
        _check_order(taken)
        if '__init__' not in own:
            cls.__init__ = _make_init(cls, taken, frozen)
    if repr and '__repr__' not in own:
        cls.__repr__ = _make_repr([f for f in fields if f.repr])
    if unsafe_hash and explicit_hash:
        raise _overwrites(cls, '__hash__')
    compared = [f for f in fields if f.compare]
    for name in ('__eq__',) * eq + ('__lt__', '__le__', '__gt__', '__ge__') * order:
        if name not in own:
            setattr(cls, name, _make_compare(compared, name))
        elif name != '__eq__':
            raise TypeError(f'{_overwrites(cls, name)}. Consider using functools.total_ordering')
    if frozen:
        for name in ('__setattr__', '__delattr__'):
            if name in own:
                raise _overwrites(cls, name)
        _freeze(cls, {f.name for f in fields})
    if unsafe_hash or (eq and frozen and not explicit_hash):
        hashed = [f for f in fields if (f.compare if f.hash is None else f.hash)]
        cls.__hash__ = lambda self: hash(tuple(getattr(self, f.name) for f in hashed))
    elif eq and not frozen and not explicit_hash:
        cls.__hash__ = None
    if not cls.__doc__:
        cls.__doc__ = cls.__name__ + (_signature(taken) if init else '()')
    if match_args and '__match_args__' not in own:
        cls.__match_args__ = tuple(f.name for f in taken if f.init and not f.kw_only)
    return _with_slots(cls, fields) if slots else cls


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
    if weakref_slot:
        raise TypeError('weakref_slot is not in qkv: nothing refers weakly here')

    def wrap(c):
        return _process(c, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)
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
    return tuple([f for f in table.values() if f._kind == 'field'])


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
    for f in obj.__dataclass_fields__.values():
        if f._kind == 'class':
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be '
                                 'specified with replace()')
            continue
        if f.name not in changes:
            if f._kind == 'init' and f.default is MISSING:
                raise ValueError(f'InitVar {f.name!r} must be specified with replace()')
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
