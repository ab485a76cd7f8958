"""What functions, classes and frames look like from outside: signature, getmembers, currentframe."""
import _frames
from types import FunctionType, MethodType
from types import BuiltinFunctionType, ModuleType


class _empty:
    pass


class _ParameterKind:
    """The five ways in which an argument reaches its parameter; they compare as numbers."""

    def __init__(self, number, name, description):
        self.value, self.name, self.description = number, name, description

    def __repr__(self):
        return f'<_ParameterKind.{self.name}: {self.value}>'

    def __str__(self):
        return self.name

    def __int__(self):
        return self.value

    def __eq__(self, other):
        return self.value == getattr(other, 'value', other)

    def __hash__(self):
        return hash(self.value)

    def __lt__(self, other):
        return self.value < getattr(other, 'value', other)

    def __gt__(self, other):
        return self.value > getattr(other, 'value', other)


_KINDS = [_ParameterKind(0, 'POSITIONAL_ONLY', 'positional-only'),
          _ParameterKind(1, 'POSITIONAL_OR_KEYWORD', 'positional or keyword'),
          _ParameterKind(2, 'VAR_POSITIONAL', 'variadic positional'),
          _ParameterKind(3, 'KEYWORD_ONLY', 'keyword-only'),
          _ParameterKind(4, 'VAR_KEYWORD', 'variadic keyword')]


def formatannotation(annotation):
    """An annotation as a signature shows it."""
    if isinstance(annotation, type):
        if annotation.__module__ in ('builtins', '__main__'):
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation).replace('typing.', '')


class Parameter:
    """name, default, annotation and kind; Parameter.empty stands for what is not there."""
    empty = _empty
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _KINDS

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        if not name.isidentifier():
            raise ValueError(f'{name!r} is not a valid parameter name')
        if kind in (2, 4) and default is not _empty:
            raise ValueError(f'{_KINDS[int(kind)].description} parameters cannot have default values')
        self.name, self.kind = name, _KINDS[int(kind)]
        self.default, self.annotation = default, annotation

    def replace(self, **changes):
        values = {'name': self.name, 'kind': self.kind, 'default': self.default,
                  'annotation': self.annotation}
        values.update(changes)
        return Parameter(values.pop('name'), values.pop('kind'), **values)

    def __str__(self):
        text = {2: '*', 4: '**'}.get(self.kind.value, '') + self.name
        if self.annotation is not _empty:
            text += ': ' + formatannotation(self.annotation)
        if self.default is not _empty:
            text += (' = ' if self.annotation is not _empty else '=') + repr(self.default)
        return text

    def __repr__(self):
        return f'<Parameter "{self}">'

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self.name, self.kind, self.default, self.annotation) == \
            (other.name, other.kind, other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, self.kind.value))


class BoundArguments:
    """What signature.bind gave: arguments by name, and args and kwargs to call with."""

    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        out = []
        for name, p in self.signature.parameters.items():
            if p.kind > 2 or name not in self.arguments:
                break
            if p.kind == 2:
                out.extend(self.arguments[name])
            else:
                out.append(self.arguments[name])
        return tuple(out)

    @property
    def kwargs(self):
        out, skipped = {}, False
        for name, p in self.signature.parameters.items():
            if name not in self.arguments:
                skipped = skipped or p.kind < 2
            elif p.kind == 4:
                out.update(self.arguments[name])
            elif p.kind == 3 or (skipped and p.kind == 1):
                out[name] = self.arguments[name]
        return out

    def apply_defaults(self):
        """Parameters that got no argument take their defaults."""
        full = {}
        for name, p in self.signature.parameters.items():
            if name in self.arguments:
                full[name] = self.arguments[name]
            elif p.default is not _empty:
                full[name] = p.default
            elif p.kind == 2:
                full[name] = ()
            elif p.kind == 4:
                full[name] = {}
        self.arguments = full

    def __repr__(self):
        inner = ', '.join(f'{k}={v!r}' for k, v in self.arguments.items())
        return f'<BoundArguments ({inner})>'


class Signature:
    """The parameters of a function, in order, and what it says it returns."""
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {p.name: p for p in parameters or ()}
        self.return_annotation = return_annotation

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        return Signature(self.parameters.values() if parameters is _empty else parameters,
                         return_annotation=self.return_annotation
                         if return_annotation is _empty else return_annotation)

    def __str__(self):
        parts, star, only = [], False, False
        for p in self.parameters.values():
            if only and p.kind > 0:
                parts.append('/')
            only = p.kind == 0
            star = star or p.kind == 2
            if p.kind == 3 and not star:
                parts.append('*')
                star = True
            parts.append(str(p))
        if only:
            parts.append('/')
        text = f"({', '.join(parts)})"
        if self.return_annotation is not _empty:
            text += f' -> {formatannotation(self.return_annotation)}'
        return text

    def __repr__(self):
        return f'<Signature {self}>'

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return list(self.parameters.values()) == list(other.parameters.values()) and \
            self.return_annotation == other.return_annotation

    def __hash__(self):
        return hash(tuple(self.parameters))

    def _bind(self, args, kwargs, partial):
        arguments, given = {}, list(args)
        kwargs = dict(kwargs)
        for name, p in self.parameters.items():
            if p.kind == 2:
                if given:
                    arguments[name] = tuple(given)
                given = []
            elif p.kind == 4:
                if kwargs:
                    arguments[name] = kwargs
                kwargs = {}
            elif given and p.kind < 2:
                if name in kwargs and p.kind == 1:
                    raise TypeError(f'multiple values for argument {name!r}')
                arguments[name] = given.pop(0)
            elif name in kwargs and p.kind != 0:
                arguments[name] = kwargs.pop(name)
            elif p.default is _empty and not partial:
                only = 'keyword-only ' if p.kind == 3 else ''
                raise TypeError(f'missing a required {only}argument: {name!r}' if not only else
                                f'missing a required argument: {name!r}')
        if given:
            raise TypeError('too many positional arguments')
        if kwargs:
            raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
        return BoundArguments(self, arguments)

    def bind(self, *args, **kwargs):
        """Which parameter each argument goes to, or TypeError."""
        return self._bind(args, kwargs, False)

    def bind_partial(self, *args, **kwargs):
        return self._bind(args, kwargs, True)


def _of_function(f):
    rows = _frames.params(f)
    if rows is None:
        return None
    notes = dict(getattr(f, '__annotations__', None) or {})
    params = [Parameter(row[0], row[1], default=row[2] if len(row) > 2 else _empty,
                        annotation=notes.get(row[0], _empty)) for row in rows]
    return Signature(params, return_annotation=notes.get('return', _empty))


def _without_first(sig):
    params = list(sig.parameters.values())
    if params and params[0].kind != 2:
        params = params[1:]
    return sig.replace(parameters=params)


def _of_partial(obj):
    sig = signature(obj.func)
    params, given, out, by_name = list(sig.parameters.values()), len(obj.args), [], False
    for p in params:
        if given and p.kind < 2:
            given -= 1
        elif p.name in obj.keywords:
            out.append(p.replace(kind=3, default=obj.keywords[p.name]))
            by_name = True
        elif by_name and p.kind == 1:
            out.append(p.replace(kind=3))
        elif not (by_name and p.kind == 2):
            out.append(p)
    return sig.replace(parameters=out)


def signature(obj):
    """The parameters of a function, method, class or callable object.

    >>> import inspect
    >>> def attend(q, k, *, scale: float = 1.0): pass
    >>> inspect.signature(attend), list(inspect.signature(attend).parameters)
    (<Signature (q, k, *, scale: float = 1.0)>, ['q', 'k', 'scale'])
    """
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, MethodType) and not isinstance(obj, type):
        return _without_first(signature(obj.__func__))
    sig = getattr(obj, '__signature__', None)
    if isinstance(sig, Signature):
        return sig
    if not isinstance(obj, type) and getattr(obj, '__wrapped__', None) is not None:
        return signature(obj.__wrapped__)
    if isinstance(obj, type):
        return _of_class(obj)
    sig = _of_function(obj)
    if sig is not None:
        return sig
    if type(obj).__name__ == 'partial':
        return _of_partial(obj)
    call = getattr(type(obj), 'forward' if hasattr(type(obj), '_call_impl') else '__call__', None)
    if isinstance(call, FunctionType):
        return _without_first(signature(call))
    raise ValueError(f'no signature found for {obj!r}')


