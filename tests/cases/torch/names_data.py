### samplers
import torch
from torch.utils.data import (BatchSampler, DataLoader, IterableDataset, RandomSampler, SequentialSampler, SubsetRandomSampler, TensorDataset, WeightedRandomSampler, get_worker_info)
torch.manual_seed(0)
d = list(range(7))
print(list(SequentialSampler(d)), list(RandomSampler(d)), list(RandomSampler(d, replacement=True, num_samples=9)), len(RandomSampler(d, num_samples=3)), list(RandomSampler(d, num_samples=10)))
print(list(SubsetRandomSampler([2, 4, 6])), list(WeightedRandomSampler([.1, .9, .4], 5)), list(WeightedRandomSampler(torch.tensor([1., 2., 3.]), 3, replacement=False)))
b = BatchSampler(SequentialSampler(d), 3, False)
print(list(b), len(b), list(BatchSampler(RandomSampler(d), 2, drop_last=True)))
g = torch.Generator().manual_seed(3)
print(list(RandomSampler(d, generator=g)), list(SubsetRandomSampler(d, generator=g)))
for f in (lambda: RandomSampler([]), lambda: BatchSampler(d, 0, False), lambda: WeightedRandomSampler([1.], 0), lambda: RandomSampler(d, replacement=1)):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
### loaders
import torch
from torch.utils.data import (BatchSampler, DataLoader, IterableDataset, RandomSampler, SequentialSampler, SubsetRandomSampler, TensorDataset, WeightedRandomSampler, get_worker_info)
torch.manual_seed(0)
d = TensorDataset(torch.arange(10.), torch.arange(10))
for l in (DataLoader(d, 4), DataLoader(d, 4, shuffle=True), DataLoader(d, 4, drop_last=True), DataLoader(d, sampler=SubsetRandomSampler([1, 3, 5]), batch_size=2), DataLoader(d, batch_sampler=BatchSampler(SequentialSampler(d), 6, False)), DataLoader(d, batch_sampler=[[0, 9], [5]]), DataLoader(d, sampler=WeightedRandomSampler([1.] * 10, 4), batch_size=4)):
    print(len(l), [[x.tolist() for x in batch] for batch in l])
print(list(DataLoader(d, batch_size=None, sampler=[2, 3])), list(DataLoader([1, 2, 3], 2, collate_fn=lambda b: tuple(b))))
it = iter(DataLoader(d, 3, shuffle=True))
torch.manual_seed(5)
print(next(it)[1], torch.rand(1))
### streams and errors
import torch
from torch.utils.data import (BatchSampler, DataLoader, IterableDataset, RandomSampler, SequentialSampler, SubsetRandomSampler, TensorDataset, WeightedRandomSampler, get_worker_info)
class Count(IterableDataset):
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return iter(range(self.n))
print(list(DataLoader(Count(5), batch_size=2)), list(DataLoader(Count(5), 2, drop_last=True)), list(DataLoader(Count(3), batch_size=None)), list(Count(2) + Count(1)), get_worker_info())
for f in (lambda: DataLoader(Count(3), shuffle=True), lambda: DataLoader([1], sampler=[0], shuffle=True), lambda: DataLoader([1], batch_sampler=[[0]], batch_size=2), lambda: DataLoader([1], num_workers=-1), lambda: DataLoader([1], batch_size=None, drop_last=True), lambda: DataLoader([1], timeout=-1)):
    try:
        f()
    except ValueError as e:
        print(e)
