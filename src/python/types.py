"""Names of a few types, and SimpleNamespace."""
import _frames


class _WithMethod:
    def method(self):
        pass


MethodType = type(_WithMethod().method)
ModuleType = type(_frames)
FunctionType = LambdaType = type(lambda: None)
BuiltinFunctionType = BuiltinMethodType = type(len)
GeneratorType = type(x for x in ())
NoneType = type(None)
EllipsisType = type(...)
MappingProxyType = type(globals())
NotImplementedType = type(NotImplemented)


class SimpleNamespace:
    """Attributes from keywords.

    >>> from types import SimpleNamespace
    >>> c = SimpleNamespace(d_model=64, heads=4)
    >>> c.heads, c
    (4, namespace(d_model=64, heads=4))
    """

    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)

    def __repr__(self):
        items = ', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())
        return f'namespace({items})'

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented
