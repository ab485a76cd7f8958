"""Functions about functions; reduce is in C."""

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes wrapper look like wrapped."""
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    for name in updated:
        for key, value in getattr(wrapped, name, {}).items():
            setattr(wrapper, key, value)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator: the wrapper takes over name, docstring and attributes.

    >>> from functools import wraps
    >>> def f(x): return x
    >>> @wraps(f)
    ... def g(x): return f(x)
    >>> g.__name__
    'f'
    """
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


class partial:
    """f with some arguments filled in.

    >>> from functools import partial
    >>> partial(pow, 2)(5), partial(int, base=2)('101')
    (32, 5)
    """

    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)]
        parts += [repr(a) for a in self.args]
        parts += [f'{k}={v!r}' for k, v in self.keywords.items()]
        return f"functools.partial({', '.join(parts)})"


class partialmethod:
    """A method with some arguments filled in."""

    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, obj, cls=None):
        return partial(self.func.__get__(obj, cls), *self.args, **self.keywords)


class _CacheInfo:
    def __init__(self, hits, misses, maxsize, currsize):
        self.hits, self.misses, self.maxsize, self.currsize = hits, misses, maxsize, currsize

    def __repr__(self):
        return (f'CacheInfo(hits={self.hits}, misses={self.misses}, maxsize={self.maxsize}, '
                f'currsize={self.currsize})')


def _make_cached(func, maxsize, typed):
    store, count = {}, [0, 0]

    def wrapper(*args, **kwargs):
        key = args
        if kwargs:
            key += ('\0', *kwargs.items())
        if typed:
            key += ('\0', *(type(a) for a in args))
        if key in store:
            count[0] += 1
            if maxsize is not None:
                store[key] = value = store.pop(key)  # now the newest
                return value
            return store[key]
        value = func(*args, **kwargs)
        count[1] += 1
        if maxsize == 0:
            return value
        if maxsize is not None and len(store) >= maxsize:
            del store[next(iter(store))]
        store[key] = value
        return value

    def cache_clear():
        store.clear()
        count[:] = [0, 0]

    wrapper.cache_info = lambda: _CacheInfo(count[0], count[1], maxsize, len(store))
    wrapper.cache_clear = cache_clear
    return update_wrapper(wrapper, func)


def lru_cache(maxsize=128, typed=False):
    """Decorator: results are kept by arguments, the least recently used dropped.

    >>> from functools import lru_cache
    >>> @lru_cache(maxsize=None)
    ... def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
    >>> fib(60), fib.cache_info()
    (1548008755920, CacheInfo(hits=58, misses=61, maxsize=None, currsize=61))
    """
    if callable(maxsize):
        return _make_cached(maxsize, 128, typed)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')
    return lambda func: _make_cached(func, maxsize, typed)


def cache(user_function, /):
    """lru_cache(maxsize=None)."""
    return _make_cached(user_function, None, False)


class cached_property:
    """A property that is computed once and then kept on the instance.

    >>> from functools import cached_property
    >>> class A:
    ...     @cached_property
    ...     def x(self):
    ...         print('computed')
    ...         return 3
    >>> a = A()
    >>> a.x + a.x
    computed
    6
    """

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        instance.__dict__[self.attrname] = value
        return value


def cmp_to_key(mycmp):
    """An old comparison function (negative, zero, positive) as a key.

    >>> from functools import cmp_to_key
    >>> sorted([1, 3, 2], key=cmp_to_key(lambda a, b: b - a))
    [3, 2, 1]
    """
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0
    return K


def total_ordering(cls):
    """Class decorator: from __eq__ and one of < <= > >= come the other three.

    >>> from functools import total_ordering
    >>> @total_ordering
    ... class A:
    ...     def __init__(self, x): self.x = x
    ...     def __eq__(self, o): return self.x == o.x
    ...     def __lt__(self, o): return self.x < o.x
    >>> A(1) >= A(0), A(1) <= A(0)
    (True, False)
    """
    own = [n for n in ('__lt__', '__gt__', '__le__', '__ge__') if n in vars(cls)]
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    if '__lt__' in own:
        less = cls.__lt__
    elif '__gt__' in own:
        def less(a, b): return cls.__gt__(b, a)
    elif '__le__' in own:
        def less(a, b): return not cls.__le__(b, a)
    else:
        def less(a, b): return not cls.__ge__(a, b)
    rest = {'__lt__': lambda a, b: less(a, b),
            '__gt__': lambda a, b: less(b, a),
            '__le__': lambda a, b: less(a, b) or a == b,
            '__ge__': lambda a, b: not less(a, b)}
    for name, f in rest.items():
        if name not in own:
            setattr(cls, name, f)
    return cls


def singledispatch(func):
    """A function that is chosen by the type of its first argument.

    >>> from functools import singledispatch
    >>> @singledispatch
    ... def show(x): return 'thing'
    >>> @show.register(int)
    ... def show_int(x): return 'int'
    >>> show(1), show('a')
    ('int', 'thing')
    """
    registry = {object: func}

    def dispatch(cls):
        for c in cls.__mro__:
            if c in registry:
                return registry[c]

    def register(cls, f=None):
        if f is None:
            if not isinstance(cls, type):
                f, cls = cls, next(iter(cls.__annotations__.values()))
            else:
                return lambda g: register(cls, g)
        registry[cls] = f
        return f

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return dispatch(type(args[0]))(*args, **kwargs)

    wrapper.register, wrapper.dispatch, wrapper.registry = register, dispatch, registry
    return update_wrapper(wrapper, func)
