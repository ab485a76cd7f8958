def check(i):
    if i % 5 == 0:
        raise ValueError(i)
    return i

def run():
    s = 0
    for i in range(300000):
        try:
            s += check(i)
        except ValueError as e:
            s -= e.args[0]
    return s
print(run())
