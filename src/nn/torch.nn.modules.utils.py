"""torch.nn.modules.utils: a number or a tuple as a tuple of n."""


def _ntuple(n, name='parse'):
    """A function that makes a tuple of n of what is no tuple yet."""

    def parse(x):
        if hasattr(x, '__iter__'):
            return tuple(x)
        return tuple([x] * n)

    parse.__name__ = name
    return parse


_single = _ntuple(1, '_single')
_pair = _ntuple(2, '_pair')
_triple = _ntuple(3, '_triple')
_quadruple = _ntuple(4, '_quadruple')


def _reverse_repeat_tuple(t, n):
    """(a, b) -> (b, b, a, a) for n = 2: how F.pad wants it."""
    return tuple(x for x in reversed(t) for _ in range(n))
