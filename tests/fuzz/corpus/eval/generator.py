def g(n):
    try:
        x = yield n
        yield from range(x)
    finally:
        del n
i = g(2)
next(i), i.send(3), i.close()
