"""Abstract base classes: a class with abstract methods left cannot be instantiated."""


def abstractmethod(f):
    f.__isabstractmethod__ = True
    return f


def _is_abstract(x):
    x = getattr(x, 'fget', None) or x
    return getattr(x, '__isabstractmethod__', False)


def _abstract_names(cls):
    names = []
    for c in cls.__mro__:
        for name in getattr(c, '__dict__', ()):
            if name not in names and _is_abstract(getattr(cls, name, None)):
                names.append(name)
    return sorted(names)


class ABC:
    def __new__(cls, *args, **kwargs):
        left = _abstract_names(cls)
        if left:
            plural = 's' if len(left) > 1 else ''
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract "
                            f"method{plural} {', '.join(left)}")
        return object.__new__(cls)


class ABCMeta:
    pass


abstractproperty = abstractmethod
