"""Attention, drawn and measured: show, heat, thumbnails, plot, bars, table, trace, timeit, params, flops,
progress, peak, memory, leak, attention, kernels, mask, layout, cost, tokens, embed.

Here stands what the dialect itself says best."""


class trace:
    """Records every engine op inside a `with` block: rows, flops, bytes, show().

    with qkv.trace() as t:
        scores = q @ k.T
    t.show()
    """

    def __init__(self, title=None):
        self.title = title
        self._record = None

    def __enter__(self):
        self._record = _trace_begin()
        return self

    def __exit__(self, *exc):
        _trace_end(self._record)
        return False

    @property
    def rows(self):
        return _trace_rows(self._record) if self._record is not None else []

    @property
    def flops(self):
        return sum(row[4] for row in self.rows)

    @property
    def bytes(self):
        return sum(row[5] for row in self.rows)

    def show(self, title=None):
        if self._record is not None:
            _trace_show(self._record, title or self.title)


class memory:
    """Bytes that tensors and kernels' work space take inside a `with` block, measured.

    with qkv.memory() as m:
        out = qkv.attention(q, k, v)
    m.peak, m.kept

    peak: the most at one moment, kept: what is still held at the end; both beyond what was
    there before. used: bytes held by all tensors now.
    """

    def __init__(self):
        self._before = _memory_used()
        self._peak = None
        self._end = None

    def __enter__(self):
        self._before = _memory_used()
        self._outer = _memory_peak(0)
        self._end = None
        return self

    def __exit__(self, *exc):
        self._peak = _memory_peak()
        self._end = _memory_used()
        _memory_peak(max(self._outer, self._peak))
        return False

    @property
    def used(self):
        return _memory_used()

    @property
    def peak(self):
        most = _memory_peak() if self._end is None else self._peak
        return max(most - self._before, 0)

    @property
    def kept(self):
        return (_memory_used() if self._end is None else self._end) - self._before

    def __repr__(self):
        return f'memory(peak={self.peak:,} bytes, kept={self.kept:,} bytes)'


def thumbnails(items, title='', meaning='', *, kind='auto', across=None, note=None, mask=None,
               row_axis='', col_axis='', scale=None):
    """Draws many matrices small and side by side, a caption over each: a coloured cell per entry, or
    a glyph where there is no colour (· masked, 0 zero, ░ small to █ great).

    qkv.thumbnails([('causal', qkv.mask('causal', 8)), ('window', qkv.mask('window', 8))], kind='mask')

    items: pairs of name and tensor, a dict of them, or a tensor whose first axis counts them
    (heads). kind and mask are as in qkv.show. across: at most so many in a row (else as many as
    the screen takes). note: what stands behind a name, a list of texts, a dict of them by name or
    a function of the tensor; without it masks say how much is seen, '' says nothing. Colours mean
    the same in all, up to the greatest value shown or to scale=1; scale='own' gives each its own.
    """
    if hasattr(items, 'shape'):
        if len(items.shape) < 3:
            raise ValueError('qkv.thumbnails: a tensor of several matrices has at least 3 axes, this '
                             f'one has shape {tuple(items.shape)}: qkv.show draws it')
        items = [(str(i) if title else f'head {i}', one) for i, one in enumerate(items)]
    pairs = list(items.items()) if isinstance(items, dict) else items
    if not isinstance(pairs, (list, tuple)):
        raise TypeError('qkv.thumbnails: items are a list of pairs (name, tensor), a dict or a tensor, '
                        f'not {type(items).__name__}')
    for item in pairs:
        if not isinstance(item, (tuple, list)) or len(item) != 2 or not isinstance(item[0], str):
            raise TypeError('qkv.thumbnails: an item is a pair of a name and a tensor, not '
                            f"{type(item).__name__}{f' of {len(item)}' if isinstance(item, (tuple, list)) else ''}")
    if across is not None and (type(across) is not int or across < 1):
        raise ValueError(f'qkv.thumbnails: across must be 1 or more, got {across!r}')
    if isinstance(scale, str) and scale != 'own':
        raise ValueError(f"qkv.thumbnails: scale is a number or 'own', not {scale!r}")
    names = [name for name, _ in pairs]
    if callable(note):
        note = [str(note(one)) for _, one in pairs]
    elif isinstance(note, dict):
        note = [str(note.get(name, '')) for name in names]
    elif isinstance(note, str):
        note = [note] * len(pairs)
    elif note is not None and not isinstance(note, (list, tuple)):
        raise TypeError('qkv.thumbnails: note is a text, a list, a dict or a function, not '
                        + type(note).__name__)
    if note is not None and len(note) != len(pairs):
        raise ValueError(f'qkv.thumbnails: note= has {len(note)} texts for {len(pairs)} matrices')
    _thumbs([one for _, one in pairs], names, note, title, meaning, [row_axis, col_axis], kind, mask,
            across or 0, scale)


