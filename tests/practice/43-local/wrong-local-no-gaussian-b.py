def local_weights(scores, p, D):
    total = 0.0
    shares = []
    for s in range(scores.numel()):
        near = abs(s - p) <= D
        shares.append(torch.exp(scores[s] - scores.max()) if near else torch.tensor(0.0))
    total = sum(shares)
    out = [share / total * 1 for s, share in enumerate(shares)]
    weights = torch.stack(out)
    return weights
