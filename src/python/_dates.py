"""The calendar's part of time: localtime, gmtime, strftime, asctime, ctime."""

__late__ = """
time: localtime gmtime strftime asctime ctime struct_time
"""

import time
from collections import namedtuple

struct_time = namedtuple('struct_time', ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min',
                                         'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'])
struct_time.__module__ = 'time'
struct_time.__repr__ = lambda self: 'time.struct_time(' + ', '.join(
    f'{name}={value}' for name, value in zip(self._fields, self)) + ')'


def localtime(seconds=None):
    """The date and time of day here, of seconds since 1970 (now)."""
    return struct_time(*time._fields(seconds, True))


def gmtime(seconds=None):
    """The same at Greenwich.

    >>> import time
    >>> time.gmtime(0).tm_year, time.strftime('%Y-%m-%d %H:%M', time.gmtime(86400))
    (1970, '1970-01-02 00:00')
    """
    return struct_time(*time._fields(seconds, False))


def strftime(format, t=None):
    """A time as text: %Y year, %m month, %d day, %H:%M:%S, %A weekday, %B month's name, ..."""
    return time._text(format, localtime() if t is None else t)


def asctime(t=None):
    """'Sun Jun  9 16:26:40 1993'."""
    t = localtime() if t is None else t
    return strftime('%a %b ', t) + f'{t[2]:2d}' + strftime(' %H:%M:%S %Y', t)


def ctime(seconds=None):
    return asctime(localtime(seconds))
