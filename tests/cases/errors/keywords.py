### keywords that would change the result are refused where they are not done
import torch, numpy as np, json
x = torch.ones(3, requires_grad=True)
for f in (lambda: torch.zeros(3).scatter(0, torch.tensor([0]), torch.ones(1), reduce='multiply'),
          lambda: torch.zeros(3).scatter_(0, torch.tensor([0]), 2., reduce='multiply'),
          lambda: x.sum().backward(inputs=[x]), lambda: torch.normal(torch.zeros(2), 1., (3,)),
          lambda: torch.tril_indices(2, 2, device='cuda'), lambda: torch.normal(0., 1., (2,), device='cuda'),
          lambda: np.sort([1], order='x'), lambda: np.pad([1], 1, end_values=3), lambda: np.set_printoptions(nanstr='?'),
          lambda: np.max([1], where=[True]), lambda: np.add(1, 2, axes=3), lambda: np.vectorize(len, signature='a->b'),
          lambda: json.dumps({}, skipkeys=True), lambda: json.loads('1', parse_int=float)):
    try:
        print(f())
    except (TypeError, RuntimeError, NotImplementedError) as e:
        print(type(e).__name__, e)
### and where they are, they count
import torch
print(torch.tril_indices(2, 2, dtype=torch.int32), torch.normal(0., 1., (2,), dtype=torch.float64).dtype)
print(torch.zeros(3).scatter(0, torch.tensor([0, 0]), torch.ones(2), reduce='add'), torch.ones(1, requires_grad=True).numpy(force=True))
