"""Messages by level, from loggers that form a tree by their dotted names, to standard error."""
import _frames
from time import time

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'
raiseExceptions = True
_names = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}
_numbers = {'CRITICAL': 50, 'FATAL': 50, 'ERROR': 40, 'WARN': 30, 'WARNING': 30, 'INFO': 20,
            'DEBUG': 10, 'NOTSET': 0}
_started = time()


def getLevelName(level):
    """'INFO' for 20, 20 for 'INFO'."""
    return _names.get(level) or _numbers.get(level, f'Level {level}')


def addLevelName(level, levelName):
    """Another level."""
    _names[level] = levelName
    _numbers[levelName] = level


def getLevelNamesMapping():
    return dict(_numbers)


def _level(level):
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError(f'Level not an integer or a valid string: {level!r}')
    if level not in _numbers:
        raise ValueError(f'Unknown level: {level!r}')
    return _numbers[level]


class LogRecord:
    """One message and where it came from."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None):
        if args and len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        self.name, self.msg, self.args = name, msg, args
        self.levelno, self.levelname = level, getLevelName(level)
        self.pathname, self.lineno, self.funcName = pathname, lineno, func
        self.filename = pathname.split('/')[-1]
        self.module = self.filename[:-3] if self.filename.endswith('.py') else self.filename
        self.exc_info, self.exc_text, self.stack_info = exc_info, None, sinfo
        self.created = time()
        self.msecs = int((self.created - int(self.created)) * 1000) + 0.0
        self.relativeCreated = (self.created - _started) * 1000
        self.processName, self.threadName = 'MainProcess', 'MainThread'
        self.process = self.thread = 1

    def __repr__(self):
        return (f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, '
                f'"{self.msg}">')

    def getMessage(self):
        """msg % args, made only now that somebody reads it."""
        msg = str(self.msg)
        return msg % self.args if self.args else msg


class Formatter:
    """A record as text: fmt is a % format over the record's attributes, or style '{' or '$'."""
    default_time_format = '%Y-%m-%d %H:%M:%S'

    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        if style not in ('%', '{', '$'):
            raise ValueError('Style must be one of: %,{,$')
        if fmt is None:
            fmt = {'%': '%(message)s', '{': '{message}', '$': '${message}'}[style]
        self._fmt, self.datefmt, self._style, self._defaults = fmt, datefmt, style, defaults or {}

    def usesTime(self):
        return {'%': '%(asctime)', '{': '{asctime', '$': '$asctime'}[self._style] in self._fmt \
            or '${asctime}' in self._fmt

    def formatTime(self, record, datefmt=None):
        from time import localtime, strftime
        t = localtime(record.created)
        if datefmt:
            return strftime(datefmt, t)
        return f'{strftime(self.default_time_format, t)},{int(record.msecs):03d}'

    def formatException(self, exc):
        import traceback
        return ''.join(traceback.format_exception(exc)).rstrip('\n')

    def formatMessage(self, record):
        values = dict(self._defaults)
        values.update(record.__dict__)
        try:
            if self._style == '%':
                return self._fmt % values
            if self._style == '{':
                return self._fmt.format(**values)
        except KeyError as e:
            raise ValueError(f'Formatting field not found in record: {e}')
        from string import Template
        return Template(self._fmt).substitute(**values)

    def format(self, record):
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info is not None and record.exc_text is None:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            text += ('' if text.endswith('\n') else '\n') + record.exc_text
        return text


_plain = Formatter()


class _Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        return all(f.filter(record) if hasattr(f, 'filter') else f(record) for f in self.filters)


class Filter:
    """Lets the records of one logger and those below it through."""

    def __init__(self, name=''):
        self.name = name

    def filter(self, record):
        return not self.name or (record.name + '.').startswith(self.name + '.')


class Handler(_Filterer):
    """Where records go: emit(record) is for subclasses to write."""

    def __init__(self, level=NOTSET):
        super().__init__()
        self.name = None
        self.level = _level(level)
        self.formatter = None

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or _plain).format(record)

    def handle(self, record):
        passed = self.filter(record)
        if passed:
            self.emit(record)
        return passed

    def emit(self, record):
        raise NotImplementedError('emit must be implemented by Handler subclasses')

    def flush(self):
        pass

    def close(self):
        pass

    def __repr__(self):
        return f'<{type(self).__name__} ({getLevelName(self.level)})>'


class StreamHandler(Handler):
    """To standard error, or to anything that has write()."""
    terminator = '\n'

    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream

    def emit(self, record):
        text = self.format(record) + self.terminator
        if self.stream is None:
            _frames.stderr(text)
        else:
            self.stream.write(text)

    def setStream(self, stream):
        before, self.stream = self.stream, stream
        return before


class NullHandler(Handler):
    """Nowhere."""

    def handle(self, record):
        pass

    def emit(self, record):
        pass


class FileHandler(Handler):
    """Refused: the dialect has no files."""

    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        raise NotImplementedError('logging to a file is not part of the dialect: it has no files; '
                                  'use logging.StreamHandler(), which writes to standard error')


lastResort = StreamHandler()
lastResort.setLevel(WARNING)


