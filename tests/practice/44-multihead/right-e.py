from einops import rearrange

def multihead(x, wq, wk, wv, wo, heads, mask=None):
    q, k, v = (rearrange(x @ w, 'b n (h c) -> b h n c', h=heads) for w in (wq, wk, wv))
    logits = q @ rearrange(k, 'b h n c -> b h c n') / math.sqrt(q.size(-1))
    if mask is not None:
        logits = logits + torch.zeros_like(logits).masked_fill(~mask, float('-inf'))
    return rearrange(logits.softmax(-1) @ v, 'b h n c -> b n (h c)') @ wo
