"""torch.random: the generator of all that names none."""
from contextlib import contextmanager

from torch import default_generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state


@contextmanager
def fork_rng(devices=None, enabled=True, device_type='cuda'):
    """What is drawn within leaves the generator as it was.

    >>> import torch
    >>> _ = torch.manual_seed(0)
    >>> with torch.random.fork_rng():
    ...     a = torch.rand(1)
    >>> torch.equal(a, torch.rand(1))
    True
    """
    import torch
    for device in devices or ():
        torch.device('cuda', device)
    state = get_rng_state() if enabled else None
    try:
        yield
    finally:
        if enabled:
            set_rng_state(state)
