"""torch.nn.utils: gradients clipped, parameters as one vector."""
import torch
from torch.nn.utils import rnn
from torch.nn.utils._norm import (weight_norm, remove_weight_norm, spectral_norm,
                                  remove_spectral_norm)


def _with_grad(parameters):
    if isinstance(parameters, torch.Tensor):
        parameters = [parameters]
    return [p for p in parameters if p.grad is not None]


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    """Scales all gradients so that their norm together is at most max_norm; returns the norm."""
    params = _with_grad(parameters)
    max_norm = float(max_norm)
    norm_type = float(norm_type)
    if len(params) == 0:
        return torch.tensor(0.)
    norms = [torch.norm(p.grad.detach(), norm_type) for p in params]
    if norm_type == float('inf'):
        total = norms[0] if len(norms) == 1 else torch.max(torch.stack(norms))
    else:
        total = torch.norm(torch.stack(norms), norm_type)
    if error_if_nonfinite and not torch.isfinite(total):
        raise RuntimeError(f'The total norm of order {norm_type} for gradients from `parameters` is '
                           'non-finite, so it cannot be clipped.')
    scale = torch.clamp(max_norm / (total + 1e-6), max=1.0)
    for p in params:
        p.grad.detach().mul_(scale)
    return total


def clip_grad_value_(parameters, clip_value):
    """Every gradient element between -clip_value and clip_value."""
    for p in _with_grad(parameters):
        p.grad.data.clamp_(-float(clip_value), float(clip_value))


def parameters_to_vector(parameters):
    """All parameters, flattened one after the other."""
    return torch.cat([p.view(-1) for p in parameters])


def vector_to_parameters(vec, parameters):
    """The inverse of parameters_to_vector, in place."""
    at = 0
    for p in parameters:
        p.data = vec[at:at + p.numel()].view_as(p).data
        at += p.numel()
