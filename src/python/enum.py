"""Named constants. A subclass's plain attributes become its members; the class itself is
iterated, measured, subscripted, printed and guarded through __class_iter__ and its kin."""
from types import MappingProxyType


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
    _member_type_ = None  # int or str: what values are made
    __class_init__ = False  # __new__ finds a member: it is initialised already

    def __init_subclass__(cls, boundary=None):
        if cls._members:
            raise TypeError(f"{cls!r} cannot extend {cls.__mro__[1]!r}")
        if boundary is not None:
            cls._boundary_ = boundary
        cls._members, cls._made = {}, {}
        hidden = cls._ignored()
        for name, value in list(vars(cls).items()):
            if _is_member(name, value) and name not in hidden:
                cls._add(name, value)
        cls.__members__ = MappingProxyType(cls._members)

    @classmethod
    def _ignored(cls):
        names = vars(cls).get('_ignore_', [])
        return names.replace(',', ' ').split() if isinstance(names, str) else names

    @classmethod
    def _add(cls, name, value):
        members = cls._members
        if isinstance(value, auto):
            value = cls._generate_next_value_(name, 1, len(members), [m._value_ for m in members.values()])
        args = value if isinstance(value, tuple) else (value,)
        if isinstance(value, Enum):
            value = value._value_
        elif cls._member_type_ is not None:
            value = cls._member_type_(*args)
        member = object.__new__(cls)
        for other in members.values():
            if other._value_ == value:
                member = other  # an alias
                break
        else:
            object.__setattr__(member, '_name_', name)
            object.__setattr__(member, '_value_', value)
            if cls.__init__ is not Enum.__init__:
                cls.__init__(member, *args)
        members[name] = member
        type.__setattr__(cls, name, member)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return max((v for v in last_values if isinstance(v, int)), default=start - 1) + 1

    def __new__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1,
                boundary=None):
        if not cls._members:
            space = {'__module__': module, '__qualname__': qualname}
            space = {k: v for k, v in space.items() if v is not None}
            return _from_names(_of_type(cls, type), value, names, start, boundary, space)
        if names is not None:
            value = (value, names)
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
        if name in ('name', 'value') and isinstance(getattr(type(self), name), property):
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
        if not isinstance(item, Enum):
            raise TypeError("unsupported operand type(s) for 'in': "
                            f"{type(item).__qualname__!r} and 'EnumType'")
        return isinstance(item, cls)

    @classmethod
    def __class_repr__(cls):
        return f'<enum {cls.__name__!r}>'

    @classmethod
    def __class_setattr__(cls, name, deleted):
        if name in cls._members:
            raise AttributeError(f'cannot {"delete" if deleted else "reassign"} member {name!r}')

    @classmethod
    def __reversed__(cls):
        return reversed(list(cls.__class_iter__()))

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

    _member_type_ = int

    def __int__(self): return self._value_
    def __index__(self): return self._value_
    def __float__(self): return float(self._value_)
    def __bool__(self): return self._value_ != 0
    def __neg__(self): return -self._value_
    def __abs__(self): return abs(self._value_)
    def __invert__(self): return ~self._value_
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
    def __truediv__(self, other): return self._value_ / _plain(other)
    def __rtruediv__(self, other): return other / self._value_
    def __pow__(self, other): return self._value_ ** _plain(other)
    def __rpow__(self, other): return other ** self._value_
    def __lshift__(self, other): return self._value_ << _plain(other)
    def __rlshift__(self, other): return other << self._value_
    def __rfloordiv__(self, other): return other // self._value_
    def __rmod__(self, other): return other % self._value_
    def __floordiv__(self, other): return self._value_ // _plain(other)
    def __mod__(self, other): return self._value_ % _plain(other)
    def __or__(self, other): return self._value_ | _plain(other)
    def __and__(self, other): return self._value_ & _plain(other)


class StrEnum(Enum):
    """Members that print and compare as their str values."""
    _member_type_ = str

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self): return self._value_
    def __format__(self, spec): return format(self._value_, spec)
    def __hash__(self): return hash(self._value_)
    def __eq__(self, other): return self._value_ == _plain(other)
    def __ne__(self, other): return self._value_ != _plain(other)
    def __add__(self, other): return self._value_ + _plain(other)


STRICT, CONFORM, EJECT, KEEP = 'strict', 'conform', 'eject', 'keep'


