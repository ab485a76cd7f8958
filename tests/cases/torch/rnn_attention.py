### Bahdanau attention in a decoder with teacher forcing
import random
import torch
import torch.nn as nn
import torch.nn.functional as F
SOS_token, EOS_token, MAX_LENGTH = 0, 1, 6

class EncoderRNN(nn.Module):
    def __init__(self, input_size, hidden_size, dropout_p=0.1):
        super(EncoderRNN, self).__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size, batch_first=True)
        self.dropout = nn.Dropout(dropout_p)
    def forward(self, input):
        embedded = self.dropout(self.embedding(input))
        output, hidden = self.gru(embedded)
        return output, hidden

class BahdanauAttention(nn.Module):
    def __init__(self, hidden_size):
        super(BahdanauAttention, self).__init__()
        self.Wa = nn.Linear(hidden_size, hidden_size)
        self.Ua = nn.Linear(hidden_size, hidden_size)
        self.Va = nn.Linear(hidden_size, 1)
    def forward(self, query, keys):
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys)))
        scores = scores.squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, keys)
        return context, weights

class AttnDecoderRNN(nn.Module):
    def __init__(self, hidden_size, output_size, dropout_p=0.1):
        super().__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attention = BahdanauAttention(hidden_size)
        self.gru = nn.GRU(2 * hidden_size, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, output_size)
        self.dropout = nn.Dropout(dropout_p)
    def forward(self, encoder_outputs, encoder_hidden, target_tensor=None):
        batch_size = encoder_outputs.size(0)
        decoder_input = torch.empty(batch_size, 1, dtype=torch.long).fill_(SOS_token)
        decoder_hidden = encoder_hidden
        decoder_outputs, attentions = [], []
        for i in range(MAX_LENGTH):
            decoder_output, decoder_hidden, attn_weights = self.forward_step(decoder_input, decoder_hidden, encoder_outputs)
            decoder_outputs.append(decoder_output)
            attentions.append(attn_weights)
            if target_tensor is not None:
                decoder_input = target_tensor[:, i].unsqueeze(1)
            else:
                _, topi = decoder_output.topk(1)
                decoder_input = topi.squeeze(-1).detach()
        decoder_outputs = F.log_softmax(torch.cat(decoder_outputs, dim=1), dim=-1)
        return decoder_outputs, decoder_hidden, torch.cat(attentions, dim=1)
    def forward_step(self, input, hidden, encoder_outputs):
        embedded = self.dropout(self.embedding(input))
        query = hidden.permute(1, 0, 2)
        context, attn_weights = self.attention(query, encoder_outputs)
        output, hidden = self.gru(torch.cat((embedded, context), dim=2), hidden)
        return self.out(output), hidden, attn_weights

torch.manual_seed(0)
encoder, decoder = EncoderRNN(9, 12), AttnDecoderRNN(12, 9)
print(encoder, decoder, sep='\n')
e_opt, d_opt = (torch.optim.Adam(m.parameters(), lr=0.01) for m in (encoder, decoder))
criterion = nn.NLLLoss()
src = torch.randint(2, 9, (4, MAX_LENGTH)); tgt = src.flip(1)
for epoch in range(1, 13):
    e_opt.zero_grad(); d_opt.zero_grad()
    enc_out, enc_hidden = encoder(src)
    out, _, _ = decoder(enc_out, enc_hidden, tgt)
    loss = criterion(out.view(-1, out.size(-1)), tgt.reshape(-1))
    loss.backward()
    e_opt.step(); d_opt.step()
    if epoch % 4 == 0:
        print('%d %.4f' % (epoch, loss.item()))
encoder.eval(); decoder.eval()
with torch.no_grad():
    out, hidden, attn = decoder(*encoder(src[:1]))
