def parameters(d, h, bias=True):
    layer = nn.MultiheadAttention(d, h, bias=bias)
    return sum(p.numel() for p in layer.parameters())
