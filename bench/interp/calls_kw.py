def scale(x, factor=2, *, offset=0):
    return x * factor + offset

def run():
    s = 0
    for i in range(800000):
        s += scale(i, offset=1) - scale(i, 3)
    return s
print(run())
