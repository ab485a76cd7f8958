def pre_block(x, f, norm):
    return x + f(norm(x))

def post_block(x, f, norm):
    return x + norm(f(x))
