"""torch.nn.parameter: Parameter; what has no shape yet is loaded when it is asked for."""
from torch.nn._base import Parameter

_later = ('UninitializedParameter', 'UninitializedBuffer', 'UninitializedTensorMixin', 'is_lazy')


def __getattr__(name):
    if name in _later:
        from torch.nn.parameter import _lazy
        return getattr(_lazy, name)
    raise AttributeError(f"module 'torch.nn.parameter' has no attribute '{name}'")


def __dir__():
    return list(_later)
