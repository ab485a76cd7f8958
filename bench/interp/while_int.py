def run():
    i = 0
    s = 0
    while i < 3000000:
        s += i * 2 % 7
        i += 1
    return s
print(run())
