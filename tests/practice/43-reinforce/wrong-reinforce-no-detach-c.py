def surrogate(logp, reward, baseline):
    r = torch.as_tensor(reward)
    a = r - baseline
    return torch.dot(logp, -a) / logp.numel()
