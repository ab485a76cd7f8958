"""Warnings are printed once per text; filters change nothing but that."""

_seen = set()
_ignore = False


def warn(message, category=None, stacklevel=1, source=None):
    """Prints the message with its category, the first time it comes up.

    >>> import warnings
    >>> warnings.warn('causal mask ignored')
    UserWarning: causal mask ignored
    >>> warnings.warn('causal mask ignored')
    """
    if isinstance(message, Warning):
        category, message = type(message), str(message)
    category = category or UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    if not _ignore and (category, message) not in _seen:
        _seen.add((category, message))
        print(f'{category.__name__}: {message}')


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """'ignore' silences all warnings, anything else shows them."""
    global _ignore
    _ignore = action == 'ignore'


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action)


def resetwarnings():
    filterwarnings('default')


class catch_warnings:
    """Puts the filter back at the end of the block."""

    def __init__(self, *, record=False, **kwargs):
        self._record = record

    def __enter__(self):
        self._before = _ignore
        return [] if self._record else None

    def __exit__(self, *exc):
        global _ignore
        _ignore = self._before
        return False
