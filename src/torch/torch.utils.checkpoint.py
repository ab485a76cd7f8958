"""torch.utils.checkpoint: the function is called as it is. PyTorch runs it again in the backward
pass to save memory; results and gradients are the same."""
import warnings

import torch


def _tensors(values):
    return [v for v in values if torch.is_tensor(v)]


def checkpoint(function, *args, use_reentrant=True, preserve_rng_state=True, **kwargs):
    """function(*args). With use_reentrant (the default) nothing gets a gradient unless one of the
    arguments requires it, and a warning says so, as in PyTorch.

    >>> import torch
    >>> from torch.utils.checkpoint import checkpoint
    >>> x = torch.ones(2, requires_grad=True)
    >>> checkpoint(torch.exp, x).sum().backward()
    >>> x.grad
    tensor([2.7183, 2.7183])
    """
    if not use_reentrant:
        for name in ('context_fn', 'determinism_check', 'debug', 'early_stop'):
            kwargs.pop(name, None)
        return function(*args, **kwargs)
    if kwargs:
        raise ValueError('Unexpected keyword arguments: ' + ','.join(kwargs))
    if torch.is_grad_enabled() and not any(t.requires_grad for t in _tensors(args)):
        warnings.warn('None of the inputs have requires_grad=True. Gradients will be None',
                      stacklevel=1)
        with torch.no_grad():
            return function(*args)
    return function(*args)


def checkpoint_sequential(functions, segments, input, use_reentrant=True, **kwargs):
    """The functions one after the other; all segments but the last through checkpoint()."""
    preserve = kwargs.pop('preserve_rng_state', True)
    if kwargs:
        raise ValueError('Unexpected keyword arguments: ' + ','.join(kwargs))
    if isinstance(functions, torch.nn.Sequential):
        functions = list(functions.children())

    def run(start, end):
        def forward(x):
            for j in range(start, end + 1):
                x = functions[j](x)
            return x
        return forward

    size, end = len(functions) // segments, -1
    for start in range(0, size * (segments - 1), size):
        end = start + size - 1
        input = checkpoint(run(start, end), input, use_reentrant=use_reentrant,
                           preserve_rng_state=preserve)
    return run(end + 1, len(functions) - 1)(input)


def get_device_states(*args):
    """The GPUs of the arguments and the states of their generators: there are none."""
    return [], []


def set_device_states(devices, states):
    """Nothing, for no devices."""
    for device in devices:
        torch.device('cuda', device)


def set_checkpoint_early_stop(enable):
    from contextlib import nullcontext
    return nullcontext()
