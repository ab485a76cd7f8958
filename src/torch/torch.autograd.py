"""torch.autograd.grad, backward, and the switches no_grad, set_grad_enabled and kin."""
import torch
from torch.autograd.function import Function


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False,
             grad_variables=None, inputs=None):
    """The sum of gradients of tensors, added to the .grad of every leaf."""
    if grad_variables is not None:
        if grad_tensors is not None:
            raise RuntimeError("'grad_tensors' and 'grad_variables' (deprecated) arguments both "
                               "passed to backward(). Please only use 'grad_tensors'.")
        grad_tensors = grad_variables
    if inputs is not None:
        raise NotImplementedError('backward(inputs=) is not here: use torch.autograd.grad')
    tensors = (tensors,) if isinstance(tensors, torch.Tensor) else tuple(tensors)
    if grad_tensors is None or isinstance(grad_tensors, torch.Tensor):
        grad_tensors = (grad_tensors,) * len(tensors)
    if len(grad_tensors) != len(tensors):
        raise RuntimeError('got {} tensors and {} gradients'.format(len(tensors),
                                                                    len(grad_tensors)))
    for i, (t, g) in enumerate(zip(tensors, grad_tensors)):
        t.backward(g, retain_graph=retain_graph or i + 1 < len(tensors),
                   create_graph=create_graph)