print(out.topk(1)[1].squeeze(), hidden.shape, attn.shape)
print(attn[0, 0])
### Luong attention: dot, general and concat
import torch, torch.nn as nn, torch.nn.functional as F
class Attn(nn.Module):
    def __init__(self, method, hidden_size):
        super().__init__()
        self.method = method
        if self.method not in ['dot', 'general', 'concat']:
            raise ValueError(self.method, "is not an appropriate attention method.")
        self.hidden_size = hidden_size
        if self.method == 'general':
            self.attn = nn.Linear(self.hidden_size, hidden_size)
        elif self.method == 'concat':
            self.attn = nn.Linear(self.hidden_size * 2, hidden_size)
            self.v = nn.Parameter(torch.FloatTensor(hidden_size).uniform_(-0.5, 0.5))
    def dot_score(self, hidden, encoder_output):
        return torch.sum(hidden * encoder_output, dim=2)
    def general_score(self, hidden, encoder_output):
        energy = self.attn(encoder_output)
        return torch.sum(hidden * energy, dim=2)
    def concat_score(self, hidden, encoder_output):
        energy = self.attn(torch.cat((hidden.expand(encoder_output.size(0), -1, -1), encoder_output), 2)).tanh()
        return torch.sum(self.v * energy, dim=2)
    def forward(self, hidden, encoder_outputs):
        attn_energies = getattr(self, self.method + '_score')(hidden, encoder_outputs)
        return F.softmax(attn_energies.t(), dim=1).unsqueeze(1)
torch.manual_seed(0)
lengths = torch.tensor([5, 3])
gru = nn.GRU(6, 8, bidirectional=True)
x = torch.randn(5, 2, 6)
packed = nn.utils.rnn.pack_padded_sequence(x, lengths)
out, h = gru(packed)
out, out_len = nn.utils.rnn.pad_packed_sequence(out)
out = out[:, :, :8] + out[:, :, 8:]
print(out.shape, out_len, h.shape, out[4, 1])
for method in ('dot', 'general', 'concat'):
    w = Attn(method, 8)(h[:1], out)
    context = w.bmm(out.transpose(0, 1))
    print(method, w[0], context.shape, f"{context.sum().item():.4f}")
try:
    Attn('cosine', 8)
except ValueError as e:
    print(e.args)
### additive attention with masks in numpy-free plain form
import torch
from torch import nn
def sequence_mask(X, valid_len, value=0):
    maxlen = X.size(1)
    mask = torch.arange((maxlen), dtype=torch.float32, device=X.device)[None, :] < valid_len[:, None]
    X[~mask] = value
    return X
def masked_softmax(X, valid_lens):
    if valid_lens is None:
        return nn.functional.softmax(X, dim=-1)
    shape = X.shape
    if valid_lens.dim() == 1:
        valid_lens = torch.repeat_interleave(valid_lens, shape[1])
    else:
        valid_lens = valid_lens.reshape(-1)
    X = sequence_mask(X.reshape(-1, shape[-1]), valid_lens, value=-1e6)
    return nn.functional.softmax(X.reshape(shape), dim=-1)
torch.manual_seed(0)
print(masked_softmax(torch.rand(2, 2, 4), torch.tensor([2, 3])))
print(masked_softmax(torch.rand(2, 2, 4), torch.tensor([[1, 3], [2, 4]])))
class AdditiveAttention(nn.Module):
    def __init__(self, key_size, query_size, num_hiddens, dropout, **kwargs):
        super(AdditiveAttention, self).__init__(**kwargs)
        self.W_k = nn.Linear(key_size, num_hiddens, bias=False)
        self.W_q = nn.Linear(query_size, num_hiddens, bias=False)
        self.w_v = nn.Linear(num_hiddens, 1, bias=False)
        self.dropout = nn.Dropout(dropout)
    def forward(self, queries, keys, values, valid_lens):
        queries, keys = self.W_q(queries), self.W_k(keys)
        features = queries.unsqueeze(2) + keys.unsqueeze(1)
        features = torch.tanh(features)
        scores = self.w_v(features).squeeze(-1)
        self.attention_weights = masked_softmax(scores, valid_lens)
        return torch.bmm(self.dropout(self.attention_weights), values)
queries, keys = torch.normal(0, 1, (2, 1, 20)), torch.ones((2, 10, 2))
values = torch.arange(40, dtype=torch.float32).reshape(1, 10, 4).repeat(2, 1, 1)
valid_lens = torch.tensor([2, 6])
attention = AdditiveAttention(key_size=2, query_size=20, num_hiddens=8, dropout=0.1)
attention.eval()
print(attention(queries, keys, values, valid_lens))
print(attention.attention_weights)
### LSTM with attention pooling for classification
import torch, torch.nn as nn, torch.nn.functional as F
class AttnLSTM(nn.Module):
    def __init__(self, vocab, emb, hidden, classes):
        super().__init__()
        self.embed = nn.Embedding(vocab, emb)
        self.lstm = nn.LSTM(emb, hidden, num_layers=2, bidirectional=True, batch_first=True, dropout=0.2)
        self.w = nn.Parameter(torch.zeros(hidden * 2))
        self.fc = nn.Linear(hidden * 2, classes)
    def forward(self, x):
        H, (h, c) = self.lstm(self.embed(x))
        M = torch.tanh(H)
        alpha = F.softmax(torch.matmul(M, self.w), dim=1).unsqueeze(-1)
        out = torch.sum(H * alpha, 1)
        return self.fc(F.relu(out)), alpha, h, c
