### the axes: which entries share a mean, and every norm equals its formula
assert reach['BatchNorm'].sum() == B * T and reach['BatchNorm'][:, :, 1].all()
assert reach['LayerNorm'].sum() == d and reach['LayerNorm'][0, 1].all()
assert (reach['RMSNorm'] == reach['LayerNorm']).all()
assert reach['GroupNorm'].sum() == T * d // groups
assert reach['InstanceNorm'].sum() == T
for name, norm in norms.items():
    assert torch.allclose(norm(x), hand[name], atol=1e-4), name
counts = {name: qkv.params(module) for name, module in made.items()}
assert counts.pop('RMSNorm') == d and set(counts.values()) == {2 * d}
assert sum(t.numel() for t in made['BatchNorm'].buffers()) == 2 * d + 1

### what moves the first word: each norm as its axes say, to the bit | text="a b c / d e / f" d=12 groups=3 other="x y z u"
assert all(v > 0 for v in leaks['BatchNorm'].values()), leaks
for name in ('GroupNorm', 'InstanceNorm'):
    assert leaks[name]['a later word'] > 0 and leaks[name]['padding'] > 0
    assert leaks[name]["another's sentence"] == leaks[name]['alone'] == 0
for name in ('LayerNorm', 'RMSNorm', 'Dynamic Tanh'):
    assert not any(leaks[name].values()), leaks
assert torch.allclose(norms['BatchNorm'](x[:1]), norms['InstanceNorm'](x[:1]))

### the same with equal sentences, two words and two features | text="a b / a b" d=2 groups=1 other="a b" pad=1
assert still == ["another's sentence", 'alone'], still
assert future['BatchNorm'] > 0 == future['LayerNorm']

### padding leaves batch norm over the real tokens alone | pad=64
assert leaks['BatchNorm']['padding'] > 1 and remedy.max() < 1e-5

### layer norm by hand has the biased variance | d=3 groups=1
assert torch.allclose(y, theirs, atol=1e-5)
assert not torch.allclose(other_var, theirs, atol=0.05)

### running statistics arrive as 1 − (1 − m)^k; layer norm has no modes; the kept variance is unbiased | momentum=0.2
assert all(abs(a - b) < 0.06 for a, b in zip(way, wanted)), (way, wanted)
assert gap[0] > gap[-1] > 0 and flat.item() == 0
assert abs(ratio - 64 / 63) < 1e-4

### 16 bits: float16 loses all, float32 statistics cost nothing but the rounding
half, brain = low['torch.float16'], low['torch.bfloat16']
assert half[0] > 3 and half[1] < 0.002 and brain[0] > brain[1] and brain[1] < 0.01

### QK-norm bounds the scores by the root of d, whatever the weights' size | d=32 seed=3
for factor, (raw, kept) in sharp.items():
    assert kept[0] <= math.sqrt(d) + 1e-4
assert sharp[16][0][0] > 200 * sharp[1][0][0] and abs(sharp[16][1][0] - sharp[1][1][0]) < 1e-3

### batch norm has the widest range of rates, and shift does not hurt
assert reach_of['BatchNorm'] >= 4 * max(reach_of['plain'], 1), reach_of
assert max(shift, key=shift.get) == 'BatchNorm + noise'
assert reach_of['BatchNorm + noise'] >= reach_of['plain'] > 0, reach_of

### the verdict is chosen by the runs | steps=20
assert not any(reach_of.values())
assert 'no network learns' in verdict_on_rates(reach_of, shift)
names = ('plain', 'LayerNorm', 'BatchNorm', 'BatchNorm + noise')
def says(*factors, moves=(1, 1, 1, 2)):
    return verdict_on_rates(dict(zip(names, factors)), dict(zip(names, moves)))
assert 'no narrower' in says(4, 4, 8, 8) and 'is narrower' in says(8, 4, 8, 2)
assert 'where the plain one does not' in says(0, 4, 8, 2) and 'does not learn' in says(4, 4, 8, 0)
assert 'nothing follows' in says(4, 4, 8, 4, moves=(3, 1, 1, 2))
assert 'LayerNorm and BatchNorm, a factor of 8' in says(4, 8, 8, 4)
