def surrogate(logp, reward, baseline):
    r = torch.as_tensor(reward).detach()
    a = r - baseline
    return torch.dot(logp, -a) / logp.numel()