torch.manual_seed(3)
net = AttnLSTM(10, 5, 4, 2)
print(net)
x = torch.randint(0, 10, (3, 6))
y, alpha, h, c = net(x)
print(y.shape, h.shape, c.shape, alpha[0].squeeze())
net.eval()
y, alpha, h, c = net(x)
print(y, h[0, 0], c[-1, 2])
F.cross_entropy(y, torch.tensor([0, 1, 1])).backward()
print(net.w.grad, net.lstm.weight_hh_l1_reverse.grad.abs().mean())
print([n for n, _ in net.lstm.named_parameters()][:6])
cell = nn.LSTMCell(5, 4)
hx, cx = torch.zeros(3, 4), torch.zeros(3, 4)
for t in range(3):
    hx, cx = cell(net.embed(x[:, t]), (hx, cx))
print(hx[0], cx[0])
gc = nn.GRUCell(5, 4); rc = nn.RNNCell(5, 4, nonlinearity='relu')
print(gc(net.embed(x[:, 0]))[0], rc(net.embed(x[:, 0]))[0], rc)
### attention over a GRU by hand, numpy-like loops, perplexity
import torch, math
torch.manual_seed(0)
H, T = 4, 5
Wz, Wr, Wh = (torch.randn(H, 2 * H) * 0.5 for _ in range(3))
def gru_step(x, h):
    xh = torch.cat([x, h])
    z, r = torch.sigmoid(Wz @ xh), torch.sigmoid(Wr @ xh)
    n = torch.tanh(Wh @ torch.cat([x, r * h]))
    return (1 - z) * n + z * h
h = torch.zeros(H)
states = []
for x in torch.randn(T, H):
    h = gru_step(x, h)
    states.append(h)
S = torch.stack(states)
scores = torch.tensor([torch.dot(h, s) for s in states])
a = scores.exp() / scores.exp().sum()
c = sum(w * s for w, s in zip(a, states))
print(S, a, c, sep='\n')
print(torch.allclose(c, a @ S), a.argmax().item(), f"{-(a * a.log()).sum().item():.4f} nats")
nll = [2.1, 1.7, 0.9]
print(f"perplexity {math.exp(sum(nll) / len(nll)):.3f}")
### Nadaraya-Watson kernel regression
import torch
from torch import nn
torch.manual_seed(0)
n_train = 20
x_train, _ = torch.sort(torch.rand(n_train) * 5)
def f(x): return 2 * torch.sin(x) + x**0.8
y_train = f(x_train) + torch.normal(0.0, 0.5, (n_train,))
x_test = torch.arange(0, 5, 0.5)
y_truth = f(x_test)
print(y_truth)
X_repeat = x_test.repeat_interleave(n_train).reshape((-1, n_train))
attention_weights = nn.functional.softmax(-(X_repeat - x_train)**2 / 2, dim=1)
y_hat = torch.matmul(attention_weights, y_train)
print(y_hat, attention_weights[0])
class NWKernelRegression(nn.Module):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.w = nn.Parameter(torch.rand((1,), requires_grad=True))
    def forward(self, queries, keys, values):
        queries = queries.repeat_interleave(keys.shape[1]).reshape((-1, keys.shape[1]))
        self.attention_weights = nn.functional.softmax(-((queries - keys) * self.w)**2 / 2, dim=1)
        return torch.bmm(self.attention_weights.unsqueeze(1), values.unsqueeze(-1)).reshape(-1)
X_tile, Y_tile = x_train.repeat((n_train, 1)), y_train.repeat((n_train, 1))
keys = X_tile[(1 - torch.eye(n_train)).type(torch.bool)].reshape((n_train, -1))
values = Y_tile[(1 - torch.eye(n_train)).type(torch.bool)].reshape((n_train, -1))
net = NWKernelRegression()
loss = nn.MSELoss(reduction='none')
trainer = torch.optim.SGD(net.parameters(), lr=0.5)
for epoch in range(5):
    trainer.zero_grad()
    l = loss(net(x_train, keys, values), y_train)
    l.sum().backward()
    trainer.step()
    print(f'epoch {epoch + 1}, loss {float(l.sum()):.6f}')
print(net.w, keys.shape, values[0, :4])
