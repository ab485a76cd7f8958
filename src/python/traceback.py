"""Tracebacks as text: the frames of the dialect, outermost first."""
import _frames


def format_tb(exc, limit=None):
    """The lines of the frames that an exception went through."""
    rows = _frames.trace(exc)
    if limit is not None:
        rows = rows[:limit] if limit >= 0 else rows[limit:]
    lines = []
    for file, line, name, text in rows:
        lines.append(f'  File "{file}", line {line}, in {name}\n'
                     + (f'    {text.strip()}\n' if text.strip() else ''))
    return lines


def format_exception_only(exc, value=None):
    """The last line: class and message."""
    exc = exc if value is None else value
    name, text = type(exc).__qualname__, str(exc)
    if type(exc).__module__ not in ('__main__', 'builtins'):
        name = f'{type(exc).__module__}.{name}'
    return [f'{name}: {text}\n' if text else f'{name}\n']


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    """All of it, with what it was raised from."""
    exc = exc if value is None else value
    lines = []
    cause = getattr(exc, '__cause__', None)
    context = None if getattr(exc, '__suppress_context__', False) else \
        getattr(exc, '__context__', None)
    if chain and cause is not None:
        lines += format_exception(cause)
        lines.append('\nThe above exception was the direct cause of the following exception:\n\n')
    elif chain and context is not None:
        lines += format_exception(context)
        lines.append('\nDuring handling of the above exception, another exception occurred:\n\n')
    lines.append('Traceback (most recent call last):\n')
    return lines + format_tb(exc, limit) + format_exception_only(exc)


def format_exc(limit=None, chain=True):
    """The exception that is being handled, as text.

    >>> import traceback
    >>> try:
    ...     [][0]
    ... except IndexError:
    ...     last = traceback.format_exc().splitlines()[-1]
    >>> last
    'IndexError: list index out of range'
    """
    exc = _frames.handled()
    return 'NoneType: None\n' if exc is None else ''.join(format_exception(exc, None, None, limit, chain))


def print_exc(limit=None, file=None, chain=True):
    """format_exc() to standard error."""
    text = format_exc(limit, chain)
    if file is None:
        _frames.stderr(text)
    else:
        file.write(text)


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    text = ''.join(format_exception(exc, value, tb, limit, chain))
    if file is None:
        _frames.stderr(text)
    else:
        file.write(text)
