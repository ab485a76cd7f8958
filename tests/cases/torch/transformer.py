### multi-headed attention with clones
import copy
import math
import torch
import torch.nn as nn

def clones(module, N):
    "Produce N identical layers."
    return nn.ModuleList([copy.deepcopy(module) for _ in range(N)])

def attention(query, key, value, mask=None, dropout=None):
    "Compute 'Scaled Dot Product Attention'"
    d_k = query.size(-1)
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(d_k)
    if mask is not None:
        scores = scores.masked_fill(mask == 0, -1e9)
    p_attn = scores.softmax(dim=-1)
    if dropout is not None:
        p_attn = dropout(p_attn)
    return torch.matmul(p_attn, value), p_attn

class MultiHeadedAttention(nn.Module):
    def __init__(self, h, d_model, dropout=0.1):
        super(MultiHeadedAttention, self).__init__()
        assert d_model % h == 0
        self.d_k = d_model // h
        self.h = h
        self.linears = clones(nn.Linear(d_model, d_model), 4)
        self.attn = None
        self.dropout = nn.Dropout(p=dropout)

    def forward(self, query, key, value, mask=None):
        if mask is not None:
            mask = mask.unsqueeze(1)
        nbatches = query.size(0)
        query, key, value = [
            lin(x).view(nbatches, -1, self.h, self.d_k).transpose(1, 2)
            for lin, x in zip(self.linears, (query, key, value))
        ]
        x, self.attn = attention(query, key, value, mask=mask, dropout=self.dropout)
        x = x.transpose(1, 2).contiguous().view(nbatches, -1, self.h * self.d_k)
        del query
        del key
        del value
        return self.linears[-1](x)

torch.manual_seed(0)
mha = MultiHeadedAttention(4, 16)
print(mha)
x = torch.randn(2, 5, 16)
mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]).unsqueeze(-2)
out = mha(x, x, x, mask)
print(out.shape, out[1, 0])
print(mha.attn.shape, mha.attn[1, 0])
mha.eval()
with torch.no_grad():
    y = mha(x, x, x, mask)
print(y[0, :2], mha.attn.sum(-1).unique())
print([p.data_ptr() == q.data_ptr() for p, q in zip(mha.linears[0].parameters(), mha.linears[1].parameters())])
print(torch.equal(mha.linears[0].weight, mha.linears[3].weight))
### encoder, decoder and generator of the annotated kind
import copy, math
import torch, torch.nn as nn
from torch.nn.functional import log_softmax, pad

class LayerNorm(nn.Module):
    def __init__(self, features, eps=1e-6):
        super().__init__()
        self.a_2 = nn.Parameter(torch.ones(features))
        self.b_2 = nn.Parameter(torch.zeros(features))
        self.eps = eps
    def forward(self, x):
        mean = x.mean(-1, keepdim=True)
        std = x.std(-1, keepdim=True)
        return self.a_2 * (x - mean) / (std + self.eps) + self.b_2

class SublayerConnection(nn.Module):
    def __init__(self, size, dropout):
        super().__init__()
        self.norm = LayerNorm(size)
        self.dropout = nn.Dropout(dropout)
    def forward(self, x, sublayer):
        return x + self.dropout(sublayer(self.norm(x)))

class PositionwiseFeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.1):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)
    def forward(self, x):
        return self.w_2(self.dropout(self.w_1(x).relu()))

class PositionalEncoding(nn.Module):
    def __init__(self, d_model, dropout, max_len=50):
        super().__init__()
        self.dropout = nn.Dropout(p=dropout)
        pe = torch.zeros(max_len, d_model)
        position = torch.arange(0, max_len).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2) * -(math.log(10000.0) / d_model))
        pe[:, 0::2] = torch.sin(position * div_term)
        pe[:, 1::2] = torch.cos(position * div_term)
        pe = pe.unsqueeze(0)
        self.register_buffer("pe", pe)
    def forward(self, x):
        x = x + self.pe[:, : x.size(1)].requires_grad_(False)
        return self.dropout(x)

class Embeddings(nn.Module):
    def __init__(self, d_model, vocab):
        super().__init__()
        self.lut = nn.Embedding(vocab, d_model)
        self.d_model = d_model
    def forward(self, x):
        return self.lut(x) * math.sqrt(self.d_model)

