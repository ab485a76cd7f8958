"""Kinds of numbers for isinstance; numpy's scalars are numbers too."""


class _Kind:
    """isinstance(x, Kind): one of Python's types, or of numpy's with one of these words in its name."""

    def __init__(self, name, types, words):
        self.__name__ = name
        self._types = types
        self._words = words

    def __instancecheck__(self, obj):
        if isinstance(obj, self._types):
            return True
        t = type(obj)
        name = t.__name__
        return t.__module__ == 'numpy' and name != 'bool_' and any(w in name for w in self._words)

    def __repr__(self):
        return f"<class 'numbers.{self.__name__}'>"


Number = _Kind('Number', (int, float, complex), ('int', 'float', 'complex'))
Complex = _Kind('Complex', (int, float, complex), ('int', 'float', 'complex'))
Real = _Kind('Real', (int, float), ('int', 'float'))
Rational = _Kind('Rational', int, ('int',))
Integral = _Kind('Integral', int, ('int',))