class Logger(_Filterer):
    """Made by getLogger(name). debug() to critical() take a % format and its arguments.

    >>> import logging
    >>> log = logging.getLogger('model.attention')
    >>> log.setLevel(logging.INFO)
    >>> log.parent.name, log.isEnabledFor(logging.DEBUG), log.isEnabledFor(logging.ERROR)
    ('root', False, True)
    """

    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name = name
        self.level = _level(level)
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False

    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        return not self.disabled and level > _disabled[0] and level >= self.getEffectiveLevel()

    def getChild(self, suffix):
        return getLogger(suffix if self.name == 'root' else f'{self.name}.{suffix}')

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        logger = self
        while logger is not None:
            if logger.handlers:
                return True
            logger = logger.parent if logger.propagate else None
        return False

    def callHandlers(self, record):
        logger, found = self, False
        while logger is not None:
            for handler in logger.handlers:
                found = True
                if record.levelno >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found and lastResort is not None and record.levelno >= lastResort.level:
            lastResort.handle(record)

    def handle(self, record):
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if stack_info:
            raise NotImplementedError('logging: stack_info is not in qkv; exc_info=True shows a traceback')
        if isinstance(exc_info, tuple):
            exc_info = exc_info[1]
        elif exc_info and not isinstance(exc_info, BaseException):
            exc_info = _frames.handled()
        place = _frames.place(max(stacklevel, 1)) or ('(unknown file)', 0, '(unknown function)', '')
        record = LogRecord(self.name, level, place[0], place[1], msg, args, exc_info or None,
                           place[2])
        for key in extra or {}:
            if key in ('message', 'asctime') or key in record.__dict__:
                raise KeyError(f'Attempt to overwrite {key!r} in LogRecord')
            record.__dict__[key] = extra[key]
        self.handle(record)

    def log(self, level, msg, *args, **kwargs):
        if not isinstance(level, int):
            raise TypeError('level must be an integer')
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)

    def debug(self, msg, *args, **kwargs):
        if self.isEnabledFor(DEBUG):
            self._log(DEBUG, msg, args, **kwargs)

    def info(self, msg, *args, **kwargs):
        if self.isEnabledFor(INFO):
            self._log(INFO, msg, args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        if self.isEnabledFor(WARNING):
            self._log(WARNING, msg, args, **kwargs)

    def error(self, msg, *args, **kwargs):
        if self.isEnabledFor(ERROR):
            self._log(ERROR, msg, args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """error() with the traceback of the exception that is being handled."""
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        if self.isEnabledFor(CRITICAL):
            self._log(CRITICAL, msg, args, **kwargs)

    warn = warning
    fatal = critical


class RootLogger(Logger):
    pass


class LoggerAdapter:
    """A logger with something of its own in every record."""

    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    def process(self, msg, kwargs):
        kwargs['extra'] = self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        if self.logger.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)


root = RootLogger('root', WARNING)
_loggers = {}
_disabled = [NOTSET]


def getLogger(name=None):
    """The logger of a name, the same each time; without a name the root."""
    if not name or name == 'root':
        return root
    if name not in _loggers:
        logger = _loggers[name] = Logger(name)
        logger.parent = root
        for other in _loggers.values():  # the nearest above it; those below it come to it
            if name.startswith(other.name + '.') and \
                    len(other.name) > (len(logger.parent.name) if logger.parent is not root else -1):
                logger.parent = other
        for other in _loggers.values():
            if other.name.startswith(name + '.') and \
                    (other.parent is root or len(other.parent.name) < len(name)):
                other.parent = logger
    return _loggers[name]


def getLoggerClass():
    return Logger


def disable(level=CRITICAL):
    """No message of this level or below from any logger."""
    _disabled[0] = _level(level)


def basicConfig(*, filename=None, filemode='a', format=None, datefmt=None, style='%', level=None,
                stream=None, handlers=None, force=False, encoding=None, errors=None):
    """Gives the root logger a handler with a format, unless it has one; and sets its level."""
    if filename is not None:
        FileHandler(filename)
    if stream is not None and handlers is not None:
        raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
    if style not in ('%', '{', '$'):
        raise ValueError('Style must be one of: %,{,$')
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if format is None:
        format = {'%': BASIC_FORMAT, '{': '{levelname}:{name}:{message}',
                  '$': '${levelname}:${name}:${message}'}[style]
    formatter = Formatter(format, datefmt, style)
    for handler in handlers or [StreamHandler(stream)]:
        if handler.formatter is None:
            handler.setFormatter(formatter)
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def _at_root(level, msg, args, kwargs):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kwargs)


def debug(msg, *args, **kwargs):
    _at_root(DEBUG, msg, args, kwargs)


def info(msg, *args, **kwargs):
    _at_root(INFO, msg, args, kwargs)


def warning(msg, *args, **kwargs):
    _at_root(WARNING, msg, args, kwargs)


def error(msg, *args, **kwargs):
    _at_root(ERROR, msg, args, kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    kwargs['exc_info'] = exc_info
    _at_root(ERROR, msg, args, kwargs)


def critical(msg, *args, **kwargs):
    _at_root(CRITICAL, msg, args, kwargs)


def log(level, msg, *args, **kwargs):
    _at_root(level, msg, args, kwargs)


warn = warning
fatal = critical


def captureWarnings(capture):
    """Refused where it would change something."""
    if capture:
        raise NotImplementedError('logging.captureWarnings(True) is not in qkv: '
                                  'warnings go to standard error as they are')


def shutdown():
    """Nothing is held back."""
