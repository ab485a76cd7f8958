def numbers(n):
    for i in range(n):
        yield i

def run():
    s = 0
    for i in numbers(1500000):
        s += i
    return s + sum(i * 2 for i in range(500000))
print(run())
