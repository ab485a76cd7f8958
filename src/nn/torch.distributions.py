"""torch.distributions: Normal, Categorical, Bernoulli, Uniform, MultivariateNormal, Independent;
their samples are PyTorch's for the same seed.
"""
import math
import torch
import torch.nn.functional as F
from torch.distributions import constraints

inf, nan = math.inf, math.nan


def _broadcast_all(*values):
    """Numbers and tensors as tensors of one shape."""
    tensors = [v for v in values if isinstance(v, torch.Tensor)]
    for v in values:
        if not isinstance(v, (torch.Tensor, int, float)):
            raise ValueError('Input arguments must all be instances of numbers.Number, '
                             'torch.Tensor or objects implementing __torch_function__.')
    dtype = tensors[0].dtype if tensors else torch.get_default_dtype()
    return torch.broadcast_tensors(*[v if isinstance(v, torch.Tensor)
                                     else torch.tensor(v, dtype=dtype) for v in values])


def _clamped(probs):
    eps = torch.finfo(probs.dtype).eps
    return probs.clamp(min=eps, max=1 - eps)


def _sum_rightmost(value, dims):
    return value if dims == 0 else value.reshape(value.shape[:value.dim() - dims] + (-1,)).sum(-1)


class Distribution:
    """Base class: batch_shape distributions side by side over events of event_shape."""

    has_rsample = False
    has_enumerate_support = False
    arg_constraints = {}
    support = None
    _validate_args = True

    @staticmethod
    def set_default_validate_args(value):
        if value not in [True, False]:
            raise ValueError
        Distribution._validate_args = value

    def __init__(self, batch_shape=torch.Size(), event_shape=torch.Size(), validate_args=None):
        self._batch_shape = torch.Size(batch_shape)
        self._event_shape = torch.Size(event_shape)
        if validate_args is not None:
            self._validate_args = validate_args
        if self._validate_args:
            self._validate_parameters()

    def _validate_parameters(self):
        for param, constraint in self.arg_constraints.items():
            if param not in self.__dict__:
                continue
            value = self.__dict__[param]
            if not constraint.check(value).all():
                raise ValueError(
                    f'Expected parameter {param} ({type(value).__name__} of shape '
                    f'{tuple(value.shape)}) of distribution {self!r} to satisfy the constraint '
                    f'{constraint!r}, but found invalid values:\n{value}')

    @property
    def batch_shape(self):
        return self._batch_shape

    @property
    def event_shape(self):
        return self._event_shape

    @property
    def stddev(self):
        return self.variance.sqrt()

    def expand(self, batch_shape, _instance=None):
        raise NotImplementedError

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        raise NotImplementedError

    def sample_n(self, n):
        return self.sample(torch.Size((n,)))

    def log_prob(self, value):
        raise NotImplementedError

    def entropy(self):
        raise NotImplementedError

    def perplexity(self):
        return torch.exp(self.entropy())

    def _extended_shape(self, sample_shape=torch.Size()):
        return torch.Size(sample_shape) + self._batch_shape + self._event_shape

    def _validate_sample(self, value):
        if not isinstance(value, torch.Tensor):
            raise ValueError('The value argument to log_prob must be a Tensor')
        start = value.dim() - len(self._event_shape)
        if value.size()[start:] != self._event_shape:
            raise ValueError('The right-most size of value must match event_shape: '
                             f'{value.size()} vs {self._event_shape}.')
        expected = self._batch_shape + self._event_shape
        for i, j in zip(reversed(value.size()), reversed(expected)):
            if i != 1 and j != 1 and i != j:
                raise ValueError('Value is not broadcastable with batch_shape+event_shape: '
                                 f'{value.size()} vs {expected}.')
        if not self.support.check(value).all():
            raise ValueError(
                f'Expected value argument ({type(value).__name__} of shape {tuple(value.shape)}) '
                f'to be within the support ({self.support!r}) of the distribution {self!r}, but '
                f'found invalid values:\n{value}')

    def _unchecked(self, *args, **kwargs):
        """Another of the same class, whose parameters are known to be right."""
        new = type(self)(*args, validate_args=False, **kwargs)
        new._validate_args = self._validate_args
        return new

    def __repr__(self):
        own = self.__dict__
        params = [f'{k}: {own[k] if own[k].numel() == 1 else own[k].size()}'
                  for k in self.arg_constraints if k in own]
        return self.__class__.__name__ + '(' + ', '.join(params) + ')'


