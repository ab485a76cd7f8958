class Counter:
    step = 1

    def __init__(self):
        self.n = 0

    def tick(self, k):
        self.n += self.step
        return self.n + k

def run():
    c = Counter()
    for i in range(1000000):
        c.tick(i)
    return c.n
print(run())
