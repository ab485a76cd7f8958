"""What the cases of einops are computed with where PyTorch 1.13 is: the library itself is not in
Debian. rearrange, repeat and reduce by their pattern language, on PyTorch's own views."""
import math


def _parse(side):
    groups, group = [], None
    for word in side.replace('(', ' ( ').replace(')', ' ) ').split():
        if word == '(':
            group = []
        elif word == ')':
            groups.append(group)
            group = None
        elif group is not None:
            group.append(word)
        else:
            groups.append([word])
    return groups


def _expand(groups, n):
    """... as n names of its own."""
    out = []
    for g in groups:
        out += [[f'.{i}'] for i in range(n)] if g == ['...'] else [g]
    return out


def _apply(x, pattern, how, sizes):
    left, right = (_parse(side) for side in pattern.split('->'))
    dots = x.ndim - (len(left) - 1)
    left, right = _expand(left, dots), _expand(right, dots)
    sizes = dict(sizes)
    for size, g in zip(x.shape, left):
        known = math.prod(sizes[n] if n in sizes else 1 for n in g if n != '1')
        for n in g:
            if n not in sizes and n != '1':
                sizes[n] = size // known
    have = [n for g in left for n in g if n != '1']
    want = [n for g in right for n in g if n != '1']
    x = x.reshape([sizes[n] for n in have])
    gone = [n for n in have if n not in want]
    if gone:
        dims = [have.index(n) for n in gone]
        x = {'mean': x.mean, 'sum': x.sum, 'max': x.amax, 'min': x.amin}[how](dims)
        have = [n for n in have if n in want]
    for n in want:
        if n not in have:
            x = x.unsqueeze(-1).expand(*x.shape, sizes[n])
            have.append(n)
    x = x.permute([have.index(n) for n in want])
    return x.reshape([math.prod(sizes[n] for n in g if n != '1') for g in right])


def rearrange(x, pattern, **sizes):
    if isinstance(x, (list, tuple)):
        import torch
        x = torch.stack(list(x))
    return _apply(x, pattern, None, sizes)


def repeat(x, pattern, **sizes):
    return _apply(x, pattern, None, sizes)


def reduce(x, pattern, how, **sizes):
    return _apply(x, pattern, how, sizes)