def _of_class(cls):
    for name in ('__new__', '__init__'):
        for base in cls.__mro__:
            method = base.__dict__.get(name)
            if isinstance(method, staticmethod):
                method = method.__func__
            if isinstance(method, FunctionType):
                return _without_first(signature(method))
    if cls.__module__ == '__main__':
        return Signature()
    raise ValueError(f'no signature found for builtin type {cls!r}')


# ---- kinds of objects --------------------------------------------------------------------------


def isfunction(obj):
    """A function that def or lambda made."""
    return isinstance(obj, FunctionType)


def ismethod(obj):
    """A bound method of such a function."""
    return isinstance(obj, MethodType) and isfunction(obj.__func__)


def isclass(obj):
    return isinstance(obj, type)


def ismodule(obj):
    return isinstance(obj, ModuleType)


def isbuiltin(obj):
    """A function, or a bound method, that is not written in Python."""
    return isinstance(obj, BuiltinFunctionType) or \
        (isinstance(obj, MethodType) and not isfunction(obj.__func__))


def isroutine(obj):
    return isfunction(obj) or ismethod(obj) or isbuiltin(obj)


def isgeneratorfunction(obj):
    if isinstance(obj, MethodType):
        obj = obj.__func__
    return _frames.is_generator(obj)


def isgenerator(obj):
    return type(obj).__name__ == 'generator'


def iscoroutinefunction(obj):
    """False: the dialect has no async."""
    return False


def iscoroutine(obj):
    """False: the dialect has no async."""
    return False


def isabstract(obj):
    return isclass(obj) and bool(getattr(obj, '__abstractmethods__', None))


def isframe(obj):
    return isinstance(obj, FrameType)


def getmro(cls):
    return cls.__mro__


def getmembers(object, predicate=None):
    """(name, value) of every attribute, by name; only those that predicate says yes to."""
    out = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            out.append((name, value))
    return sorted(out, key=lambda pair: pair[0])


def getattr_static(obj, attr, default=_empty):
    """An attribute as it stands in the object or its classes, without running a property."""
    places = [obj] if not isinstance(obj, type) else []
    for place in places + list((obj if isinstance(obj, type) else type(obj)).__mro__):
        if attr in getattr(place, '__dict__', {}):
            return place.__dict__[attr]
    if default is _empty:
        raise AttributeError(attr)
    return default


def unwrap(func, *, stop=None):
    """The function that decorators with functools.wraps stand around."""
    while hasattr(func, '__wrapped__') and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def cleandoc(doc):
    """A docstring without the indentation of its place."""
    lines = doc.expandtabs().split('\n')
    deep = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(deep) if deep else 0
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return '\n'.join(lines)


def getdoc(object):
    doc = getattr(object, '__doc__', None)
    return cleandoc(doc) if isinstance(doc, str) else None


def getsource(object):
    r"""The text of a function or class as it was written.

    >>> import inspect
    >>> def double(x): return 2 * x
    >>> inspect.getsource(double)
    'def double(x): return 2 * x\n'
    """
    found = _frames.source(unwrap(object))
    if found is None:
        raise OSError('could not get source code')
    return found[0] + '\n'


def getsourcelines(object):
    found = _frames.source(unwrap(object))
    if found is None:
        raise OSError('could not get source code')
    return [line + '\n' for line in found[0].split('\n')], found[1]


def getmodule(object):
    raise NotImplementedError('inspect.getmodule is not in qkv: object.__module__ is its name')


def getfile(object):
    found = _frames.source(object)
    if found is None:
        raise TypeError(f'{object!r} is a built-in')
    return found[2]


# ---- frames --------------------------------------------------------------------------------------


