### softmax with keepdims
import numpy as np
def softmax(x, axis=-1):
    x = x - np.max(x, axis=axis, keepdims=True)
    e = np.exp(x)
    return e / np.sum(e, axis=axis, keepdims=True)
x = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 1000.0]])
print(softmax(x)); print(softmax(x, axis=0)); print(softmax(x).sum(axis=-1)); print(softmax(np.array([1, 2, 3])))
### attention in five lines of NumPy
import numpy as np
np.random.seed(0)
n, d = 4, 8
X = np.random.randn(n, d)
Wq, Wk, Wv = np.random.randn(d, d), np.random.randn(d, d), np.random.randn(d, d)
Q, K, V = X @ Wq, X @ Wk, X @ Wv
scores = Q @ K.T / np.sqrt(d)
w = np.exp(scores - scores.max(-1, keepdims=True)); w /= w.sum(-1, keepdims=True)
out = w @ V
print(w); print(out.shape, out.dtype); print(np.round(out, 3))
### scaled dot product attention as a function
import numpy as np
def scaled_dot_product_attention(q, k, v, mask=None):
    d_k = q.shape[-1]
    scores = np.matmul(q, k.swapaxes(-1, -2)) / np.sqrt(d_k)
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    weights = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return np.matmul(weights, v), weights
rng = np.random.RandomState(1)
q, k, v = [rng.randn(2, 3, 4) for _ in range(3)]
mask = np.tril(np.ones((3, 3))).astype(bool)
out, w = scaled_dot_product_attention(q, k, v, mask)
print(mask); print(w); print(out.shape)
print(np.allclose(w.sum(-1), 1.0), w[0, 0, 1], (w[:, 0, 1:] == 0).all())
### causal mask with np.triu
import numpy as np
n = 5
mask = np.triu(np.ones((n, n)), k=1)
print(mask); m = np.triu(np.full((n, n), -np.inf), k=1); print(m)
scores = np.arange(25).reshape(5, 5) / 10 + m
e = np.exp(scores - scores.max(axis=1, keepdims=True))
print(e / e.sum(axis=1, keepdims=True)); print(np.tril(np.arange(9).reshape(3, 3), -1)); print(np.tri(3, dtype=int))
### sinusoidal positional encoding, looped
import numpy as np
def positional_encoding(max_len, d_model):
    pe = np.zeros((max_len, d_model))
    for pos in range(max_len):
        for i in range(0, d_model, 2):
            pe[pos, i] = np.sin(pos / (10000 ** (i / d_model)))
            pe[pos, i + 1] = np.cos(pos / (10000 ** (i / d_model)))
    return pe
