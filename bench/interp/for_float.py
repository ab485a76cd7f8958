def run():
    x = 0.0
    for i in range(3000000):
        x = x * 0.5 + i
    return x
print(run())
