"""Mixed precision. It changes nothing on a CPU without CUDA but for torch.autocast('cpu'), whose
products in bfloat16 are not in qkv and say so."""

__late__ = """
torch: autocast
"""

import functools
import warnings

import torch


def autocast_decorator(autocast_instance, func):
    """func inside of the context."""
    @functools.wraps(func)
    def decorate_autocast(*args, **kwargs):
        with autocast_instance:
            return func(*args, **kwargs)
    return decorate_autocast


class autocast:
    """A context or decorator that computes in a lower precision on one kind of device.

    With 'cuda' there is no such device: a warning, and nothing changes, as in PyTorch. With 'cpu',
    bfloat16 and enabled PyTorch would compute products in bfloat16: NotImplementedError on entry.

    >>> import torch
    >>> with torch.autocast('cpu', enabled=False):
    ...     y = torch.ones(2, 2) @ torch.ones(2, 2)
    >>> y.dtype
    torch.float32
    """

    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        if device_type not in ('cuda', 'cpu'):
            raise RuntimeError("User specified autocast device_type must be 'cuda' or 'cpu'")
        self.device = device_type
        self.fast_dtype = torch.float16 if device_type == 'cuda' else torch.bfloat16
        if enabled and device_type == 'cuda':
            warnings.warn("User provided device_type of 'cuda', but CUDA is not available. "
                          'Disabling')
            enabled = False
        if dtype is not None:
            self.fast_dtype = dtype
        if device_type == 'cpu' and self.fast_dtype is not torch.bfloat16:
            warnings.warn('In CPU autocast, but the target dtype is not supported. Disabling '
                          'autocast.\nCPU Autocast only supports dtype of torch.bfloat16 currently.')
            enabled = False
        self._enabled = enabled
        self._cache_enabled = True if cache_enabled is None else cache_enabled

    def __enter__(self):
        if self.device == 'cpu' and self.fast_dtype is torch.float16:
            raise RuntimeError('Currently, AutocastCPU only support Bfloat16 as the '
                               'autocast_cpu_dtype')
        if self._enabled:
            raise NotImplementedError(
                'torch.autocast on the CPU computes products in bfloat16, which is not in qkv; '
                'write enabled=False, or cast what you want rounded with .to(torch.bfloat16)')
        return self

    def __exit__(self, *exc):
        return False

    def __call__(self, func):
        return autocast_decorator(self, func)


def is_autocast_available(device_type):
    """False: there is none here that would do something."""
    return False


def custom_fwd(fwd=None, *, device_type='cuda', cast_inputs=None):
    """The forward of an autograd.Function as it is: autocast is never on here."""
    return functools.partial(custom_fwd, cast_inputs=cast_inputs) if fwd is None else fwd


def custom_bwd(bwd=None, *, device_type='cuda'):
    """The backward of an autograd.Function as it is."""
    return custom_bwd if bwd is None else bwd


class GradScaler:
    """Scales a loss so that float16 gradients do not vanish; switched off, with a warning,
    because there is no CUDA: every method then passes on what it is given.

    >>> import torch
    >>> scaler = torch.cuda.amp.GradScaler(enabled=False)
    >>> scaler.scale(torch.ones(1)), scaler.get_scale()
    (tensor([1.]), 1.0)
    """

    def __init__(self, device='cuda', init_scale=2.0**16, growth_factor=2.0, backoff_factor=0.5,
                 growth_interval=2000, enabled=True):
        if enabled:
            warnings.warn('torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  '
                          'Disabling.')
        self._enabled = False

    def scale(self, outputs):
        return outputs

    def unscale_(self, optimizer):
        return None

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        return None

    def get_scale(self):
        return 1.0

    def get_growth_factor(self):
        return 2.0

    def get_backoff_factor(self):
        return 0.5

    def get_growth_interval(self):
        return 2000

    def is_enabled(self):
        return False

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        return None
