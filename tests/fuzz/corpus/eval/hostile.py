x = [1]
x.append(x)
repr(x), x == x, 'a' * 10**9, 10**18 * 10