def _scalar_batch(*values):
    return all(isinstance(v, (int, float)) for v in values)


class Normal(Distribution):
    """Gaussian with mean loc and standard deviation scale."""

    arg_constraints = {'loc': constraints.real, 'scale': constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _broadcast_all(loc, scale)
        super().__init__(self.loc.size(), validate_args=validate_args)

    @property
    def mean(self):
        return self.loc

    mode = mean

    @property
    def stddev(self):
        return self.scale

    @property
    def variance(self):
        return self.stddev.pow(2)

    def expand(self, batch_shape, _instance=None):
        return self._unchecked(self.loc.expand(batch_shape), self.scale.expand(batch_shape))

    def sample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            return torch.normal(self.loc.expand(shape), self.scale.expand(shape))

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        eps = torch.empty(shape, dtype=self.loc.dtype).normal_()
        return self.loc + eps * self.scale

    def log_prob(self, value):
        if self._validate_args:
            self._validate_sample(value)
        var = self.scale ** 2
        log_scale = self.scale.log()
        return (-((value - self.loc) ** 2) / (2 * var) - log_scale
                - math.log(math.sqrt(2 * math.pi)))

    def cdf(self, value):
        if self._validate_args:
            self._validate_sample(value)
        return 0.5 * (1 + torch.erf((value - self.loc) * self.scale.reciprocal() / math.sqrt(2)))

    def icdf(self, value):
        return self.loc + self.scale * torch.erfinv(2 * value - 1) * math.sqrt(2)

    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)


class Uniform(Distribution):
    """Uniform in [low, high)."""

    has_rsample = True

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = _broadcast_all(low, high)
        self.arg_constraints = {'low': constraints.dependent, 'high': constraints.dependent}
        super().__init__(self.low.size(), validate_args=validate_args)
        if self._validate_args and not torch.lt(self.low, self.high).all():
            raise ValueError('Uniform is not defined when low>= high')

    @property
    def support(self):
        return constraints.interval(self.low, self.high)

    @property
    def mean(self):
        return (self.high + self.low) / 2

    @property
    def mode(self):
        return nan * self.high

    @property
    def stddev(self):
        return (self.high - self.low) / 12 ** 0.5

    @property
    def variance(self):
        return (self.high - self.low).pow(2) / 12

    def expand(self, batch_shape, _instance=None):
        return self._unchecked(self.low.expand(batch_shape), self.high.expand(batch_shape))

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        rand = torch.rand(shape, dtype=self.low.dtype)
        return self.low + rand * (self.high - self.low)

    def log_prob(self, value):
        if self._validate_args:
            self._validate_sample(value)
        lb = self.low.le(value).type_as(self.low)
        ub = self.high.gt(value).type_as(self.low)
        return torch.log(lb.mul(ub)) - torch.log(self.high - self.low)

    def cdf(self, value):
        if self._validate_args:
            self._validate_sample(value)
        return ((value - self.low) / (self.high - self.low)).clamp(min=0, max=1)

    def icdf(self, value):
        return value * (self.high - self.low) + self.low

    def entropy(self):
        return torch.log(self.high - self.low)


class _ByProbability(Distribution):
    """What is given by probs or by logits and has the other when it is asked for."""

    def __getattr__(self, name):
        if name == 'logits' and 'probs' in self.__dict__:
            with torch.enable_grad():
                self.logits = self._logits_of(self.__dict__['probs'])
            return self.logits
        if name == 'probs' and 'logits' in self.__dict__:
            with torch.enable_grad():
                self.probs = self._probs_of(self.__dict__['logits'])
            return self.probs
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    @property
    def _param(self):
        return self.__dict__['probs'] if self._given == 'probs' else self.__dict__['logits']

    @property
    def param_shape(self):
        return self._param.size()


