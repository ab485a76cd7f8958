### the axes: which entries share a mean, and every norm equals its formula
assert reach['BatchNorm'].sum() == B * T and reach['BatchNorm'][:, :, 1].all()
assert reach['LayerNorm'].sum() == d and reach['LayerNorm'][0, 1].all()
assert (reach['RMSNorm'] == reach['LayerNorm']).all()
assert reach['GroupNorm'].sum() == T * d // groups
assert reach['InstanceNorm'].sum() == T
for name, norm in norms.items():
    assert torch.allclose(norm(x), hand[name], atol=1e-4), name

### only batch norm leaks, and to the bit | text="a b c / d e / f" d=12 groups=3 other="x y z u"
assert leak['BatchNorm'] > 0.05
assert all(leak[name] == 0 for name in norms if name != 'BatchNorm'), leak

### padding moves batch norm, the more the more there is, and nothing else | pad=32
assert drift['BatchNorm'] == sorted(drift['BatchNorm']), drift
assert drift['BatchNorm'][-1] > 1
assert max(drift['LayerNorm']) == 0 and max(drift['real tokens']) < 1e-5

### running statistics arrive as 1 − (1 − m)^k; layer norm has no modes | momentum=0.2
assert all(abs(a - b) < 0.06 for a, b in zip(way, wanted)), (way, wanted)
assert gap[0] > gap[-1] > 0 and flat.item() == 0

### counted: 2d, RMSNorm d, batch norm's buffers 2d | d=10 groups=5
sizes = {name: qkv.params(module) for name, module in modules.items()}
assert sizes.pop('RMSNorm') == d and set(sizes.values()) == {2 * d}
assert sum(t.numel() for t in modules['BatchNorm1d'].buffers()) == 2 * d + 1

### more shift and still better than the plain network, which fails at this rate
assert trained['BatchNorm + noise'][1] > 1.3 * trained['plain'][1]
assert curves['BatchNorm + noise'][-1] < 0.7 * curves['plain'][-1], curves
assert most != worst

### at a smaller rate the plain network keeps up | lr=0.2
assert curves['plain'][-1] < curves['BatchNorm + noise'][-1] + 0.1, curves
