def add(a, b):
    return a + b

def run():
    s = 0
    for i in range(1500000):
        s = add(s, i)
    return s
print(run())
