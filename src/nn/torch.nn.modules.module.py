"""torch.nn.Module: what holds parameters, buffers and other modules.

ModuleBase is C (src/nn/module.c): it keeps the three tables, sorts what
is assigned to an attribute into them and makes a module callable. Everything
that walks the tables is here.
"""
import copy
from collections import OrderedDict
from functools import partial
import torch
from torch.nn._base import ModuleBase


def _indent(text, n):
    lines = text.split('\n')
    return '\n'.join([lines[0]] + [' ' * n + line for line in lines[1:]])


def _typename(value):
    return getattr(value, '__qualname__', None) or type(value).__name__


class _Handle:
    """What a hook's registration returns: remove() takes the hook away."""

    def __init__(self, hooks):
        self.hooks = hooks
        self.id = id(self)

    def remove(self):
        self.hooks.pop(self.id, None)


def _load_into(mine, value, key):
    """Copies value into mine; what is wrong, or None."""
    if not isinstance(value, torch.Tensor):
        return (f'While copying the parameter named "{key}", expected torch.Tensor or Tensor-like '
                f'object from checkpoint but received {type(value)}')
    if mine.dim() == 0 and value.dim() == 1:
        value = value[0]
    if mine.shape != value.shape:
        return (f'size mismatch for {key}: copying a param with shape {value.shape} from '
                f'checkpoint, the shape in current model is {mine.shape}.')
    with torch.no_grad():
        mine.copy_(value)


