"""torch.compile and torch.compiler: what is compiled runs as it is."""

__late__ = """
torch: compile
"""


def compile(model=None, *, fullgraph=False, dynamic=None, backend='inductor', mode=None,
            options=None, disable=False):
    """model itself; without one, a decorator that changes nothing.

    >>> import torch
    >>> torch.compile(torch.relu)(torch.tensor([-1., 2.]))
    tensor([0., 2.])
    """
    if mode is not None and options is not None:
        raise RuntimeError('Either mode or options can be specified, but both can\'t be specified '
                           'at the same time.')
    if model is None:
        return lambda fn: fn
    if not callable(model):
        raise TypeError(f'torch.compile: a function or module is wanted, not {type(model).__name__}')
    return model


def disable(fn=None, recursive=True):
    """fn itself."""
    return (lambda f: f) if fn is None else fn


def allow_in_graph(fn):
    return fn


def is_compiling():
    """False."""
    return False


def reset():
    return None


def cudagraph_mark_step_begin():
    return None
