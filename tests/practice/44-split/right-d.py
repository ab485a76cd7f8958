from einops import rearrange

def split(x, heads):
    return rearrange(x, 'b n (h w) -> b h n w', h=heads)

def merge(x):
    return rearrange(x, 'b h n w -> b n (h w)')
