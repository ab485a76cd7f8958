### a causal mask leaks nothing, a mask behind the softmax does
assert not (good & future).any()
assert (bad & future).any()

### masked weights are 0 and rows sum to 1, whatever the kind | kind=window n=8 w=3
assert (weights[~mask] == 0).all()
assert torch.allclose(weights.sum(-1), torch.ones(n))
