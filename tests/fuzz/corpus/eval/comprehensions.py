{k: [v for v in range(k) if v % 2] for k in range(9)}, sum(x for x, *y in [(1, 2)]), {*'ab'}
