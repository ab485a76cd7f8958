def surrogate(logp, reward, baseline):
    advantage = reward - baseline
    return -(advantage * logp).mean()