class Module(ModuleBase):
    """Base class of every layer and model: define __init__ and forward."""

    def register_parameter(self, name, param):
        """Adds a Parameter (or None) under a name."""
        if '.' in name:
            raise KeyError('parameter name can\'t contain "."')
        if name == '':
            raise KeyError('parameter name can\'t be empty string ""')
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        """Adds a tensor that is state but not trained; persistent: part of state_dict."""
        if '.' in name:
            raise KeyError('buffer name can\'t contain "."')
        if name not in self._buffers and hasattr(self, name):
            raise KeyError(f"attribute '{name}' already exists")
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name, module):
        """Adds a child module (or None) under a name."""
        if not isinstance(module, Module) and module is not None:
            raise TypeError(f'{_typename(module)} is not a Module subclass')
        if not isinstance(name, str):
            raise TypeError(f'module name should be a string. Got {_typename(name)}')
        if hasattr(self, name) and name not in self._modules:
            raise KeyError(f"attribute '{name}' already exists")
        if '.' in name:
            raise KeyError(f'module name can\'t contain ".", got: {name}')
        if name == '':
            raise KeyError('module name can\'t be empty string ""')
        self._modules[name] = module

    register_module = add_module

    # ---- walking -------------------------------------------------------------

    def named_modules(self, memo=None, prefix='', remove_duplicate=True):
        """(name, module) of this module and all below, each once."""
        if memo is None:
            memo = set()
        if id(self) in memo:
            return
        if remove_duplicate:
            memo.add(id(self))
        yield prefix, self
        for name, child in self._modules.items():
            if child is not None:
                below = prefix + ('.' if prefix else '') + name
                yield from child.named_modules(memo, below, remove_duplicate)

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def named_children(self):
        seen = set()
        for name, child in self._modules.items():
            if child is not None and id(child) not in seen:
                seen.add(id(child))
                yield name, child

    def children(self):
        for _, child in self.named_children():
            yield child

    def _named_members(self, table, prefix, recurse):
        seen = set()
        for where, module in self.named_modules(prefix=prefix) if recurse else [(prefix, self)]:
            for name, member in getattr(module, table).items():
                if member is not None and id(member) not in seen:
                    seen.add(id(member))
                    yield where + ('.' if where else '') + name, member

    def named_parameters(self, prefix='', recurse=True):
        """(name, Parameter) of this module and all below; a shared one once."""
        return self._named_members('_parameters', prefix, recurse)

    def parameters(self, recurse=True):
        for _, p in self.named_parameters(recurse=recurse):
            yield p

    def named_buffers(self, prefix='', recurse=True):
        return self._named_members('_buffers', prefix, recurse)

    def buffers(self, recurse=True):
        for _, b in self.named_buffers(recurse=recurse):
            yield b

    def get_submodule(self, target):
        module = self
        for name in target.split('.') if target else []:
            if not hasattr(module, name):
                raise AttributeError(f'{module._get_name()} has no attribute `{name}`')
            module = getattr(module, name)
        return module

    def get_parameter(self, target):
        where, _, name = target.rpartition('.')
        return getattr(self.get_submodule(where), name)

    def get_buffer(self, target):
        where, _, name = target.rpartition('.')
        module = self.get_submodule(where)
        if not hasattr(module, name):
            raise AttributeError(f'{module._get_name()} has no attribute `{name}`')
        if name not in module._buffers:
            raise AttributeError(f'`{name}` is not a buffer')
        return getattr(module, name)

    # ---- state -----------------------------------------------------------------

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        """This module's own part of state_dict."""
        for name, p in self._parameters.items():
            if p is not None:
                destination[prefix + name] = p if keep_vars else p.detach()
        for name, b in self._buffers.items():
            if b is not None and name not in self._non_persistent_buffers_set:
                destination[prefix + name] = b if keep_vars else b.detach()

    def state_dict(self, destination=None, prefix='', keep_vars=False):
        """Names and values of parameters and persistent buffers; values share storage."""
        if destination is None:
            destination = OrderedDict()
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, child in self._modules.items():
            if child is not None:
                child.state_dict(destination, prefix + name + '.', keep_vars)
        for hook in self._state_hooks('_state_dict_hooks').values():
            replaced = hook(self, destination, prefix, {})
            if replaced is not None:
                destination = replaced
        return destination

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, strict, missing_keys,
                              unexpected_keys, error_msgs):
        """This module's own part of load_state_dict; what is wrong goes into the three lists."""
        for hook in self._state_hooks('_load_state_dict_pre_hooks').values():
            hook(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys,
                 error_msgs)
        own = {k: p for k, p in self._parameters.items() if p is not None}
        own.update({k: b for k, b in self._buffers.items()
                    if b is not None and k not in self._non_persistent_buffers_set})
        for name, mine in own.items():
            key = prefix + name
            if key in state_dict:
                message = _load_into(mine, state_dict[key], key)
                if message:
                    error_msgs.append(message)
            elif strict:
                missing_keys.append(key)
        if strict:
            for key in state_dict:
                name = key[len(prefix):].split('.', 1)[0]
                if key.startswith(prefix) and name not in self._modules and name not in own:
                    unexpected_keys.append(key)

    def load_state_dict(self, state_dict, strict=True):
        """Copies values in by name. strict: names must match exactly."""
        if not hasattr(state_dict, 'keys'):
            raise TypeError(f'Expected state_dict to be dict-like, got {type(state_dict)}.')
        result = _LoadResult([], [])
        errors = []

        def load(module, state, prefix):
            module._load_from_state_dict(state, prefix, {}, True, result.missing_keys,
                                         result.unexpected_keys, errors)
            for name, child in module._modules.items():
                if child is not None:
                    below = prefix + name + '.'
                    load(child, {k: v for k, v in state.items() if k.startswith(below)}, below)
            for hook in module._state_hooks('_load_state_dict_post_hooks').values():
                if hook(module, result) is not None:
                    raise AssertionError(
                        'Hooks registered with ``register_load_state_dict_post_hook`` are not'
                        'expected to return new values, if incompatible_keys need to be modified,'
                        'it should be done inplace.')

        load(self, OrderedDict(state_dict), '')
        if strict and result.unexpected_keys:
            keys = ', '.join(f'"{k}"' for k in result.unexpected_keys)
            errors.insert(0, f'Unexpected key(s) in state_dict: {keys}. ')
        if strict and result.missing_keys:
            keys = ', '.join(f'"{k}"' for k in result.missing_keys)
            errors.insert(0, f'Missing key(s) in state_dict: {keys}. ')
        if errors:
            raise RuntimeError('Error(s) in loading state_dict for {}:\n\t{}'.format(
                self.__class__.__name__, '\n\t'.join(errors)))
        return result

    def _state_hooks(self, name):
        return self.__dict__.get(name, {})

    def _add_state_hook(self, name, hook):
        handle = _Handle(self.__dict__.setdefault(name, OrderedDict()))
        handle.hooks[handle.id] = hook
        return handle

    def _register_state_dict_hook(self, hook):
        """hook(module, state_dict, prefix, local_metadata) after the state_dict of module."""
        return self._add_state_hook('_state_dict_hooks', hook)

    def _register_load_state_dict_pre_hook(self, hook, with_module=False):
        """hook(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys,
        error_msgs) before module's own values are copied; with_module: module comes first."""
        if with_module:
            hook = partial(hook, self)
        return self._add_state_hook('_load_state_dict_pre_hooks', hook)

    def register_load_state_dict_pre_hook(self, hook):
        """hook(module, state_dict, prefix, local_metadata, strict, missing_keys,
        unexpected_keys, error_msgs) before module's own values are copied."""
        return self._register_load_state_dict_pre_hook(hook, with_module=True)

    def register_load_state_dict_post_hook(self, hook):
        """hook(module, incompatible_keys) after module and all below took their values."""
        return self._add_state_hook('_load_state_dict_post_hooks', hook)

    def _apply(self, fn, recurse=True):
        for child in self.children() if recurse else ():
            child._apply(fn)
        for name, p in self._parameters.items():
            if p is not None:
                with torch.no_grad():
                    p.data = fn(p.data)
                    if p.grad is not None:
                        p.grad = fn(p.grad)
        for name, b in self._buffers.items():
            if b is not None:
                self._buffers[name] = fn(b)
        return self

    def apply(self, fn):
        """Calls fn on every child, then on this module: the way to initialise."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def to(self, *args, **kwargs):
        """Converts floating parameters and buffers to a dtype; the device is always the CPU."""
        dtype = kwargs.get('dtype')
        for a in args:
            if isinstance(a, torch.dtype):
                dtype = a
            elif isinstance(a, torch.Tensor):
                dtype = a.dtype
            else:
                torch.device(a)
        if kwargs.get('device') is not None:
            torch.device(kwargs['device'])
        if dtype is None:
            return self
        return self._apply(lambda t: t.to(dtype) if t.is_floating_point() else t)

    def type(self, dst_type):
        """Every parameter and buffer in this dtype."""
        return self._apply(lambda t: t.type(dst_type))

    def to_empty(self, *, device, recurse=True):
        """Parameters and buffers of the same shapes, whose values are not set."""
        torch.device(device)
        return self._apply(torch.empty_like, recurse)

    def float(self):
        return self.to(torch.float32)

    def double(self):
        return self.to(torch.float64)

    def half(self):
        return self.to(torch.float16)

    def bfloat16(self):
        return self.to(torch.bfloat16)

    def cpu(self):
        return self

    def cuda(self, device=None):
        torch.device('cuda')

    def train(self, mode=True):
        """Training mode for this module and all below: dropout drops, batch norm learns."""
        if not isinstance(mode, bool):
            raise ValueError('training mode is expected to be boolean')
        self.training = mode
        for child in self.children():
            child.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for p in self.parameters():
            p.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=False):
        """Zeroes (or drops) the gradients of all parameters."""
        for p in self.parameters():
            if p.grad is not None:
                if set_to_none:
                    p.grad = None
                else:
                    p.grad.detach_()
                    p.grad.zero_()

    def register_forward_hook(self, hook):
        """hook(module, args, output) runs after forward; a result replaces the output."""
        handle = _Handle(self._forward_hooks)
        self._forward_hooks[handle.id] = hook
        return handle

    def register_forward_pre_hook(self, hook):
        """hook(module, args) runs before forward; a result replaces the arguments."""
        handle = _Handle(self._forward_pre_hooks)
        self._forward_pre_hooks[handle.id] = hook
        return handle

    def register_full_backward_hook(self, hook):
        """hook(module, grad_input, grad_output) when the gradients of module's input are there;
        a result replaces grad_input."""
        if self.__dict__.get('_is_full_backward_hook') is False:
            raise RuntimeError('Cannot use both regular backward hooks and full backward hooks on '
                               'a single Module. Please use only one of them.')
        self._is_full_backward_hook = True
        handle = _Handle(self._backward_hooks)
        self._backward_hooks[handle.id] = hook
        return handle

    def register_backward_hook(self, hook):
        """hook(module, grad_input, grad_output), as PyTorch had it before full hooks. grad_input
        was that of the last operation inside: reading it raises here."""
        if self.__dict__.get('_is_full_backward_hook') is True:
            raise RuntimeError('Cannot use both regular backward hooks and full backward hooks on '
                               'a single Module. Please use only one of them.')
        self._is_full_backward_hook = False
        handle = _Handle(self._backward_hooks)
        self._backward_hooks[handle.id] = hook
        return handle

    def register_full_backward_pre_hook(self, hook):
        """hook(module, grad_output) before module's gradients; a result replaces grad_output."""
        handle = _Handle(self._backward_pre_hooks)
        self._backward_pre_hooks[handle.id] = hook
        return handle

    def _enter_backward(self, args):
        from torch.nn.modules._backward_hooks import enter
        return enter(self, args)

    def share_memory(self):
        return self

    def __deepcopy__(self, memo):
        new = self._blank()
        memo[id(self)] = new
        tables = [(getattr(self, name), getattr(new, name))
                  for name in ('_parameters', '_buffers', '_modules', '_forward_hooks',
                               '_forward_pre_hooks', '_backward_hooks', '_backward_pre_hooks')]
        for mine, its in tables:
            memo[id(mine)] = its  # a handle's hooks are those of the copy
        for name, value in self.__dict__.items():
            new.__dict__[name] = copy.deepcopy(value, memo)
        for mine, its in tables:
            for name, value in mine.items():
                its[name] = copy.deepcopy(value, memo)
        for name in self._non_persistent_buffers_set:
            new._non_persistent_buffers_set.add(name)
        return new

    # ---- text --------------------------------------------------------------------

    def _get_name(self):
        return self.__class__.__name__

    def extra_repr(self):
        """What stands between the brackets when it is printed."""
        return ''

    def __repr__(self):
        extra = self.extra_repr()
        extra_lines = extra.split('\n') if extra else []
        child_lines = ['(' + name + '): ' + _indent(repr(child), 2)
                       for name, child in self._modules.items()]
        lines = extra_lines + child_lines
        if not lines:
            return self._get_name() + '()'
        if len(extra_lines) == 1 and not child_lines:
            return self._get_name() + '(' + extra + ')'
        return self._get_name() + '(\n  ' + '\n  '.join(lines) + '\n)'


class _LoadResult:
    """What load_state_dict returns."""

    def __init__(self, missing_keys, unexpected_keys):
        self.missing_keys = missing_keys
        self.unexpected_keys = unexpected_keys

    def __iter__(self):
        return iter((self.missing_keys, self.unexpected_keys))

    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return '<All keys matched successfully>'
        return (f'_IncompatibleKeys(missing_keys={self.missing_keys}, '
                f'unexpected_keys={self.unexpected_keys})')
