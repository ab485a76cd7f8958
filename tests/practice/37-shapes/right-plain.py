def shapes(B, H, T, S, d):
    q, k = (B, H, T, d // H), (B, H, S, d // H)
    return {'q': q, 'k': k, 'v': k, 'scores': (B, H, T, S), 'weights': (B, H, T, S), 'output': q}