class Bernoulli(_ByProbability):
    """1 with probability probs, else 0."""

    arg_constraints = {'probs': constraints.unit_interval, 'logits': constraints.real}
    support = constraints.boolean
    has_enumerate_support = True

    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError('Either `probs` or `logits` must be specified, but not both.')
        given, = _broadcast_all(logits if probs is None else probs)
        self._given = 'logits' if probs is None else 'probs'
        setattr(self, self._given, given)
        super().__init__(given.size(), validate_args=validate_args)

    def _logits_of(self, probs):
        p = _clamped(probs)
        return torch.log(p) - torch.log1p(-p)

    def _probs_of(self, logits):
        return torch.sigmoid(logits)

    @property
    def mean(self):
        return self.probs

    @property
    def mode(self):
        mode = (self.probs >= 0.5).to(self.probs)
        mode[self.probs == 0.5] = nan
        return mode

    @property
    def variance(self):
        return self.probs * (1 - self.probs)

    def expand(self, batch_shape, _instance=None):
        return self._unchecked(**{self._given: self._param.expand(batch_shape)})

    def sample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            return torch.bernoulli(self.probs.expand(shape))

    def log_prob(self, value):
        if self._validate_args:
            self._validate_sample(value)
        logits, value = torch.broadcast_tensors(self.logits, value)
        return -F.binary_cross_entropy_with_logits(logits, value, reduction='none')

    def entropy(self):
        return F.binary_cross_entropy_with_logits(self.logits, self.probs, reduction='none')

    def enumerate_support(self, expand=True):
        values = torch.arange(2, dtype=self._param.dtype)
        values = values.view((-1,) + (1,) * len(self._batch_shape))
        return values.expand((-1,) + self._batch_shape) if expand else values


class Categorical(_ByProbability):
    """The number of a class; probs or logits over the last dim."""

    arg_constraints = {'probs': constraints.simplex, 'logits': constraints.real_vector}
    has_enumerate_support = True

    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError('Either `probs` or `logits` must be specified, but not both.')
        self._given = 'logits' if probs is None else 'probs'
        given = logits if probs is None else probs
        if given.dim() < 1:
            raise ValueError(f'`{self._given}` parameter must be at least one-dimensional.')
        if probs is None:
            self.logits = logits - logits.logsumexp(dim=-1, keepdim=True)
        else:
            self.probs = probs / probs.sum(-1, keepdim=True)
        self._num_events = given.size()[-1]
        super().__init__(given.size()[:-1], validate_args=validate_args)

    def _logits_of(self, probs):
        return torch.log(_clamped(probs))

    def _probs_of(self, logits):
        return F.softmax(logits, dim=-1)

    @property
    def support(self):
        return constraints.integer_interval(0, self._num_events - 1)

    @property
    def mean(self):
        return torch.full(self._extended_shape(), nan, dtype=self.probs.dtype)

    variance = mean

    @property
    def mode(self):
        return self.probs.argmax(axis=-1)

    def expand(self, batch_shape, _instance=None):
        shape = torch.Size(batch_shape) + torch.Size((self._num_events,))
        new = self._unchecked(**{self._given: self._param.expand(shape)})
        setattr(new, self._given, self._param.expand(shape))
        return new

    def sample(self, sample_shape=torch.Size()):
        sample_shape = torch.Size(sample_shape)
        probs = self.probs.reshape(-1, self._num_events)
        samples = torch.multinomial(probs, sample_shape.numel(), True).T
        return samples.reshape(self._extended_shape(sample_shape))

    def log_prob(self, value):
        if self._validate_args:
            self._validate_sample(value)
        value = value.long().unsqueeze(-1)
        value, log_pmf = torch.broadcast_tensors(value, self.logits)
        return log_pmf.gather(-1, value[..., :1]).squeeze(-1)

    def entropy(self):
        logits = torch.clamp(self.logits, min=torch.finfo(self.logits.dtype).min)
        return -(logits * self.probs).sum(-1)

    def enumerate_support(self, expand=True):
        values = torch.arange(self._num_events).view((-1,) + (1,) * len(self._batch_shape))
        return values.expand((-1,) + self._batch_shape) if expand else values


