def pre_block(x, f, norm):
    return x + f(norm(x)).detach()


def post_block(x, f, norm):
    return norm(x + f(x))
