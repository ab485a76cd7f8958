"""Helpers for with statements."""
from functools import wraps


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


class ContextDecorator:
    """Lets a context manager also be used as a decorator."""

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwargs):
            with self:
                return func(*args, **kwargs)
        return inner


class _GeneratorContextManager:
    def __init__(self, func, args, kwargs):
        self._make = lambda: func(*args, **kwargs)
        self.gen = func(*args, **kwargs)

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwargs):
            self.gen = self._make()
            with self:
                return func(*args, **kwargs)
        return inner

    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = kind()
        try:
            self.gen.throw(value)
        except StopIteration as e:
            return e is not value
        except BaseException as e:
            if e is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(func):
    """A generator with one yield becomes a context manager.

    >>> from contextlib import contextmanager
    >>> @contextmanager
    ... def tag(name):
    ...     print('<' + name + '>')
    ...     yield name
    ...     print('</' + name + '>')
    >>> with tag('q') as t: print(t)
    <q>
    q
    </q>
    """
    @wraps(func)
    def helper(*args, **kwargs):
        return _GeneratorContextManager(func, args, kwargs)
    return helper


class nullcontext:
    """Does nothing; gives enter_result.

    >>> from contextlib import nullcontext
    >>> with nullcontext(3) as x: print(x)
    3
    """

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *exc):
        return None


class suppress:
    """Ends its block quietly at one of the given exceptions.

    >>> from contextlib import suppress
    >>> with suppress(ZeroDivisionError): 1 / 0
    """

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self._exceptions)


class closing:
    """Calls thing.close() at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc):
        self.thing.close()


class ExitStack:
    """Context managers and callbacks that are left together, newest first."""

    def __init__(self):
        self._exits = []

    def enter_context(self, cm):
        result = cm.__enter__()
        self._exits.append(cm.__exit__)
        return result

    def callback(self, f, /, *args, **kwargs):
        self._exits.append(lambda *exc: f(*args, **kwargs) and False)
        return f

    def close(self):
        self.__exit__(None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        held = False
        while self._exits:
            if self._exits.pop()(kind, value, traceback):
                kind = value = traceback = None
                held = True
        return held
