"""Parameters and buffers whose shape the first call of their layer says."""

__late__ = """
torch.nn torch.nn.parameter: UninitializedParameter UninitializedBuffer
torch.nn.parameter: UninitializedTensorMixin is_lazy
"""

import torch
from torch.nn._base import Parameter, _become

_ALLOWED = '''size copy_ is_floating_point half float double bfloat16 char short int long cuda cpu to type
    get_device data dtype device grad requires_grad requires_grad_ is_leaf grad_fn detach
    materialize shape register_hook'''.split()


class UninitializedTensorMixin:
    """What UninitializedParameter and UninitializedBuffer share."""

    def materialize(self, shape, device=None, dtype=None):
        """Takes this shape, with values that are not set, and becomes an ordinary one."""
        self.data = torch.empty(shape, device=device, dtype=dtype or self.data.dtype)
        _become(self, self.cls_to_become)

    @property
    def shape(self):
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually "
            'happens in `load_state_dict` when trying to load an uninitialized parameter into an '
            'initialized one. Call `forward` to initialize the parameters before accessing their '
            'attributes.')

    def __repr__(self):
        return f'<{self.__class__.__name__}>'

    def __deepcopy__(self, memo):
        return type(self)(self.requires_grad, dtype=self.data.dtype)


def _refused(name):
    def refuse(self, *args, **kwargs):
        raise ValueError(
            f'Attempted to use an uninitialized parameter in {name}. This error happens when you '
            'are using a `LazyModule` or explicitly manipulating '
            f'`torch.nn.parameter.{type(self).__name__}` objects. When using LazyModules Call '
            '`forward` with a dummy batch to initialize the parameters before calling torch '
            'functions')
    return refuse


_members = {name: _refused(name) for name in dir(torch.Tensor)
            if name not in _ALLOWED and not hasattr(object, name) and
            not hasattr(UninitializedTensorMixin, name) and callable(getattr(torch.Tensor, name))}
_Refusing = type('_Refusing', (UninitializedTensorMixin,), _members)


class UninitializedParameter(_Refusing, Parameter):
    """A Parameter without a shape yet; its layer's first call gives it one."""

    cls_to_become = Parameter

    def __new__(cls, requires_grad=True, device=None, dtype=None):
        return super().__new__(cls, torch.empty(0, device=device, dtype=dtype), requires_grad)


class UninitializedBuffer(_Refusing, torch.Tensor):
    """A buffer without a shape yet."""

    cls_to_become = torch.Tensor

    def __new__(cls, requires_grad=False, device=None, dtype=None):
        made = torch.empty(0, device=device, dtype=dtype)
        made.requires_grad_(requires_grad)
        _become(made, cls)
        return made


def is_lazy(param):
    return isinstance(param, UninitializedTensorMixin)
