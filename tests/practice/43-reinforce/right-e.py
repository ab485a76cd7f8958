def surrogate(logp, reward, baseline):
    weight = reward.clone().detach().sub(baseline)
    return logp.mul(weight).neg().sum().div(logp.shape[0])
