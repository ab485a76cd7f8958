"""torch.nn.utils.parametrize: a tensor of a module that modules compute from another one."""
from contextlib import contextmanager

import torch
from torch.nn.modules.container import ModuleDict, ModuleList
from torch.nn.parameter import Parameter

_state = {'depth': 0, 'cache': {}}


@contextmanager
def cached():
    """Within it every parametrized tensor is computed once."""
    _state['depth'] += 1
    try:
        yield
    finally:
        _state['depth'] -= 1
        if not _state['depth']:
            _state['cache'] = {}


def _keep(module, name, tensor):
    if isinstance(tensor, Parameter):
        module.register_parameter(name, tensor)
    else:
        module.register_buffer(name, tensor)


def _is_sequence(value):
    return isinstance(value, (tuple, list))


class ParametrizationList(ModuleList):
    """The modules that compute one tensor from .original (or .original0, .original1, ...)."""

    def __init__(self, modules, original, unsafe=False):
        if len(modules) == 0:
            raise ValueError('ParametrizationList requires one or more modules.')
        super().__init__(modules)
        self.unsafe = unsafe
        shape, dtype = original.shape, original.dtype
        new = self._first_values(original)
        self.is_tensor = isinstance(new, torch.Tensor)
        self.ntensors = 1 if self.is_tensor else len(new)
        if self.is_tensor:
            if dtype != new.dtype:
                raise ValueError('When `right_inverse` outputs one tensor, it may not change the '
                                 f'dtype.\noriginal.dtype: {dtype}\n'
                                 f'right_inverse(original).dtype: {new.dtype}')
            original.data = new.data
            _keep(self, 'original', original)
        else:
            self._keep_several(new, original)
        if not unsafe:
            _check_same('Registering a parametrization may not change the {} of the tensor, unless '
                        '`unsafe` flag is enabled.\nunparametrized {}: {}\nparametrized {}: {}',
                        self(), shape, dtype)

    def _first_values(self, original):
        with torch.no_grad():
            new = original
            for module in reversed(list(self)):
                if hasattr(module, 'right_inverse'):
                    try:
                        new = module.right_inverse(new)
                    except NotImplementedError:
                        pass
        if not isinstance(new, torch.Tensor) and not _is_sequence(new):
            raise ValueError("'right_inverse' must return a Tensor or a Sequence of tensors (list, "
                             f'tuple...). Got {type(new).__name__}')
        return new

    def _keep_several(self, tensors, original):
        for i, tensor in enumerate(tensors):
            if not isinstance(tensor, torch.Tensor):
                raise ValueError("'right_inverse' must return a Tensor or a Sequence of tensors "
                                 f'(list, tuple...). Got element {i} of the sequence with type '
                                 f'{type(tensor).__name__}.')
            if isinstance(original, Parameter):
                tensor = Parameter(tensor)
            tensor.requires_grad_(original.requires_grad)
            _keep(self, f'original{i}', tensor)

    def right_inverse(self, value):
        """Sets the originals so that the tensor becomes value; every module must say how."""
        with torch.no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, 'right_inverse'):
                    raise RuntimeError(f'parametrization {type(module).__name__} does not '
                                       'implement right_inverse.')
                value = module.right_inverse(value)
            if self.is_tensor:
                self._take_one(value)
            else:
                self._take_several(value)

    def _take_one(self, value):
        if not isinstance(value, torch.Tensor):
            raise ValueError(f'`right_inverse` should return a tensor. Got {type(value).__name__}')
        if value.dtype != self.original.dtype:
            raise ValueError(f'The tensor returned by `right_inverse` has dtype {value.dtype} while '
                             f'`original` has dtype {self.original.dtype}')
        self.original.data = value.data

    def _take_several(self, value):
        if not _is_sequence(value):
            raise ValueError("'right_inverse' must return a sequence of tensors. "
                             f'Got {type(value).__name__}.')
        if len(value) != self.ntensors:
            raise ValueError("'right_inverse' must return a sequence of tensors of length "
                             f'{self.ntensors}. Got a sequence of lenght {len(value)}.')
        for i, tensor in enumerate(value):
            mine = getattr(self, f'original{i}')
            if not isinstance(tensor, torch.Tensor):
                raise ValueError('`right_inverse` must return a sequence of tensors. Got element '
                                 f'{i} of type {type(tensor).__name__}')
            if mine.dtype != tensor.dtype:
                raise ValueError(f'Tensor {i} returned by `right_inverse` has dtype {tensor.dtype} '
                                 f'while `original{i}` has dtype {mine.dtype}')
            mine.data = tensor.data

    def forward(self):
        first, *rest = list(self)
        if self.is_tensor:
            x = first(self.original)
        else:
            x = first(*[getattr(self, f'original{i}') for i in range(self.ntensors)])
        for module in rest:
            x = module(x)
        return x


