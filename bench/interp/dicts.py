def run():
    d = {}
    for i in range(700000):
        k = i % 1000
        d[k] = d.get(k, 0) + 1
    s = 0
    for k, v in d.items():
        s += k * v
    return s
print(run())
