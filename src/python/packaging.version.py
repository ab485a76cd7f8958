"""Versions by PEP 440: they compare by meaning, 1.10 after 1.9 and 1.13.0rc1 before 1.13."""


class InvalidVersion(ValueError):
    pass


_PRE = {'a': 'a', 'alpha': 'a', 'b': 'b', 'beta': 'b', 'c': 'rc', 'rc': 'rc', 'pre': 'rc',
        'preview': 'rc'}
_POST = ('post', 'rev', 'r')


class _Reader:
    """The rest of a version's text, eaten from the left."""

    def __init__(self, text):
        self.rest = text

    def digits(self):
        n = 0
        while n < len(self.rest) and self.rest[n] in '0123456789':
            n += 1
        word, self.rest = self.rest[:n], self.rest[n:]
        return int(word) if word else None

    def letters(self):
        n = 0
        while n < len(self.rest) and 'a' <= self.rest[n] <= 'z':
            n += 1
        return self.rest[:n]

    def separator(self):
        if self.rest[:1] in ('.', '-', '_') and self.rest[:1]:
            self.rest = self.rest[1:]

    def named(self, names):
        """(name, number) of a part like rc1, .post2 or -dev; None and nothing eaten without."""
        before = self.rest
        self.separator()
        word = self.letters()
        if word not in names:
            self.rest = before
            return None
        self.rest = self.rest[len(word):]
        inner = self.rest
        self.separator()
        number = self.digits()
        if number is None:
            self.rest = inner
        return word, number or 0


def _local_key(local):
    return tuple((part, '') if isinstance(part, int) else (-1, part) for part in local)


class Version:
    """A version's parts: epoch, release, pre, post, dev, local; compares as PEP 440 says.

    >>> from packaging import version
    >>> version.parse('1.10.0') > version.parse('1.9'), version.parse('2.0.0+cu118').major
    (True, 2)
    """

    def __init__(self, version):
        if not isinstance(version, str):
            raise TypeError('expected string or bytes-like object')
        r = _Reader(version.strip().lower())
        if r.rest[:1] == 'v':
            r.rest = r.rest[1:]
        self.epoch = 0
        release = [r.digits()]
        if r.rest[:1] == '!' and release[0] is not None:
            self.epoch, r.rest = release[0], r.rest[1:]
            release = [r.digits()]
        while r.rest[:1] == '.' and r.rest[1:2] in tuple('0123456789'):
            r.rest = r.rest[1:]
            release.append(r.digits())
        pre = r.named(_PRE)
        self.pre = (_PRE[pre[0]], pre[1]) if pre else None
        self.post = self._read_post(r)
        dev = r.named(('dev',))
        self.dev = dev[1] if dev else None
        self._local = self._read_local(r)
        if release[0] is None or r.rest:
            raise InvalidVersion(f"Invalid version: '{version}'")
        self.release = tuple(release)

    @staticmethod
    def _read_post(r):
        if r.rest[:1] == '-' and r.rest[1:2] in tuple('0123456789'):
            r.rest = r.rest[1:]
            return r.digits()
        post = r.named(_POST)
        return post[1] if post else None

    @staticmethod
    def _read_local(r):
        if r.rest[:1] != '+':
            return None
        parts = r.rest[1:].replace('-', '.').replace('_', '.').split('.')
        if any(not part.isalnum() or not part.isascii() for part in parts):
            return None
        r.rest = ''
        return tuple(int(part) if part.isdigit() else part for part in parts)

    @property
    def local(self):
        return '.'.join(str(part) for part in self._local) if self._local else None

    @property
    def major(self):
        return self.release[0]

    @property
    def minor(self):
        return self.release[1] if len(self.release) > 1 else 0

    @property
    def micro(self):
        return self.release[2] if len(self.release) > 2 else 0

    @property
    def is_prerelease(self):
        return self.dev is not None or self.pre is not None

    @property
    def is_postrelease(self):
        return self.post is not None

    @property
    def is_devrelease(self):
        return self.dev is not None

    @property
    def base_version(self):
        epoch = f'{self.epoch}!' if self.epoch else ''
        return epoch + '.'.join(str(n) for n in self.release)

    @property
    def public(self):
        return str(self).split('+')[0]

    def __str__(self):
        text = self.base_version
        if self.pre is not None:
            text += f'{self.pre[0]}{self.pre[1]}'
        if self.post is not None:
            text += f'.post{self.post}'
        if self.dev is not None:
            text += f'.dev{self.dev}'
        return text + (f'+{self.local}' if self._local else '')

    def __repr__(self):
        return f"<Version('{self}')>"

    def _key(self):
        release = list(self.release)
        while release and release[-1] == 0:
            release.pop()
        if self.pre is None and self.post is None and self.dev is not None:
            pre = (-1, '', 0)
        else:
            pre = (1, '', 0) if self.pre is None else (0, self.pre[0], self.pre[1])
        post = -1 if self.post is None else self.post
        dev = (1, 0) if self.dev is None else (0, self.dev)
        local = (0, ()) if self._local is None else (1, _local_key(self._local))
        return self.epoch, tuple(release), pre, post, dev, local

    def __hash__(self):
        return hash(self._key())

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, Version) else NotImplemented

    def __ne__(self, other):
        return self._key() != other._key() if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, Version) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, Version) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, Version) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, Version) else NotImplemented


def parse(version):
    """A Version."""
    return Version(version)
