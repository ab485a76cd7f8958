def rnn(x, wx, wh, b):
    def go(h, rest):
        if len(rest) == 0:
            return []
        h = F.tanh(rest[0] @ wx + torch.mv(wh.t(), h) + b)
        return [h] + go(h, rest[1:])
    return torch.stack(go(torch.zeros(len(b)), x.flip(0))).flip(0)