torch.manual_seed(1)
pe = PositionalEncoding(8, 0.0)
print(pe(torch.zeros(1, 6, 8)))
print(pe.pe.shape, pe.pe.requires_grad, pe.state_dict().keys())
sub = SublayerConnection(8, 0.1)
ff = PositionwiseFeedForward(8, 32)
emb = Embeddings(8, 11)
x = emb(torch.LongTensor([[1, 2, 3], [4, 5, 6]]))
y = sub(pe(x), ff)
print(y[0])
for p in ff.parameters():
    if p.dim() > 1:
        nn.init.xavier_uniform_(p)
sub.eval(); ff.eval()
y = sub(pe(x), lambda t: ff(t))
print(y[1], sub.norm.a_2.shape)
print(log_softmax(nn.Linear(8, 5)(y), dim=-1).exp().sum(-1))
### label smoothing with KLDivLoss
import torch, torch.nn as nn

class LabelSmoothing(nn.Module):
    "Implement label smoothing."
    def __init__(self, size, padding_idx, smoothing=0.0):
        super(LabelSmoothing, self).__init__()
        self.criterion = nn.KLDivLoss(reduction="sum")
        self.padding_idx = padding_idx
        self.confidence = 1.0 - smoothing
        self.smoothing = smoothing
        self.size = size
        self.true_dist = None

    def forward(self, x, target):
        assert x.size(1) == self.size
        true_dist = x.data.clone()
        true_dist.fill_(self.smoothing / (self.size - 2))
        true_dist.scatter_(1, target.data.unsqueeze(1), self.confidence)
        true_dist[:, self.padding_idx] = 0
        mask = torch.nonzero(target.data == self.padding_idx)
        if mask.dim() > 0:
            true_dist.index_fill_(0, mask.squeeze(), 0.0)
        self.true_dist = true_dist
        return self.criterion(x, true_dist.clone().detach())

crit = LabelSmoothing(5, 0, 0.4)
predict = torch.FloatTensor([[0, 0.2, 0.7, 0.1, 0], [0, 0.2, 0.7, 0.1, 0], [0, 0.2, 0.7, 0.1, 0], [0, 0.2, 0.7, 0.1, 0], [0, 0.2, 0.7, 0.1, 0]])
loss = crit(x=predict.log(), target=torch.LongTensor([2, 1, 0, 3, 3]))
print(crit.true_dist)
print(loss)

def loss_at(x, crit):
    d = x + 3 * 1
    predict = torch.FloatTensor([[1e-5, x / d - 1e-5, 1 / d, 1 / d, 1 / d]])
    return crit(predict.log(), torch.LongTensor([1])).data

crit = LabelSmoothing(5, 0, 0.1)
for x in range(1, 20, 6):
    print(x, loss_at(x, crit))
logits = torch.randn(4, 5, generator=torch.Generator().manual_seed(3)).requires_grad_()
ce = nn.CrossEntropyLoss(label_smoothing=0.1, ignore_index=0)
l = ce(logits, torch.tensor([1, 0, 4, 2])); l.backward()
print(l, logits.grad)
### the Noam schedule
import torch
from torch.optim.lr_scheduler import LambdaLR

def rate(step, model_size, factor, warmup):
    if step == 0:
        step = 1
    return factor * (model_size ** (-0.5) * min(step ** (-0.5), step * warmup ** (-1.5)))

opts = [[512, 1, 400], [256, 1, 800]]
dummy_model = torch.nn.Linear(1, 1)
for idx, example in enumerate(opts):
    optimizer = torch.optim.Adam(dummy_model.parameters(), lr=1, betas=(0.9, 0.98), eps=1e-9)
    lr_scheduler = LambdaLR(optimizer=optimizer, lr_lambda=lambda step: rate(step, *example))
    tmp = []
    for step in range(1000):
        tmp.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        lr_scheduler.step()
    lrs = torch.tensor(tmp)
    print(idx, lrs[::200], lrs.max().item(), lrs.argmax())
print(lr_scheduler.get_last_lr(), lr_scheduler.last_epoch)

