### initial states of every shape
import torch, torch.nn as nn
torch.manual_seed(0)
def show(name, f):
    try:
        print(' ', name, tuple(f().shape))
    except Exception as e:
        print(' ', name, type(e).__name__, e)
x, one = torch.randn(5, 2, 4), torch.randn(5, 4)
for both in False, True:
    for layers in 1, 2:
        for first in False, True:
            print(both, layers, first)
            kw = dict(bidirectional=both, batch_first=first)
            gru, lstm, rnn = nn.GRU(4, 3, layers, **kw), nn.LSTM(4, 3, layers, **kw), nn.RNN(4, 3, layers, **kw)
            for shape in (1, 2, 3), (2, 2, 3), (4, 2, 3), (1, 1, 3), (1, 5, 3), (4, 5, 3), (2, 3), (1, 2, 4), (1, 3), (4, 3), (3,):
                h = torch.zeros(shape)
                show('gru', lambda: gru(x, h)[0])
                show('rnn', lambda: rnn(one, h)[0])
                show('lstm', lambda: lstm(x, (h, h))[0])
                show('lstm of one', lambda: lstm(one, (h, h))[0])
### states that differ from each other
import torch, torch.nn as nn
lstm = nn.LSTM(4, 3)
x, z = torch.zeros(5, 2, 4), torch.zeros(1, 2, 3)
for h, c in ((z, z[0]), (z, z[:, :1]), (z[:, :1], z), (z, torch.zeros(2, 2, 3))):
    try:
        print(lstm(x, (h, c))[0].shape)
    except RuntimeError as e:
        print(e)
### states of packed sequences
import torch, torch.nn as nn
gru, lstm = nn.GRU(4, 3), nn.LSTM(4, 3)
p = nn.utils.rnn.pack_padded_sequence(torch.zeros(5, 2, 4), torch.tensor([5, 3]))
z = torch.zeros(1, 2, 3)
for shape in (1, 2, 3), (1, 1, 3), (2, 2, 3), (2, 3), (1, 5, 3):
    h = torch.zeros(shape)
    for f in (lambda: gru(p, h)[1], lambda: lstm(p, (h, z))[1][0], lambda: lstm(p, (z, h))[1][0]):
        try:
            print(f().shape)
        except RuntimeError as e:
            print(e)
### states of cells
import torch, torch.nn as nn
gru, rnn, lstm = nn.GRUCell(4, 3), nn.RNNCell(4, 3), nn.LSTMCell(4, 3)
x, z = torch.zeros(2, 4), torch.zeros(2, 3)
for shape in (2, 3), (1, 3), (2, 4), (3, 3):
    h = torch.zeros(shape)
    for f in (lambda: gru(x, h), lambda: rnn(x, h), lambda: lstm(x, (h, z))[0], lambda: lstm(x, (z, h))[0]):
        try:
            print(f().shape)
        except RuntimeError as e:
            print(e)
print(gru(x[0], z[0]).shape, lstm(x[0], (z[0], z[0]))[1].shape)
for f in (lambda: gru(torch.zeros(2, 5)), lambda: lstm(torch.zeros(2, 5)), lambda: gru(torch.zeros(2, 3, 4)),
          lambda: nn.RNNCell(4, 3, nonlinearity='elu')(x)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
### embedding with max_norm
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
e = nn.Embedding(5, 3, max_norm=1.0)
print(e, e(torch.tensor([[0, 1], [4, 1]])), e.weight)
w = torch.randn(4, 2, requires_grad=True)
y = F.embedding(torch.tensor([1, 1, 3]), w, max_norm=.5, norm_type=1.)
y.sum().backward()
print(y, w.grad, w)
