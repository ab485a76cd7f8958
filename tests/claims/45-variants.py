### two variants are exact, whatever the input | n=128 block=16 rank=32 sharp=2.5 h=2 g=2
assert errors['MHA'] == 0 and errors['FlashAttention'] < 1e-5, errors
assert errors['GQA, g=2'] == 0, errors
assert all(errors[name] > 1e-3 for name in ('MQA', 'window', 'LSH', 'routing', 'linear')), errors

### with everything kept the patterns are exact too | n=64 block=8 rank=64 w=64
assert errors['window'] < 1e-5 and errors['Linformer'] < 1e-5, errors

### more keys or more rounds, less error | n=256
assert curves['window'] == sorted(curves['window'], reverse=True), curves
assert curves['Linformer'][-1] < curves['Linformer'][0], curves
rounds = [error(lsh(q, k, v, block, r)[0]) for r in (1, 8)]
assert rounds[1] < rounds[0], rounds

### windows and blocks form few of the scores | n=1024 w=16 d=32 h=1 g=1
window = Kernel(window=w)
out, formed = window()
assert formed < n * n / 5 and window.kept < 0.05, formed
assert Kernel(window=2 * w)()[1] < 2 * formed

### sharp=0 makes weights equal, and Linformer of equal shares exact | n=128 sharp=0 rank=32
assert errors['Linformer'] < 1e-5, errors

### the online softmax is exact, keys one by one | tile=1 row=3 n=64 sram=128
assert torch.allclose(out6, exact6, atol=1e-6) and order.max() == 36

### in one tile | tile=6 row=0 n=64 sram=1024
assert torch.allclose(out6, exact6, atol=1e-6) and order.max() == 1

### traffic falls as one over the fast memory | n=128 d=64 h=2
sizes = [512, 1024, 2048, 4096]
passed_over = [flash_traffic(qs, ks, vs, M)[1] - 2 * N * dh for M in sizes]
assert abs(slope(sizes, passed_over) + 1) < 1e-9, passed_over
a, b = (standard_traffic(qs[:m], ks[:m], vs[:m])[1] for m in (64, 128))
assert 3 < b / a < 4, (a, b)

### the cache of published models | n=64
assert per_token(80, 64, 128) == 2.5 * 2 ** 20 and per_token(80, 8, 128) == 320 * 2 ** 10
assert per_token(32, 8, 128) == 128 * 2 ** 10

### lib/variants.py gives PyTorch 1.13's numbers (same file, same seeds) | n=64
m, heads_, width = 64, 2, 8
x_ = stretches(m, heads_ * width, 4, 7)
torch.manual_seed(3)
W = torch.randn(heads_ * width, heads_ * width) / 4
k_ = (x_ @ W).view(m, heads_, width).transpose(0, 1).contiguous()
v_, q_ = torch.randn(heads_, m, width), 1.5 * k_
wanted = {'dense': (8192, 10.967), 'linear': (0, 3.448), 'grouped': (8192, 4.388),
          'linformer': (1280, 7.036), 'lsh': (6144, 15.108), 'routing': (1024, 14.615)}
got = {'dense': dense(q_, k_, v_), 'linear': linear(q_, k_, v_),
       'grouped': grouped(q_, pooled(k_, 1), pooled(v_, 1)),
       'linformer': linformer(q_, k_, v_, pool_matrix(m, 10)), 'lsh': lsh(q_, k_, v_, 8, 3),
       'routing': routing(q_, k_, v_, centroids(k_, 8))}
for name, (o, count) in got.items():
    assert count == wanted[name][0] and abs(o.norm().item() - wanted[name][1]) < 2e-3, name

### local-m is the window; local attention forms n(2w + 1) scores a head, hard one n | n=128 w=4 block=16 rank=32
assert abs(errors['local-m'] - errors['window']) < 1e-5, errors
assert local(q, k, v, own, w)[1] == h * n * (2 * w + 1)
one, count = hard(q, k, v)
assert count == h * n * n and (one[0, 0] == v[0]).all(-1).any()
edge = torch.full((n,), 0.0)
assert torch.isfinite(local(q, k, v, edge, w, True)[0]).all()
