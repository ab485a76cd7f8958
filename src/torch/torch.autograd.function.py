"""torch.autograd.function: Function, an operation with a gradient of one's own.

forward runs without recording; its outputs are then put on the tape as made by one
node, which calls backward (src/torch/function.c).
"""
import torch
from torch._C import _FunctionBase, _record


class FunctionCtx:
    """What forward leaves for backward."""

    to_save = None
    dirty_tensors = None
    non_differentiable = None
    materialize_grads = True

    def save_for_backward(self, *tensors):
        """Keeps tensors (or None) for ctx.saved_tensors; to be called once in forward."""
        self.to_save = tensors

    def mark_dirty(self, *args):
        """These inputs were written into; they must be returned."""
        self.dirty_tensors = args

    def mark_non_differentiable(self, *args):
        """These outputs carry no gradient."""
        self.non_differentiable = args

    def set_materialize_grads(self, value):
        """False: backward gets None instead of zeros where no gradient came."""
        self.materialize_grads = value

    def mark_shared_storage(self, *pairs):
        raise NotImplementedError('mark_shared_storage is not needed: views are tracked by '
                                  'themselves')


def _tensors(values, what):
    """to_save and its kin as tuples, their members looked at."""
    for i, value in enumerate(values or ()):
        if value is not None and not isinstance(value, torch.Tensor):
            if what == 'saved':
                raise TypeError('save_for_backward can only save variables, but argument '
                                f'{i} is of type {type(value).__name__}')
            raise TypeError(f'{what} only accepts variable arguments, but got '
                            f'{type(value).__name__}')
    return tuple(values or ())


class _Backward(_FunctionBase, FunctionCtx):
    """The ctx of one application, of a class made for each Function."""

    def _run_backward(self, *grads):
        cls = self._forward_cls
        if cls.backward is not Function.backward and cls.vjp is not Function.vjp:
            raise RuntimeError("Implementing both 'backward' and 'vjp' for a custom Function is "
                               'not allowed. You should only implement one of them.')
        run = cls.vjp if cls.vjp is not Function.vjp else cls.backward
        return run(self, *grads)


def _context(cls):
    """A fresh ctx; its class bears the Function's name."""
    made = cls.__dict__.get('_backward_cls')
    if made is None:
        class Made(_Backward):
            _forward_cls = cls

        Made.__name__ = Made.__qualname__ = cls.__name__ + 'Backward'
        cls._backward_cls = made = Made
    return made()


def _put_on_tape(ctx, args, output):
    outputs = output if isinstance(output, tuple) else (output,)
    dirty = _tensors(ctx.dirty_tensors, 'mark_dirty')
    returned = {id(t) for t in outputs}
    if any(id(t) not in returned for t in dirty):
        raise RuntimeError('Some elements marked as dirty during the forward method were not '
                           'returned as output. The inputs that are modified inplace must all be '
                           'outputs of the Function.')
    outputs = _record(ctx, type(ctx).__name__, args, outputs, _tensors(ctx.to_save, 'saved'), dirty,
                      _tensors(ctx.non_differentiable, 'mark_non_differentiable'))
    ctx.to_save = ctx.dirty_tensors = ctx.non_differentiable = None
    return outputs if isinstance(output, tuple) else outputs[0]


class Function(FunctionCtx):
    """An operation of one's own: static methods forward(ctx, ...) and backward(ctx, *grads), and
    one calls apply(...)."""

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        raise RuntimeError(
            'Legacy autograd function with non-static forward method is deprecated. Please use '
            'new-style autograd function with static forward method. (Example: '
            'https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)')

    @staticmethod
    def forward(ctx, *args, **kwargs):
        raise NotImplementedError('You must implement the forward function for custom '
                                  'autograd.Function.')

    @staticmethod
    def backward(ctx, *grad_outputs):
        raise NotImplementedError('You must implement either the backward or vjp method for your '
                                  'custom autograd.Function to use it with backward mode AD.')

    vjp = backward

    @classmethod
    def apply(cls, *args, **kwargs):
        """forward(ctx, *args), recorded so that backward gives the gradients."""
        if kwargs:
            raise TypeError('apply() takes no keyword arguments')
        ctx = _context(cls)
        ctx.needs_input_grad = tuple([isinstance(a, torch.Tensor) and a.requires_grad
                                      for a in args])
        with torch.no_grad():
            output = cls.forward(ctx, *args)
        if not torch.is_grad_enabled() or not any(ctx.needs_input_grad):
            return output
        return _put_on_tape(ctx, args, output)


def once_differentiable(fn):
    """Marks a backward that is not to be differentiated again; none is, here."""
    return fn
