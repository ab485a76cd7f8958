class SelfAttention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        for name in ('wq', 'wk', 'wv', 'wo'):
            setattr(self, name, nn.Linear(dim, dim, bias=False))
        self.scale = dim ** -0.5

    def forward(self, x):
        att = torch.bmm(self.wq(x), self.wk(x).mT) * self.scale
        att = F.softmax(att, dim=-1)
        return self.wo(torch.bmm(att, self.wk(x)))
