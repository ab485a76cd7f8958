### numpy's scalars are numbers wherever torch wants one
import math, numbers, random
import numpy as np, torch, torch.nn as nn
f, i, b, f32 = np.power(10., -.5), np.int64(3), np.bool_(True), np.float32(0.5)
u8 = np.uint8(7)
def T(name, fn):
    try: print(name, fn())
    except Exception as e: print(name, "!", type(e).__name__, e)
T("isnum", lambda: [isinstance(v, numbers.Number) for v in (f, i, b, f32, 1, 2.0, 1j, True)])
T("isreal", lambda: [isinstance(v, numbers.Real) for v in (f, i, b, f32, 1, 2.0, 1j, True)])
T("isint", lambda: [isinstance(v, numbers.Integral) for v in (f, i, b, f32, 1, 2.0, 1j, True)])
T("pyint", lambda: [isinstance(v, int) for v in (f, i, b, f32)] + [isinstance(v, float) for v in (f, i, b, f32)] + [isinstance(v, (int,float)) for v in (f,i,f32)])
p = nn.Linear(2,2)
T("normal_", lambda: p.weight.data.normal_(mean=np.float32(0), std=np.sqrt(2.)).shape)
T("init", lambda: nn.init.normal_(p.weight, std=np.sqrt(0.5)).shape)
T("uniform", lambda: nn.init.uniform_(p.weight, -f, f).shape)
for O in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW):
    T("lr", lambda: O(p.parameters(), lr=f).param_groups[0]["lr"])
T("lr32", lambda: torch.optim.SGD(p.parameters(), lr=f32, momentum=f).param_groups[0]["lr"])
def step():
    o = torch.optim.Adam(p.parameters(), lr=f, betas=(np.float64(.9), f32), eps=np.float64(1e-8)); p(torch.ones(2)).sum().backward(); o.step(); return "ok"
T("step", step)
T("fmt", lambda: f"{f:.3f} {i:5d} {f32:.2e} {i:x} {i:,} {f!r} {i!r} {f} {i} {b}")
T("pct", lambda: "%d %s %.3f %5.1f %x" % (i, f, f, i, i))
T("format", lambda: "{:.2f} {:d}".format(f, i))
for fn in ("sqrt exp log log2 log10 sin cos tanh floor ceil fabs isnan isinf isfinite degrees".split()):
    T(fn, lambda: [getattr(math, fn)(v) for v in (f, i, f32)])
T("math2", lambda: (math.pow(f, i), math.fmod(f, i), math.hypot(f, i), math.isclose(f, i), math.atan2(f, i), math.copysign(f,i), math.gcd(i, np.int64(6)), math.factorial(i), math.comb(np.int64(5), i), math.prod([f, i]), math.fsum([f, i])))
T("range", lambda: list(range(i)) + list(range(np.int32(1), i, u8)))
T("index", lambda: ([10, 20, 30, 40][i], "abcdef"[i], (1,2,3,4)[i], [0]*i, "ab"*i, [1,2,3,4][:i], list(range(10))[i]))
T("round", lambda: (round(f, 2), round(i), round(f32, 1), round(f), type(round(f)).__name__))
T("abs", lambda: (abs(-f), abs(-i), divmod(i, 2), divmod(f, 2), pow(i, 2), -f, +i, ~i, i << 1, i & 1, i | 4, i ^ 1))
T("int", lambda: (int(f), int(i), float(i), complex(f), bool(f), str(f), hash(i) == hash(3), hash(f) == hash(float(f))))
T("hex", lambda: (hex(i), bin(i), oct(i), chr(np.int64(65))))
T("sum", lambda: (sum([f, f]), max(f, 1), min([i, 2]), sorted([i, 1, f])))
T("zeros", lambda: (torch.zeros(i, u8).shape, torch.ones((i, 2)).shape, torch.arange(i), torch.randn(2, i).shape, torch.full((2,), f), torch.linspace(0, f, i)))
T("view", lambda: (torch.arange(6).view(i, 2).shape, torch.arange(6).reshape(-1, i).shape, torch.zeros(2,3).sum(np.int64(1)).shape, torch.eye(i)[i-1], torch.zeros(5)[:i].shape, torch.ones(3).transpose(np.int64(0), 0).shape))
T("arith", lambda: (torch.ones(2) * f, f * torch.ones(2), torch.ones(2) / i, torch.ones(2) ** f32, i + torch.ones(2), torch.ones(2) - f, torch.arange(3) * i))
T("clamp", lambda: (torch.arange(3.).clamp(min=f, max=i), torch.arange(3.).masked_fill(torch.tensor([True,False,True]), f), torch.arange(3.).mul(f), torch.arange(3.).fill_(i)))
T("tensor", lambda: (torch.tensor(f), torch.tensor(i), torch.tensor([f, f]), torch.tensor([i, i]), torch.tensor(f32), torch.tensor(b)))
T("layers", lambda: (nn.Linear(i, u8), nn.Embedding(np.int64(10), i), nn.Dropout(f), nn.LayerNorm(i), nn.LayerNorm((i,)), nn.Conv1d(i, 4, np.int64(3)), nn.MultiheadAttention(np.int64(8), np.int64(2))))
T("item", lambda: (f.item(), i.item(), type(f.item()).__name__, type(i.item()).__name__))
T("sched", lambda: torch.optim.lr_scheduler.StepLR(torch.optim.SGD(p.parameters(), lr=f), np.int64(2), gamma=f32).gamma)
T("clip", lambda: nn.utils.clip_grad_norm_(p.parameters(), f).shape)
T("F", lambda: (nn.functional.dropout(torch.ones(2), np.float64(0.)), nn.functional.softmax(torch.ones(2), dim=np.int64(0)), nn.functional.leaky_relu(-torch.ones(2), f), nn.functional.pad(torch.ones(2), (i, i)).shape, nn.functional.one_hot(torch.tensor(1), i), nn.functional.layer_norm(torch.ones(3), (i,), eps=f)))
T("topk", lambda: torch.arange(5).topk(i).values)
T("npidx", lambda: (np.arange(5)[range(3)], np.arange(12).reshape(3,4)[range(2), 1], np.arange(12).reshape(3,4)[:, range(0,4,2)]))
def setr():
    a = np.zeros(5); a[range(2)] = 1; return a
T("npset", setr)
T("tidx", lambda: (torch.arange(5)[range(3)], torch.arange(12).reshape(3,4)[:, range(0,4,2)], torch.arange(12).reshape(3,4)[range(2), 1]))
T("eq", lambda: (i == 3, f == math.sqrt(.1), {3: "x"}[i], i in [3], f < 1, 1 < i < 4))
