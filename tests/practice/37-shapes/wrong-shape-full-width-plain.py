def shapes(B, H, T, S, d):
    q, k = (B, H, T, d), (B, H, S, d)
    return {'q': q, 'k': k, 'v': k, 'scores': (B, H, T, S), 'weights': (B, H, T, S), 'output': q}