class MultivariateNormal(Distribution):
    """Gaussian over vectors, by one of covariance_matrix, precision_matrix, scale_tril."""

    arg_constraints = {'loc': constraints.real_vector,
                       'covariance_matrix': constraints.positive_definite,
                       'precision_matrix': constraints.positive_definite,
                       'scale_tril': constraints.lower_cholesky}
    support = constraints.real_vector
    has_rsample = True

    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None,
                 validate_args=None):
        if loc.dim() < 1:
            raise ValueError('loc must be at least one-dimensional.')
        given = {'covariance_matrix': covariance_matrix, 'precision_matrix': precision_matrix,
                 'scale_tril': scale_tril}
        given = {k: m for k, m in given.items() if m is not None}
        if len(given) != 1:
            raise ValueError('Exactly one of covariance_matrix or precision_matrix or scale_tril '
                             'may be specified.')
        (self._given, matrix), = given.items()
        if matrix.dim() < 2:
            where = '' if self._given == 'precision_matrix' else ', with optional leading batch ' \
                'dimensions'
            raise ValueError(f'{self._given} must be at least two-dimensional{where}')
        batch = torch.broadcast_shapes(matrix.shape[:-2], loc.shape[:-1])
        setattr(self, self._given, matrix.expand(batch + matrix.shape[-2:]))
        self.loc = loc.expand(batch + loc.shape[-1:])
        super().__init__(batch, self.loc.shape[-1:], validate_args=validate_args)
        if self._given == 'scale_tril':
            self._tril = matrix
        elif self._given == 'covariance_matrix':
            self._tril = torch.linalg.cholesky(matrix)
        else:
            flipped = torch.linalg.cholesky(torch.flip(matrix, (-2, -1)))
            inverse = torch.transpose(torch.flip(flipped, (-2, -1)), -2, -1)
            eye = torch.eye(matrix.shape[-1], dtype=matrix.dtype)
            self._tril = torch.linalg.solve_triangular(inverse, eye, upper=False)

    def __getattr__(self, name):
        shape = None
        if name in ('scale_tril', 'covariance_matrix', 'precision_matrix'):
            shape = self._batch_shape + self._event_shape + self._event_shape
        if name == 'scale_tril':
            value = self._tril
        elif name == 'covariance_matrix':
            value = torch.matmul(self._tril, self._tril.mT)
        elif name == 'precision_matrix':
            value = torch.cholesky_inverse(self._tril)
        else:
            raise AttributeError(f"'MultivariateNormal' object has no attribute '{name}'")
        setattr(self, name, value.expand(shape))
        return self.__dict__[name]

    @property
    def mean(self):
        return self.loc

    mode = mean

    @property
    def variance(self):
        return self._tril.pow(2).sum(-1).expand(self._batch_shape + self._event_shape)

    def expand(self, batch_shape, _instance=None):
        batch = torch.Size(batch_shape)
        return self._unchecked(self.loc.expand(batch + self._event_shape),
                               scale_tril=self._tril.expand(batch + 2 * self._event_shape))

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        eps = torch.empty(shape, dtype=self.loc.dtype).normal_()
        return self.loc + torch.matmul(self._tril, eps.unsqueeze(-1)).squeeze(-1)

    def log_prob(self, value):
        if self._validate_args:
            self._validate_sample(value)
        diff = (value - self.loc).unsqueeze(-1)
        m = torch.linalg.solve_triangular(self._tril, diff, upper=False).squeeze(-1).pow(2).sum(-1)
        half_log_det = self._tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + m) - half_log_det

    def entropy(self):
        half_log_det = self._tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        h = 0.5 * self._event_shape[0] * (1.0 + math.log(2 * math.pi)) + half_log_det
        return h if len(self._batch_shape) == 0 else h.expand(self._batch_shape)


