def pre_block(x, f, norm):
    return x + 0.5 * f(norm(x))

def post_block(x, f, norm):
    return norm(x + f(x))
