def rnn(x, wx, wh, b):
    pre = x @ wx + b
    hs = [torch.tanh(pre[0])]
    for p in pre[1:]:
        hs.append(torch.tanh(p + hs[-1] @ wh))
    return torch.stack(hs)
