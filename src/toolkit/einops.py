"""einops: rearrange, reduce and repeat by patterns of named axes (Rogozhnikov 2022).

    rearrange(x, 'b t (h d) -> b h t d', h=8)

A pattern's side is a list of groups: a list of one elementary axis for a plain name, a tuple of
any number for what stands in brackets. '...' stands for any number of axes.
"""
import torch


class EinopsError(RuntimeError):
    """A pattern that cannot be read or does not fit the tensor."""


_parsed = {}


def _groups(side, pattern):
    """'b (h d) 1' -> [['b'], ('h', 'd'), []]"""
    groups, inside = [], None
    text = side.replace('(', ' ( ').replace(')', ' ) ').replace('...', ' \u2026 ')
    for word in text.split():
        if word == '(':
            if inside is not None:
                raise EinopsError(f'brackets inside brackets in "{pattern}"')
            inside = []
        elif word == ')':
            if inside is None:
                raise EinopsError(f'a bracket is closed that was not opened in "{pattern}"')
            groups.append(tuple(inside))
            inside = None
        else:
            if not (word == '\u2026' or word.isidentifier() or word.isdigit()):
                raise EinopsError(f'"{word}" is no axis name in "{pattern}"')
            axis = [] if word == '1' else [word]
            if inside is None:
                groups.append(axis)
            else:
                inside.extend(axis)
    if inside is not None:
        raise EinopsError(f'a bracket is not closed in "{pattern}"')
    names = [name for group in groups for name in group]
    for name in names:
        if names.count(name) > 1:
            raise EinopsError(f'axis "{name}" stands twice on one side of "{pattern}"')
    return groups


def _parse(pattern):
    if pattern not in _parsed:
        sides = pattern.split('->')
        if len(sides) != 2:
            raise EinopsError(f'a pattern has one "->": "{pattern}"')
        left, right = _groups(sides[0], pattern), _groups(sides[1], pattern)
        if any(isinstance(group, tuple) and '\u2026' in group for group in left):
            raise EinopsError('Ellipsis inside parenthesis in the left side is not allowed: '
                              f'{pattern}')
        _parsed[pattern] = left, right
    return _parsed[pattern]


def _expand_dots(groups, count):
    """'...' becomes the axes ...0, ...1 and so on."""
    dots = [f'...{i}' for i in range(count)]
    out = []
    for group in groups:
        if group == ['\u2026']:
            out.extend([name] for name in dots)
        elif '\u2026' in group:
            at = group.index('\u2026')
            out.append([*group[:at], *dots, *group[at + 1:]])
        else:
            out.append(group)
    return out


def _measure(left, shape, sizes, pattern):
    """Sizes of all axes on the left, from the shape and from what was given."""
    for group, n in zip(left, shape):
        unknown = [name for name in group if name not in sizes]
        known = 1
        for name in group:
            known *= sizes.get(name, 1)
        if len(unknown) > 1:
            raise EinopsError(f'could not infer sizes for {set(unknown)} in "{pattern}"')
        if unknown:
            if known == 0 or n % known != 0:
                raise EinopsError(f"can't divide axis of length {n} in chunks of {known} "
                                  f'in "{pattern}"')
            sizes[unknown[0]] = n // known
        elif known != n:
            raise EinopsError(f'an axis of length {n} does not match {known} of ({" ".join(group)}) '
                              f'in "{pattern}"')


def _is_array(x):
    """An array of numpy's: it is computed with as a tensor, and given back as an array."""
    return hasattr(x, '__array__') and not isinstance(x, torch.Tensor)


def _apply(x, pattern, reduction, sizes):
    if isinstance(x, (list, tuple)):
        arrays = len(x) > 0 and _is_array(x[0])
        x = torch.stack([torch.from_numpy(a) for a in x] if arrays else list(x))
        x = x.numpy() if arrays else x
    if _is_array(x):
        got = _apply(torch.from_numpy(x), pattern, reduction, sizes)
        return got.numpy() if got.dim() else got.numpy()[()]
    left, right = _parse(pattern)
    dots = ['\u2026'] in left
    count = x.dim() - len(left) + 1 if dots else 0
    if count < 0 or (not dots and x.dim() != len(left)):
        raise EinopsError(f'the pattern "{pattern}" has {len(left) - dots} axes on its left, the '
                          f'tensor has shape {tuple(x.shape)}')
    left, right = _expand_dots(left, count), _expand_dots(right, count)
    sizes = {name: int(n) for name, n in sizes.items()}
    for group in left + right:
        for name in group:
            if name.isdigit():
                sizes[name] = int(name)
    for name in sizes:
        if not name.isdigit() and not any(name in group for group in left + right):
            raise EinopsError(f'axis {name} is not in the pattern "{pattern}"')
    _measure(left, x.shape, sizes, pattern)
    from_axes = [name for group in left for name in group]
    to_axes = [name for group in right for name in group]
    gone = [name for name in from_axes if name not in to_axes]
    new = [name for name in to_axes if name not in from_axes]
    if gone and reduction in ('rearrange', 'repeat'):
        raise EinopsError(f'{reduction} keeps every axis, but {gone} are only on the left of '
                          f'"{pattern}"')
    if new and reduction != 'repeat':
        raise EinopsError(f'axes {new} are only on the right of "{pattern}"')
    for name in new:
        if name not in sizes:
            raise EinopsError(f'the size of the new axis {name} is not given')
    x = x.reshape([sizes[name] for name in from_axes])
    if gone:
        x = _reduce(x, reduction, tuple(from_axes.index(name) for name in gone))
    kept = [name for name in from_axes if name not in gone]
    x = x.permute([kept.index(name) for name in to_axes if name in kept])
    if new:
        for at, name in enumerate(to_axes):
            if name in new:
                x = x.unsqueeze(at)
        x = x.expand([sizes[name] for name in to_axes])
    shape = []
    for group in right:
        n = 1
        for name in group:
            n *= sizes[name]
        shape.append(n)
    return x.reshape(shape)


