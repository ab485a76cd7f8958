def linear(q, k, v):
    phi = lambda x: F.elu(x)
    a, b = phi(q), phi(k)
    state = b.transpose(0, 1) @ v
    norm = a @ b.sum(dim=0)
    return a @ state / norm.unsqueeze(1)
