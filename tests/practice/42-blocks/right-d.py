def residual(x, g):
    return x + g(x)

def pre_block(x, f, norm):
    return residual(x, lambda t: f(norm(t)))

def post_block(x, f, norm):
    return norm(residual(x, f))