class Independent(Distribution):
    """The last dims of a distribution's batch taken as dims of the event."""

    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        n = reinterpreted_batch_ndims
        base = base_distribution
        if n > len(base.batch_shape):
            raise ValueError('Expected reinterpreted_batch_ndims <= len(base_distribution.'
                             f'batch_shape), actual {n} vs {len(base.batch_shape)}')
        shape = base.batch_shape + base.event_shape
        at = len(base.batch_shape) - n
        self.base_dist = base
        self.reinterpreted_batch_ndims = n
        self.arg_constraints = {}
        super().__init__(shape[:at], shape[at:], validate_args=validate_args)

    @property
    def has_rsample(self):
        return self.base_dist.has_rsample

    @property
    def support(self):
        base, n = self.base_dist.support, self.reinterpreted_batch_ndims
        return constraints.independent(base, n) if n else base

    @property
    def mean(self):
        return self.base_dist.mean

    @property
    def mode(self):
        return self.base_dist.mode

    @property
    def variance(self):
        return self.base_dist.variance

    def expand(self, batch_shape, _instance=None):
        batch = torch.Size(batch_shape)
        shape = batch + self.event_shape[:self.reinterpreted_batch_ndims]
        return self._unchecked(self.base_dist.expand(shape), self.reinterpreted_batch_ndims)

    def sample(self, sample_shape=torch.Size()):
        return self.base_dist.sample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        return self.base_dist.rsample(sample_shape)

    def log_prob(self, value):
        return _sum_rightmost(self.base_dist.log_prob(value), self.reinterpreted_batch_ndims)

    def entropy(self):
        return _sum_rightmost(self.base_dist.entropy(), self.reinterpreted_batch_ndims)

    def __repr__(self):
        return f'Independent({self.base_dist}, {self.reinterpreted_batch_ndims})'


# ---- KL(p || q) ------------------------------------------------------------------

def _kl_normal(p, q):
    var_ratio = (p.scale / q.scale).pow(2)
    t1 = ((p.loc - q.loc) / q.scale).pow(2)
    return 0.5 * (var_ratio + t1 - 1 - var_ratio.log())


def _kl_uniform(p, q):
    result = ((q.high - q.low) / (p.high - p.low)).log()
    result[(q.low > p.low) | (q.high < p.high)] = inf
    return result


def _kl_bernoulli(p, q):
    t1 = p.probs * (F.softplus(-q.logits) - F.softplus(-p.logits))
    t1[q.probs == 0] = inf
    t1[p.probs == 0] = 0
    t2 = (1 - p.probs) * (F.softplus(q.logits) - F.softplus(p.logits))
    t2[q.probs == 1] = inf
    t2[p.probs == 1] = 0
    return t1 + t2


def _kl_categorical(p, q):
    t = p.probs * (p.logits - q.logits)
    t[(q.probs == 0).expand_as(t)] = inf
    t[(p.probs == 0).expand_as(t)] = 0
    return t.sum(-1)


def _kl_multivariate_normal(p, q):
    if p.event_shape != q.event_shape:
        raise ValueError('KL-divergence between two Multivariate Normals with different event '
                         'shapes cannot be computed')
    lq, lp = q._tril, p._tril
    half = (lq.diagonal(dim1=-2, dim2=-1).log().sum(-1)
            - lp.diagonal(dim1=-2, dim2=-1).log().sum(-1))
    ratio = torch.linalg.solve_triangular(lq, lp, upper=False).pow(2).sum((-2, -1))
    diff = (q.loc - p.loc).unsqueeze(-1)
    m = torch.linalg.solve_triangular(lq, diff, upper=False).squeeze(-1).pow(2).sum(-1)
    return half + 0.5 * (ratio + m - p.event_shape[0])


def _kl_independent(p, q):
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError
    return _sum_rightmost(kl_divergence(p.base_dist, q.base_dist), p.reinterpreted_batch_ndims)


_kl = {(Normal, Normal): _kl_normal, (Uniform, Uniform): _kl_uniform,
       (Bernoulli, Bernoulli): _kl_bernoulli, (Categorical, Categorical): _kl_categorical,
       (MultivariateNormal, MultivariateNormal): _kl_multivariate_normal,
       (Independent, Independent): _kl_independent}


def register_kl(type_p, type_q):
    """Decorator: the function is KL(p || q) for these classes."""
    def keep(fn):
        _kl[type_p, type_q] = fn
        return fn
    return keep


def kl_divergence(p, q):
    """The expectation under p of log p - log q."""
    for a in type(p).__mro__:
        for b in type(q).__mro__:
            if (a, b) in _kl:
                return _kl[a, b](p, q)
    raise NotImplementedError(f'No KL(p || q) is implemented for p type {type(p).__name__} and q '
                              f'type {type(q).__name__}')
