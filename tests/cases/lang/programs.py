### sieve of Eratosthenes
def primes(n):
    sieve = [True] * (n + 1)
    sieve[0:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if sieve[i]:
            sieve[i * i::i] = [False] * len(sieve[i * i::i])
    return [i for i, p in enumerate(sieve) if p]
print(primes(50))
### quicksort
def qs(a):
    if len(a) <= 1:
        return a
    p, *rest = a
    return qs([x for x in rest if x < p]) + [p] + qs([x for x in rest if x >= p])
print(qs([3, 6, 1, 8, 2, 9, 2]))
### binary search
def search(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo
print([search([1, 3, 5, 7], x) for x in range(9)])
### softmax by hand
import math
def softmax(xs):
    m = max(xs)
    e = [math.exp(x - m) for x in xs]
    s = sum(e)
    return [x / s for x in e]
print([round(p, 4) for p in softmax([1.0, 2.0, 3.0])], round(sum(softmax([0.5, 1.5])), 6))
### attention by hand
import math
q = [[1.0, 0.0], [0.0, 1.0]]
k = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
v = [[1.0], [2.0], [3.0]]
def dot(a, b): return sum(x * y for x, y in zip(a, b))
def attend(q, k, v):
    out = []
    for qi in q:
        s = [dot(qi, kj) / math.sqrt(len(qi)) for kj in k]
        m = max(s)
        w = [math.exp(x - m) for x in s]
        z = sum(w)
        out.append([sum(wj / z * vj[c] for wj, vj in zip(w, v)) for c in range(len(v[0]))])
    return out
print([[f'{x:.4f}' for x in row] for row in attend(q, k, v)])
### matrix product
def matmul(a, b):
    return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
print(matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]))
### byte-pair encoding
def pairs(words):
    counts = {}
    for w, n in words.items():
        for p in zip(w, w[1:]):
            counts[p] = counts.get(p, 0) + n
    return counts
def merge(words, pair):
    out = {}
    for w, n in words.items():
        new, i = [], 0
        while i < len(w):
            if i < len(w) - 1 and (w[i], w[i + 1]) == pair:
                new.append(w[i] + w[i + 1])
                i += 2
            else:
                new.append(w[i])
                i += 1
        out[tuple(new)] = n
    return out
words = {tuple('low'): 5, tuple('lower'): 2, tuple('newest'): 6, tuple('widest'): 3}
for _ in range(4):
    best = max(pairs(words), key=lambda p: (pairs(words)[p], p))
    words = merge(words, best)
    print(best)
### edit distance
def edit(a, b):
    d = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
    return d[-1][-1]
print(edit('kitten', 'sitting'), edit('', 'abc'), edit('same', 'same'))
### word counts
text = 'the quick brown fox jumps over the lazy dog the end'
counts = {}
for w in text.split():
    counts[w] = counts.get(w, 0) + 1
for w, n in sorted(counts.items(), key=lambda t: (-t[1], t[0]))[:3]:
    print(f'{w:<6}{n:>3}')
### a linked list
class Node:
    def __init__(self, v, next=None):
        self.v, self.next = v, next
    def __iter__(self):
        n = self
        while n:
            yield n.v
            n = n.next
print(list(Node(1, Node(2, Node(3)))))
### scalar autograd
class Value:
    def __init__(self, data, parents=(), op=''):
        self.data, self.grad, self._prev, self._op = data, 0.0, set(parents), op
        self._backward = lambda: None
    def __add__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        out = Value(self.data + o.data, (self, o), '+')
        def _backward():
            self.grad += out.grad
            o.grad += out.grad
        out._backward = _backward
        return out
    def __mul__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        out = Value(self.data * o.data, (self, o), '*')
        def _backward():
            self.grad += o.data * out.grad
            o.grad += self.data * out.grad
        out._backward = _backward
        return out
    def backward(self):
        topo, seen = [], set()
        def build(v):
            if v not in seen:
                seen.add(v)
                for p in v._prev:
                    build(p)
                topo.append(v)
        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()
    __radd__ = __add__
    __rmul__ = __mul__
