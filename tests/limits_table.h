/* Requests for too much, and what each must say; see limits.c, which alone includes it. Those that
 * fill the memory first have more time than those that are refused at a glance. */

typedef struct Request {
    const char *code;
    const char *wanted; /* on stderr, with exit status 1; NULL: it is done, exit status 0 */
    double seconds;     /* of the processor */
} Request;

#define FULL "MemoryError"
#define COUNT "from itertools import count, chain, cycle, accumulate, product, islice\n"

static const Request requests[] = {
    /* sizes that are known before */
    {"import torch\ntorch.zeros(10**6, 10**6)", FULL, 0.1},
    {"'a' * 10**12", FULL, 0.1},
    {"[0] * 10**12", FULL, 0.1},
    {"(0,) * 10**11", FULL, 0.1},
    {"import torch\ntorch.einsum('i,j,k,l->ijkl', *[torch.ones(1000)] * 4)", FULL, 0.1},
    {"import torch\ntorch.ones(10**6, 1) + torch.ones(1, 10**6)", FULL, 0.2},
    {"import torch\ntorch.arange(10**9)", FULL, 0.1},
    {"import numpy as np\nnp.ones((10**5, 10**5))", FULL, 0.1},
    {"f'{1:1000000000}'", FULL, 0.1},
    {"'x'.ljust(10**12)", FULL, 0.1},
    {"list(range(10**12))", FULL, 0.1},
    {"('a' * 10**6).replace('a', 'b' * 10**6)", FULL, 0.3},
    /* strings that share nothing */
    {"b = ['x' * 10**6 + str(i) for i in range(10**5)]", FULL, 2},
    {"b = {i: 'x' * 10**5 + str(i) for i in range(10**6)}", FULL, 2},
    {"def f(n):\n    y = 'a' * 10**6 + str(n)\n    return f(n + 1) if n < 900 else 0\nf(0)", FULL,
     2},
    {"from functools import lru_cache\n@lru_cache(None)\ndef f(n): return 'a' * 10**5 + str(n)\n"
     "for i in range(10**6): f(i)",
     FULL, 2},
    /* a large one many times in a text */
    {"x = 'a' * 10**7\nrepr([x] * 100)", FULL, 2},
    {"x = 'a' * 10**7\nstr((x, {1: [x] * 50}))", FULL, 2},
    {"x = 'a' * 10**7\nrepr({i: x for i in range(50)})", FULL, 2},
    {"x = 'a' * 10**7\n'%s' * 40 % ((x,) * 40)", FULL, 2},
    {"x = 'a' * 10**7\n('{} ' * 40).format(*[x] * 40)", FULL, 2},
    {"x = 'a' * 10**7\nf'{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}"
     "{x}{x}{x}{x}{x}'",
     FULL, 2},
    {"x = 'a' * 10**7\nprint(*[x] * 40, sep=x)", FULL, 2},
    {"x = 'a' * 10**7\n','.join([x] * 40)", FULL, 2},
    {"x = 'a' * 10**7\nx.translate({97: 'b' * 100})", FULL, 3},
    {"x = 'a' * 10**7\n''.join(x[::2] + str(i) for i in range(10**4))", FULL, 3},
    {"x = 'a b ' * 10**7\nx.split()", FULL, 4},
    {"x = 'a,' * 10**7\nx.split(',')", FULL, 4},
    {"x = 'a\\n' * 10**7\nx.splitlines()", FULL, 4},
    {"list('ab' * 10**7)", FULL, 4},
    {"import copy\nx = [['a'] * 10 for i in range(10**4)]\n"
     "y = [copy.deepcopy(x) for i in range(10**4)]",
     FULL, 5},
    {"x = 'a' * 10**7\nraise ValueError(x * 60)", "Error", 3},
    {"x = 'a' * 10**7\ne = ValueError(x)\nrepr([e] * 60)", FULL, 2},
    {"def f(e, n):\n    try: raise ValueError('x' * 10**6 + str(n)) from e\n"
     "    except ValueError as new: return new\n"
     "e = None\nfor i in range(10**5): e = f(e, i)",
     FULL, 3},
    /* what has no end */
    {COUNT "dict(zip(count(), count()))", FULL, 4},
    {COUNT "list(count())", FULL, 4},
    {COUNT "set(count())", FULL, 4},
    {COUNT "tuple(cycle('ab'))", FULL, 4},
    {COUNT "sorted(count())", FULL, 4},
    {COUNT "','.join(map(str, count()))", FULL, 4},
    {COUNT "list(accumulate(cycle(['abc'])))", FULL, 4},
    {COUNT "from collections import deque\ndeque(count())", FULL, 4},
    {"from collections import Counter\nfrom itertools import count\nCounter(count())", FULL, 5},
    {"list(map(str, range(10**9)))", FULL, 4},
    {"x = []\nfor i in range(10**9): x.append(i)", FULL, 4},
    {"x = []\nfor i in range(10**9): x = [x]", FULL, 4},
    {"fs = []\nfor i in range(10**9): fs.append(lambda i=i: i)", FULL, 5},
    {"d = {}\nfor i in range(10**9): d[i] = i", FULL, 4},
    {"s = 'ab'\nwhile True: s += s", FULL, 1},
    {"a = [1]\nwhile True: a += a", FULL, 2},
    {"class A: pass\na = A()\nfor i in range(10**9): setattr(a, 'n%d' % i, i)", FULL, 6},
    {"def f(**k): return k\nks = []\nfor i in range(10**9): ks.append(f(**{'n%d' % i: i}))", FULL,
     6},
    {"def g():\n    while True: yield g()\nl = list(g())", FULL, 5},
    {"while True: print('x' * 10**6)", "were printed in one run", 2},
    /* tensors, graphs, arrays */
    {"import torch\nx = list(torch.ones(1).expand(10**8))", FULL, 4},
    {"import torch\ny = torch.ones(10, requires_grad=True)\nwhile True: y = y * 1.0001", FULL, 4},
    {"import numpy as np\na = []\nwhile True: a.append(np.ones(1000))", FULL, 3},
    {"import torch\ntorch.arange(2 * 10**7).tolist()", FULL, 3},
    {"import torch\nx = torch.ones(64, 64)\nwhile True: x = torch.cat([x, x])", FULL, 2},
    {"import torch\nx = torch.ones(8)\nxs = []\nwhile True: xs.append((x + 1, str(x)))", FULL, 5},
    /* much, but within the limits: linear, and nothing is kept too long */
    {"s = ''\nfor i in range(N): s += 'x'\nassert len(s) == N", NULL, 1},
    {"def f():\n    s = ''\n    def g():\n        nonlocal s\n        s += 'ab'\n"
     "    for i in range(N): g()\n    return len(s)\nassert f() == 2 * N",
     NULL, 1},
    {"for i in range(10**5): exec_ = getattr(object(), 'n%d' % i, None)", NULL, 1},
    {"for i in range(300): x = 'a' * 10**7", NULL, 1},
    {"for i in range(100): x = list(range(10**5))", NULL, 2},
    {"class A: pass\nfor i in range(3 * 10**5):\n    a = A()\n    a.a = a", NULL, 3},
    {"from functools import partial\nf = len\nfor i in range(10**5): f = partial(f)\n"
     "assert f([]) == 0",
     NULL, 2},
    {"try: 'a' * 10**12\nexcept MemoryError: print('caught')", NULL, 0.2},
};
