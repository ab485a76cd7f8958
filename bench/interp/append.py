def run():
    out = []
    for i in range(2000000):
        out.append(i)
    return len(out)
print(run())
