sorted([3, 1, 2], key=lambda x: -x), max('abc', key=ord), list(map(lambda *a: a, 'ab', [1])), dict(zip('ab', range(2)))
