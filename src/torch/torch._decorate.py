"""How torch.no_grad and its kin wrap a function."""


def wrap(mode, function):
    def run(*args, **kwargs):
        with mode:
            return function(*args, **kwargs)
    run.__name__ = getattr(function, '__name__', 'run')
    run.__doc__ = getattr(function, '__doc__', None)
    return run
