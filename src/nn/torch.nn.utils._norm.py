"""torch.nn.utils.weight_norm and spectral_norm: a weight that is computed before every forward
from parameters of other names.
"""
import torch
import torch.nn.functional as F
from torch.nn.parameter import Parameter


def _no_second(module, kind, name):
    for hook in module._forward_pre_hooks.values():
        if isinstance(hook, kind) and hook.name == name:
            what = 'weight_norm' if kind is WeightNorm else 'spectral_norm'
            raise RuntimeError(f'Cannot register two {what} hooks on the same parameter {name}')


def _remove(module, kind, name, what):
    for key, hook in list(module._forward_pre_hooks.items()):
        if isinstance(hook, kind) and hook.name == name:
            hook.remove(module)
            del module._forward_pre_hooks[key]
            return module
    raise ValueError(f"{what} of '{name}' not found in {module}")


class WeightNorm:
    """weight = g v / |v|, the norm over all dims but dim. Salimans and Kingma 2016."""

    def __init__(self, name, dim):
        self.name = name
        self.dim = -1 if dim is None else dim

    def _norm(self, v):
        if self.dim == -1:
            return v.norm()
        if not 0 <= self.dim < v.dim():
            raise NotImplementedError(f'weight_norm(dim={self.dim}): dim must be None or one of '
                                      f'0 to {v.dim() - 1}')
        return v.norm(2, [d for d in range(v.dim()) if d != self.dim], keepdim=True)

    def compute_weight(self, module):
        v = getattr(module, self.name + '_v')
        return v * (getattr(module, self.name + '_g') / self._norm(v))

    def remove(self, module):
        weight = self.compute_weight(module)
        delattr(module, self.name)
        del module._parameters[self.name + '_g']
        del module._parameters[self.name + '_v']
        setattr(module, self.name, Parameter(weight.data))

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module))


def weight_norm(module, name='weight', dim=0):
    """Has module compute the parameter `name` from name_g (length) and name_v (direction)."""
    _no_second(module, WeightNorm, name)
    fn = WeightNorm(name, dim)
    weight = getattr(module, name)
    g = fn._norm(weight).data
    del module._parameters[name]
    module.register_parameter(name + '_g', Parameter(g))
    module.register_parameter(name + '_v', Parameter(weight.data))
    setattr(module, name, fn.compute_weight(module))
    module.register_forward_pre_hook(fn)
    return module


def remove_weight_norm(module, name='weight'):
    """The weight as a plain parameter again."""
    return _remove(module, WeightNorm, name, 'weight_norm')


class SpectralNorm:
    """weight / its largest singular value, by power iteration. Miyato et al. 2018."""

    def __init__(self, name, n_power_iterations, dim, eps):
        if n_power_iterations <= 0:
            raise ValueError('Expected n_power_iterations to be positive, but got '
                             f'n_power_iterations={n_power_iterations}')
        self.name = name
        self.dim = dim
        self.n_power_iterations = n_power_iterations
        self.eps = eps

    def as_matrix(self, weight):
        if self.dim != 0:
            weight = weight.permute(self.dim, *[d for d in range(weight.dim()) if d != self.dim])
        return weight.reshape(weight.size(0), -1)

    def compute_weight(self, module, do_power_iteration):
        weight = getattr(module, self.name + '_orig')
        u, v = getattr(module, self.name + '_u'), getattr(module, self.name + '_v')
        matrix = self.as_matrix(weight)
        if do_power_iteration:
            with torch.no_grad():
                for _ in range(self.n_power_iterations):
                    v.copy_(F.normalize(torch.mv(matrix.t(), u), dim=0, eps=self.eps))
                    u.copy_(F.normalize(torch.mv(matrix, v), dim=0, eps=self.eps))
                u, v = u.clone(), v.clone()
        return weight / torch.dot(u, torch.mv(matrix, v))

    def remove(self, module):
        with torch.no_grad():
            weight = self.compute_weight(module, False)
        for suffix in ('', '_u', '_v', '_orig'):
            delattr(module, self.name + suffix)
        module.register_parameter(self.name, Parameter(weight.detach()))

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module, module.training))


def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    """Has module divide the parameter `name` (now name_orig) by its largest singular value."""
    if dim is None:
        transposed = type(module).__name__ in ('ConvTranspose1d', 'ConvTranspose2d',
                                               'ConvTranspose3d')
        dim = 1 if transposed else 0
    _no_second(module, SpectralNorm, name)
    fn = SpectralNorm(name, n_power_iterations, dim, eps)
    weight = module._parameters[name]
    if weight is None:
        raise ValueError(f'`SpectralNorm` cannot be applied as parameter `{name}` is None')
    with torch.no_grad():
        rows, columns = fn.as_matrix(weight).size()
        u = F.normalize(weight.new_empty(rows).normal_(0, 1), dim=0, eps=eps)
        v = F.normalize(weight.new_empty(columns).normal_(0, 1), dim=0, eps=eps)
    delattr(module, name)
    module.register_parameter(name + '_orig', weight)
    setattr(module, name, weight.data)
    module.register_buffer(name + '_u', u)
    module.register_buffer(name + '_v', v)
    module.register_forward_pre_hook(fn)
    return module


def remove_spectral_norm(module, name='weight'):
    """The weight as a plain parameter again."""
    return _remove(module, SpectralNorm, name, 'spectral_norm')
