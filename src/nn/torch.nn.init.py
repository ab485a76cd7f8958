"""torch.nn.init: initial weights, drawn in place with PyTorch's numbers."""
import math
import torch


def calculate_gain(nonlinearity, param=None):
    """The factor by which a nonlinearity shrinks the standard deviation, inverted."""
    if nonlinearity in ('linear', 'sigmoid', 'conv1d', 'conv2d'):
        return 1
    if nonlinearity == 'tanh':
        return 5.0 / 3
    if nonlinearity == 'relu':
        return math.sqrt(2.0)
    if nonlinearity == 'leaky_relu':
        slope = 0.01 if param is None else param
        return math.sqrt(2.0 / (1 + slope ** 2))
    if nonlinearity == 'selu':
        return 3.0 / 4
    raise ValueError(f'Unsupported nonlinearity {nonlinearity}')


def uniform_(tensor, a=0.0, b=1.0, generator=None):
    """Uniform in [a, b)."""
    with torch.no_grad():
        return tensor.uniform_(a, b, generator=generator)


def normal_(tensor, mean=0.0, std=1.0, generator=None):
    """Normal with this mean and standard deviation."""
    with torch.no_grad():
        return tensor.normal_(mean, std, generator=generator)


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    """Normal, but nothing outside [a, b]: the inverse of the distribution function of a uniform."""
    lower = (1.0 + math.erf((a - mean) / std / math.sqrt(2.0))) / 2.0
    upper = (1.0 + math.erf((b - mean) / std / math.sqrt(2.0))) / 2.0
    with torch.no_grad():
        tensor.uniform_(2 * lower - 1, 2 * upper - 1, generator=generator)
        tensor.erfinv_()
        tensor.mul_(std * math.sqrt(2.0))
        tensor.add_(mean)
        tensor.clamp_(min=a, max=b)
    return tensor


def constant_(tensor, val):
    """Every element val."""
    with torch.no_grad():
        return tensor.fill_(val)


def ones_(tensor):
    return constant_(tensor, 1.0)


def zeros_(tensor):
    return constant_(tensor, 0.0)


def eye_(tensor):
    """The identity matrix."""
    with torch.no_grad():
        return tensor.copy_(torch.eye(tensor.shape[0], tensor.shape[1]))


def dirac_(tensor, groups=1):
    """A convolution that returns its input, in each group of output channels."""
    dims = tensor.dim()
    if dims not in (3, 4, 5):
        raise ValueError('Only tensors with 3, 4, or 5 dimensions are supported')
    sizes = tensor.size()
    if sizes[0] % groups != 0:
        raise ValueError('dim 0 must be divisible by groups')
    per_group = sizes[0] // groups
    middle = tuple(n // 2 for n in sizes[2:])
    with torch.no_grad():
        tensor.zero_()
        for g in range(groups):
            for d in range(min(per_group, sizes[1])):
                tensor[(g * per_group + d, d) + middle] = 1
    return tensor


def sparse_(tensor, sparsity, std=0.01, generator=None):
    """Normal, but this share of each column 0. Martens 2010."""
    if tensor.dim() != 2:
        raise ValueError('Only tensors with 2 dimensions are supported')
    rows, cols = tensor.shape
    zeros = int(math.ceil(sparsity * rows))
    with torch.no_grad():
        tensor.normal_(0, std, generator=generator)
        for col in range(cols):
            tensor[torch.randperm(rows)[:zeros], col] = 0
    return tensor


def _fans(tensor):
    if tensor.dim() < 2:
        raise ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 '
                         'dimensions')
    field = 1
    for n in tensor.shape[2:]:
        field *= n
    return tensor.shape[1] * field, tensor.shape[0] * field


def _calculate_fan_in_and_fan_out(tensor):
    return _fans(tensor)


def xavier_uniform_(tensor, gain=1.0, generator=None):
    """Uniform with variance 2 gain² / (fan_in + fan_out). Glorot and Bengio 2010."""
    fan_in, fan_out = _fans(tensor)
    std = gain * math.sqrt(2.0 / float(fan_in + fan_out))
    bound = math.sqrt(3.0) * std
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor, gain=1.0, generator=None):
    """Normal with variance 2 gain² / (fan_in + fan_out). Glorot and Bengio 2010."""
    fan_in, fan_out = _fans(tensor)
    return normal_(tensor, 0.0, gain * math.sqrt(2.0 / float(fan_in + fan_out)), generator)


def _fan(tensor, mode):
    mode = mode.lower()
    if mode not in ('fan_in', 'fan_out'):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    fan_in, fan_out = _fans(tensor)
    return fan_in if mode == 'fan_in' else fan_out


def kaiming_uniform_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None):
    """Uniform with variance gain² / fan. He et al. 2015."""
    std = calculate_gain(nonlinearity, a) / math.sqrt(_fan(tensor, mode))
    bound = math.sqrt(3.0) * std
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None):
    """Normal with variance gain² / fan. He et al. 2015."""
    std = calculate_gain(nonlinearity, a) / math.sqrt(_fan(tensor, mode))
    return normal_(tensor, 0.0, std, generator)


xavier_uniform = xavier_uniform_
xavier_normal = xavier_normal_
kaiming_uniform = kaiming_uniform_
kaiming_normal = kaiming_normal_
uniform = uniform_
normal = normal_
constant = constant_


def orthogonal_(tensor, gain=1, generator=None):
    """A (semi-)orthogonal matrix times gain: its rows or columns, whichever are fewer, are
    orthonormal (Saxe, McClelland, Ganguli 2014). Gram-Schmidt of a normal matrix in float64,
    every column twice: once loses orthogonality to rounding.
    """
    if tensor.ndim < 2:
        raise ValueError('Only tensors with 2 or more dimensions are supported')
    with torch.no_grad():
        rows = tensor.shape[0]
        drawn = torch.empty(rows, tensor.numel() // rows, dtype=tensor.dtype)
        drawn.normal_(0, 1, generator=generator)
        wide = drawn.shape[0] < drawn.shape[1]
        columns = (drawn if wide else drawn.T).double()
        basis = torch.zeros_like(columns)
        for j in range(columns.shape[0]):
            v = columns[j]
            for _ in range(2):
                v = v - (basis[:j] @ v) @ basis[:j]
            basis[j] = v / v.norm()
        return tensor.copy_((basis if wide else basis.T).reshape(tensor.shape)).mul_(gain)