print(positional_encoding(4, 6))
### sinusoidal positional encoding, vectorised
import numpy as np
def get_angles(pos, i, d_model):
    angle_rates = 1 / np.power(10000, (2 * (i // 2)) / np.float32(d_model))
    return pos * angle_rates
def positional_encoding(position, d_model):
    angle_rads = get_angles(np.arange(position)[:, np.newaxis], np.arange(d_model)[np.newaxis, :], d_model)
    angle_rads[:, 0::2] = np.sin(angle_rads[:, 0::2])
    angle_rads[:, 1::2] = np.cos(angle_rads[:, 1::2])
    return angle_rads[np.newaxis, ...]
pe = positional_encoding(5, 8); print(pe.shape, pe.dtype); print(pe)
### getPositionEncoding with a parameter n
import numpy as np
def getPositionEncoding(seq_len, d, n=10000):
    P = np.zeros((seq_len, d))
    for k in range(seq_len):
        for i in np.arange(int(d/2)):
            denominator = np.power(n, 2*i/d)
            P[k, 2*i] = np.sin(k/denominator)
            P[k, 2*i+1] = np.cos(k/denominator)
    return P
P = getPositionEncoding(seq_len=4, d=4, n=100)
print(P)
### multi-head attention by np.split
import numpy as np
np.random.seed(42)
def softmax(x):
    e_x = np.exp(x - np.max(x, axis=-1, keepdims=True)); return e_x / e_x.sum(axis=-1, keepdims=True)
def attention(q, k, v, mask):
    return softmax(q @ k.T / np.sqrt(q.shape[-1]) + mask) @ v
def mha(x, c_attn, c_proj, n_head):
    x = x @ c_attn['w'] + c_attn['b']
    qkv = np.split(x, 3, axis=-1)
    qkv_heads = list(map(lambda x: np.split(x, n_head, axis=-1), qkv))
    causal_mask = (1 - np.tri(x.shape[0], dtype=x.dtype)) * -1e10
    out_heads = [attention(q, k, v, causal_mask) for q, k, v in zip(*qkv_heads)]
    x = np.hstack(out_heads)
    return x @ c_proj['w'] + c_proj['b']
x = np.random.randn(3, 8)
out = mha(x, {'w': np.random.randn(8, 24) * 0.1, 'b': np.zeros(24)}, {'w': np.random.randn(8, 8) * 0.1, 'b': np.zeros(8)}, 2)
print(out); print(out.shape)
### picoGPT's gelu and layer norm
import numpy as np
def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
def layer_norm(x, g, b, eps: float = 1e-5):
    mean = np.mean(x, axis=-1, keepdims=True)
    variance = np.var(x, axis=-1, keepdims=True)
    return g * (x - mean) / np.sqrt(variance + eps) + b
x = np.array([[1., 2., 3.], [-2., 0., 4.]])
print(gelu(x)); y = layer_norm(x, g=np.ones(x.shape[-1]), b=np.zeros(x.shape[-1])); print(y); print(y.mean(axis=-1).round(6), y.var(axis=-1).round(4))
### multi-head by reshape and transpose
import numpy as np
np.random.seed(7)
B, T, H, D = 2, 3, 2, 4
x = np.random.rand(B, T, H * D).astype(np.float32)
def split_heads(x):
    return x.reshape(B, T, H, D).transpose(0, 2, 1, 3)
q = split_heads(x)
print(q.shape, q.strides, q.dtype); print(q[0, 1])
scores = np.einsum('bhqd,bhkd->bhqk', q, q) / np.sqrt(D)
print(scores.dtype, scores.shape); print(scores[0, 0].round(4))
merged = q.transpose(0, 2, 1, 3).reshape(B, T, -1); print((merged == x).all())
### word embedding toy example
import numpy as np
word_1 = np.array([1, 0, 0]); word_2 = np.array([0, 1, 0]); word_3 = np.array([1, 1, 0]); word_4 = np.array([0, 0, 1])
words = np.array([word_1, word_2, word_3, word_4])
np.random.seed(42)
W_Q = np.random.randint(3, size=(3, 3)); W_K = np.random.randint(3, size=(3, 3)); W_V = np.random.randint(3, size=(3, 3))
print(W_Q, W_K, W_V, sep='\n')
Q = words @ W_Q; K = words @ W_K; V = words @ W_V
scores = Q @ K.transpose(); print(scores, scores.dtype)
def softmax(x, axis):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True)); return e / np.sum(e, axis=axis, keepdims=True)
weights = softmax(scores / K.shape[1] ** 0.5, axis=1); print(weights)
print(weights @ V)
### query, key and value of one word
import numpy as np
np.random.seed(42)
word_1, word_2 = np.array([1, 0, 0]), np.array([0, 1, 0])
W = np.random.randint(3, size=(3, 3))
query_1 = word_1 @ W; key_2 = word_2 @ W
scores = np.array([np.dot(query_1, word_1 @ W), np.dot(query_1, key_2)])
print(query_1, key_2, scores, type(scores[0]), scores / np.sqrt(3))
attention = 0.25 * query_1 + 0.75 * key_2; print(attention)
### vocabulary lookup and one-hot
import numpy as np
sentence = 'the cat sat on the mat'.split()
vocab = {w: i for i, w in enumerate(sorted(set(sentence)))}
ids = np.array([vocab[w] for w in sentence]); print(vocab, ids)
E = np.eye(len(vocab)); print(E[ids]); emb = np.arange(10).reshape(5, 2); print(emb[ids])
onehot = np.zeros((ids.size, len(vocab)), dtype=int); onehot[np.arange(ids.size), ids] = 1; print(onehot)
### cosine similarity of words
import numpy as np
vecs = {'king': np.array([0.9, 0.8, 0.1]), 'queen': np.array([0.9, 0.1, 0.8]), 'man': np.array([0.1, 0.9, 0.05])}
def cos(a, b): return np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))
for a in vecs: print(a, [round(float(cos(vecs[a], vecs[b])), 4) for b in vecs])
M = np.stack(list(vecs.values())); M = M / np.linalg.norm(M, axis=1, keepdims=True); print(np.round(M @ M.T, 3))
### creation
import numpy as np
print(np.zeros(3), np.ones((2, 2)), np.eye(3), np.full((2, 2), 7), np.arange(5), np.arange(2, 10, 3), np.arange(0, 1, 0.25), sep='\n')
print(np.linspace(0, 1, 5), np.linspace(0, 10, 4, endpoint=False), np.zeros_like(np.arange(3)), np.ones_like([1.5, 2]), np.full_like(np.arange(2), 9), np.identity(2))
print(np.array([1, 2, 3]).dtype, np.array([1., 2]).dtype, np.array([True, False]).dtype, np.array([[1, 2.5], [3, 4]]), np.array(5), repr(np.array(5.0)), np.array([]), repr(np.array([])))
print(np.logspace(0, 2, 3), np.array([1, 2], dtype=np.float32), repr(np.array([1, 2], dtype='float32')), repr(np.array([1, 2], dtype=np.int32)), np.array((1, (2))))
### text of arrays
import numpy as np
print(np.array([1.5, 100.25, -3.0])); print(np.array([1e-5, 1.0])); print(np.array([1e10, 1.0])); print(np.array([[0.1, 0.22], [0.333, 1.0]])); print(np.array([np.nan, 1.0, np.inf, -np.inf]))
print(repr(np.arange(12).reshape(3, 4))); print(np.arange(2000)); print(repr(np.zeros((2, 0)))); print(np.arange(24).reshape(2, 3, 4)); print([np.float64(0.5), np.int64(3)], (np.float32(0.1),), {'a': np.array([1, 2])})
print(f'{np.float32(0.123456):.3f} {np.array([1.5, 2])} {np.float64(2):5.1f}|{np.int64(42):>6d}'); print('%.2f and %d' % (np.float64(1.005), np.int64(7)), str(np.array([True, False])))
### print options
import numpy as np
np.set_printoptions(precision=3, suppress=True)
print(np.array([0.123456, 1e-7, 123.456])); print(np.array([[1 / 3, 2 / 3]])); print(repr(np.array([1e-10, 0.5])))
np.set_printoptions(precision=8, suppress=False)
print(np.array([0.123456, 1e-7, 123.456]))
with np.printoptions(precision=2): print(np.array([1 / 3, 2 / 3]))
print(np.array([1 / 3])); print(np.array2string(np.array([1 / 3, 2.0]), precision=3))
### reductions
import numpy as np
a = np.arange(12.0).reshape(3, 4)
print(a.sum(), a.sum(0), a.sum(axis=1), a.sum(axis=(0, 1)), a.mean(), a.mean(axis=0, keepdims=True), a.std(), a.var(axis=1), a.std(ddof=1), np.var(a, ddof=1, axis=0))
print(a.max(), a.min(0), a.argmax(), a.argmin(axis=1), np.argmax(a, axis=0), a.prod(axis=1), a.cumsum(), a.cumsum(axis=1), np.ptp(a), np.median(a), np.percentile(a, 30), np.average([1, 2, 3], weights=[3, 1, 1]))
print(np.any(a > 10), np.all(a >= 0), (a > 5).sum(), (a > 5).mean(), np.count_nonzero(a), a.trace(), np.sum([1, 2, 3]), np.sum([0.1] * 10), sum([np.float64(0.1)] * 10), np.mean(np.array([1, 2, 4])), np.sum(a, axis=1, keepdims=True).shape)
### sums that show every digit
import numpy as np
rng = np.random.RandomState(3)
for shape in [(7,), (9,), (100,), (1000,), (33, 17), (4, 5, 60), (300, 3)]:
    x = rng.randn(*shape)
    print(x.sum(), x.mean(), x.sum(axis=0).ravel()[0], x.sum(axis=-1).ravel()[0], x.T.sum(axis=0).ravel()[-1], x.std(), x.var())
    y = x.astype(np.float32); print(y.sum(), y.mean(), y.sum(axis=0).ravel()[0], y.std())
