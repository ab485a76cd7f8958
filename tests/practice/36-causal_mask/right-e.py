import torch as t
def causal_mask(n):
    return ~t.ones((n, n)).bool().triu(diagonal=1)
