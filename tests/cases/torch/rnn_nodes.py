### the node of a recurrent layer's output
import torch, torch.nn as nn
for cls in (nn.GRU, nn.LSTM, nn.RNN):
    for bf in (True, False):
        for bi in (False, True):
            m = cls(6, 6, 2, batch_first=bf, bidirectional=bi)
            y = m(torch.zeros(3, 5, 6))[0]
            print(cls.__name__, bf, bi, str(y.grad_fn).split(' ')[0], y.is_contiguous(), y.shape)
            y.sum().backward()
