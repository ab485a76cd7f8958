"""Options of a program. There is no command line here: parse_args() reads an empty one, so that
every option has its default; parse_args(['--heads', '4']) reads what it is given."""
import _frames

SUPPRESS = '==SUPPRESS=='
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, REMAINDER = '?', '*', '+', '...'


class ArgumentTypeError(Exception):
    pass


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = argument and argument._shown()
        self.message = message

    def __str__(self):
        return f'argument {self.argument_name}: {self.message}' if self.argument_name \
            else self.message


class HelpFormatter:
    """How help looks; here always the same way."""


class RawTextHelpFormatter(HelpFormatter):
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Help that says each default."""


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class Namespace:
    """The values by name, as attributes.

    >>> from argparse import Namespace
    >>> Namespace(heads=4, dim=64)
    Namespace(heads=4, dim=64)
    """

    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __repr__(self):
        return f"Namespace({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in self.__dict__


class BooleanOptionalAction:
    """action=BooleanOptionalAction: --x and --no-x."""


_FLAGS = {'store_true': (False, True), 'store_false': (True, False)}
_ACTIONS = ('store', 'store_const', 'store_true', 'store_false', 'append', 'append_const', 'count',
            'help', 'version', 'extend')


class Action:
    """One option or positional argument."""

    def __init__(self, flags, dest, action, nargs, const, default, type, choices, required, help,
                 metavar, version):
        self.option_strings, self.dest, self.action = flags, dest, action
        self.nargs, self.const, self.default, self.type = nargs, const, default, type
        self.choices, self.required, self.help, self.metavar = choices, required, help, metavar
        self.version = version

    def _shown(self):
        if self.option_strings:
            return '/'.join(self.option_strings)
        return self.metavar or self.dest

    def _takes(self):
        """(least, most) values; most None: as many as there are."""
        if self.action not in ('store', 'append', 'extend'):
            return 0, 0
        return {None: (1, 1), '?': (0, 1), '*': (0, None), '+': (1, None),
                '...': (0, None)}.get(self.nargs, (self.nargs, self.nargs))

    def _metavar(self):
        name = self.metavar
        if name is None and self.choices is not None:
            name = '{' + ','.join(str(c) for c in self.choices) + '}'
        if name is None:
            name = self.dest.upper() if self.option_strings else self.dest
        if isinstance(name, tuple):
            name = ' '.join(name)
        return {None: f'{name}', '?': f'[{name}]', '*': f'[{name} ...]',
                '+': f'{name} [{name} ...]', '...': '...'}.get(self.nargs) \
            or ' '.join([name] * self.nargs)

    def _usage(self):
        if not self.option_strings:
            return self._metavar()
        if self.action == 'boolean':
            text = ' | '.join(self.option_strings)
        else:
            text = self.option_strings[0]
            if self._takes() != (0, 0):
                text += f' {self._metavar()}'
        return text if self.required else f'[{text}]'


class _Group:
    """A part of the help; its arguments are the parser's."""

    def __init__(self, parser, title=None, description=None, exclusive=False, required=False):
        self._parser, self.title, self.description = parser, title, description
        self._exclusive, self.required, self._members = exclusive, required, []

    def add_argument(self, *names, **kwargs):
        made = self._parser.add_argument(*names, **kwargs)
        self._members.append(made)
        return made

    def add_argument_group(self, *args, **kwargs):
        return self._parser.add_argument_group(*args, **kwargs)

    def add_mutually_exclusive_group(self, **kwargs):
        return self._parser.add_mutually_exclusive_group(**kwargs)

    def set_defaults(self, **kwargs):
        self._parser.set_defaults(**kwargs)


