class SelfAttention(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.wq, self.wk, self.wv, self.wo = (nn.Linear(d, d, bias=False) for _ in range(4))
    def forward(self, x):
        q, k, v = self.wq(x), self.wk(x), self.wv(x.detach())
        return self.wo(F.scaled_dot_product_attention(q, k, v))
