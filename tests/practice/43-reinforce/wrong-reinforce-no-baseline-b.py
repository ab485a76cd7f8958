def surrogate(logp, reward, baseline):
    with torch.no_grad():
        gain = reward * 1
    loss = 0
    for i in range(len(logp)):
        loss = loss - logp[i] * gain[i]
    return loss / len(logp)
