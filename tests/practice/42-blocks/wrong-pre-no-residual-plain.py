def pre_block(x, f, norm):
    return f(norm(x))

def post_block(x, f, norm):
    return norm(x + f(x))
