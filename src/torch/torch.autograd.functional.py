"""torch.autograd.functional: whole matrices of derivatives."""
import torch


def _inputs(inputs):
    alone = isinstance(inputs, torch.Tensor)
    given = (inputs,) if alone else tuple(inputs)
    return alone, tuple(t.detach().clone().requires_grad_() for t in given)


def _rows(output, inputs, strict, what):
    """For each input: d output / d input, of shape output.shape + input.shape."""
    rows = [[] for _ in inputs]
    for i in range(output.numel()):
        seed = torch.zeros_like(output)
        seed.view(-1)[i] = 1
        grads = (None,) * len(inputs)
        if output.requires_grad:
            grads = torch.autograd.grad(output, inputs, seed, retain_graph=True,
                                        allow_unused=True)
        for k, g in enumerate(grads):
            if g is None and strict:
                raise RuntimeError(f'Output {what} of the user-provided function is independent of '
                                   f'input {k}. This is not allowed in strict mode.')
            rows[k].append(torch.zeros_like(inputs[k]) if g is None else g)
    return tuple(torch.stack(r).view(output.shape + x.shape) if r
                 else x.new_zeros(output.shape + x.shape) for r, x in zip(rows, inputs))


def _no_graph(create_graph, vectorize, strategy):
    if create_graph:
        raise NotImplementedError('create_graph=True: qkv has no second derivatives')
    if strategy != 'reverse-mode':
        raise NotImplementedError('the only strategy here is reverse-mode')


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False,
             strategy='reverse-mode'):
    """d func(inputs) / d inputs, row by row."""
    _no_graph(create_graph, vectorize, strategy)
    alone, inputs = _inputs(inputs)
    with torch.enable_grad():
        outputs = func(*inputs)
    one = isinstance(outputs, torch.Tensor)
    found = tuple(_rows(y, inputs, strict, k)
                  for k, y in enumerate((outputs,) if one else outputs))
    if alone:
        found = tuple(row[0] for row in found)
    return found[0] if one else found


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), vᵀ · its Jacobian); v may be left out for one number."""
    _no_graph(create_graph, False, 'reverse-mode')
    alone, inputs = _inputs(inputs)
    with torch.enable_grad():
        output = func(*inputs)
    if v is None:
        if output.nelement() != 1:
            raise RuntimeError('The vector v can only be None if the user-provided function '
                               'returns a single Tensor with a single element.')
        v = torch.ones_like(output)
    grads = torch.autograd.grad(output, inputs, v, allow_unused=not strict)
    grads = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(grads, inputs))
    return output.detach(), grads[0] if alone else grads


def __getattr__(name):
    if name in ('hessian', 'hvp', 'vhp', 'jvp'):
        raise NotImplementedError(f'torch.autograd.functional.{name}: qkv has no second '
                                  'derivatives and no forward mode')
    raise AttributeError(name)
