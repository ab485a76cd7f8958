"""Backward hooks of modules: what passes gradients on while hooks look at them."""
import torch
from torch.autograd import Function


class BackwardHookFunction(Function):
    """The tensors as they are; in the backward pass their gradients go through `look`, zeros where
    none came if that is asked for."""

    @staticmethod
    def forward(ctx, look, zeros, *tensors):
        ctx.look = look
        ctx.set_materialize_grads(zeros)
        ctx.mark_non_differentiable(*[t for t in tensors if not t.requires_grad])
        return tensors

    @staticmethod
    def backward(ctx, *grads):
        return (None, None) + tuple(ctx.look(grads))


class _OldGradInput:
    """grad_input of register_backward_hook."""

    def __getitem__(self, i):
        raise NotImplementedError('grad_input of register_backward_hook is not here: use '
                                  'register_full_backward_hook')


class _Hooks:
    """One call of a module: the gradients of its outputs are kept until those of its inputs are
    there."""

    def __init__(self, module):
        full = module.__dict__.get('_is_full_backward_hook')
        self.module = module
        self.full = list(module._backward_hooks.values()) if full else []
        self.before = list(module._backward_pre_hooks.values())
        self.grad_outputs = None

    def watch(self, values, look, zeros):
        """(values with their tensors watched, the places of these; None: nothing is recorded)"""
        where = [i for i, v in enumerate(values) if isinstance(v, torch.Tensor)]
        tensors = [values[i] for i in where]
        if not (torch.is_grad_enabled() and any(t.requires_grad for t in tensors)):
            return values, None
        watched = list(values)
        for i, t in zip(where, BackwardHookFunction.apply(look, zeros, *tensors)):
            watched[i] = t
        return tuple(watched), where

    def enter(self, args):
        self.count = len(args)
        args, self.inputs = self.watch(args, self.look_at_inputs, True)
        return args

    def leave(self, output):
        outputs = output if isinstance(output, tuple) else (output,)
        self.width = len(outputs)
        outputs, self.outputs = self.watch(outputs, self.look_at_outputs, False)
        return outputs if isinstance(output, tuple) else outputs[0]

    def look_at_outputs(self, grads):
        packed = _packed(self.outputs, grads, self.width)
        for hook in self.before:
            result = hook(self.module, packed)
            if result is not None:
                packed = result if isinstance(result, tuple) else (result,)
                if len(packed) != self.width:
                    raise RuntimeError('Backward pre hook returned an invalid number of '
                                       f'grad_output, got {len(packed)}, but expected '
                                       f'{self.width}')
        self.grad_outputs = packed
        if self.inputs is None:
            for hook in self.full:
                result = hook(self.module, (None,) * self.count, packed)
                if result is not None and not (isinstance(result, tuple) and
                                               all(r is None for r in result)):
                    raise RuntimeError('Backward hook for Modules where no input requires gradient '
                                       'should always return None or None for all gradients.')
            self.grad_outputs = None
        return [packed[i] for i in self.outputs]

    def look_at_inputs(self, grads):
        if self.grad_outputs is None:  # the gradient did not come through the outputs
            return grads
        packed = _packed(self.inputs, grads, self.count)
        for hook in self.full:
            result = hook(self.module, packed, self.grad_outputs)
            if result is None:
                continue
            result = result if isinstance(result, tuple) else (result,)
            if len(result) != len(packed):
                raise RuntimeError('Backward hook returned an invalid number of grad_input, got '
                                   f'{len(result)}, but expected {len(packed)}')
            packed = result
        self.grad_outputs = None
        packed = [packed[i] for i in self.inputs]
        if any(p is not None and p.shape != g.shape for p, g in zip(packed, grads)):
            raise RuntimeError("hook 'hook' has changed the size of value")
        return packed


def _packed(where, values, size):
    packed = [None] * size
    for i, value in zip(where, values):
        packed[i] = value
    return tuple(packed)


def _first_tensor(value):
    while not isinstance(value, torch.Tensor):
        value = next(iter(value.values() if isinstance(value, dict) else value))
    return value


def _watch_old(module, output):
    """The hooks of register_backward_hook, on the first tensor of the output."""
    first = _first_tensor(output)
    if first.grad_fn is None:
        return

    def run(grad):
        for hook in list(module._backward_hooks.values()):
            if hook(module, _OldGradInput(), (grad,)) is not None:
                raise NotImplementedError('a result of register_backward_hook is not here: use '
                                          'register_full_backward_hook')

    first.register_hook(run)


def enter(module, args):
    """(the arguments to go on with, what takes the output and returns it)"""
    hooks = _Hooks(module)
    old = module._backward_hooks and not hooks.full

    def leave(output):
        if hooks.full or hooks.before:
            output = hooks.leave(output)
        if old:
            _watch_old(module, output)
        return output

    return hooks.enter(args) if hooks.full or hooks.before else args, leave
