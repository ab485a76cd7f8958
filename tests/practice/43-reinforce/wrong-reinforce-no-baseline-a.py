def surrogate(logp, reward, baseline):
    advantage = reward.detach()
    return -(advantage * logp).mean()
