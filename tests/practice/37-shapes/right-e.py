def shapes(B, H, T, S, d):
    per = int(d / H)
    q = [B, H, T, per]
    k = [B, H, S, per]
    return {'output': q, 'weights': [B, H, T, S], 'scores': [B, H, T, S], 'v': k, 'k': k, 'q': q}