def _reduce(x, reduction, dims):
    if callable(reduction):
        return reduction(x, dims)
    if reduction == 'mean':
        return x.mean(dims)
    if reduction == 'sum':
        return x.sum(dims)
    if reduction == 'max':
        return x.amax(dims)
    if reduction == 'min':
        return x.amin(dims)
    if reduction == 'prod':
        for d in sorted(dims, reverse=True):
            x = x.prod(d)
        return x
    raise EinopsError(f"unknown reduction '{reduction}': min, max, sum, mean or prod")


def rearrange(tensor, pattern, **axes_lengths):
    """Axes in another order, split or joined, as the pattern says."""
    return _apply(tensor, pattern, 'rearrange', axes_lengths)


def reduce(tensor, pattern, reduction, **axes_lengths):
    """rearrange, where axes that are missing on the right are reduced."""
    return _apply(tensor, pattern, reduction, axes_lengths)


def repeat(tensor, pattern, **axes_lengths):
    """rearrange, where axes that are new on the right repeat the values."""
    return _apply(tensor, pattern, 'repeat', axes_lengths)


def einsum(*args):
    """torch.einsum with names of any length; the pattern is the last argument."""
    tensors, pattern = args[:-1], args[-1]
    letters = {}

    def short(side):
        out = ''
        for word in side.replace('...', ' ... ').split():
            if word == '...':
                out += word
            else:
                out += letters.setdefault(word, chr(ord('a') + len(letters)))
        return out

    left, right = pattern.split('->')
    terms = ','.join(short(term) for term in left.split(','))
    return torch.einsum(terms + '->' + short(right), *tensors)


def parse_shape(x, pattern):
    """The sizes of named axes; _ skips one."""
    names = pattern.split()
    if len(names) != len(x.shape):
        raise RuntimeError("Can't parse shape with different number of dimensions: "
                           f'{pattern} {tuple(x.shape)}')
    return {name: n for name, n in zip(names, x.shape) if name != '_'}


def asnumpy(tensor):
    return tensor.numpy()


def _pack_axes(pattern):
    """How many axes stand before and behind the '*'."""
    words = pattern.split()
    if words.count('*') != 1:
        raise EinopsError(f"pack and unpack want one * in the pattern, got '{pattern}'")
    for word in words:
        if word != '*' and not word.isidentifier():
            raise EinopsError(f"'{word}' is no axis name in '{pattern}'")
    if len(set(words)) != len(words):
        raise EinopsError(f"an axis stands twice in '{pattern}'")
    before = words.index('*')
    return before, len(words) - before - 1


def _as_tensor(x):
    return torch.from_numpy(x) if _is_array(x) else x


def pack(tensors, pattern):
    """Tensors whose axes at * differ, as one: those become one axis, joined. Returns the tensor and
    the shapes that unpack wants. pack([(b, h, w, c), (b, n, c)], 'b * c')."""
    before, after = _pack_axes(pattern)
    arrays = len(tensors) > 0 and _is_array(tensors[0])
    flat, shapes = [], []
    for i, t in enumerate(tensors):
        t = _as_tensor(t)
        if t.dim() < before + after:
            raise EinopsError(f'packed tensor #{i} (enumeration starts with 0) has shape '
                              f'{tuple(t.shape)}, while pattern {pattern} assumes at least '
                              f'{before + after} axes')
        end = t.dim() - after
        shapes.append(t.shape[before:end])
        flat.append(t.reshape(tuple(t.shape[:before]) + (-1,) + tuple(t.shape[end:]))
                    if t.numel() else t.flatten(before, end - 1) if end > before
                    else t.unsqueeze(before))
    out = torch.cat(flat, before)
    if arrays:
        return out.numpy(), [tuple(s) for s in shapes]
    return out, shapes


def unpack(tensor, packed_shapes, pattern):
    """The tensors that pack joined; one shape may have one -1."""
    before, after = _pack_axes(pattern)
    if _is_array(tensor):
        return [t.numpy() for t in unpack(torch.from_numpy(tensor), packed_shapes, pattern)]
    if tensor.dim() != before + after + 1:
        raise EinopsError(f'unpack({pattern}) received input of wrong dim with shape '
                          f'{tuple(tensor.shape)}')
    sizes = []
    for shape in packed_shapes:
        n = 1
        for s in shape:
            n = -1 if s == -1 or n == -1 else n * s
        sizes.append(n)
    if sizes.count(-1) > 1:
        raise EinopsError(f'unpack received more than one -1 in {packed_shapes} and can infer the '
                          'size of one only')
    if -1 in sizes:
        sizes[sizes.index(-1)] = tensor.shape[before] - sum(n for n in sizes if n != -1)
    if sum(sizes) != tensor.shape[before] or min(sizes, default=0) < 0:
        raise EinopsError(f'unpack({pattern}): axis of length {tensor.shape[before]} cannot be cut '
                          f'into the shapes {packed_shapes}')
    head, tail = tuple(tensor.shape[:before]), tuple(tensor.shape[before + 1:])
    return [part.reshape(head + tuple(shape) + tail)
            for part, shape in zip(tensor.split(sizes, before), packed_shapes)]
