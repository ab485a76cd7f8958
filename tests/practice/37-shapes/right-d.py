def shapes(B, H, T, S, d):
    head = lambda n: torch.Size((B, H, n, d // H))
    s = torch.Size([B, H, T, S])
    return {'q': head(T), 'k': head(S), 'v': head(S), 'scores': s, 'weights': s, 'output': head(T)}
