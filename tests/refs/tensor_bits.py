"""Prints the expected values of tests/check_tensor_bits.c: sums, means and softmax of float32, to
the last bit, as PyTorch 1.13.0 computes them on one thread with AVX2 (its default).

    python3 -P tests/refs/tensor_bits.py
"""
import torch

torch.set_num_threads(1)
n = 5 * 70 * 9
x = (torch.tensor([(i * 7919) % 1013 - 500.0 for i in range(n)]) / 300).reshape(5, 70, 9)


def show(name, t):
    flat = t.reshape(-1)
    step = max(1, flat.numel() // 6)
    print(name, tuple(t.shape), " ".join("%.9g" % v for v in flat[::step][:6].tolist()))


for dims in ([0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]):
    show("sum %s" % dims, x.sum(dims))
    show("mean of permuted %s" % dims, x.permute(2, 0, 1).mean(dims))
for dim in (0, 1, 2):
    show("softmax %d" % dim, x.softmax(dim))
show("row sums", x.softmax(-1).sum(-1))
show("exp", x.exp())
show("sigmoid", x.sigmoid())
