### NumPy's keywords do what they say
import numpy as np
a = np.array([1., np.nan, 3.])
print(np.concatenate([[1, 2], [3]], dtype=np.float32), np.concatenate([[1], [2.5]], dtype=int, casting='unsafe') if False else '')
print(np.add.reduce([1, 2, 3], dtype=np.float64), np.add.reduce([[1, 2], [3, 4]], axis=1, initial=10), np.add.reduce(np.zeros((0, 2)), initial=3))
print(np.multiply.accumulate([1, 2, 3], dtype=np.float64), np.multiply.reduce([2, 3], initial=5))
print(np.linspace([0, 1], [1, 3], 3, axis=1), np.linspace([0, 1], [1, 3], 3, axis=-1).shape, np.logspace([0, 1], [1, 2], 2, axis=1))
print(np.array_equal(a, a), np.array_equal(a, a, equal_nan=True), np.array_equal(a, [1., 2., 3.], equal_nan=True))
b = a.copy()
c = np.nan_to_num(b, copy=False)
print(b, c is b, np.nan_to_num(a), a)
for indexing in 'xy', 'ij':
    print([g.shape for g in np.meshgrid([1, 2, 3], [4, 5], sparse=True, indexing=indexing)], np.meshgrid([1, 2, 3], [4, 5], sparse=True, indexing=indexing)[1])
print(np.geomspace(1, 8, 4, dtype=int) if False else np.geomspace(1, 1000, 4, dtype=np.float32).dtype, np.fromiter(iter(range(10)), int, count=3))
try:
    np.fromiter([1, 2], int, count=3)
except ValueError as e:
    print(e)
print(np.take([1, 2, 3], [4, -1, 0], mode='wrap'), np.take([1, 2, 3], [4, -7, 0], mode='clip'))
out = np.zeros(2)
print(np.median([[1., 2.], [3., 5.]], axis=0, out=out), out, np.ptp([[1., 2.], [3., 5.]], axis=0, out=out), out)
### losses by size_average and reduce
import torch, torch.nn as nn, warnings
warnings.filterwarnings('ignore')
torch.manual_seed(0)
x, t, p = torch.randn(3, 4), torch.tensor([1, 0, 3]), torch.rand(3, 4)
for kw in {'size_average': False}, {'size_average': True}, {'reduce': False}, {'reduce': True}, {'size_average': False, 'reduce': True}, {'size_average': True, 'reduce': False}:
    print(nn.CrossEntropyLoss(**kw)(x, t), nn.MSELoss(**kw)(x, p).shape, nn.L1Loss(**kw)(x, p).shape, nn.NLLLoss(**kw)(x, t),
          nn.KLDivLoss(**kw)(x, p).shape, nn.SmoothL1Loss(**kw)(x, p).shape, nn.BCELoss(**kw)(p, p).shape, nn.BCEWithLogitsLoss(**kw)(x, p).shape)