class NoamOpt:
    "Optim wrapper that implements rate."
    def __init__(self, model_size, factor, warmup, optimizer):
        self.optimizer = optimizer
        self._step = 0
        self.warmup, self.factor, self.model_size = warmup, factor, model_size
        self._rate = 0
    def step(self):
        self._step += 1
        rate = self.rate()
        for p in self.optimizer.param_groups:
            p['lr'] = rate
        self._rate = rate
        self.optimizer.step()
    def rate(self, step=None):
        if step is None:
            step = self._step
        return self.factor * (self.model_size ** (-0.5) * min(step ** (-0.5), step * self.warmup ** (-1.5)))

opt = NoamOpt(16, 2, 10, torch.optim.Adam([torch.zeros(2, requires_grad=True)], lr=0, betas=(0.9, 0.98), eps=1e-9))
print([f"{opt.rate(i):.4f}" for i in (1, 5, 10, 20, 100)])
### a copy task: encoder-decoder, masks, greedy decoding
import math, torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
PAD, BOS, V, D, H = 0, 1, 9, 16, 2

def subsequent_mask(size):
    return torch.triu(torch.ones(1, size, size), diagonal=1).type(torch.uint8) == 0

class Attn(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(D, D) for _ in range(4))
    def forward(self, x, m, mask):
        def heads(t):
            return t.view(t.size(0), -1, H, D // H).transpose(1, 2)
        q, k, v = heads(self.q(x)), heads(self.k(m)), heads(self.v(m))
        s = torch.einsum('bhqd,bhkd->bhqk', q, k) / math.sqrt(D // H)
        w = s.masked_fill(~mask.unsqueeze(1), -1e9).softmax(-1)
        return self.o(torch.einsum('bhqk,bhkd->bhqd', w, v).transpose(1, 2).reshape(x.shape))

class EncDec(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(V, D, padding_idx=PAD)
        self.pos = nn.Parameter(torch.randn(1, 12, D) * 0.1)
        self.enc, self.dec, self.cross = Attn(), Attn(), Attn()
        self.n = nn.ModuleList(nn.LayerNorm(D) for _ in range(4))
        self.ff = nn.Sequential(nn.Linear(D, 2 * D), nn.ReLU(), nn.Linear(2 * D, D))
        self.out = nn.Linear(D, V)
    def encode(self, src, src_mask):
        x = self.emb(src) * math.sqrt(D) + self.pos[:, :src.size(1)]
        return x + self.enc(self.n[0](x), self.n[0](x), src_mask)
    def decode(self, mem, src_mask, tgt, tgt_mask):
        y = self.emb(tgt) * math.sqrt(D) + self.pos[:, :tgt.size(1)]
        y = y + self.dec(self.n[1](y), self.n[1](y), tgt_mask)
        y = y + self.cross(self.n[2](y), mem, src_mask)
        return F.log_softmax(self.out(y + self.ff(self.n[3](y))), dim=-1)

def data_gen(batch, nbatches):
    for i in range(nbatches):
        data = torch.randint(2, V, size=(batch, 6))
        data[:, 0] = BOS
        data[0, -1] = PAD
        yield data

model = EncDec()
opt = torch.optim.Adam(model.parameters(), lr=5e-3, betas=(0.9, 0.98), eps=1e-9)
for i, src in enumerate(data_gen(8, 12)):
    tgt, tgt_y = src[:, :-1], src[:, 1:]
    src_mask = (src != PAD).unsqueeze(-2)
    tgt_mask = (tgt != PAD).unsqueeze(-2) & subsequent_mask(tgt.size(-1)).type_as(src_mask)
    logp = model.decode(model.encode(src, src_mask), src_mask, tgt, tgt_mask)
    ntokens = (tgt_y != PAD).data.sum()
    loss = F.nll_loss(logp.contiguous().view(-1, V), tgt_y.contiguous().view(-1), ignore_index=PAD, reduction='sum') / ntokens
    opt.zero_grad(); loss.backward(); opt.step()
    if i % 4 == 0:
        print("Epoch Step: %d Loss: %.4f Tokens: %d" % (i, loss.item(), ntokens))
print(src_mask.shape, tgt_mask[0, :, :3], model.emb.weight.grad[PAD].abs().sum())

def greedy_decode(model, src, src_mask, max_len, start_symbol):
    memory = model.encode(src, src_mask)
    ys = torch.zeros(1, 1).fill_(start_symbol).type_as(src.data)
    for i in range(max_len - 1):
        prob = model.decode(memory, src_mask, ys, subsequent_mask(ys.size(1)))
        _, next_word = torch.max(prob[:, -1], dim=1)
        next_word = next_word.data[0]
        ys = torch.cat([ys, torch.zeros(1, 1).type_as(src.data).fill_(next_word)], dim=1)
    return ys
model.eval()
print(greedy_decode(model, torch.LongTensor([[1, 2, 3, 4, 5, 6]]), torch.ones(1, 1, 6).bool(), 6, BOS))
### nn.Transformer with its masks
import torch, torch.nn as nn
torch.manual_seed(0)
model = nn.Transformer(d_model=8, nhead=2, num_encoder_layers=1, num_decoder_layers=1, dim_feedforward=16, dropout=0.0, batch_first=True)
src, tgt = torch.rand(2, 5, 8), torch.rand(2, 4, 8)
mask = nn.Transformer.generate_square_subsequent_mask(4)
print(mask)
out = model(src, tgt, tgt_mask=mask)
print(out.shape, out[0, 0])
print(sum(p.numel() for p in model.parameters()), len(list(model.named_modules())))
print([n for n, _ in model.named_children()])
pad = torch.tensor([[False, False, False, False, False], [False, False, False, True, True]])
out2 = model(src, tgt, tgt_mask=mask, src_key_padding_mask=pad, memory_key_padding_mask=pad)
print(torch.allclose(out[0], out2[0], atol=1e-6), torch.allclose(out[1], out2[1], atol=1e-6))
out2.sum().backward()
print(model.encoder.layers[0].self_attn.in_proj_weight.grad.shape, model.decoder.norm.weight.grad)
print(model)
### encoder layer options: norm_first, gelu, stacked copies
import torch, torch.nn as nn
torch.manual_seed(0)
layer = nn.TransformerEncoderLayer(d_model=8, nhead=4, dim_feedforward=16, dropout=0.1, activation='gelu', batch_first=True, norm_first=True)
enc = nn.TransformerEncoder(layer, num_layers=2, norm=nn.LayerNorm(8))
print(enc)
x = torch.randn(2, 3, 8)
enc.eval()
y = enc(x)
print(y)
print(y.shape, enc.layers[0].linear1.weight is enc.layers[1].linear1.weight, torch.equal(enc.layers[0].linear1.weight, enc.layers[1].linear1.weight))
causal = torch.triu(torch.full((3, 3), float('-inf')), diagonal=1)
z = enc(x, mask=causal)
x2 = x.clone(); x2[:, 2] = 0
z2 = enc(x2, mask=causal)
print(torch.allclose(z[:, :2], z2[:, :2]), torch.allclose(z[:, 2], z2[:, 2]))
enc.train()
torch.manual_seed(1)
print(enc(x)[0, 0])
names = [n for n, p in enc.named_parameters() if 'layers.1' in n]
print(len(names), names[:4])
### nn.MultiheadAttention: weights, masks, separate sizes
import torch, torch.nn as nn
torch.manual_seed(0)
mha = nn.MultiheadAttention(embed_dim=8, num_heads=2, batch_first=True)
print(mha)
q, kv = torch.randn(2, 3, 8), torch.randn(2, 5, 8)
out, w = mha(q, kv, kv)
print(out, w, sep='\n')
out, w = mha(q, kv, kv, average_attn_weights=False)
print(w.shape, w.sum(-1).allclose(torch.ones(2, 2, 3)))
out, w = mha(q, kv, kv, need_weights=False)
print(out.shape, w)
kpm = torch.zeros(2, 5, dtype=torch.bool); kpm[1, 3:] = True
print(mha(q, kv, kv, key_padding_mask=kpm)[1])
am = torch.triu(torch.ones(3, 3, dtype=torch.bool), 1)
print(mha(q, q, q, attn_mask=am)[1][0])
m2 = nn.MultiheadAttention(8, 4, kdim=6, vdim=5, bias=False, dropout=0.1)
print([(n, tuple(p.shape)) for n, p in m2.named_parameters()])
o, w = m2(torch.randn(3, 2, 8), torch.randn(4, 2, 6), torch.randn(4, 2, 5))
print(o.shape, w.shape)
print(mha.in_proj_weight[:2], mha.in_proj_bias, mha.out_proj.bias.sum())
