"""torch.jit: nothing is compiled here; what is decorated or scripted runs as it is."""
import torch
from typing import Any

Final = Any


def script(obj, optimize=None, _frames_up=0, _rcb=None, example_inputs=None):
    """obj itself.

    >>> import torch
    >>> @torch.jit.script
    ... def double(x):
    ...     return 2 * x
    >>> double(torch.ones(2))
    tensor([2., 2.])
    """
    return obj


def trace(func, example_inputs=None, optimize=None, check_trace=True, check_inputs=None,
          check_tolerance=1e-5, strict=True, example_kwarg_inputs=None):
    """func itself, run once with the example inputs so that an error in it is seen."""
    if example_kwarg_inputs is not None:
        func(**example_kwarg_inputs)
    elif torch.is_tensor(example_inputs):
        func(example_inputs)
    else:
        func(*example_inputs)
    return func


def trace_module(mod, inputs, optimize=None, check_trace=True, check_inputs=None,
                 check_tolerance=1e-5, strict=True):
    """mod itself, each named method run once."""
    for name in inputs:
        words = inputs[name]
        getattr(mod, name)(*((words,) if torch.is_tensor(words) else words))
    return mod


def ignore(drop=False, drop_on_export=False):
    """A decorator that changes nothing."""
    return drop if callable(drop) else lambda fn: fn


def unused(fn):
    return fn


def export(fn):
    return fn


def script_method(fn):
    return fn


def script_if_tracing(fn):
    return fn


def interface(obj):
    return obj


def freeze(mod, preserved_attrs=None, optimize_numerics=True):
    """mod itself, which must be in eval mode."""
    if mod.training:
        raise RuntimeError('Freezing is currently only implemented for modules in eval mode. '
                           'Please call .eval() on your module before freezing.')
    return mod


def optimize_for_inference(mod, other_methods=None):
    return mod


def annotate(the_type, the_value):
    """the_value."""
    return the_value


def isinstance(obj, target_type):
    from builtins import isinstance as check
    return check(obj, target_type)


def is_scripting():
    """False."""
    return False


def is_tracing():
    """False."""
    return False


def enable_onednn_fusion(enabled):
    return None


def set_fusion_strategy(strategy):
    return []


def __getattr__(name):
    if name in ('ScriptModule', 'RecursiveScriptModule'):
        return torch.nn.Module
    raise AttributeError(name)
