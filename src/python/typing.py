"""Names for annotations. They can be written, subscripted and printed; nothing is checked."""
from _records import Record, finish_record
from collections import namedtuple


def _text(x):
    if x is None or x is type(None):
        return 'None'
    if x is ...:
        return '...'
    if isinstance(x, type):
        return x.__name__ if x.__module__ == 'builtins' else f'{x.__module__}.{x.__name__}'
    if isinstance(x, list):
        return f"[{', '.join(_text(a) for a in x)}]"
    return repr(x)


class _Form:
    """A name such as Optional or List."""

    def __init__(self, name, origin=None):
        self._name = name
        self.__origin__ = origin

    def __getitem__(self, args):
        return _Alias(self, args if isinstance(args, tuple) else (args,))

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f'Cannot instantiate {self!r}')
        return self.__origin__(*args, **kwargs)

    def __instancecheck__(self, obj):
        if self.__origin__ is None:
            raise TypeError(f'{self!r} cannot be used with isinstance()')
        return isinstance(obj, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f'typing.{self._name}'


class _Alias:
    """A subscripted name: Optional[int]."""

    def __init__(self, form, args):
        self._form = form
        self.__args__ = args
        self.__origin__ = form.__origin__ or form

    def __getitem__(self, args):
        return _Alias(self._form, args if isinstance(args, tuple) else (args,))

    def __call__(self, *args, **kwargs):
        return self._form(*args, **kwargs)

    def __instancecheck__(self, obj):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        return isinstance(other, _Alias) and self._form is other._form and self.__args__ == other.__args__

    def __hash__(self):
        return hash((id(self._form), self.__args__))

    def __repr__(self):
        return f"{self._form!r}[{', '.join(_text(a) for a in self.__args__)}]"


class _UnionForm(_Form):
    def __getitem__(self, args):
        flat = []
        for a in args if isinstance(args, tuple) else (args,):
            a = type(None) if a is None else a
            inner = a.__args__ if isinstance(a, _Alias) and a._form is Union else (a,)
            flat += [x for x in inner if x not in flat]
        if len(flat) == 1:
            return flat[0]
        return _UnionAlias(self, tuple(flat))


class _UnionAlias(_Alias):
    def __instancecheck__(self, obj):
        return isinstance(obj, self.__args__)

    def __repr__(self):
        none = type(None)
        if len(self.__args__) == 2 and none in self.__args__:
            other = self.__args__[0] if self.__args__[1] is none else self.__args__[1]
            return f'typing.Optional[{_text(other)}]'
        return _Alias.__repr__(self)


class _OptionalForm(_Form):
    def __getitem__(self, arg):
        return Union[arg, None]


class _CallableForm(_Form):
    def __getitem__(self, args):
        return _Alias(self, args if isinstance(args, tuple) else (args,))

    def __instancecheck__(self, obj):
        return callable(obj)


class _LiteralForm(_Form):
    def __getitem__(self, args):
        return _LiteralAlias(self, args if isinstance(args, tuple) else (args,))


class _LiteralAlias(_Alias):
    def __repr__(self):
        return f"typing.Literal[{', '.join(repr(a) for a in self.__args__)}]"


class _AnnotatedForm(_Form):
    def __getitem__(self, args):
        return args[0]


Union = _UnionForm('Union')
Optional = _OptionalForm('Optional')
Callable = _CallableForm('Callable')
Literal = _LiteralForm('Literal')
Annotated = _AnnotatedForm('Annotated')
Any, NoReturn, Never, Self = _Form('Any'), _Form('NoReturn'), _Form('Never'), _Form('Self')
ClassVar, Final, Type = _Form('ClassVar'), _Form('Final'), _Form('Type', type)
List, Dict, Tuple = _Form('List', list), _Form('Dict', dict), _Form('Tuple', tuple)
Set, FrozenSet = _Form('Set', set), _Form('FrozenSet', frozenset)
Iterable, Iterator, Generator = _Form('Iterable'), _Form('Iterator'), _Form('Generator')
Sequence, MutableSequence, Collection = _Form('Sequence'), _Form('MutableSequence'), _Form('Collection')
Mapping, MutableMapping, Hashable = _Form('Mapping'), _Form('MutableMapping'), _Form('Hashable')
DefaultDict, OrderedDict, Counter = _Form('DefaultDict'), _Form('OrderedDict'), _Form('Counter')
Deque, Sized = _Form("Deque"), _Form("Sized")
Text = str
AnyStr = _Form('AnyStr')
TYPE_CHECKING = False


class TypeVar:
    """A type variable.

    >>> from typing import TypeVar, Optional, List
    >>> TypeVar('T'), Optional[int], List[str]
    (~T, typing.Optional[int], typing.List[str])
    """

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name

    def __or__(self, other):
        return Union[self, other]

    def __repr__(self):
        return f'~{self.__name__}'


class Generic:
    """A base that can be subscripted: class A(Generic[T])."""

    def __class_getitem__(cls, item):
        return cls


class Protocol:
    """A base that says what methods something has."""

    def __class_getitem__(cls, item):
        return cls


class NamedTuple(Record):
    """A named tuple written as a class.

    >>> from typing import NamedTuple
    >>> class Head(NamedTuple):
    ...     name: str
    ...     size: int = 64
    >>> Head('causal'), Head('global', 32).size
    (Head(name='causal', size=64), 32)
    """

    def __init_subclass__(cls):
        if '_fields' in vars(cls):
            return
        fields = list(vars(cls).get('__annotations__', {}))
        finish_record(cls, fields, [(n, vars(cls)[n]) for n in fields if n in vars(cls)])

    def __new__(cls, *args, **kwargs):
        if cls is NamedTuple:
            name, fields = args[0], args[1] if len(args) > 1 else kwargs.items()
            return namedtuple(name, [f[0] for f in fields])
        return Record.__new__(cls, *args, **kwargs)


class TypedDict(dict):
    """A dict with named keys; a plain dict at run time."""

    def __init_subclass__(cls, total=True):
        pass


def NewType(name, tp):
    """tp under another name."""
    return lambda x: x


def cast(typ, val):
    """val, unchanged."""
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(f):
    return f


def runtime_checkable(cls):
    return cls


def get_type_hints(obj, globalns=None, localns=None):
    """The annotations of a function or class."""
    return dict(getattr(obj, '__annotations__', {}))
