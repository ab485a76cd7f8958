"""Containers of modules and parameters: Sequential, ModuleList, ModuleDict, ParameterList."""
from collections import OrderedDict
import torch
from torch.nn._base import Parameter
from torch.nn.modules.module import Module


class Sequential(Module):
    """Runs modules one after the other, each on the output of the one before."""

    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], dict):
            for name, module in args[0].items():
                self.add_module(name, module)
        else:
            for i, module in enumerate(args):
                self.add_module(str(i), module)

    def forward(self, input):
        for module in self._modules.values():
            input = module(input)
        return input

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return self.__class__(dict(list(self._modules.items())[idx]))
        return list(self._modules.values())[_position(idx, len(self))]

    def __setitem__(self, idx, module):
        self.add_module(list(self._modules.keys())[_position(idx, len(self))], module)

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self


def _position(idx, n):
    if not -n <= idx < n:
        raise IndexError(f'index {idx} is out of range')
    return idx % n


class ModuleList(Module):
    """A list whose modules are seen by parameters(), state_dict() and the rest."""

    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

    def insert(self, index, module):
        items = list(self._modules.values())
        items.insert(index, module)
        self._modules.clear()
        self.extend(items)

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return self.__class__(list(self._modules.values())[idx])
        return self._modules[str(_position(idx, len(self)))]

    def __setitem__(self, idx, module):
        self.add_module(str(_position(idx, len(self))), module)

    def __add__(self, other):
        return ModuleList(list(self) + list(other))

    def __iadd__(self, modules):
        return self.extend(modules)


class ModuleDict(Module):
    """A dict of modules by name."""

    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def update(self, modules):
        items = modules.items() if hasattr(modules, 'items') else modules
        for name, module in items:
            self.add_module(name, module)

    def __getitem__(self, key):
        return self._modules[key]

    def __setitem__(self, key, module):
        self.add_module(key, module)

    def __delitem__(self, key):
        del self._modules[key]

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules)

    def __contains__(self, key):
        return key in self._modules

    def keys(self):
        return OrderedDict(self._modules).keys()

    def values(self):
        return OrderedDict(self._modules).values()

    def items(self):
        return OrderedDict(self._modules).items()

    def pop(self, key):
        return self._modules.pop(key)


def _described(value):
    if not isinstance(value, torch.Tensor):
        return 'Object of type: ' + type(value).__name__
    return f'Parameter containing: [{value.dtype} of size {"x".join(str(n) for n in value.shape)}]'


class ParameterList(Module):
    """A list of parameters that the module tables see; other values may stand between them."""

    def __init__(self, values=None):
        super().__init__()
        self._size = 0
        for value in values or []:
            self.append(value)

    def append(self, value):
        if isinstance(value, torch.Tensor) and not isinstance(value, Parameter):
            value = Parameter(value)
        self._size += 1
        setattr(self, str(self._size - 1), value)
        return self

    def extend(self, values):
        for value in values:
            self.append(value)
        return self

    def __len__(self):
        return self._size

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def __getitem__(self, idx):
        return getattr(self, str(_position(idx, len(self))))

    def __setitem__(self, idx, value):
        if isinstance(value, torch.Tensor) and not isinstance(value, Parameter):
            value = Parameter(value)
        setattr(self, str(_position(idx, len(self))), value)

    def extra_repr(self):
        return '\n'.join(f'  ({i}): {_described(value)}' for i, value in enumerate(self))


class ParameterDict(Module):
    """A dict of parameters by name."""

    def __init__(self, parameters=None):
        super().__init__()
        for name, value in (parameters or {}).items():
            self[name] = value

    def __getitem__(self, key):
        return self._parameters[key]

    def __setitem__(self, key, value):
        if isinstance(value, torch.Tensor) and not isinstance(value, Parameter):
            value = Parameter(value)
        self._parameters[key] = value

    def __len__(self):
        return len(self._parameters)

    def __iter__(self):
        return iter(self._parameters)

    def __contains__(self, key):
        return key in self._parameters

    def extra_repr(self):
        return '\n'.join(f'  ({key}): Parameter containing: [{value.type()} of size '
                         f'{"x".join(str(n) for n in value.size())}]' for key, value in self.items())

    def keys(self):
        return self._parameters.keys()

    def values(self):
        return self._parameters.values()

    def items(self):
        return self._parameters.items()
