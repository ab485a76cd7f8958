"""torch.autograd.gradcheck: gradients against difference quotients."""

__late__ = """
torch.autograd: gradcheck GradcheckError
"""

import torch


class GradcheckError(RuntimeError):
    """What gradcheck raises when the two differ."""


def _outputs(result):
    found = result if isinstance(result, (tuple, list)) else (result,)
    return [t for t in found if isinstance(t, torch.Tensor) and t.requires_grad]


def _numerical(fn, inputs, x, k, eps):
    """d output k / d x by central differences: (x.numel(), output.numel())"""
    flat = x.detach().view(-1)
    rows = []
    for i in range(flat.numel()):
        was = flat[i].item()
        ends = []
        for at in (was + eps, was - eps):
            flat[i] = at
            with torch.enable_grad():
                ends.append(_outputs(fn(*inputs))[k].detach().reshape(-1).clone())
        flat[i] = was
        rows.append((ends[0] - ends[1]) / (2 * eps))
    return torch.stack(rows)


def _analytical(fn, inputs, x, k):
    output = _outputs(fn(*inputs))[k]
    columns = []
    for i in range(output.numel()):
        seed = torch.zeros_like(output)
        seed.view(-1)[i] = 1
        g, = torch.autograd.grad(output, x, seed, retain_graph=True, allow_unused=True)
        columns.append(torch.zeros_like(x).reshape(-1) if g is None else g.reshape(-1))
    return torch.stack(columns, 1)


def _check_inputs(inputs):
    wanting = [(i, t) for i, t in enumerate(inputs)
               if isinstance(t, torch.Tensor) and t.requires_grad]
    if not wanting:
        raise ValueError('gradcheck expects at least one input tensor to require gradient, but '
                         'none of the them have requires_grad=True.')
    return wanting


def gradcheck(func, inputs, *, eps=1e-06, atol=1e-05, rtol=0.001, raise_exception=True,
              check_sparse_nnz=False, nondet_tol=0.0, check_undefined_grad=True,
              check_grad_dtypes=False, check_batched_grad=False, check_batched_forward_grad=False,
              check_forward_ad=False, check_backward_ad=True, fast_mode=False):
    """True when the gradients of func agree with difference quotients; inputs in float64."""
    if check_batched_grad or check_batched_forward_grad or check_forward_ad or check_sparse_nnz:
        raise NotImplementedError('gradcheck here compares backward with difference quotients: '
                                  'no forward mode, no vmap, nothing sparse')
    inputs = tuple(inputs) if isinstance(inputs, (tuple, list)) else (inputs,)
    try:
        for i, x in _check_inputs(inputs):
            for k in range(len(_outputs(func(*inputs)))):
                numerical = _numerical(func, inputs, x, k, eps)
                analytical = _analytical(func, inputs, x, k)
                if not torch.allclose(analytical, numerical, rtol, atol):
                    raise GradcheckError(
                        f'Jacobian mismatch for output {k} with respect to input {i},\n'
                        f'numerical:{numerical}\nanalytical:{analytical}\n')
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True
