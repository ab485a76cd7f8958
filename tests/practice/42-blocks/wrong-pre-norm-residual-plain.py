def pre_block(x, f, norm):
    x = norm(x)
    return x + f(x)

def post_block(x, f, norm):
    return norm(x + f(x))
