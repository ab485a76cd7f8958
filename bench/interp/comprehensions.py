def run():
    s = 0
    for k in range(20):
        s += len([i * i for i in range(60000) if i % 3])
        s += sum({i: i + 1 for i in range(10000)}.values())
    return s
print(run())
