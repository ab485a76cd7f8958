def pre_block(x, f, norm):
    out = x.clone()
    out += f(norm(x))
    return out

def post_block(x, f, norm):
    out = x.clone()
    out += f(x)
    return norm(out)
