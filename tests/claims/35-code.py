### every rung agrees with its reference, and its masks hold
assert all(ok) and len(ok) == 6, ok
assert (weights[~keep] == 0).all() and not (looks & ~keep).any()
assert fast < slow
assert neighbours == {'no dim': True, 'dim=-1': False}

### so at other sizes | text="attention is all you need" d=24 h=4 b=3 block=5 causal=false
assert all(ok), ok
assert neighbours == {'no dim': True, 'dim=-1': False}

### one word, one sequence, one head | text=a b=1 h=1 d=2 block=64
assert all(ok), ok
assert (F.softmax(scores, dim=0) == 1).all()

### the streamed softmax needs no n x n matrix, the plain one does
assert qkv.peak(lambda: qkv.attention(t, t, t)) < 512 * 512 * 4 <= qkv.peak(lambda: attention(t, t, t))