def _check_same(text, got, shape, dtype):
    if not isinstance(got, torch.Tensor):
        raise ValueError(f'A parametrization must return a tensor. Got {type(got).__name__}.')
    for what, mine, its in (('dtype', dtype, got.dtype), ('shape', shape, got.shape)):
        if mine != its:
            raise ValueError(text.format(what, what, mine, what, its))


def _inject_property(module, name):
    def get(self):
        compute = self.parametrizations[name]
        if not _state['depth']:
            return compute()
        key = (id(self), name)
        if key not in _state['cache']:
            _state['cache'][key] = compute()
        return _state['cache'][key]

    def set_(self, value):
        self.parametrizations[name].right_inverse(value)

    setattr(module.__class__, name, property(get, set_))


def _check_one_more(module, name, parametrization):
    """Another parametrization of the same tensor keeps its shape and dtype, both ways."""
    now = getattr(module, name)
    _check_same('Registering a parametrization may not change the {} of the tensor, unless the '
                '`unsafe` flag is enabled.\nmodule.' + name + '.{}: {}\nparametrization(module.'
                + name + ').{}: {}', parametrization(now), now.shape, now.dtype)
    if hasattr(parametrization, 'right_inverse'):
        try:
            back = parametrization.right_inverse(now)
        except NotImplementedError:
            return
        if not isinstance(back, torch.Tensor):
            raise ValueError('parametrization.right_inverse must return a tensor. '
                             f'Got: {type(back).__name__}')
        _check_same('The tensor returned by parametrization.right_inverse must have the same {} '
                    'as module.' + name + ', unless the `unsafe` flag is enabled.\nmodule.' + name
                    + '.{}: {}\nreturned {}: {}', back, now.shape, now.dtype)


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    """module.tensor_name is from now on parametrization(module.parametrizations.tensor_name.original).

    >>> import torch, torch.nn as nn
    >>> from torch.nn.utils import parametrize
    >>> class Twice(nn.Module):
    ...     def forward(self, w):
    ...         return 2 * w
    >>> layer = parametrize.register_parametrization(nn.LayerNorm(2), 'weight', Twice())
    >>> layer.weight
    tensor([2., 2.], grad_fn=<MulBackward0>)
    """
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        if not unsafe:
            _check_one_more(module, tensor_name, parametrization)
        module.parametrizations[tensor_name].append(parametrization)
        module.parametrizations[tensor_name].unsafe |= unsafe
    elif tensor_name in module._buffers or tensor_name in module._parameters:
        held = ParametrizationList([parametrization], getattr(module, tensor_name), unsafe=unsafe)
        delattr(module, tensor_name)
        if not is_parametrized(module):
            cls = module.__class__
            module.__class__ = type('Parametrized' + cls.__name__, (cls,), {})
            module.parametrizations = ModuleDict()
        _inject_property(module, tensor_name)
        module.parametrizations[tensor_name] = held
    else:
        raise ValueError(f"Module '{module}' does not have a parameter, a buffer, or a "
                         f"parametrized element with name '{tensor_name}'")
    return module


def is_parametrized(module, tensor_name=None):
    """Whether the module, or its tensor of this name, is parametrized."""
    held = getattr(module, 'parametrizations', None)
    if held is None or not isinstance(held, ModuleDict):
        return False
    return len(held) > 0 if tensor_name is None else tensor_name in held


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    """The tensor as an ordinary one again: as it is computed, or (False) the original."""
    if not is_parametrized(module, tensor_name):
        raise ValueError(f'Module {module} does not have a parametrization on {tensor_name}')
    held = module.parametrizations[tensor_name]
    if held.is_tensor:
        original = held.original
        if leave_parametrized:
            with torch.no_grad():
                original.data = getattr(module, tensor_name).data
    elif leave_parametrized:
        t = getattr(module, tensor_name)
        original = Parameter(t) if t.requires_grad else t
    else:
        raise ValueError('Cannot leave unparametrized (`leave_parametrized=False`) a tensor that '
                         'is parametrized in terms of a sequence of tensors.')
    delattr(module.__class__, tensor_name)
    del module.parametrizations[tensor_name]
    _keep(module, tensor_name, original)
    if not is_parametrized(module):
        delattr(module, 'parametrizations')
        module.__class__ = module.__class__.__bases__[0]
    return module


def type_before_parametrizations(module):
    """The class that the module had before."""
    return module.__class__.__bases__[0] if is_parametrized(module) else type(module)
