import torch

def softmax(x, dim):
    x = x.movedim(dim, -1)
    parts = []
    for row in x.reshape(-1, x.shape[-1]):
        shifted = row
        weights = math.e ** shifted
        parts.append(weights / weights.sum())
    return torch.stack(parts).reshape(x.shape).movedim(-1, dim)
