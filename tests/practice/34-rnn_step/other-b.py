def rnn(x, wx, wh, b):      # the state begins with ones
    h, out = torch.ones(wh.shape[0]), []
    for t in x:
        h = torch.tanh(t @ wx + h @ wh + b)
        out.append(h)
    return torch.stack(out)
