### rope 2d by hand
# the vector (a, b, c, d) rotated by the block matrix, and by the split-half code with swapped columns
import torch
def params(head_dim, base=10_000, context=8, dtype=torch.float32):
    assert head_dim % 2 == 0, "even"
    inv_freq = 1.0 / (base ** (torch.arange(0, head_dim, 2, dtype=dtype)[: (head_dim // 2)].float() / head_dim))
    angles = torch.arange(context, dtype=dtype).unsqueeze(1) * inv_freq.unsqueeze(0)
    angles = torch.cat([angles, angles], dim=1)
    return torch.cos(angles), torch.sin(angles)
cos, sin = params(4)
print(cos[:3])
print(sin[:3])
x = torch.tensor([1., 2., 3., 4.])
c1, c2, s1, s2 = cos[1, 0], cos[1, 1], sin[1, 0], sin[1, 1]
R = torch.zeros(4, 4)
R[0, 0], R[0, 1], R[1, 0], R[1, 1] = c1, -s1, s1, c1
R[2, 2], R[2, 3], R[3, 2], R[3, 3] = c2, -s2, s2, c2
print(R)
print(R @ x)
y = x[[0, 2, 1, 3]]
out = y * cos[1] + torch.cat((-y[2:], y[:2])) * sin[1]
print(out[[0, 2, 1, 3]])
print(torch.block_diag(torch.tensor([[c1, -s1], [s1, c1]]), torch.tensor([[c2, -s2], [s2, c2]])) @ x)
### byte masks
# masks as bytes: & of uint8, and masked_fill with them
import torch
pad = torch.tensor([[1, 1, 1, 0, 0]]).unsqueeze(1).unsqueeze(2)
sub = torch.tril(torch.ones((5, 5)))
m = pad.byte() & sub.byte()
print(m)
print(m.dtype, (m == 0).dtype, m.bool().sum().item())
try:
    print(pad & sub)
except RuntimeError as e:
    print(e)
print((pad * sub).dtype, (pad.bool() & sub.bool()).any(-1))
print(1 - sub, ~sub.bool())
try:
    print(~sub)
except Exception as e:
    print(type(e).__name__, e)
print(-m, m - 1)
### find the mask
# where is the mask: -inf or the smallest number?
import torch
s = torch.zeros(3, 3)
a = s.masked_fill(torch.ones(3, 3).triu(1).bool(), -torch.inf)
b = s.masked_fill(torch.ones(3, 3).triu(1).bool(), torch.finfo(torch.float32).min)
print(torch.isinf(a).any(), torch.isinf(b).any(), (a == -torch.inf).sum())
print(b)
print(torch.equal(a.softmax(-1), b.softmax(-1)), torch.isneginf(a)[0])
print(a.nan_to_num(neginf=0.0), b.amin(), a.abs().max())
print(a.isfinite().all(-1), (a - a)[0])
### tutorial style
# the style of small tutorials: lists of words, FloatTensor, .data.eq, torch.gt
import numpy as np
import torch
sentences = ['ich mochte ein bier P', 'S i want a beer', 'i want a beer E']
src_vocab = {'P': 0, 'ich': 1, 'mochte': 2, 'ein': 3, 'bier': 4}
tgt_vocab = {'P': 0, 'i': 1, 'want': 2, 'a': 3, 'beer': 4, 'S': 5, 'E': 6}
number_dict = {i: w for i, w in enumerate(tgt_vocab)}
def make_batch(sentences):
    input_batch = [[src_vocab[n] for n in sentences[0].split()]]
    output_batch = [[tgt_vocab[n] for n in sentences[1].split()]]
    return torch.LongTensor(input_batch), torch.LongTensor(output_batch)
def sinusoid(n_position, d_model):
    def cal_angle(position, hid_idx):
        return position / np.power(10000, 2 * (hid_idx // 2) / d_model)
    def get_posi_angle_vec(position):
        return [cal_angle(position, hid_j) for hid_j in range(d_model)]
    table = np.array([get_posi_angle_vec(pos_i) for pos_i in range(n_position)])
    table[:, 0::2] = np.sin(table[:, 0::2])
    table[:, 1::2] = np.cos(table[:, 1::2])
    return torch.FloatTensor(table)
def pad_mask(seq_q, seq_k):
    batch_size, len_q = seq_q.size()
    batch_size, len_k = seq_k.size()
    return seq_k.data.eq(0).unsqueeze(1).expand(batch_size, len_q, len_k)
def subsequent(seq):
    attn_shape = [seq.size(0), seq.size(1), seq.size(1)]
    m = np.triu(np.ones(attn_shape), k=1)
    return torch.from_numpy(m).byte()
e, d = make_batch(sentences)
print(e, d)
print(pad_mask(e, e))
print(torch.gt((pad_mask(d, d) + subsequent(d)), 0))
print(sinusoid(3, 4))
torch.manual_seed(0)
s = torch.randn(1, 2, 5, 5)
s.masked_fill_(pad_mask(e, e).unsqueeze(1).repeat(1, 2, 1, 1), -1e9)
print(torch.nn.Softmax(dim=-1)(s)[0, 0])
predict = torch.randn(5, 7).data.max(1, keepdim=True)[1]
print([number_dict[n.item()] for n in predict.squeeze()])
### tensor from array
# FloatTensor and its kin of a numpy array or a range
import numpy as np, torch
table = np.array([[pos / np.power(10000, 2 * (j // 2) / 4) for j in range(4)] for pos in range(3)])
table[:, 0::2] = np.sin(table[:, 0::2])
table[:, 1::2] = np.cos(table[:, 1::2])
print(torch.FloatTensor(table).unsqueeze(0))
print(torch.LongTensor(np.array([1, 2])), torch.DoubleTensor(np.ones(2)), torch.LongTensor(range(3)))
print(torch.Tensor(np.eye(2)), torch.FloatTensor(2, 0).shape)
print(isinstance(torch.zeros(1), torch.FloatTensor))
### add zero attn
# add_zero_attn: one more key of zeros, so that a row of weights over the real keys may sum to less than 1
import torch
torch.manual_seed(0)
net = torch.nn.MultiheadAttention(8, 2, add_zero_attn=True)
mask = torch.triu(torch.ones(4, 4)) * -10000.0
x = torch.ones(4, 1, 8)
o, w = net(x, x, x, attn_mask=mask)
print(w.shape)
print(w)
kv = torch.nn.MultiheadAttention(4, 1, add_bias_kv=True)
print([tuple(p.shape) for p in kv.parameters()], kv(x[..., :4], x[..., :4], x[..., :4])[1].shape)
