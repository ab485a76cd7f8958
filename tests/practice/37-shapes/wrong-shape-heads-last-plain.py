def shapes(B, H, T, S, d):
    q, k = (B, T, H, d // H), (B, S, H, d // H)
    return {'q': q, 'k': k, 'v': k, 'scores': (B, H, T, S), 'weights': (B, H, T, S), 'output': q}
