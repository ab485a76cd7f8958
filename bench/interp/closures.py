def make():
    total = 0
    def add(k):
        nonlocal total
        total += k
        return total
    return add

def run():
    f = make()
    for i in range(1000000):
        f(i)
    return f(0)
print(run())
