def surrogate(logp, reward, baseline):
    return torch.mean(logp * (baseline - reward.detach()))
