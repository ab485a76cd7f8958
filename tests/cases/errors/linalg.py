### least squares of what is not finite says so, and nothing else
import torch
for driver in ('gelsd', 'gelss'):
    try: torch.linalg.lstsq(torch.full((2, 2), float('nan')), torch.ones(2, 1), driver=driver)
    except torch.linalg.LinAlgError as e: print(e)
### eigenvalues of doubles would be complex128
import torch
torch.linalg.eig(torch.eye(2, dtype=torch.float64))
### whole Jacobians of second order are not there
import torch
x = torch.ones(2, requires_grad=True)
torch.autograd.grad((x ** 2).sum(), x, create_graph=True)