a, b = Value(2.0), Value(-3.0)
c = a * b + 3 * a + b * b
c.backward()
print(c.data, a.grad, b.grad)
### bank account with errors
class Insufficient(ValueError):
    pass
class Account:
    def __init__(self): self.balance = 0
    def withdraw(self, n):
        if n > self.balance:
            raise Insufficient(f'need {n - self.balance} more')
        self.balance -= n
a = Account()
a.balance = 5
for n in (3, 4):
    try:
        a.withdraw(n)
        print('left', a.balance)
    except Insufficient as e:
        print('no:', e)
### towers of Hanoi
def hanoi(n, a='A', b='B', c='C'):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)
print(' '.join(hanoi(3)), len(list(hanoi(6))))
### collatz
def steps(n):
    k = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        k += 1
    return k
print(max(range(1, 100), key=steps), steps(27))
### caesar cipher
def shift(s, k):
    return ''.join(chr((ord(c) - 97 + k) % 26 + 97) if c.isalpha() else c for c in s)
print(shift('hello world', 3), shift(shift('hello', 3), -3))
### pascal's triangle
rows = [[1]]
for _ in range(5):
    r = rows[-1]
    rows.append([1] + [a + b for a, b in zip(r, r[1:])] + [1])
for r in rows:
    print(' '.join(map(str, r)).center(20).rstrip())
### a state machine
trans = {('idle', 'go'): 'run', ('run', 'stop'): 'idle'}
state, log = 'idle', []
for ev in ['go', 'go', 'stop']:
    state = trans.get((state, ev), state)
    log.append(state)
print(log)
### a linear regression by gradient descent
xs, ys = [0.0, 1.0, 2.0, 3.0], [1.0, 3.0, 5.0, 7.0]
w = b = 0.0
for _ in range(2000):
    gw = sum(2 * (w * x + b - y) * x for x, y in zip(xs, ys)) / len(xs)
    gb = sum(2 * (w * x + b - y) for x, y in zip(xs, ys)) / len(xs)
    w, b = w - 0.05 * gw, b - 0.05 * gb
print(f'{w:.3f} {b:.3f}')
### a table
rows = [('q', (2, 8), 0.5), ('scores', (2, 2), 12.25)]
print(f'{"name":<8}{"shape":>10}{"ms":>8}')
for name, shape, ms in rows:
    print(f'{name:<8}{str(shape):>10}{ms:>8.2f}')
### an event registry with decorators
handlers = {}
def on(name):
    def deco(f):
        handlers.setdefault(name, []).append(f)
        return f
    return deco
@on('start')
def a(): return 'a'
@on('start')
def b(): return 'b'
print([h() for h in handlers['start']])
### memory of a ring buffer
class Ring:
    def __init__(self, n):
        self.n, self.a = n, []
    def push(self, x):
        self.a = (self.a + [x])[-self.n:]
        return self
r = Ring(3)
for i in range(5):
    r.push(i)
print(r.a)
### a tokenizer of expressions
def tokens(s):
    i = 0
    while i < len(s):
        if s[i].isspace():
            i += 1
        elif s[i].isdigit():
            j = i
            while j < len(s) and s[j].isdigit():
                j += 1
            yield int(s[i:j])
            i = j
        else:
            yield s[i]
            i += 1
print(list(tokens('12 + 3*(45-6)')))
### beam search over a table
import math
probs = {'': {'a': 0.6, 'b': 0.4}, 'a': {'a': 0.1, 'b': 0.9}, 'b': {'a': 0.8, 'b': 0.2}}
beams = [('', 0.0)]
for _ in range(3):
    cand = [(s + c, lp + math.log(p)) for s, lp in beams for c, p in probs[s[-1:]].items()]
    beams = sorted(cand, key=lambda t: -t[1])[:2]
print([(s, round(lp, 4)) for s, lp in beams])
