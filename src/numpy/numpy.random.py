"""NumPy's generators: np.random.seed(s) and RandomState(s), the legacy one, and default_rng(s) give
NumPy's numbers."""
import math
import torch
from numpy import _core
from numpy._base import _refuse
from numpy._base import (ndarray, as_array, wrap, tensor, size_tuple, torch_dtype, is_array)
from numpy._create import array, asarray


def _size(size):
    """(count, shape); size None is one number."""
    shape = () if size is None else size_tuple(size)
    return math.prod(shape), shape


class _Draws:
    """What both have; _bits is C (legacy_random.c, pcg.c) and draws n at a time."""

    def _give(self, t, size):
        if size is None:
            return t.item()
        return as_array(t.reshape(size_tuple(size)))

    def _join(self, draw, size, *params):
        """n draws, with parameters that may be arrays."""
        ts = [tensor(p).double() for p in params]
        if size is None and all(t.dim() == 0 for t in ts):
            return draw(1, *[t.item() for t in ts]).item()
        shape = size_tuple(size) if size is not None else torch.broadcast_tensors(*ts)[0].shape
        ts = [t.expand(shape).reshape(-1) if t.dim() else t.item() for t in ts]
        return as_array(draw(math.prod(shape), *ts).reshape(shape))

    def standard_normal(self, size=None):
        return self._give(self._bits.gauss(_size(size)[0]), size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        if (tensor(scale) < 0).any():
            raise ValueError('scale < 0')
        return self._join(lambda n, m, s: m + s * self._bits.gauss(n), size, loc, scale)

    def uniform(self, low=0.0, high=1.0, size=None):
        return self._join(lambda n, lo, hi: lo + (hi - lo) * self._bits.doubles(n), size, low, high)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        return self._join(lambda n, m, s: torch.exp(m + s * self._bits.gauss(n)), size, mean, sigma)

    def permutation(self, x):
        """A shuffled copy along the first axis, or of range(x)."""
        if isinstance(x, int) or (is_array(x) and not asarray(x).ndim):
            return as_array(self._bits.order(int(x)))
        a = asarray(x)
        return as_array(tensor(a)[self._bits.order(a.shape[0])])

    def shuffle(self, x):
        """In place, along the first axis."""
        order = self._bits.order(len(x))
        if isinstance(x, ndarray):
            tensor(x).copy_(tensor(x)[order])
        else:
            x[:] = [x[i] for i in order.tolist()]

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Draws from an array or range(a)."""
        _refuse('random.choice', axis=axis or None)
        items = None if isinstance(a, int) else a if isinstance(a, list) else asarray(a)
        n = a if items is None else len(items)
        if n <= 0:
            what = "a must be greater than 0" if items is None else "'a' cannot be empty"
            raise ValueError(what + ' unless no samples are taken')
        count, shape = _size(size)
        at = self._positions(n, count, replace, p)
        if size is None:
            i = at.item()
            return i if items is None else items[i]
        if items is None:
            return as_array(at.reshape(shape))
        if isinstance(items, list) and items and isinstance(items[0], str):
            raise TypeError('arrays of strings are not here: draw positions with '
                            'np.random.choice(len(words), ...) and index the list')
        return as_array(tensor(items)[at.reshape(shape)])

    def _positions(self, n, count, replace, p):
        if p is not None:
            p = tensor(p).double()
            if p.shape[0] != n:
                raise ValueError("'a' and 'p' must have same size")
            if abs(p.sum().item() - 1) > 1.5e-8:
                raise ValueError('probabilities do not sum to 1')
            if (p < 0).any():
                raise ValueError('probabilities are not non-negative')
        if not replace and count > n:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        if p is None:
            return self._bits.ints(count, 0, n) if replace else self._few(n, count)
        if replace:
            return self._inverse(p, self._bits.doubles(count))
        if (p > 0).sum() < count:
            raise ValueError('Fewer non-zero entries in p than size')
        return self._distinct(p.clone(), count)

    def _inverse(self, p, x):
        """Positions where the running sum of p passes x."""
        cdf = p.cumsum(0)
        cdf = cdf / cdf[-1]
        return (x.unsqueeze(-1) >= cdf).sum(-1)

    def _distinct(self, p, count):
        found = []
        while len(found) < count:
            x = self._bits.doubles(count - len(found))
            if found:
                p[found] = 0
            for i in self._inverse(p, x).tolist():
                if i not in found:
                    found.append(i)
        return torch.tensor(found)


class RandomState(_Draws):
    """MT19937 with the legacy ways of drawing, draw for draw."""

    def __init__(self, seed=None):
        self._bits = _core.bits()
        if seed is not None:
            self.seed(seed)

    def seed(self, seed=None):
        if seed is None:
            self._bits = _core.bits()
        elif isinstance(seed, (list, tuple, ndarray)):
            raise TypeError('a seed here is one integer')
        else:
            self._bits.seed(int(seed))

    def random_sample(self, size=None):
        """Uniform in [0, 1)."""
        return self._give(self._bits.doubles(_size(size)[0]), size)

    random = ranf = sample = random_sample

    def rand(self, *shape):
        return self.random_sample(shape or None)

    def randn(self, *shape):
        return self.standard_normal(shape or None)

    def exponential(self, scale=1.0, size=None):
        return self._join(lambda n, s: s * -torch.log(1.0 - self._bits.doubles(n)), size, scale)

    def randint(self, low, high=None, size=None, dtype=int):
        """low <= x < high."""
        if high is None:
            low, high = 0, low
        want = torch_dtype(dtype)
        if want not in (torch.int64, torch.int32):
            raise TypeError('randint here draws int64 and int32')
        t = self._bits.ints(_size(size)[0], int(low), int(high)).to(want)
        if size is None:
            return t.item() if dtype is int else wrap(t.reshape(()))
        return as_array(t.reshape(size_tuple(size)))

    def random_integers(self, low, high=None, size=None):
        return self.randint(1 if high is None else low, (low if high is None else high) + 1, size)

    def _few(self, n, count):
        return self._bits.order(n)[:count]

    def multinomial(self, n, pvals, size=None):
        raise NotImplementedError('multinomial is not reproduced here: np.bincount('
                                  'np.random.choice(len(pvals), n, p=pvals)) counts draws')


class Generator(_Draws):
    """PCG64 with the ways of drawing of np.random.default_rng."""

    def __init__(self, bits):
        self._bits = bits

    def __repr__(self):
        return f'Generator(PCG64) at 0x{id(self):X}'

    def random(self, size=None, dtype=None):
        """Uniform in [0, 1)."""
        _only_float64(dtype)
        return self._give(self._bits.doubles(_size(size)[0]), size)

    def standard_normal(self, size=None, dtype=None):
        _only_float64(dtype)
        return self._give(self._bits.gauss(_size(size)[0]), size)

    def integers(self, low, high=None, size=None, dtype=int, endpoint=False):
        """low <= x < high, or <= high with endpoint."""
        if high is None:
            low, high = 0, low
        if torch_dtype(dtype) is not torch.int64:
            raise TypeError('integers here draws int64')
        t = self._bits.ints(_size(size)[0], int(low), int(high) + bool(endpoint))
        return wrap(t.reshape(())) if size is None else as_array(t.reshape(size_tuple(size)))

    def _few(self, n, count):
        return self._bits.distinct(n, count)

    def exponential(self, scale=1.0, size=None):
        raise NotImplementedError('default_rng().exponential is not reproduced here; '
                                  'np.random.RandomState(seed).exponential is')


def _only_float64(dtype):
    if dtype is not None and torch_dtype(dtype) is not torch.float64:
        raise TypeError('default_rng here draws float64; .astype(np.float32) converts')


def default_rng(seed=None):
    """A Generator of its own."""
    if isinstance(seed, Generator):
        return seed
    return Generator(_core.pcg(None if seed is None else int(seed)))


_state = RandomState()
seed, random_sample, random, ranf, sample = (_state.seed, _state.random_sample, _state.random,
                                             _state.ranf, _state.sample)
rand, randn, standard_normal, normal = (_state.rand, _state.randn, _state.standard_normal,
                                        _state.normal)
uniform, exponential, lognormal = _state.uniform, _state.exponential, _state.lognormal
randint, random_integers, permutation = (_state.randint, _state.random_integers,
                                         _state.permutation)
shuffle, choice, multinomial = _state.shuffle, _state.choice, _state.multinomial
