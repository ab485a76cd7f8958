import torch
a = torch.ones(2, 3)
torch.einsum('ij,kj->ik', a, a), a.T.reshape(-1), torch.stack([a, a]).permute(2, 0, 1).contiguous()
