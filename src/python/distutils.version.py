"""LooseVersion: numbers and words of a version, compared one by one."""


class LooseVersion:
    """Any text as a version: runs of digits count as numbers.

    >>> from distutils.version import LooseVersion
    >>> LooseVersion('1.10') > LooseVersion('1.9'), LooseVersion('1.5.1').version
    (True, [1, 5, 1])
    """

    def __init__(self, vstring=None):
        if vstring:
            self.parse(vstring)

    @staticmethod
    def _kind(c):
        return 'digit' if c in '0123456789' else 'letter' if 'a' <= c <= 'z' else c

    def parse(self, vstring):
        self.vstring = vstring
        parts = []
        for c in vstring:
            kind = self._kind(c)
            if parts and parts[-1][0] == kind and kind != '.':
                parts[-1][1] += c
            elif parts and parts[-1][0] not in ('digit', 'letter', '.') and \
                    kind not in ('digit', 'letter', '.'):
                parts[-1][1] += c
            else:
                parts.append([kind, c])
        self.version = [int(word) if kind == 'digit' else word
                        for kind, word in parts if kind != '.']

    def __str__(self):
        return self.vstring

    def __repr__(self):
        return f"LooseVersion ('{self}')"

    def _other(self, other):
        if isinstance(other, str):
            return type(self)(other)
        return other if isinstance(other, LooseVersion) else None

    def __eq__(self, other):
        other = self._other(other)
        return NotImplemented if other is None else self.version == other.version

    def __lt__(self, other):
        other = self._other(other)
        return NotImplemented if other is None else self.version < other.version

    def __le__(self, other):
        other = self._other(other)
        return NotImplemented if other is None else self.version <= other.version

    def __gt__(self, other):
        other = self._other(other)
        return NotImplemented if other is None else self.version > other.version

    def __ge__(self, other):
        other = self._other(other)
        return NotImplemented if other is None else self.version >= other.version
