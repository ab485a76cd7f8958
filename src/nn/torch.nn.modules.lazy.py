"""torch.nn.modules.lazy: LazyModuleMixin, for layers whose shapes the first call says."""
import warnings

import torch
from torch.nn.parameter import is_lazy


class LazyModuleMixin:
    """Before a layer's class: initialize_parameters(*args) runs before its first forward, and the
    layer becomes cls_to_become."""

    cls_to_become = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._load_hook = self._register_load_state_dict_pre_hook(self._lazy_load_hook)
        self._initialize_hook = self.register_forward_pre_hook(self._infer_parameters)
        warnings.warn('Lazy modules are a new feature under heavy development so changes to the '
                      'API or functionality can happen at any moment.')

    def _members(self):
        return list(self._parameters.items()) + list(self._buffers.items())

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        for name, value in self._members():
            if value is not None and name not in self._non_persistent_buffers_set:
                keep = keep_vars or is_lazy(value)
                destination[prefix + name] = value if keep else value.detach()

    def _lazy_load_hook(self, state_dict, prefix, local_metadata, strict, missing_keys,
                        unexpected_keys, error_msgs):
        for name, value in self._members():
            given = state_dict.get(prefix + name)
            if is_lazy(value) and given is not None and not is_lazy(given):
                with torch.no_grad():
                    value.materialize(given.shape)

    def initialize_parameters(self, *args, **kwargs):
        """To be defined: materialises what has no shape yet, from the arguments of forward."""
        raise NotImplementedError('initialize_parameters is not implemented for '
                                  f'{self.__class__.__name__}')

    def has_uninitialized_params(self):
        return any(is_lazy(value) for _, value in self._members())

    def _infer_parameters(self, module, input):
        module.initialize_parameters(*input)
        if module.has_uninitialized_params():
            raise RuntimeError(f'module {self._get_name()} has not been fully initialized')
        module._initialize_hook.remove()
        module._load_hook.remove()
        delattr(module, '_initialize_hook')
        delattr(module, '_load_hook')
        if module.cls_to_become is not None:
            module.__class__ = module.cls_to_become
