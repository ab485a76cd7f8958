import torch

def softmax(x, dim):
    x = x.movedim(-1, -1)
    parts = []
    for row in x.reshape(-1, x.shape[-1]):
        shifted = row - row.max()
        weights = math.e ** shifted
        parts.append(weights / weights.sum())
    return torch.stack(parts).reshape(x.shape).movedim(-1, -1)
