def batch_norm(x, gamma, beta, eps=1e-5):
    cols = []
    for j in range(x.shape[2]):
        c = x[:, :, j]
        cols.append((c - c.mean()) / (c.var(unbiased=False) + eps).sqrt() * gamma[j] + beta[j])
    return torch.stack(cols, 2)
