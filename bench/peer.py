"""Attention by NumPy or PyTorch, for compare.py: peer.py numpy|torch.

Reads lines "heads queries keys d causal", answers the processor seconds of one call each.
"""
import math
import sys
import time


def numpy_call(H, T, S, d, causal):
    import numpy as np
    rng = np.random.default_rng(0)
    q, k, v = (rng.uniform(-1, 1, (H, n, d)).astype(np.float32) for n in (T, S, S))
    scale = np.float32(1 / math.sqrt(d))
    bias = np.triu(np.full((T, S), -np.inf, np.float32), 1) if causal else None

    def call():
        s = (q * scale) @ k.transpose(0, 2, 1)
        if causal:
            s += bias
        s -= s.max(-1, keepdims=True)
        np.exp(s, out=s)
        s /= s.sum(-1, keepdims=True)
        return s @ v
    return call


def torch_call(H, T, S, d, causal):
    import torch
    torch.manual_seed(0)
    q, k, v = (torch.rand(H, n, d) * 2 - 1 for n in (T, S, S))
    bias = torch.triu(torch.full((T, S), -math.inf), 1) if causal else None

    def call():
        with torch.no_grad():
            s = torch.baddbmm(bias, q, k.transpose(1, 2), alpha=1 / math.sqrt(d)) if causal \
                else torch.bmm(q / math.sqrt(d), k.transpose(1, 2))
            return torch.bmm(torch.softmax(s, -1), v)
    return call


def about(name):
    if name == 'numpy':
        import numpy
        return f'NumPy {numpy.__version__}'
    import torch
    torch.set_num_threads(1)
    return f'PyTorch {torch.__version__}'


def seconds(call):
    call()
    calls, start = 0, time.process_time()
    while True:
        call()
        calls += 1
        now = time.process_time()
        if now - start > 5e-3:
            return (now - start) / calls


name = sys.argv[1]
print(about(name), flush=True)
for line in sys.stdin:
    made = {'numpy': numpy_call, 'torch': torch_call}[name](*map(int, line.split()))
    print(seconds(made), flush=True)
