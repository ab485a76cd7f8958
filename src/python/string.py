"""Character classes as strings."""
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
whitespace = ' \t\n\r\v\f'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Every word capitalised.

    >>> import string
    >>> string.capwords('self  attention')
    'Self Attention'
    """
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))


class Template:
    """Text with $name and ${name} to be filled in; $$ is a $.

    >>> from string import Template
    >>> Template('$heads heads of ${size}d').substitute(heads=8, size=64)
    '8 heads of 64d'
    """

    def __init__(self, template):
        self.template = template

    def _fill(self, values, strict):
        text, out, at = self.template, '', 0
        while at < len(text):
            if text[at] != '$':
                out += text[at]
                at += 1
                continue
            start, braced = at, text[at + 1:at + 2] == '{'
            at += 1 + braced
            if not braced and text[at:at + 1] == '$':
                out += '$'
                at += 1
                continue
            end = at
            while end < len(text) and text[at:end + 1].isidentifier() and text[end].isascii():
                end += 1
            name, at = text[at:end], end + braced
            if not name or (braced and text[end:end + 1] != '}'):
                if strict:
                    raise self._invalid(start)
                out += text[start]
                at = start + 1
            elif name in values or strict:
                out += str(values[name])
            else:
                out += text[start:at]
        return out

    def _invalid(self, at):
        lines = self.template[:at].split('\n')
        return ValueError('Invalid placeholder in string: line %d, col %d'
                          % (len(lines), len(lines[-1]) + 1))

    def substitute(self, mapping=None, /, **kws):
        """The text with every name filled in; KeyError for one without a value."""
        return self._fill({**(mapping or {}), **kws}, True)

    def safe_substitute(self, mapping=None, /, **kws):
        """The same; what has no value stays as it is."""
        return self._fill({**(mapping or {}), **kws}, False)
