"""Warnings go to standard error, each place and text once, unless a filter says otherwise."""
import _frames

_ACTIONS = ('error', 'ignore', 'always', 'default', 'module', 'once')
_HIDDEN = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
filters = [('default', None, DeprecationWarning, '__main__', 0)]
filters += [('ignore', None, category, None, 0) for category in _HIDDEN]
_seen = set()
_records = []  # of the catch_warnings(record=True) blocks that are open


class WarningMessage:
    """What catch_warnings(record=True) collects: message, category, filename, lineno, line."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source

    def __str__(self):
        return ('{message : %r, category : %r, filename : %r, lineno : %s, line : %r}'
                % (self.message, self.category.__name__, self.filename, self.lineno, self.line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning as it is shown."""
    text = f'{filename}:{lineno}: {category.__name__}: {message}\n'
    return text + f'  {line.strip()}\n' if line and line.strip() else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to standard error."""
    text = formatwarning(message, category, filename, lineno, line)
    if file is None:
        _frames.stderr(text)
    else:
        file.write(text)


def _matches(entry, text, category, module, lineno):
    action, message, wanted, where, line = entry
    return (issubclass(category, wanted) and (not line or line == lineno)
            and (not message or _match(message, text, True))
            and (not where or where == module or _match(where, module, False)))


def _match(pattern, text, any_case):
    if all(c.isalnum() or c in ' _' for c in pattern):  # most are plain words
        if any_case:
            pattern, text = pattern.lower(), text.lower()
        return text.startswith(pattern)
    import re
    return re.match(pattern, text, re.I if any_case else 0) is not None


def _action(text, category, module, lineno):
    for entry in filters:
        if _matches(entry, text, category, module, lineno):
            return entry[0]
    return 'default'


def _key(action, text, category, filename, lineno):
    if action == 'once':
        return (text, category)
    if action == 'module':
        return (text, category, filename)
    return (text, category, filename, lineno)


def _of_engine(text, filename, lineno):
    """Is what the engine itself warns of to be shown, by the filters? What records collect is not."""
    action = _action(text, UserWarning, '__main__', lineno)
    if action == 'ignore':
        return False
    if action == 'error':
        raise UserWarning(text)
    if not _records or _records[-1] is None:
        return True
    key = _key(action, text, UserWarning, filename, lineno)
    if action == 'always' or key not in _seen:
        _seen.add(key)
        _records[-1].append(WarningMessage(UserWarning(text), UserWarning, filename, lineno))
    return False


def warn_explicit(message, category, filename, lineno, module=None, registry=None,
                  module_globals=None, source=None, line=None):
    """A warning with its place given."""
    if isinstance(message, Warning):
        text, category = str(message), type(message)
    else:
        text, message = message, category(message)
    action = _action(text, category, module or filename or '<unknown>', lineno)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    key = _key(action, text, category, filename, lineno)
    if action != 'always' and key in _seen:
        return
    _seen.add(key)
    if _records and _records[-1] is not None:
        _records[-1].append(WarningMessage(message, category, filename, lineno, source=source))
    else:
        showwarning(message, category, filename, lineno, None, line)


def warn(message, category=None, stacklevel=1, source=None):
    """Shows a warning of a category (UserWarning) once for each place that it comes from.

    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.warn('causal mask ignored')
    >>> str(caught[0].message), caught[0].category.__name__
    ('causal mask ignored', 'UserWarning')
    """
    if isinstance(message, Warning):
        category = type(message)
    category = category or UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    place = _frames.place(max(stacklevel, 1)) or ('sys', 1, '', '')
    warn_explicit(message, category, place[0], place[1], '__main__', source=source, line=place[3])


def _check(action, category, lineno):
    assert action in _ACTIONS, f'invalid action: {action!r}'
    assert isinstance(category, type) and issubclass(category, Warning), \
        'category must be a Warning subclass'
    assert isinstance(lineno, int) and lineno >= 0, 'lineno must be an int >= 0'


def _add(entry, append):
    if append:
        if entry not in filters:
            filters.append(entry)
    else:
        if entry in filters:
            filters.remove(entry)
        filters.insert(0, entry)
    _seen.clear()


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """What happens to warnings whose text and module begin with the patterns (re).

    action is 'ignore', 'error' (raise it), 'always', 'default' (once a place), 'module' or 'once'.
    """
    _check(action, category, lineno)
    assert isinstance(message, str), 'message must be a string'
    assert isinstance(module, str), 'module must be a string'
    _add((action, message or None, category, module or None, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """The same for every text and module.

    >>> import warnings
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter('ignore')
    ...     warnings.warn('nobody hears this')
    """
    _check(action, category, lineno)
    _add((action, None, category, None, lineno), append)


def resetwarnings():
    """No filters at all: every warning is shown once a place."""
    filters.clear()
    _seen.clear()


class catch_warnings:
    """Puts the filters back at the end of the block; record=True collects instead of showing."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0,
                 append=False):
        if module is not None:
            raise NotImplementedError('catch_warnings(module=) is not in qkv: leave it out')
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)
        self._entered = False

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f'Cannot enter {self!r} twice')
        self._entered = True
        self._filters = list(filters)
        _records.append([] if self._record else None if not _records else _records[-1])
        _seen.clear()
        if self._filter is not None:
            simplefilter(*self._filter)
        return _records[-1] if self._record else None

    def __exit__(self, *exc):
        if not self._entered:
            raise RuntimeError(f'Cannot exit {self!r} without entering first')
        filters[:] = self._filters
        _records.pop()
        _seen.clear()
        return False