class Flag(Enum):
    """Members that combine by | and are asked by & and in.

    >>> from enum import Flag, auto
    >>> class Mask(Flag):
    ...     CAUSAL = auto()
    ...     PADDING = auto()
    >>> both = Mask.CAUSAL | Mask.PADDING
    >>> both, Mask.CAUSAL in both, bool(both & ~both)
    (<Mask.CAUSAL|PADDING: 3>, True, False)
    """
    _boundary_ = CONFORM  # as CPython 3.11 has it

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 2 ** max(last_values).bit_length() if last_values else start

    @classmethod
    def _mask(cls):
        mask = 0
        for member in cls._members.values():
            mask |= member._value_
        return mask

    @classmethod
    def _singles(cls, value):
        """The members of one bit that are in value, in the order of their definition."""
        return [m for m in cls.__class_iter__() if m._value_ & value]

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        if value in cls._made:
            return cls._made[value]
        given, mask = value, cls._mask()
        every = (1 << mask.bit_length()) - 1
        if not ~every <= value <= every or value & (every ^ mask):
            if cls._boundary_ == STRICT:
                raise ValueError(f'{cls!r} invalid value {value}: allowed are the bits of {bin(mask)}')
            if cls._boundary_ == EJECT:
                return value
            if cls._boundary_ == CONFORM:
                value &= mask
            elif value < 0:
                value += max(every + 1, 2 ** value.bit_length())
        if value < 0:
            value += every + 1
        for member in cls._members.values():
            if member._value_ == value:
                return member
        member = object.__new__(cls)
        names = [m._name_ for m in cls._singles(value)]
        if names and value & ~mask:
            names.append(str(value & ~mask))
        object.__setattr__(member, '_name_', '|'.join(names) or None)
        object.__setattr__(member, '_value_', value)
        cls._made[given] = member
        return cls._made.setdefault(value, member)

    def _bits_of(self, other):
        if isinstance(other, type(self)):
            return other._value_
        return other if self._member_type_ is int and isinstance(other, int) else None

    def __or__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else type(self)(self._value_ | bits)

    def __and__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else type(self)(self._value_ & bits)

    def __xor__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else type(self)(self._value_ ^ bits)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        if self._boundary_ == KEEP:
            return type(self)(~self._value_)
        return type(self)(self._mask() ^ self._value_)

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                            f'{type(self).__qualname__!r}')
        return other._value_ & self._value_ == other._value_

    def __iter__(self): return iter(self._singles(self._value_))
    def __len__(self): return bin(self._value_).count('1')
    def __bool__(self): return self._value_ != 0

    def __repr__(self):
        name = '' if self._name_ is None else '.' + self._name_
        return f'<{type(self).__name__}{name}: {self._value_!r}>'

    def __str__(self):
        name = type(self).__name__
        return f'{name}({self._value_!r})' if self._name_ is None else f'{name}.{self._name_}'

    @classmethod
    def __class_iter__(cls):
        singles = [m for n, m in cls._members.items() if m._name_ == n]
        return iter([m for m in singles if m._value_ and not m._value_ & (m._value_ - 1)])

    @classmethod
    def __class_repr__(cls):
        return f'<flag {cls.__name__!r}>'


class IntFlag(Flag, IntEnum):
    """Flags that are ints too: bits without a name are kept.

    >>> from enum import IntFlag
    >>> class Mode(IntFlag):
    ...     READ = 4
    ...     WRITE = 2
    >>> Mode.READ | Mode.WRITE, Mode.READ + 1, Mode.READ == 4
    (<Mode.READ|WRITE: 6>, 5, True)
    """
    _boundary_ = KEEP

    def __str__(self): return str(self._value_)
    def __format__(self, spec): return format(self._value_, spec)


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


def _of_type(cls, kind):
    """The base of Enum(..., type=int)."""
    if kind is None:
        return cls
    if cls is not Enum or kind not in Enum._mixins:
        raise TypeError(f'{cls.__name__}(type={kind!r}) is not in qkv: Enum takes int and str')
    return Enum._mixins[kind]


def _from_names(cls, name, names, start, boundary, space):
    """Enum('Color', 'RED GREEN'): a new class of these members."""
    if names is None:
        raise TypeError(f'{name!r} is not a valid {cls.__qualname__}: it has no members')
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    values = []
    for item in names.items() if isinstance(names, dict) else names:
        if isinstance(item, str):
            item = item, cls._generate_next_value_(item, start, len(values), values[:])
        space[item[0]] = item[1]
        values.append(item[1])
    return type(name, (cls,), space, boundary=boundary)


Enum._mixins = {str: _StrMember, int: _IntMember}


def _plain(x):
    return x._value_ if isinstance(x, Enum) else x


def unique(cls):
    """Class decorator: no two members have the same value."""
    aliases = [f'{name} -> {member._name_}' for name, member in cls._members.items()
               if member._name_ != name]
    if aliases:
        raise ValueError(f"duplicate values found in {cls!r}: {', '.join(aliases)}")
    return cls
