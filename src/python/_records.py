"""What namedtuple, NamedTuple and dataclass share: binding arguments to fields."""


def _listed(names):
    names = [f"'{n}'" for n in names]
    if len(names) == 1:
        return names[0]
    return ', '.join(names[:-1]) + (', and ' if len(names) > 2 else ' and ') + names[-1]


def missing_error(where, missing, kind):
    plural = 's' if len(missing) > 1 else ''
    return TypeError(f'{where} missing {len(missing)} required {kind} argument{plural}: '
                     f'{_listed(missing)}')


def bind_fields(where, names, defaults, args, kwargs):
    """Values by name, in order, with Python's errors; a default is a function of nothing."""
    if len(args) > len(names):
        least = len(names) - sum(n in defaults for n in names) + 1
        most = len(names) + 1
        span = f'{most}' if least == most else f'from {least} to {most}'
        plural = 's' if most > 1 else ''
        raise TypeError(f'{where} takes {span} positional argument{plural} but '
                        f'{len(args) + 1} were given')
    values = dict(zip(names, args))
    for name, value in kwargs.items():
        if name in values:
            raise TypeError(f"{where} got multiple values for argument '{name}'")
        if name not in names:
            raise TypeError(f"{where} got an unexpected keyword argument '{name}'")
        values[name] = value
    missing = []
    for name in names:
        if name not in values:
            if name in defaults:
                values[name] = defaults[name]()
            else:
                missing.append(name)
    if missing:
        raise missing_error(where, missing, 'positional')
    return [values[name] for name in names]


def _field(i, name):
    return property(lambda self: tuple.__getitem__(self, i), doc=f'Alias for field number {i}')


class Record(tuple):
    """A tuple with names; subclasses have _fields and _field_defaults."""

    def __new__(cls, *args, **kwargs):
        defaults = {k: (lambda v=v: v) for k, v in cls._field_defaults.items()}
        return tuple.__new__(cls, bind_fields(f'{cls.__name__}.__new__()', cls._fields, defaults,
                                              args, kwargs))

    def __repr__(self):
        items = ', '.join(f'{n}={v!r}' for n, v in zip(self._fields, self))
        return f'{type(self).__name__}({items})'

    @classmethod
    def _make(cls, iterable):
        values = tuple(iterable)
        if len(values) != len(cls._fields):
            raise TypeError(f'Expected {len(cls._fields)} arguments, got {len(values)}')
        return tuple.__new__(cls, values)

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _replace(self, /, **kwargs):
        values = [kwargs.pop(n, v) for n, v in zip(self._fields, self)]
        if kwargs:
            raise ValueError(f'Got unexpected field names: {list(kwargs)!r}')
        return self._make(values)

    def __deepcopy__(self, memo):
        from copy import deepcopy
        return self._make(deepcopy(v, memo) for v in self)


def finish_record(cls, fields, defaults):
    """Gives a subclass of Record its fields."""
    cls._fields = tuple(fields)
    cls._field_defaults = dict(defaults)
    cls.__match_args__ = cls._fields
    for i, name in enumerate(fields):
        setattr(cls, name, _field(i, name))
    return cls
