"""torch.fx: nothing is traced symbolically here; wrap, which only marks a function, is there."""


def wrap(fn_or_name):
    """fn_or_name itself: the mark is for a tracer."""
    if not callable(fn_or_name) and not isinstance(fn_or_name, str):
        raise RuntimeError('Unsupported type for global function! Must be either a callable or '
                           'string name')
    return fn_or_name