x = rng.randn(4, 6, 8); print(x.sum(axis=(0, 2)).tolist(), x.sum(axis=(0, 1))[3], x[:, ::2].sum(), x.transpose(2, 0, 1).sum(axis=1)[0, 0])
### promotion
import numpy as np
f4, f8, i4, i8, b = np.ones(2, np.float32), np.ones(2), np.ones(2, np.int32), np.arange(2), np.array([True, False])
print((f4 + 1.5).dtype, (f4 + np.float64(1.5)).dtype, (f4 + f8).dtype, (f4 + i4).dtype, (f4 + i8).dtype, (i4 + 1).dtype, (i8 / 2).dtype, (i8 / i8.sum()).dtype, (i8 // 2).dtype, (i4 * 2.0).dtype, (b + b), (b * 1), (b + 1.0).dtype)
print((np.float32(1) + 1).dtype, (np.float32(1) * 2.0).dtype, (np.float32(2) * np.float32(3)).dtype, type(np.int64(3) / 2), type(np.int64(3) + 2), (i4 ** 2).dtype, np.sqrt(i8).dtype, np.exp(f4).dtype, np.sqrt(4), np.sqrt(np.int32(2)).dtype, (i8 > 0).dtype, np.mean(i4).dtype, np.sum(i4).dtype, np.sum(b), np.mean(f4).dtype, np.array([1, 2.0, True]).dtype, (1 / i8[1:]), np.result_type(np.float32, np.int64))
print(7 // np.array([2, -2, 3]), -7 % np.array([3, 5]), np.array([7, -7]) % 3, 2 ** np.arange(5), np.arange(4) ** 2, np.array([2.0, 9.0]) ** 0.5, np.array([4.0]) ** -1, np.array([1, 2]) ** 2.0)
### indexing
import numpy as np
a = np.arange(20).reshape(4, 5)
print(a[1], a[1, 2], a[-1, -1], a[:, 1], a[1:3, ::2], a[::-1, 0], a[..., 2], a[[0, 2]], a[[0, 2], [1, 3]], a[a % 2 == 0], a[:, None, :].shape, a[np.newaxis].shape, sep='\n')
b = a.copy(); b[0] = 0; b[:, 1] = [9, 8, 7, 6]; b[b > 15] = -1; b[[1, 2], [3, 4]] = 100; b[2:, 2:] += 1; print(b)
v = a[1:3]; v[0, 0] = 77; print(a[1, 0], a[np.array([True, False, True, False])], a[:, [True, False, False, False, True]], a[np.ix_([0, 2], [1, 3])])
print(a[1:3, [0, 2]], a[:, ::-1][0], a[np.argmax(a, axis=0), np.arange(5)], a.take([0, 3]), a[()].shape, a[0][::-2])
i = np.int64(2); print([10, 20, 30][i], list(range(i)), a[i], 'abc'[np.int32(1)], [0] * np.int64(2))
### shapes
import numpy as np
a = np.arange(6)
print(a.reshape(2, 3), a.reshape(3, -1), a.reshape((1, 6)).shape, a.reshape(2, 3).T, a.reshape(2, 3).flatten(), a.reshape(2, 3).ravel(order='F'), a[:, None].shape, np.expand_dims(a, 0).shape, np.squeeze(a[None, :, None]).shape)
x = np.arange(24).reshape(2, 3, 4)
print(np.transpose(x, (2, 0, 1)).shape, x.swapaxes(0, 2).shape, np.moveaxis(x, 0, -1).shape, x.T.shape, x.transpose().shape, np.rollaxis(x, 2).shape if hasattr(np, 'rollaxis') and False else '', x.ndim, x.size, x.itemsize, x.nbytes, len(x), np.shape([[1, 2]]), np.ndim(3), np.broadcast_to(np.arange(3), (2, 3)))
x.shape = (4, 6); print(x.shape); print(np.atleast_2d([1, 2]).shape, np.ravel([[1, 2], [3, 4]]), np.reshape([1, 2, 3, 4], (2, 2)))
### joining and splitting
import numpy as np
a, b = np.array([[1, 2], [3, 4]]), np.array([[5, 6]])
print(np.concatenate([a, b]), np.concatenate((a, b.T), axis=1), np.vstack([a, b]), np.hstack([a, a]), np.stack([a, a]).shape, np.stack([a, a], axis=-1)[0], np.concatenate([a, a], axis=None), np.append([1, 2], 3), np.dstack([a, a]).shape, np.column_stack([[1, 2], [3, 4]]), sep='\n')
print(np.split(np.arange(6), 3), np.array_split(np.arange(7), 3), np.split(np.arange(6), [2, 5]), np.tile([1, 2], 2), np.tile(a, (2, 1)), np.repeat([1, 2], 2), np.repeat(a, 2, axis=0), np.flip(a), np.fliplr(a), np.roll(np.arange(5), 2), np.pad([1, 2], (1, 2)), np.pad(a, 1), np.hsplit(a, 2), np.delete(np.arange(4), 1), np.insert([1, 3], 1, 2), sep='\n')
### functions of elements
import numpy as np
x = np.array([-1.5, 0.0, 0.5, 2.5])
print(np.exp(x), np.log(np.array([1, np.e, 10])), np.log2(8), np.log10(1000), np.log1p(0.5), np.sqrt([1, 4, 9]), np.tanh(x), np.abs(x), abs(x), np.sign(x), np.floor(x), np.ceil(x), np.round(x), np.round(2.567, 1), np.clip(x, -1, 1), np.maximum(x, 0), np.minimum([1, 5], [3, 2]), np.where(x > 0, x, 0.1 * x), np.power(2, [1, 2, 3]), np.square(x), sep='\n')
print(np.isnan([1, np.nan]), np.isinf(np.inf), np.isfinite(x), np.logical_and(x > 0, x < 1), np.logical_not([True, False]), ~np.array([True, False]), (x > 0) & (x < 1), (x < 0) | (x > 1), np.sin(np.pi / 2), np.cos(0), np.arctan2(1, 1), np.hypot(3, 4), np.mod(7, 3), np.reciprocal(2.0), np.nan_to_num([np.nan, 1]), np.rint(2.5), np.trunc(-1.7), np.exp(1), -x, +x, 1 - x, 2 / np.array([1, 2]))
### in place
import numpy as np
a = np.arange(4.0); b = a; a += 1; a *= 2; a -= 0.5; a /= 2; a **= 2; print(a, b is a, b)
c = np.arange(3); c += 2; c *= 3; c //= 2; c %= 4; print(c, c.dtype)
f = np.zeros(3, dtype=np.float32); f += np.array([0.1, 0.2, 0.3]); print(f, f.dtype); f[1] = 7; f[:] = 1; print(f); f.fill(2); print(f)
m = np.zeros((2, 2)); m[0] += [1, 2]; m[:, 1] -= 1; m[m < 0] = 5; print(m); np.add(m, 1, out=m); print(m); np.add.at(m, ([0, 0], [1, 1]), 1); print(m)
d = np.arange(6).reshape(2, 3); d[:, 0], d[:, 2] = d[:, 2].copy(), d[:, 0].copy(); print(d); s = np.array([3, 1, 2]); s.sort(); print(s)
### the legacy generator
import numpy as np
np.random.seed(123)
print(np.random.rand(2, 2), np.random.randn(3), np.random.randint(0, 10, (2, 3)), np.random.random(), np.random.uniform(-1, 1, 3), np.random.normal(5, 2, 2), np.random.permutation(6), np.random.choice([10, 20, 30], 4), np.random.choice(5, 3, replace=False), np.random.choice(3, 4, p=[0.1, 0.2, 0.7]), np.random.standard_normal(), np.random.randint(5), np.random.exponential(1.0, 2), sep='\n')
x = np.arange(8); np.random.shuffle(x); print(x); l = list('abcd'); np.random.shuffle(l); print(l); m = np.arange(6).reshape(3, 2); np.random.shuffle(m); print(m); print(np.random.permutation(m), np.random.choice(6, 2, replace=False, p=[0, .1, .2, .3, .2, .2]), np.random.choice(4), np.random.normal(size=(2, 2)), np.random.normal([0, 10], [1, 0.1]))
r = np.random.RandomState(0); print(r.randn(3), r.rand(2), r.randint(1, 7, 5), r.randint(0, 2**40), r.randint(0, 255, 3, dtype=np.int32)); print(np.random.RandomState(0).randn(2, 2).round(3))
### sorting and counting
import numpy as np
a = np.array([3, 1, 2, 3, 1]); print(np.sort(a), np.argsort(a), np.argsort(-a)[:2], np.unique(a), np.unique(a, return_counts=True), np.unique(a, return_inverse=True), np.bincount(a), np.searchsorted([1, 2, 3], 2.5), np.nonzero(a > 1), np.where(a == 3), np.where(a == 3)[0], np.argwhere(a == 1), np.isin(a, [1, 2]), np.diff(a), np.cumsum(a), a[np.argsort(a)][::-1], np.flatnonzero(a == 1), sep='\n')
m = np.array([[3, 1], [0, 2]]); print(np.sort(m), np.sort(m, axis=0), np.argsort(m, axis=1), np.sort(m, axis=None), m.argmax(1), np.histogram([1, 2, 2, 3], bins=3), np.outer([1, 2], [3, 4]), np.diag([1, 2]), np.diag(m), np.triu_indices(3, 1), np.meshgrid([1, 2], [3, 4, 5])[0], np.interp(1.5, [1, 2], [10, 20]))
### products
import numpy as np
a, b = np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)
print(a @ b, a.dot(b), np.dot([1, 2], [3, 4]), np.dot(a, [1, 0, 1]), np.matmul(np.ones((2, 2, 3)), np.ones((3, 2))).shape, np.inner(a, a), np.einsum('ij,jk->ik', a, b), np.einsum('ij->j', a), np.einsum('ii', np.eye(3)), np.einsum('i,j->ij', [1, 2], [3, 4]), np.tensordot(a, b, axes=1), np.tensordot(a, a, axes=([0], [0])), np.linalg.norm([3, 4]), np.linalg.norm(a, axis=1), np.linalg.norm(a), np.trace(np.eye(3)), np.vdot([1, 2], [3, 4]), np.dot(3, [1, 2]), np.kron([1, 2], [1, 1]), np.cross([1, 0, 0], [0, 1, 0]), sep='\n')
### comparing
import numpy as np
a = np.array([1.0, 2.0]); print(a == a, a != 1, a == [1, 3], np.array_equal(a, [1, 2]), np.allclose(a, a + 1e-9), np.isclose(1.0, 1.1), 2 in np.arange(3), (a == 1).any(), bool(np.array([1])), np.array(3) == 3, a is None, a.tolist() == [1.0, 2.0], np.float64(1.5) == 1.5, hash(np.int64(3)) == hash(3), {np.int64(1): 'x'}[1], sorted([np.float64(2), 1.0, np.int64(0)]), max(np.array([3, 5, 4])), min(a), 1 < np.float32(2) < 3)
print(isinstance(a, np.ndarray), isinstance(a[0], np.floating), isinstance(np.int32(1), np.integer), np.issubdtype(a.dtype, np.floating), a.dtype == np.float64, a.dtype == 'float64', a.dtype.name, a.dtype.itemsize, a.dtype.kind, repr(a.dtype), np.dtype('int32'), type(a).__name__, np.float32.__name__, np.finfo(np.float32).eps, np.finfo(np.float64).max, np.iinfo(np.int32).max, np.pi, np.e, np.inf, -np.inf, np.nan)
### scalars
import numpy as np
x = np.float64(3.7); print(x, repr(x), int(x), round(x), round(x, 1), float(x), x.item(), x.dtype, x.shape, x.ndim, x.astype(int), type(x.item()), x.round(), np.int64(7) // 2, np.int64(7) % 4, -np.float32(1.5), abs(np.int64(-3)), np.float32(1) / 3, np.float64(1) / 3, np.float16(0.5), np.bool_(True), np.float64('1.5'), np.int64(3.9), np.float32([1, 2]), divmod(7, 2), x > 3, not np.bool_(False), np.float64(2) ** 3, 2 ** np.float64(0.5))
import math; print(math.sqrt(np.float64(2)), math.floor(np.float32(2.5)), '%.3f' % np.float32(0.1), f'{np.mean([1, 2]):.2f}', str(np.int64(4)), np.array([1, 2]).item(0), np.array([[5]]).item(), [int(v) for v in np.arange(3)], np.arange(3).tolist(), np.array(2.5).tolist())
### errors
import numpy as np
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
a = np.ones((2, 3))
t(lambda: a + np.ones(4)); t(lambda: a @ a); t(lambda: a[2]); t(lambda: a[0, 3]); t(lambda: a[0, 0, 0]); t(lambda: a[1.5]); t(lambda: a['x']); t(lambda: a.reshape(4, 2)); t(lambda: a.reshape(4, -1)); t(lambda: np.concatenate([a, np.ones((2, 4))])); t(lambda: np.concatenate([a, np.ones(3)])); t(lambda: np.stack([a, a.T])); t(lambda: np.dot(a, a)); t(lambda: a.sum(axis=2)); t(lambda: np.array([[1, 2], [3]])); t(lambda: a[[True, False, True]]); t(lambda: bool(a)); t(lambda: np.transpose(a, (0, 0))); t(lambda: a.transpose(0, 1, 2)); t(lambda: float(a)); t(lambda: np.split(np.arange(5), 2)); t(lambda: len(np.array(1))); t(lambda: np.array([]).max()); t(lambda: np.squeeze(a, 0)); t(lambda: np.arange(3) ** -1); t(lambda: -np.array([True])); t(lambda: np.array([1.0]) & 1); t(lambda: a.item()); t(lambda: f'{a:.2f}'); t(lambda: np.expand_dims(a, 4)); t(lambda: np.random.choice(3, 5, replace=False)); t(lambda: np.argmax([])); t(lambda: np.ones(2) @ np.ones(3)); t(lambda: np.float64(1)[0]); t(lambda: np.zeros((2, 2))[np.array([5])])
def f(): c = np.zeros(3); c[:] = [1, 2]
def g(): c = np.zeros(3); c += np.ones((2, 3))
def h(): c = np.arange(3); c[c > 0] = [1, 2, 3]
t(f); t(g); t(h)
try: a.foo
except AttributeError as e: print(e)
try: hash(a)
except TypeError as e: print(e)
### with torch
import numpy as np, torch
a = np.arange(6.0).reshape(2, 3); t = torch.from_numpy(a); t[0, 0] = 9; print(a, t); print(t.numpy() is a, torch.tensor(a), torch.tensor(a, dtype=torch.float32), torch.as_tensor(a).dtype, torch.from_numpy(a).float())
x = torch.ones(2, 2); n = x.numpy(); n += 1; print(x, n, n.dtype); print(np.array(x), np.asarray(x).dtype, torch.tensor([np.float64(1), 2]), torch.tensor(np.arange(3)), torch.tensor(np.float32(3)), torch.tensor([np.array([1, 2]), np.array([3, 4])]), torch.ones(2) * np.float64(2), torch.tensor(np.array([True])), torch.from_numpy(np.zeros(2, dtype=np.float32)))
w = torch.ones(2, requires_grad=True)
try: w.numpy()
except RuntimeError as e: print(e)
print(w.detach().numpy(), np.exp(torch.zeros(2).numpy()), torch.softmax(torch.tensor(np.eye(2)), -1).numpy(), torch.arange(3).numpy().dtype, torch.rand(2, 3).numpy().shape, np.allclose(torch.ones(2).numpy(), 1), torch.allclose(torch.tensor(a), torch.from_numpy(a)))
### a single head class
import numpy as np
class SelfAttention:
    def __init__(self, d_model, d_k, seed=0):
        rng = np.random.RandomState(seed)
        self.W = {n: rng.normal(0, 1 / np.sqrt(d_model), (d_model, d_k)) for n in 'qkv'}
    def forward(self, x, causal=False):
        q, k, v = (x @ self.W[n] for n in 'qkv')
        s = np.einsum('ij,kj->ik', q, k) / np.sqrt(k.shape[1])
        if causal: s[np.triu_indices_from(s, 1) if hasattr(np, 'triu_indices_from') else np.triu_indices(len(s), 1)] = -np.inf
        p = np.exp(s - s.max(1)[:, None]); p /= p.sum(1)[:, None]
        return p @ v, p
att = SelfAttention(4, 3); out, p = att.forward(np.eye(4), causal=True); print(p); print(out)
### attention by loops
import numpy as np
np.random.seed(1)
q, k, v = np.random.rand(3, 2), np.random.rand(3, 2), np.random.rand(3, 2)
out = np.zeros_like(v)
for i in range(len(q)):
    s = np.array([np.dot(q[i], k[j]) for j in range(len(k))]) / np.sqrt(2)
    w = np.exp(s) / np.exp(s).sum()
    for j, wj in enumerate(w): out[i] += wj * v[j]
    print(i, w, out[i])
### backward pass by hand
import numpy as np
rng = np.random.RandomState(5)
x, W = rng.randn(4, 3), rng.randn(3, 3)
def loss(W): s = x @ W @ x.T; p = np.exp(s - s.max(1, keepdims=True)); p /= p.sum(1, keepdims=True); return -np.log(np.diag(p)).mean()
s = x @ W @ x.T; p = np.exp(s - s.max(1, keepdims=True)); p /= p.sum(1, keepdims=True)
ds = (p - np.eye(4)) / 4; dW = x.T @ ds @ x
num = np.zeros_like(W); eps = 1e-5
it = [(i, j) for i in range(3) for j in range(3)]
for i, j in it:
    Wp = W.copy(); Wp[i, j] += eps; Wm = W.copy(); Wm[i, j] -= eps; num[i, j] = (loss(Wp) - loss(Wm)) / (2 * eps)
print(np.round(dW, 5)); print(np.abs(dW - num).max() < 1e-8)
for step in range(3): W = W - 0.1 * dW; print(f'{loss(W):.6f}')
### rotary embedding in NumPy
import numpy as np
def rope(x, base=10000):
    T, d = x.shape
    theta = base ** (-2 * np.arange(d // 2) / d)
    ang = np.outer(np.arange(T), theta)
    cos, sin = np.cos(ang), np.sin(ang)
    x1, x2 = x[:, 0::2], x[:, 1::2]
    out = np.empty_like(x); out[:, 0::2] = x1 * cos - x2 * sin; out[:, 1::2] = x1 * sin + x2 * cos
    return out
x = np.ones((3, 4)); r = rope(x); print(r); print(np.linalg.norm(r, axis=1)); print((r @ r.T).round(4))
### padding mask and -1e9
import numpy as np
lengths = np.array([3, 1]); T = 4
mask = np.arange(T)[None, :] < lengths[:, None]; print(mask, mask.astype(int), (1 - mask) * -1e9)
scores = np.zeros((2, T)); scores[~mask] = -1e9; w = np.exp(scores); print(w / w.sum(-1, keepdims=True)); print(np.where(mask, 1.0, -np.inf).max(-1), mask.sum(1), mask[0].nonzero()[0])
### bahdanau scores with tanh
import numpy as np
np.random.seed(3)
def softmax(z): z = np.exp(z - z.max()); return z / z.sum()
H = np.random.randn(5, 4); s = np.random.randn(4); Wa = np.random.randn(4, 8) * .3; va = np.random.randn(4)
e = np.array([va @ np.tanh(Wa @ np.concatenate([s, h])) for h in H]); a = softmax(e); c = (a[:, np.newaxis] * H).sum(axis=0)
print(e); print(a, a.sum().round(6)); print(c); print(np.argmax(a), np.argsort(a)[::-1])
### a tiny recurrent net
import numpy as np
np.random.seed(0)
Wxh, Whh, Why = np.random.randn(5, 3) * 0.01, np.random.randn(5, 5) * 0.01, np.random.randn(3, 5) * 0.01
h = np.zeros((5, 1)); loss = 0
for t, c in enumerate([0, 2, 1]):
    x = np.zeros((3, 1)); x[c] = 1
    h = np.tanh(np.dot(Wxh, x) + np.dot(Whh, h)); y = np.dot(Why, h); p = np.exp(y) / np.sum(np.exp(y)); loss += -np.log(p[(c + 1) % 3, 0])
print(h.T, p.ravel(), round(loss, 6), h.shape)
grad = np.zeros_like(Wxh); np.clip(grad, -5, 5, out=grad); print(grad.shape, np.random.choice(range(3), p=p.ravel()))
### default_rng
import numpy as np
for seed in (0, 42, 2**40 + 7):
    r = np.random.default_rng(seed)
    print(r.random(3), r.random(), r.standard_normal(4), r.normal(2, 3, (2, 2)), r.uniform(-1, 1, 3), r.integers(10), r.integers(0, 100, 5), r.integers(1, 6, (2, 2), endpoint=True), r.integers(2**40), r.permutation(7), r.choice(5, 3), r.choice(10, 4, replace=False), r.choice([1., 2., 3.], 3, p=[.2, .3, .5]), r.random((2, 2)), sep='\n')
    x = np.arange(6); r.shuffle(x); print(x, r.permutation(np.arange(6).reshape(3, 2)), r.normal(), type(r.random()), r.choice(20000, 5, replace=False), r.choice(12000, 300, replace=False)[:4], r.choice(4), r.integers(0, 2, 10))
r = np.random.default_rng(5); z = r.standard_normal(200000); print(z.sum(), z[-3:], z.max(), z.min(), r.random(), r.integers(0, 7, 10000).sum(), r.standard_normal(100000).std())
np.random.seed(0); print(np.random.rand(), np.random.choice(5, 3, replace=False), np.random.randn(), np.random.exponential())
### three hundred expressions
import numpy as np
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, str(e)[:120])
a = np.arange(12.).reshape(3, 4); b = np.array([[1, 2], [3, 4]]); v = np.array([1., 2, 3])
t(lambda: a[[0, 1]][:, [1, 2]]); t(lambda: a[..., None].shape); t(lambda: a[a > 5].sum()); t(lambda: np.where(a > 5)); t(lambda: a[1:, :][0]); t(lambda: a.max(axis=1, keepdims=True)); t(lambda: a - a.mean(axis=0)); t(lambda: (a - a.mean(1, keepdims=True)) / a.std(1, keepdims=True)); t(lambda: a.reshape(2, 2, 3).sum((0, 2))); t(lambda: np.sum(a, -1)); t(lambda: np.add.reduce(v)); t(lambda: np.multiply.outer(v, v)); t(lambda: np.maximum.accumulate(np.array([1, 3, 2, 5, 4]))); t(lambda: np.exp)
t(lambda: np.float32(3.14159265)); t(lambda: np.array([3.14159265], dtype=np.float32)); t(lambda: np.array([1e-20, 1], dtype=np.float32)); t(lambda: np.float64(1e20)); t(lambda: np.float64(1e16)); t(lambda: np.float64(123456789.123)); t(lambda: np.array(0.1)); t(lambda: np.array([[True]])); t(lambda: np.bool_(0)); t(lambda: np.array([1.0, np.nan]).max()); t(lambda: np.nanmax([1.0, np.nan])); t(lambda: np.nanmean([1.0, np.nan, 3])); t(lambda: np.argmax([1.0, np.nan])); t(lambda: np.sort([3, np.nan, 1])); t(lambda: np.cumsum(b)); t(lambda: np.cumsum(b, axis=0)); t(lambda: np.cumprod([1, 2, 3])); t(lambda: np.prod(b)); t(lambda: np.mean(b)); t(lambda: np.mean([])if 0 else 1)
t(lambda: b @ [1, 2]); t(lambda: [1, 2] @ b); t(lambda: b * [[1], [2]]); t(lambda: b + (1, 2)); t(lambda: 2 ** b); t(lambda: b ** 0.5); t(lambda: b / 0); t(lambda: b // 0); t(lambda: b % 2 == 0); t(lambda: divmod(b, 2) if 0 else 0); t(lambda: -b); t(lambda: abs(-b)); t(lambda: b == None); t(lambda: np.rot90(a)); t(lambda: b.T.tolist()); t(lambda: b.flatten().tolist()); t(lambda: list(b)); t(lambda: tuple(v)); t(lambda: dict(zip('abc', v))); t(lambda: [x for x in b]); t(lambda: sum(v)); t(lambda: max(v)); t(lambda: sorted(v, reverse=True)); t(lambda: list(enumerate(v))); t(lambda: [float(x) for x in v]); t(lambda: 'x' * np.int64(3)); t(lambda: v.tolist().index(2.0)); t(lambda: any(v > 2)); t(lambda: all(v > 0)); t(lambda: f'{v[0]:.2f} {v} {b[0, 0]}'); t(lambda: '{} {:.3f}'.format(v, v[1])); t(lambda: str(b)); t(lambda: len(b))
t(lambda: b.astype(float)); t(lambda: b.astype('int32').dtype); t(lambda: b.astype(bool)); t(lambda: a.astype(np.int64)[0]); t(lambda: np.array([1.9, -1.9]).astype(int)); t(lambda: np.array(['1', '2']) if 0 else 0); t(lambda: np.asarray(b) is b); t(lambda: np.array(b) is b); t(lambda: b.copy()); t(lambda: np.copy(b)); t(lambda: b.view()); t(lambda: b.reshape(-1)); t(lambda: b.reshape(4, 1)); t(lambda: b.reshape((2, -1))); t(lambda: b.ravel()); t(lambda: b.squeeze()); t(lambda: b[None].squeeze(0)); t(lambda: b.transpose()); t(lambda: b.transpose(1, 0)); t(lambda: np.rot90(b) if hasattr(np, 'rot90') else 0)
t(lambda: np.concatenate(([1], [2.5]))); t(lambda: np.vstack(([1, 2], [3, 4]))); t(lambda: np.hstack(([1, 2], [3]))); t(lambda: np.stack([v, v], 1)); t(lambda: np.array_split(v, 2)); t(lambda: np.tile(v, (2, 2))); t(lambda: np.repeat(v, [1, 2, 3])); t(lambda: np.pad(b, ((1, 0), (0, 1)))); t(lambda: np.pad(b, ((1, 0), (0, 1)), constant_values=9)); t(lambda: np.tril(b)); t(lambda: np.triu(np.ones((3, 3)), 1).astype(bool)); t(lambda: np.triu(np.ones((2, 3, 3)), 1)[1]); t(lambda: np.eye(2, 3, 1)); t(lambda: np.diag([1, 2], 1)); t(lambda: np.diagonal(b)); t(lambda: np.fill_diagonal(b.copy(), 0)); t(lambda: np.linspace(0, 1, 3, endpoint=False)); t(lambda: np.arange(5, 0, -2)); t(lambda: np.arange(0.5, 3)); t(lambda: np.arange(3, dtype=float)); t(lambda: np.arange(10)[2:8:3]); t(lambda: np.zeros((2, 3), dtype=int)); t(lambda: np.ones(2, bool)); t(lambda: np.full(2, np.inf)); t(lambda: np.full((2,), 1.5, dtype=np.float32)); t(lambda: np.empty((0, 3)).shape); t(lambda: np.meshgrid([1, 2], [3])); t(lambda: np.indices((2, 2))[0]); t(lambda: np.outer([1, 2], [1, 2, 3])); t(lambda: np.inner(v, v)); t(lambda: np.dot(v, v)); t(lambda: np.linalg.norm(a, axis=0)); t(lambda: np.linalg.norm(v)); t(lambda: np.linalg.norm(v, 1)); t(lambda: np.linalg.norm(b, 'fro'))
t(lambda: np.einsum('bij,bjk->bik', np.ones((2, 2, 3)), np.ones((2, 3, 1))).ravel()); t(lambda: np.einsum('ij,ij->i', b, b)); t(lambda: np.clip([1, 5, 9], 2, 6)); t(lambda: v.clip(2)); t(lambda: v.clip(max=2)); t(lambda: np.clip(b, 2, None)); t(lambda: np.round([1.234, 2.5, 3.5], 1)); t(lambda: v.round()); t(lambda: np.around(2.5)); t(lambda: np.floor_divide(7, 2)); t(lambda: np.mod(-7, 3)); t(lambda: np.power(2., [1, 2])); t(lambda: np.sign([-1., 0, 2])); t(lambda: np.log([1, 0]) if 0 else 0); t(lambda: np.exp([0, 1])); t(lambda: np.sqrt([1, 2])); t(lambda: np.sum([[1, 2], [3, 4]], axis=0)); t(lambda: np.sum(x for x in [1, 2]) if 0 else 0); t(lambda: np.sum(b, axis=(0, 1), keepdims=True)); t(lambda: np.count_nonzero(b > 1)); t(lambda: np.any(b > 3, axis=1)); t(lambda: np.all(b, axis=0)); t(lambda: np.unique([3, 1, 3], return_index=True)); t(lambda: np.argsort([[3, 1], [1, 2]])); t(lambda: np.argsort(-v)); t(lambda: np.searchsorted(v, [0, 2, 5], side='right')); t(lambda: np.bincount([0, 1, 1], minlength=4)); t(lambda: np.digitize(1, [0]) if 0 else 0); t(lambda: np.histogram([1, 2, 1], bins=[0, 1, 2, 3])); t(lambda: np.corrcoef([1, 2, 3], [1, 2, 3.5]) if hasattr(np, 'corrcoef') else 0); t(lambda: np.cov([1, 2], [3, 4.5])); t(lambda: np.average(b, axis=0, weights=[1, 3])); t(lambda: np.median(b, axis=0)); t(lambda: np.percentile([1, 2, 3, 4], [25, 50])); t(lambda: np.var([1, 2, 3, 4])); t(lambda: np.std([1, 2, 3, 4], ddof=1)); t(lambda: np.diff([1, 4, 9])); t(lambda: np.trapz([1, 2]) if 0 else 0); t(lambda: np.allclose([1, 2], [1, 2.0000001])); t(lambda: np.array_equal([1], [1, 2])); t(lambda: np.isin([1, 2], [2])); t(lambda: np.vectorize(lambda x: x + 1)([1, 2])); t(lambda: np.apply_along_axis(sum, 0, b)); t(lambda: np.apply_along_axis(lambda r: r / r.sum(), 1, b)); t(lambda: np.take(v, [0, 2])); t(lambda: np.take_along_axis(b, np.argsort(-b, axis=1), axis=1)); t(lambda: np.argpartition([3, 1, 2], 1)[:1]); t(lambda: np.expand_dims(v, (0, 2)).shape); t(lambda: np.broadcast_to(v, (2, 3))); t(lambda: np.roll(b, 1, axis=0)); t(lambda: np.flip(v)); t(lambda: b[::-1, ::-1]); t(lambda: v[::-1].cumsum()); t(lambda: np.triu_indices(3)); t(lambda: np.tril_indices(2, -1)); t(lambda: np.ix_([0], [1])); t(lambda: np.nonzero(b > 2)); t(lambda: np.argwhere(b > 2)); t(lambda: b.nonzero()); t(lambda: b.argmax()); t(lambda: np.unravel_index(3, (2, 2))); t(lambda: b.item(3)); t(lambda: b.item((1, 0))); t(lambda: b.sum().item()); t(lambda: b.mean().dtype); t(lambda: type(b.sum()).__name__); t(lambda: np.int32(5) + np.int64(3)); t(lambda: (np.int32(5) / 2).dtype); t(lambda: isinstance(np.float64(1), float)); t(lambda: isinstance(np.int64(1), int)); t(lambda: np.isscalar(np.float64(1))); t(lambda: np.ndim(b)); t(lambda: np.shape(b)); t(lambda: np.size(b)); t(lambda: b.flat[2] if 0 else 0); t(lambda: np.nan_to_num([np.inf, np.nan])[1]); t(lambda: np.trace(b)); t(lambda: np.array([1, 2, 3], ndmin=2)); t(lambda: np.matmul(b, b)); t(lambda: np.tensordot(b, b, 2)); t(lambda: np.float64(5) == 5); t(lambda: np.array([1, 2]) == np.array([1, 2, 3]) if 0 else 0); t(lambda: v @ v); t(lambda: v.dot(v)); t(lambda: v[:, None] * v); t(lambda: v[1:-1]); t(lambda: np.less(1, 2)); t(lambda: np.greater([1, 3], 2)); t(lambda: np.ones((2, 2)).tolist()); t(lambda: (v > 1) * 1); t(lambda: (v > 1).astype(np.float32)); t(lambda: ~(v > 1)); t(lambda: (v > 1).sum()); t(lambda: np.mean(v > 1)); t(lambda: 1 / (1 + np.exp(-v))); t(lambda: np.log(np.sum(np.exp(v)))); t(lambda: v.var(ddof=1)); t(lambda: np.e ** v); t(lambda: np.finfo(float).eps); t(lambda: np.iinfo('int8')); t(lambda: np.dtype(float)); t(lambda: v.dtype.type); t(lambda: v.strides); t(lambda: v.base); t(lambda: np.random.rand(2).shape); t(lambda: np.arange(3) @ np.arange(3)); t(lambda: np.float16(1) / 3); t(lambda: np.array([1, 2], dtype=np.float16)); t(lambda: np.array([0.1], dtype=np.float16)); t(lambda: np.uint8(250) + np.uint8(10) if 0 else 0); t(lambda: np.array([250], dtype=np.uint8) + 10); t(lambda: np.array([1, -1], dtype=np.int8)); t(lambda: round(np.float32(2.567), 2)); t(lambda: np.hypot(3, 4)); t(lambda: np.arctan2([1], [1])); t(lambda: np.cross([1, 2, 3], [4, 5, 6])); t(lambda: np.kron(b, [1, 1])); t(lambda: np.insert([1, 2], 1, 5)); t(lambda: np.delete(b, 0, axis=0)); t(lambda: np.append(b, [[5, 6]], axis=0)); t(lambda: np.column_stack([v, v])); t(lambda: np.split(b, 2, axis=1)); t(lambda: np.moveaxis(np.ones((2, 3, 4)), 0, 2).shape); t(lambda: np.swapaxes(a, 0, 1).shape); t(lambda: np.ravel_multi_index if 0 else 0); t(lambda: np.select([v > 2, v > 1], [10, 20], 0) if hasattr(np, 'select') else 0)