def flops(fn):
    """FLOPs of fn(), counted by tracing it; a multiply-add is 2."""
    with trace() as t:
        fn()
    return t.flops


def timeit(fn, rounds=5, budget=0.2):
    """Seconds of one fn(), the best of several rounds; budget: seconds in all."""
    from time import perf_counter
    start = perf_counter()
    fn()
    once = max(perf_counter() - start, 1e-7)
    loops = int(min(max(budget / rounds / once, 1), 100000))
    best = once
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(loops):
            fn()
        best = min(best, (perf_counter() - start) / loops)
    return best


def measured(value, spec=''):
    """value as text, by a format spec: a time, or what depends on a sum's last bit, which no two runs
    or machines give alike. Where output is compared (QKV_MASK_MEASURED is set) it reads '(measured)'.

    print('took', qkv.measured(seconds, '.2g'), 's')
    """
    return '(measured)' if _masked() else format(value, spec)


def _rate(rate):
    return f'{rate:,.0f}' if rate >= 100 else f'{rate:.3g}'


def progress(items, text='working'):
    """The items one after the other, with a line of progress, rate and time left on a terminal.

    for step in qkv.progress(range(200), 'training'):
        ...

    text may be a function that gives one, so that the line can say a loss.
    """
    from time import perf_counter
    total = len(items)
    start = shown = perf_counter()
    try:
        for i, item in enumerate(items):
            yield item
            now = perf_counter()
            if now - shown < 0.1:
                continue
            shown = now
            rate = (i + 1) / (now - start)
            left = (total - i - 1) / rate
            label = text() if callable(text) else text
            _progress((i + 1) / total, f'{label}: {i + 1} of {total}, {_rate(rate)}/s, {left:.0f} s left')
    finally:
        _progress(1.0)


def params(module, show=False):
    """Number of parameters of a Module, a tensor or a list of tensors; show=True draws them by name."""
    if hasattr(module, 'named_parameters'):
        named = list(module.named_parameters())
    elif hasattr(module, 'numel'):
        named = [('tensor', module)]
    else:
        named = [(str(i), t) for i, t in enumerate(module)]
    total = sum(p.numel() for _, p in named)
    if show:
        rows = [[name, tuple(p.shape), f'{p.numel():,}'] for name, p in named]
        rows.append(['total', '', f'{total:,}'])
        table(rows, head=['parameter', 'shape', 'numbers'], total=True)
    return total


def leak(fn, x, amount=1.0):
    """Does the output at a position depend on later positions of the input?

    fn maps (n, d) to (t, e), t = n in self-attention. Position j is changed by `amount`, fn is run
    again, and every output that changed by a single bit is marked: the result is (t, n) bool,
    [i, j] = output i depends on input j. A causal fn has no True above the diagonal.
    """
    import torch
    base = fn(x)
    n = x.shape[-2]
    depends = torch.zeros(base.shape[-2], n, dtype=torch.bool)
    for j in range(n):
        y = x.clone()
        y[..., j, :] = y[..., j, :] + amount
        changed = (fn(y) != base)
        while changed.dim() > 2:
            changed = changed.any(0)
        depends[:, j] = changed.any(-1)
    return depends