class ArgumentParser:
    """Made of add_argument() calls, read by parse_args().

    >>> import argparse
    >>> parser = argparse.ArgumentParser()
    >>> a = parser.add_argument('--heads', type=int, default=8)
    >>> b = parser.add_argument('--causal', action='store_true')
    >>> parser.parse_args()
    Namespace(heads=8, causal=False)
    >>> parser.parse_args(['--heads=4', '--causal']).heads
    4
    """

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(),
                 formatter_class=HelpFormatter, prefix_chars='-', fromfile_prefix_chars=None,
                 argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True,
                 exit_on_error=True):
        if prefix_chars != '-' or fromfile_prefix_chars is not None:
            raise NotImplementedError('argparse here knows options that begin with - only')
        place = _frames.place(100000)
        name = (place[0] if place else 'qkv').split('/')[-1]
        self.prog = prog or name
        self.usage, self.description, self.epilog = usage, description, epilog
        self.formatter_class, self.argument_default = formatter_class, argument_default
        self.conflict_handler, self.allow_abbrev = conflict_handler, allow_abbrev
        self.exit_on_error = exit_on_error
        self._actions, self._defaults, self._groups = [], {}, []
        if add_help:
            self.add_argument('-h', '--help', action='help', default=SUPPRESS,
                              help='show this help message and exit')
        for parent in parents:
            self._actions += [a for a in parent._actions if a.action != 'help']
            self._defaults.update(parent._defaults)

    def add_argument(self, *names, action='store', nargs=None, const=None, default=None, type=None,
                     choices=None, required=None, help=None, metavar=None, dest=None, version=None):
        """An option ('-n', '--name') or a positional argument ('name')."""
        flags = [name for name in names if name.startswith('-')]
        if names and len(flags) not in (0, len(names)):
            raise ValueError(f'invalid option string {names[0]!r}: must start with a character '
                             "'-'")
        if not names and dest is None:
            raise TypeError("add_argument() missing 1 required positional argument: 'dest'")
        if action is BooleanOptionalAction:
            action = 'boolean'
            flags += ['--no-' + name[2:] for name in flags if name.startswith('--')]
        elif action not in _ACTIONS:
            if isinstance(action, str):
                raise ValueError(f'unknown action "{action}"')
            raise NotImplementedError('action= as a class is not in qkv: use one of '
                                      + ', '.join(_ACTIONS))
        if type is not None and not callable(type):
            raise ValueError(f'{type!r} is not callable')
        if nargs == 0:
            raise ValueError('nargs for store actions must be != 0; if you have nothing to store, '
                             'actions such as store true or store const may be more appropriate')
        for other in self._actions:
            both = [name for name in flags if name in other.option_strings]
            if both and self.conflict_handler == 'resolve':
                other.option_strings = [n for n in other.option_strings if n not in both]
            elif both:
                made = Action(flags, '', action, nargs, None, None, None, None, False, None, None,
                              None)
                raise ArgumentError(made, f"conflicting option string{'s' if len(both) > 1 else ''}"
                                          f": {', '.join(both)}")
        if dest is None:
            longer = [name for name in flags if name.startswith('--')] or flags or list(names)
            dest = longer[0].lstrip('-').replace('-', '_') if flags else names[0]
        if action in _FLAGS:
            default = _FLAGS[action][0] if default is None else default
            const = _FLAGS[action][1]
        if default is None and action != 'help':
            default = self.argument_default
        if not flags:
            if required is not None:
                raise TypeError("'required' is an invalid argument for positionals")
            required = nargs not in ('?', '*', '...') and default is not SUPPRESS
        made = Action(flags, dest, action, nargs, const, default, type, choices, bool(required),
                      help, metavar, version)
        self._actions.append(made)
        return made

    def add_argument_group(self, title=None, description=None, **kwargs):
        return _Group(self, title, description)

    def add_mutually_exclusive_group(self, *, required=False):
        group = _Group(self, exclusive=True, required=required)
        self._groups.append(group)
        return group

    def add_subparsers(self, **kwargs):
        raise NotImplementedError('argparse subcommands are not in qkv: there is no command line '
                                  'here; make a Namespace(...) of the values')

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    # ---- reading

    def _convert(self, action, word):
        if action.type is None:
            value = word
        else:
            try:
                value = action.type(word)
            except ArgumentTypeError as e:
                raise ArgumentError(action, str(e))
            except (TypeError, ValueError):
                name = getattr(action.type, '__name__', repr(action.type))
                raise ArgumentError(action, f'invalid {name} value: {word!r}')
        if action.choices is not None and value not in action.choices:
            among = ', '.join(repr(c) for c in action.choices)
            raise ArgumentError(action, f'invalid choice: {value!r} (choose from {among})')
        return value

    def _values(self, action, words):
        if action.nargs is None:
            return self._convert(action, words[0])
        if action.nargs == '?':
            if words:
                return self._convert(action, words[0])
            return action.const if action.option_strings else action.default
        if action.nargs == '*' and not words and not action.option_strings:
            return action.default if action.default is not None else []
        return [self._convert(action, word) for word in words]

    def _apply(self, space, action, words, flag):
        kind, dest = action.action, action.dest
        if kind == 'help':
            self.print_help()
            self.exit()
        elif kind == 'version':
            print(action.version.replace('%(prog)s', self.prog))
            self.exit()
        elif kind == 'store':
            setattr(space, dest, self._values(action, words))
        elif kind == 'boolean':
            setattr(space, dest, not flag.startswith('--no-'))
        elif kind == 'count':
            setattr(space, dest, (getattr(space, dest, None) or 0) + 1)
        elif kind in ('append', 'append_const', 'extend'):
            held = list(getattr(space, dest, None) or [])
            value = action.const if kind == 'append_const' else self._values(action, words)
            held.extend(value) if kind == 'extend' else held.append(value)
            setattr(space, dest, held)
        else:
            setattr(space, dest, action.const)

    def _option(self, word):
        """(action, flag, value behind = or None) of a word that begins with -."""
        flag, equals, value = word.partition('=')
        value = value if equals else None
        for action in self._actions:
            if word in action.option_strings:
                return action, word, None
            if flag in action.option_strings:
                return action, flag, value
        if word.startswith('--') and self.allow_abbrev:
            near = [(a, f) for a in self._actions for f in a.option_strings if f.startswith(flag)]
            if len(near) > 1:
                among = ', '.join(f for _, f in near)
                self.error(f'ambiguous option: {flag} could match {among}')
            if near:
                return near[0][0], near[0][1], value
        if not word.startswith('--') and len(word) > 2:
            for action in self._actions:
                if word[:2] in action.option_strings:
                    return action, word[:2], word[2:]
        return None

    @staticmethod
    def _is_number(word):
        try:
            float(word)
            return True
        except ValueError:
            return False

    def _looks_like_option(self, word):
        if not word.startswith('-') or word == '-':
            return False
        if self._option(word) is not None:
            return True
        return not self._is_number(word) and ' ' not in word

    def parse_known_args(self, args=None, namespace=None):
        """(namespace, what no argument was made for)."""
        args = [] if args is None else [str(a) for a in args]
        space = Namespace() if namespace is None else namespace
        for action in self._actions:
            if action.dest is not SUPPRESS and action.default is not SUPPRESS and \
                    not hasattr(space, action.dest):
                setattr(space, action.dest, action.default)
        for name in self._defaults:
            if not hasattr(space, name):
                setattr(space, name, self._defaults[name])
        try:
            return self._read(args, space)
        except ArgumentError as e:
            if not self.exit_on_error:
                raise
            self.error(str(e))

    def _read(self, args, space):
        seen, extra, loose, at, plain = [], [], [], 0, False
        while at < len(args):
            word = args[at]
            at += 1
            if word == '--' and not plain:
                plain = True
            elif plain or not self._looks_like_option(word):
                loose.append((at, word))
            else:
                found = self._option(word)
                if found is None:
                    extra.append((at, word))
                    continue
                action, flag, value = found
                least, most = action._takes()
                words = []
                if value is not None:
                    if most == 0 and not flag.startswith('--') and word[2:3] != '=':
                        args = args[:at] + ['-' + value] + args[at:]  # -vv is -v -v
                    elif most == 0:
                        raise ArgumentError(action, f'ignored explicit argument {value!r}')
                    else:
                        words = [value]
                else:
                    while at < len(args) and (most is None or len(words) < most) and \
                            not self._looks_like_option(args[at]) and args[at] != '--':
                        words.append(args[at])
                        at += 1
                if len(words) < least:
                    raise ArgumentError(action, self._expected(action))
                self._check_exclusive(action, seen)
                seen.append(action)
                self._apply(space, action, words, flag)
        left = len(self._positionals(space, [word for _, word in loose], seen))
        extra = [word for _, word in sorted(extra + loose[len(loose) - left:])]
        self._check_required(seen)
        for action in self._actions:  # a default that is text is read like an argument
            if action not in seen and isinstance(action.default, str) and \
                    action.default is not SUPPRESS and action.action == 'store' and \
                    getattr(space, action.dest, None) == action.default and action.type is not None:
                setattr(space, action.dest, self._convert_default(action))
        return space, extra

    def _convert_default(self, action):
        choices, action.choices = action.choices, None
        try:
            return self._convert(action, action.default)
        finally:
            action.choices = choices

    @staticmethod
    def _expected(action):
        if action.nargs is None:
            return 'expected one argument'
        if action.nargs == '+':
            return 'expected at least one argument'
        return f"expected {action.nargs} argument{'s' if action.nargs != 1 else ''}"

    def _positionals(self, space, loose, seen):
        places = [a for a in self._actions if not a.option_strings]
        for i, action in enumerate(places):
            least, most = action._takes()
            later = sum(a._takes()[0] for a in places[i + 1:])
            room = len(loose) - later
            if room < least:
                return loose
            take = room if most is None else min(most, room)
            words, loose = loose[:take], loose[take:]
            if take or least == 0:
                if take:
                    seen.append(action)
                self._apply(space, action, words, None)
        return loose

    def _check_exclusive(self, action, seen):
        for group in self._groups:
            for other in group._members if action in group._members else ():
                if other in seen and other is not action:
                    raise ArgumentError(action, f'not allowed with argument {other._shown()}')

    def _check_required(self, seen):
        missing = [a._shown() for a in self._actions if a.required and a not in seen]
        if missing:
            self.error(f"the following arguments are required: {', '.join(missing)}")
        for group in self._groups:
            if group.required and not any(a in seen for a in group._members):
                names = ' '.join(a._shown() for a in group._members)
                self.error(f'one of the arguments {names} is required')

    def parse_args(self, args=None, namespace=None):
        """The namespace; args None is the empty command line."""
        space, extra = self.parse_known_args(args, namespace)
        if extra:
            self.error(f"unrecognized arguments: {' '.join(extra)}")
        return space

    # ---- texts

    def format_usage(self):
        if self.usage is not None:
            return 'usage: ' + self.usage.replace('%(prog)s', self.prog) + '\n'
        options = [a._usage() for a in self._actions if a.option_strings and a.help is not SUPPRESS]
        places = [a._usage() for a in self._actions if not a.option_strings]
        line = ' '.join(['usage: ' + self.prog] + options + places)
        if len(line) <= 78:
            return line + '\n'
        head, lines = 'usage: ' + self.prog + ' ', ['usage: ' + self.prog]
        for group in (options, places):
            if group is places and places:
                lines.append(' ' * (len(head) - 1))
            for word in group:
                if len(lines[-1]) + 1 + len(word) > 78 and lines[-1].strip():
                    lines.append(' ' * (len(head) - 1))
                lines[-1] += ' ' + word
        return '\n'.join(lines) + '\n'

    @staticmethod
    def _left(action):
        if not action.option_strings:
            return action._metavar()
        values = f' {action._metavar()}' if action._takes() != (0, 0) else ''
        return ', '.join(flag + values for flag in action.option_strings)

    def _help_line(self, action, column):
        left = self._left(action)
        text = action.help or ''
        if issubclass(self.formatter_class, ArgumentDefaultsHelpFormatter) and text and \
                action.default is not SUPPRESS and '%(default)' not in text and \
                (action.option_strings or action.nargs in ('?', '*')):
            text += ' (default: %(default)s)'
        values = dict(action.__dict__, prog=self.prog)
        if '%' in text:
            text = text % values
        if not text:
            return f'  {left}'
        if len(left) <= column - 4:
            return f'  {left:<{column - 2}}{text}'
        return f"  {left}\n{'':{column}}{text}"

    def format_help(self):
        parts = [self.format_usage()]
        if self.description:
            parts.append(self.description.replace('%(prog)s', self.prog) + '\n')
        places = [a for a in self._actions if not a.option_strings and a.help is not SUPPRESS]
        options = [a for a in self._actions if a.option_strings and a.help is not SUPPRESS]
        column = min(max((len(self._left(a)) for a in places + options), default=0) + 4, 24)
        for title, actions in (('positional arguments', places), ('options', options)):
            if actions:
                parts.append(f'{title}:\n' + ''.join(self._help_line(a, column) + '\n'
                                                  for a in actions))
        if self.epilog:
            parts.append(self.epilog + '\n')
        return '\n'.join(parts)

    def print_usage(self, file=None):
        print(self.format_usage(), end='')

    def print_help(self, file=None):
        print(self.format_help(), end='')

    def exit(self, status=0, message=None):
        if message:
            _frames.stderr(message)
        raise SystemExit(status)

    def error(self, message):
        """The usage and what is wrong, to standard error; SystemExit(2)."""
        self.exit(2, f'{self.format_usage()}{self.prog}: error: {message}\n')
