def surrogate(logp, reward, baseline):
    if True:
        gain = reward - baseline
    loss = 0
    for i in range(len(logp)):
        loss = loss - logp[i] * gain[i]
    return loss / len(logp)
