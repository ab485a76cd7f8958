"""torch.nn.attention: which implementations scaled_dot_product_attention may choose from. All
give the same numbers, and on the CPU there is one, so that the choice is checked and changes
nothing."""
from contextlib import contextmanager
from enum import Enum


class SDPBackend(Enum):
    """Names of implementations."""

    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4


@contextmanager
def sdpa_kernel(backends, set_priority=False):
    """One SDPBackend, or several.

    >>> import torch, torch.nn.functional as F
    >>> from torch.nn.attention import SDPBackend, sdpa_kernel
    >>> q = torch.ones(1, 1, 2, 2)
    >>> with sdpa_kernel(SDPBackend.MATH):
    ...     print(F.scaled_dot_product_attention(q, q, q))
    tensor([[[[1., 1.],
              [1., 1.]]]])
    """
    if isinstance(backends, SDPBackend):
        backends = [backends]
    if not isinstance(backends, (list, tuple)) or not all(isinstance(b, SDPBackend)
                                                          for b in backends):
        raise AssertionError('Backend must be an instance of SDPBackend or a list of SDPBackend '
                             'instances')
    yield
