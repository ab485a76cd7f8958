"""Named constants. A subclass's plain attributes become its members; the class itself is
iterated, measured and subscripted through __class_iter__ and its kin."""


class auto:
    """The next value: 1, 2, 3 ..."""


def _is_member(name, value):
    hidden = name.startswith('_')
    special = callable(value) or isinstance(value, (property, staticmethod, classmethod))
    return not hidden and not special


class Enum:
    """A set of named constants.

    >>> from enum import Enum
    >>> class Mask(Enum):
    ...     CAUSAL = 1
    ...     PADDING = 2
    >>> Mask.CAUSAL, Mask(2).name, Mask['CAUSAL'].value, [m.name for m in Mask]
    (<Mask.CAUSAL: 1>, 'PADDING', 1, ['CAUSAL', 'PADDING'])
    """
    _members = {}

    def __init_subclass__(cls):
        if cls._members:
            raise TypeError(f"{cls.__name__}: cannot extend enumeration "
                            f"'{cls.__mro__[1].__name__}'")
        members, last = {}, 0
        for name, value in list(vars(cls).items()):
            if not _is_member(name, value):
                continue
            if isinstance(value, auto):
                value = cls._generate_next_value_(name, 1, len(members), [m._value_ for m in members.values()])
            member = object.__new__(cls)
            for other in members.values():
                if other._value_ == value:
                    member = other  # an alias
                    break
            else:
                object.__setattr__(member, '_name_', name)
                object.__setattr__(member, '_value_', value)
                if cls.__init__ is not Enum.__init__:
                    cls.__init__(member, *(value if isinstance(value, tuple) else (value,)))
            members[name] = member
            setattr(cls, name, member)
        cls._members = members
        cls.__members__ = members

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return max((v for v in last_values if isinstance(v, int)), default=start - 1) + 1

    def __new__(cls, value):
        if isinstance(value, cls):
            return value
        for member in cls._members.values():
            if member._value_ == value:
                return member
        found = cls._missing_(value)
        if found is None:
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        return found

    @classmethod
    def _missing_(cls, value):
        return None

    def __init__(self, *args):
        pass

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __setattr__(self, name, value):
        if name in ('name', 'value'):
            raise AttributeError(f"<enum 'Enum'> cannot set attribute {name!r}")
        object.__setattr__(self, name, value)

    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{type(self).__name__}.{self._name_}'

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return self is other

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @classmethod
    def __class_iter__(cls):
        return iter([m for n, m in cls._members.items() if m._name_ == n])

    @classmethod
    def __class_len__(cls):
        return len(list(cls.__class_iter__()))

    @classmethod
    def __class_contains__(cls, item):
        return isinstance(item, cls)

    @classmethod
    def __class_getitem__(cls, name):
        return cls._members[name]


class IntEnum(Enum):
    """Members that act as their int values.

    >>> from enum import IntEnum
    >>> class Level(IntEnum):
    ...     LOW = 1
    ...     HIGH = 2
    >>> Level.HIGH > Level.LOW, Level.HIGH + 1, Level.LOW == 1
    (True, 3, True)
    """

    def __int__(self): return self._value_
    def __index__(self): return self._value_
    def __float__(self): return float(self._value_)
    def __bool__(self): return self._value_ != 0
    def __str__(self): return str(self._value_)
    def __format__(self, spec): return format(self._value_, spec)
    def __hash__(self): return hash(self._value_)
    def __eq__(self, other): return self._value_ == _plain(other)
    def __ne__(self, other): return self._value_ != _plain(other)
    def __lt__(self, other): return self._value_ < _plain(other)
    def __le__(self, other): return self._value_ <= _plain(other)
    def __gt__(self, other): return self._value_ > _plain(other)
    def __ge__(self, other): return self._value_ >= _plain(other)
    def __add__(self, other): return self._value_ + _plain(other)
    def __radd__(self, other): return other + self._value_
    def __sub__(self, other): return self._value_ - _plain(other)
    def __rsub__(self, other): return other - self._value_
    def __mul__(self, other): return self._value_ * _plain(other)
    def __rmul__(self, other): return other * self._value_
    def __floordiv__(self, other): return self._value_ // _plain(other)
    def __mod__(self, other): return self._value_ % _plain(other)
    def __or__(self, other): return self._value_ | _plain(other)
    def __and__(self, other): return self._value_ & _plain(other)


class StrEnum(Enum):
    """Members that print and compare as their str values."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self): return self._value_
    def __format__(self, spec): return format(self._value_, spec)
    def __hash__(self): return hash(self._value_)
    def __eq__(self, other): return self._value_ == _plain(other)
    def __ne__(self, other): return self._value_ != _plain(other)
    def __add__(self, other): return self._value_ + _plain(other)


class Flag(IntEnum):
    """Members that combine by |."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 2 ** count


IntFlag = Flag


class _StrMember(StrEnum):
    """What str is among the bases of an enumeration: class A(str, Enum). Members compare, hash and
    act as their text; they print as A.X, as since Python 3.11."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return Enum._generate_next_value_(name, start, count, last_values)

    def __str__(self): return Enum.__str__(self)
    def __format__(self, spec): return Enum.__format__(self, spec)
    def __len__(self): return len(self._value_)
    def __iter__(self): return iter(self._value_)
    def __contains__(self, text): return text in self._value_
    def __getitem__(self, key): return self._value_[key]
    def __lt__(self, other): return self._value_ < _plain(other)
    def __gt__(self, other): return self._value_ > _plain(other)

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')
        return getattr(self._value_, name)


class _IntMember(IntEnum):
    """What int is among the bases of an enumeration: class A(int, Enum)."""

    def __str__(self): return Enum.__str__(self)
    def __format__(self, spec): return Enum.__format__(self, spec)


Enum._mixins = {str: _StrMember, int: _IntMember}


def _plain(x):
    return x._value_ if isinstance(x, Enum) else x


def unique(cls):
    """Class decorator: no two members have the same value."""
    for name, member in cls._members.items():
        if member._name_ != name:
            raise ValueError(f'duplicate values found in {cls!r}: {name} -> {member._name_}')
    return cls
