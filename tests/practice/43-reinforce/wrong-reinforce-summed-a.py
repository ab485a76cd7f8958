def surrogate(logp, reward, baseline):
    advantage = (reward - baseline).detach()
    return -(advantage * logp).sum()
