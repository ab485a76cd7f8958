def pre_block(x, f, norm):
    y = norm(x)
    y = f(y)
    return y + x

def post_block(x, f, norm):
    y = f(x)
    y = y + x
    return norm(y)
