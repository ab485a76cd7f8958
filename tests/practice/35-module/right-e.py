def head(q, k, v):
    return torch.softmax(q.matmul(k.transpose(1, 2)) / math.sqrt(k.size(2)), 2).matmul(v)

class SelfAttention(nn.Module):
    def __init__(self, width):
        super().__init__()
        make = lambda: nn.Linear(width, width, bias=False)
        self.wq, self.wk, self.wv, self.wo = make(), make(), make(), make()
    def forward(self, x):
        return self.wo(head(self.wq(x), self.wk(x), self.wv(x)))
