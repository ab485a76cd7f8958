class SelfAttention(nn.Module):
    def __init__(self, d):
        super(SelfAttention, self).__init__()
        self.wq = nn.Linear(d, d, bias=False)
        self.wk = nn.Linear(d, d, bias=False)
        self.wv = nn.Linear(d, d, bias=False)
        self.wo = nn.Linear(d, d, bias=False)
    def forward(self, x):
        return self.wo(F.scaled_dot_product_attention(self.wq(x), self.wk(x), self.wv(x)))
