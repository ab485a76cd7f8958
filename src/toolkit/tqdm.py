"""tqdm's bar as qkv's own line of progress: on a terminal only, and on standard error."""
from time import perf_counter

import qkv

__version__ = '4.64.1'


class TqdmTypeError(TypeError):
    pass


class TqdmKeyError(KeyError):
    pass


class tqdm:
    """The items of iterable one after the other, with a line of progress on a terminal.

    >>> from tqdm import tqdm
    >>> with tqdm(total=10, desc='epoch') as bar:
    ...     bar.set_postfix(loss=0.5)
    ...     done = bar.update(4)
    >>> bar
    epoch:  40%, 4/10, loss=0.5
    """

    def __init__(self, iterable=None, desc=None, total=None, leave=True, file=None, ncols=None,
                 mininterval=0.1, maxinterval=10.0, miniters=None, ascii=None, disable=False,
                 unit='it', unit_scale=False, dynamic_ncols=False, smoothing=0.3, bar_format=None,
                 initial=0, position=None, postfix=None, unit_divisor=1000, write_bytes=False,
                 lock_args=None, nrows=None, colour=None, delay=0, gui=False, **kwargs):
        if kwargs:
            raise TqdmKeyError('Unknown argument(s): ' + str(kwargs))
        if total is None and iterable is not None and hasattr(iterable, '__len__'):
            total = len(iterable)
        if total == float('inf'):
            total = None
        self.iterable, self.total, self.disable, self.leave = iterable, total, bool(disable), leave
        self.desc = desc or ''
        self.n = self.initial = initial
        self.unit, self.mininterval = unit, mininterval
        self.postfix = ''
        self.start_t = self.last_print_t = perf_counter()
        self._shown = False
        if isinstance(postfix, dict):
            self.set_postfix(postfix, refresh=False)
        elif postfix is not None:
            self.postfix = str(postfix)

    def __iter__(self):
        if self.iterable is None:
            raise TypeError("'NoneType' object is not iterable")
        try:
            for item in self.iterable:
                yield item
                self.update(1)
        finally:
            self.close()

    def __len__(self):
        return self.total if self.iterable is None or not hasattr(self.iterable, '__len__') \
            else len(self.iterable)

    def __bool__(self):
        if self.total is not None:
            return self.total > 0
        if self.iterable is None:
            raise TypeError('bool() undefined when iterable == total == None')
        return bool(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def __contains__(self, item):
        return item in iter(self)

    def __reversed__(self):
        whole, self.iterable = self.iterable, reversed(self.iterable)
        yield from self
        self.iterable = whole

    def __repr__(self):
        parts = [f'{self.desc}: ' if self.desc else '']
        if self.total:
            parts.append(f'{100 * self.n / self.total:3.0f}%, {self.n}/{self.total}')
        else:
            parts.append(f'{self.n}{self.unit}')
        return ''.join(parts) + (f', {self.postfix}' if self.postfix else '')

    def _line(self):
        taken = max(perf_counter() - self.start_t, 1e-9)
        rate = (self.n - self.initial) / taken
        text = f'{self.desc}: ' if self.desc else ''
        text += f'{self.n} of {self.total}' if self.total else f'{self.n}'
        text += f', {qkv._rate(rate)}{self.unit}/s'
        if self.total and rate:
            text += f', {max(self.total - self.n, 0) / rate:.0f} s left'
        return text + (f', {self.postfix}' if self.postfix else '')

    def display(self, msg=None, pos=None):
        """Draws the line now."""
        if not self.disable:
            done = min(self.n / self.total, 1.0) if self.total else 0.0
            qkv._progress(done, self._line() if msg is None else msg)
            self._shown = True
            self.last_print_t = perf_counter()
        return True

    def refresh(self, nolock=False, lock_args=None):
        """Draws the line now."""
        return self.display()

    def update(self, n=1):
        """n steps further; True when the line was drawn anew."""
        if self.disable:
            return None
        self.n += n
        if perf_counter() - self.last_print_t < self.mininterval:
            return None
        return self.display()

    def close(self):
        """Takes the line away."""
        if self._shown:
            qkv._progress(1.0)
            self._shown = False

    def clear(self, nolock=False):
        """Takes the line away until it is drawn again."""
        self.close()

    def reset(self, total=None):
        """Begins again at 0."""
        self.n = 0
        if total is not None:
            self.total = total
        self.start_t = self.last_print_t = perf_counter()

    def unpause(self):
        """Time goes on from here."""
        self.last_print_t = perf_counter()

    def set_description(self, desc=None, refresh=True):
        """What stands before the count."""
        self.desc = desc or ''
        if refresh:
            self._soon()

    def set_description_str(self, desc=None, refresh=True):
        self.set_description(desc, refresh)

    def set_postfix(self, ordered_dict=None, refresh=True, **kwargs):
        """What stands behind it: name=value, numbers with three digits."""
        values = dict(ordered_dict or {})
        for key in sorted(kwargs):
            values[key] = kwargs[key]
        parts = []
        for key, value in values.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                value = self.format_num(value)
            parts.append(f'{key}={str(value).strip()}')
        self.set_postfix_str(', '.join(parts), refresh)

    def set_postfix_str(self, s='', refresh=True):
        self.postfix = str(s)
        if refresh:
            self._soon()

    def _soon(self):
        if perf_counter() - self.last_print_t >= self.mininterval:
            self.display()

    @staticmethod
    def format_num(n):
        """A number in as few characters as three digits need."""
        short, whole = f'{n:.3g}'.replace('e+0', 'e+').replace('e-0', 'e-'), str(n)
        return short if len(short) < len(whole) else whole

    @classmethod
    def write(cls, s, file=None, end='\n', nolock=False):
        """print() that the line does not get in the way of."""
        if file is not None:
            file.write(f'{s}{end}')
        else:
            print(s, end=end)

    @property
    def format_dict(self):
        taken = perf_counter() - self.start_t
        return {'n': self.n, 'total': self.total, 'elapsed': taken, 'prefix': self.desc,
                'unit': self.unit, 'postfix': self.postfix or None, 'initial': self.initial,
                'rate': (self.n - self.initial) / taken if taken else None}


def trange(*args, **kwargs):
    """tqdm(range(*args), **kwargs).

    >>> from tqdm import trange
    >>> [i for i in trange(3)]
    [0, 1, 2]
    """
    return tqdm(range(*args), **kwargs)


tqdm_notebook = tqdm
tnrange = trange
