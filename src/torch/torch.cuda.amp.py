"""torch.cuda.amp: what torch.amp has, for the device that is not there."""
import warnings

import torch
from torch.amp import custom_bwd, custom_fwd
from torch.amp import GradScaler as _GradScaler
from torch.amp import autocast as _autocast


class autocast(_autocast):
    """torch.autocast('cuda'): nothing changes."""

    def __init__(self, enabled=True, dtype=torch.float16, cache_enabled=True):
        super().__init__('cuda', enabled=enabled, dtype=dtype, cache_enabled=cache_enabled)


class GradScaler(_GradScaler):
    """torch.amp.GradScaler for CUDA: switched off."""

    def __init__(self, init_scale=2.0**16, growth_factor=2.0, backoff_factor=0.5,
                 growth_interval=2000, enabled=True):
        super().__init__('cuda', init_scale, growth_factor, backoff_factor, growth_interval,
                         enabled)
