def rnn(x, wx, wh, b):      # relu for tanh
    h, out = torch.zeros(wh.shape[0]), []
    for t in x:
        h = torch.relu(t @ wx + h @ wh + b)
        out.append(h)
    return torch.stack(out)