class _Code:
    def __init__(self, filename, name, names):
        self.co_filename, self.co_name, self.co_varnames = filename, name, tuple(names)
        self.co_argcount = len(names)


class FrameType:
    """A running call: f_locals, f_back, f_lineno, f_code. Once it has returned, nothing is left."""

    def __init__(self, depth, serial):
        self._depth, self._serial = depth, serial

    def _look(self):
        found = _frames.look(self._depth, self._serial)
        if found is None:
            raise RuntimeError('this frame has returned; read what you need of it before that')
        return found

    @property
    def f_back(self):
        self._look()
        above = _frames.here(_frames.here(0)[0] - self._depth + 1)
        return None if above is None else FrameType(*above)

    @property
    def f_lineno(self):
        return self._look()[1]

    @property
    def f_locals(self):
        return self._look()[6]

    @property
    def f_code(self):
        found = self._look()
        return _Code(found[0], found[2], found[4])


class ArgInfo:
    """(args, varargs, keywords, locals) of a frame."""

    def __init__(self, args, varargs, keywords, locals):
        self.args, self.varargs, self.keywords, self.locals = args, varargs, keywords, locals

    def __iter__(self):
        return iter((self.args, self.varargs, self.keywords, self.locals))

    def __getitem__(self, i):
        return (self.args, self.varargs, self.keywords, self.locals)[i]

    def __len__(self):
        return 4

    def __repr__(self):
        return (f'ArgInfo(args={self.args!r}, varargs={self.varargs!r}, '
                f'keywords={self.keywords!r}, locals={self.locals!r})')


def currentframe():
    """The frame of the caller.

    >>> import inspect
    >>> def hyper(heads, size):
    ...     return inspect.currentframe().f_locals
    >>> hyper(2, 8)
    {'heads': 2, 'size': 8}
    """
    return FrameType(*_frames.here(1))


def getargvalues(frame):
    """The parameters of a frame's function and what all its names stand for."""
    found = frame._look()
    names, flags, places = list(found[4]), found[5], found[6]
    keywords = names.pop() if flags & 2 else None
    varargs = names.pop() if flags & 1 else None
    return ArgInfo(names, varargs, keywords, places)


class FullArgSpec(ArgInfo):
    """getfullargspec's seven."""

    def __init__(self, args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations):
        self.args, self.varargs, self.varkw, self.defaults = args, varargs, varkw, defaults
        self.kwonlyargs, self.kwonlydefaults = kwonlyargs, kwonlydefaults
        self.annotations = annotations

    def _all(self):
        return (self.args, self.varargs, self.varkw, self.defaults, self.kwonlyargs,
                self.kwonlydefaults, self.annotations)

    def __iter__(self):
        return iter(self._all())

    def __getitem__(self, i):
        return self._all()[i]

    def __len__(self):
        return 7

    def __repr__(self):
        return (f'FullArgSpec(args={self.args!r}, varargs={self.varargs!r}, varkw={self.varkw!r}, '
                f'defaults={self.defaults!r}, kwonlyargs={self.kwonlyargs!r}, '
                f'kwonlydefaults={self.kwonlydefaults!r}, annotations={self.annotations!r})')


def getfullargspec(func):
    """Names and defaults of a function's parameters; self counts."""
    target = func.__func__ if isinstance(func, MethodType) else func
    if isinstance(target, type):
        target = target.__init__
    sig = _of_function(target)
    if sig is None:
        raise TypeError('unsupported callable')
    params = list(sig.parameters.values())

    def named(kind):
        return next((p.name for p in params if p.kind == kind), None)

    plain = [p for p in params if p.kind < 2]
    only = [p for p in params if p.kind == 3]
    notes = {p.name: p.annotation for p in params if p.annotation is not _empty}
    if sig.return_annotation is not _empty:
        notes = {'return': sig.return_annotation, **notes}
    return FullArgSpec([p.name for p in plain], named(2), named(4),
                       tuple(p.default for p in plain if p.default is not _empty) or None,
                       [p.name for p in only],
                       {p.name: p.default for p in only if p.default is not _empty} or None, notes)
