### two variants are exact, whatever the input | n=128 block=16 rank=32 sharp=2.5 h=2 g=2
assert errors['MHA'] == 0 and errors['Flash'] < 1e-5, errors
assert errors['GQA g=2'] == 0, errors
assert all(errors[name] > 1e-3 for name in ('MQA', 'MLA', 'window', 'LSH', 'routing', 'linear')), errors

### so they are everywhere; parts of the keys merge exactly; gradients flow to shared heads | anywhere
assert errors['MHA'] == 0 and errors['Flash'] < 1e-4, errors
assert error(merged(parts), exact) < 1e-4
assert all(p.grad.norm() > 0 for p in P.values())
assert torch.allclose(out6, exact6, atol=1e-6)

### keys and queries are different, except where a variant wants them alike
assert not torch.allclose(q, k, atol=0.5)
assert 1.2 < errors['window'] < 1.5 and 0.2 < errors['LSH'] < 0.35, errors
assert errors['linear'] > 0.5, errors

### with everything kept the patterns are exact too | n=64 block=8 rank=64 w=64
assert errors['window'] < 1e-5 and errors['Linformer'] < 1e-5, errors

### more keys or more rounds, less error | n=256
assert curves['window'] == sorted(curves['window'], reverse=True), curves
assert curves['Linformer'][-1] < curves['Linformer'][0], curves
rounds = [error(lsh(twin, twin, v, block, r)[0], exact_twin) for r in (1, 8)]
assert rounds[1] < rounds[0], rounds

### windows and blocks form few of the scores | n=1024 w=16 d=32 h=1 g=1
window = Kernel(window=w)
out, kept_pairs = window()
assert window.stats['computed'] < n * n / 5 and kept_pairs < 0.05 * n * n, window.stats
assert Kernel(window=2 * w)()[1] < 2 * kept_pairs

### sharp=0 makes weights equal, and Linformer of equal shares exact | n=128 sharp=0 rank=32
assert errors['Linformer'] < 1e-5, errors

### the online softmax is exact, keys one by one | tile=1 row=3 n=64 sram=128
assert torch.allclose(out6, exact6, atol=1e-6) and order.max() == 36

### in one tile | tile=6 row=0 n=64 sram=1024
assert torch.allclose(out6, exact6, atol=1e-6) and order.max() == 1

### traffic falls as one over the fast memory, in both orders; 2023 moves less | n=128 d=64 h=2
sizes = [512, 1024, 2048, 4096]
for run in (keys_outermost, queries_outermost):
    passed_over = [run(qs, ks, vs, M)[1] - 2 * N * dh - N * (run is queries_outermost) for M in sizes]
    assert abs(slope(sizes, passed_over) + 1) < 1e-9, passed_over
assert all(queries_outermost(qs, ks, vs, M)[1] < keys_outermost(qs, ks, vs, M)[1] for M in sizes)
a, b = (standard(qs[:m], ks[:m], vs[:m])[1] for m in (64, 128))
assert 3 < b / a < 4, (a, b)

### the figures of the GPU of the paper: 192 KiB of half-precision numbers | n=64
assert abs(moved(1024, 64, 98304, True) / (4 * 1024 * 64 + 4 * 1024 ** 2) - 0.16) < 0.01
assert abs(moved(1024, 64, 98304, False) / (4 * 1024 * 64 + 4 * 1024 ** 2) - 0.12) < 0.01

### as much arithmetic forward, a quarter more backward | n=512 d=128 h=2
assert 0.95 < forward < 1.05 and 1.2 < more < 1.3, (forward, more)

### the cache of published models | n=64
assert per_token(80, 64, 128) == 2.5 * 2 ** 20 and per_token(80, 8, 128) == 320 * 2 ** 10
assert per_token(32, 8, 128) == 128 * 2 ** 10
from lib.cache import kept_numbers
v2 = kept_numbers(60, 128, 8, 128, 1)
assert v2['MLA'][1] == 60 * 576 and v2['MHA'][1] == 60 * 32768
assert v2['MLA'][1] == 2.25 * kept_numbers(60, 128, 1, 128, 1)['MQA'][1]

### the latent of full width is exact, and its keys need not be unpacked | n=64 d=32 h=4
c, up_k, up_v = latent(x, Wk, Wv, d)
assert torch.allclose(dense(q, heads(c @ up_k), heads(c @ up_v))[0], exact, atol=1e-4)
for i in range(h):
    up = up_k[:, i * dh:(i + 1) * dh]
    assert torch.allclose((q[i] @ up.T) @ c.T, q[i] @ k[i].T, atol=1e-4)

### backward from stored weights and tile by tile is autograd's | n=64
leaves = [t.clone().requires_grad_() for t in (qs, ks, vs)]
(torch.softmax(leaves[0] @ leaves[1].T / math.sqrt(dh), -1) @ leaves[2]).backward(gout)
assert all(torch.allclose(a, t.grad, atol=1e-4) for a, t in zip(before, leaves))

### uptraining brings a shared head nearer
assert sum(losses[-10:]) / 10 < 0.9 * losses[0], (losses[0], losses[-1])

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
own = torch.arange(float(n))
assert abs(error(local(q, k, v, own, w)[0], exact) - errors['window']) < 1e-5, errors
assert local(q, k, v, own, w)[1] == h * n * (2 * w + 1)
one, count = hard(q, k, v)
assert count == h * n * n and (one[0, 0] == v[0]).all(-1).any()
edge = torch.full((n,), 0.0)
assert torch.isfinite(local(q, k, v, edge, w, True)[0]).all()
