from torch.nn import Module, Linear

class SelfAttention(Module):
    def __init__(self, d):
        Module.__init__(self)
        self.d = d
        self.wq, self.wk, self.wv, self.wo = [Linear(d, d, bias=False) for _ in range(4)]

    def forward(self, x):
        e = torch.einsum('bid,bjd->bij', self.wq(x), self.wk(x)) / self.d ** 0.5
        w = e.exp() / e.exp().sum(-1, keepdim=True)
        return self.wo(w @ self.wv(x))
