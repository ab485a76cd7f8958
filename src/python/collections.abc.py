"""Names for annotations and isinstance: each says which methods make something one."""


class _Protocol:
    """isinstance(x, P): every method of P is there."""

    def __init__(self, name, *methods, of=()):
        self.__name__ = name
        self._methods = methods
        self._of = of

    def __instancecheck__(self, obj):
        if self._of:
            return isinstance(obj, self._of)
        return all(getattr(type(obj), m, None) is not None for m in self._methods)

    def __getitem__(self, item):
        return self

    def __repr__(self):
        return f"<class 'collections.abc.{self.__name__}'>"


Hashable = _Protocol('Hashable', '__hash__')
Callable = _Protocol('Callable', '__call__')
Sized = _Protocol('Sized', '__len__')
Container = _Protocol('Container', '__contains__')
Iterable = _Protocol('Iterable', '__iter__')
Iterator = _Protocol('Iterator', '__iter__', '__next__')
Generator = _Protocol('Generator', '__next__', 'send', 'throw')
Collection = _Protocol('Collection', '__len__', '__iter__', '__contains__')
Sequence = _Protocol('Sequence', of=(list, tuple, str, range))
MutableSequence = _Protocol('MutableSequence', of=(list,))
Set = _Protocol('Set', of=(set, frozenset, type({}.keys())))
MutableSet = _Protocol('MutableSet', of=(set,))
Mapping = _Protocol('Mapping', of=(dict,))
MutableMapping = _Protocol('MutableMapping', of=(dict,))
