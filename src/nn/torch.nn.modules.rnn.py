"""Recurrent layers: RNN, LSTM, GRU and their cells, one time step after the other.

Gates stand in PyTorch's order: LSTM i f g o, GRU r z n.
"""

__late__ = """
torch.nn: RNN LSTM GRU RNNCell LSTMCell GRUCell RNNBase
"""

import math
import warnings
import torch
import torch.nn.functional as F
from torch.nn import init
from torch.nn._base import Parameter
from torch.nn.modules.module import Module
from torch.nn.utils.rnn import PackedSequence


# The steps take x already through its weights, xw = W x + b: of a whole sequence that is one product.


def _rnn_step(xw, h, w_hh, b_hh, act):
    """h' = act(W x + b + U h + c)"""
    return act(F.linear(h, w_hh, b_hh) + xw)


def _lstm_step(xw, h, c, w_hh, b_hh):
    """c' = f c + i g; h' = o tanh(c')   (Hochreiter and Schmidhuber 1997)"""
    i, f, g, o = (F.linear(h, w_hh, b_hh) + xw).chunk(4, dim=-1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c = f * c + i * g
    return o * torch.tanh(c), c


def _gru_step(xw, h, w_hh, b_hh):
    """n = tanh(W x + r U h); h' = (1 - z) n + z h   (Cho et al. 2014)"""
    H = h.size(-1)
    x, xn = xw.split([2 * H, H], dim=-1)
    u, hn = F.linear(h, w_hh, b_hh).split([2 * H, H], dim=-1)
    r, z = (u + x).chunk(2, dim=-1)
    r, z = torch.sigmoid(r), torch.sigmoid(z)
    n = torch.tanh(xn + hn * r)
    return (h - n) * z + n


class RNNBase(Module):
    """What RNN, LSTM and GRU share: the weights of every layer and direction, and the walk."""

    def __init__(self, mode, gates, input_size, hidden_size, num_layers=1, bias=True,
                 batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__()
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        if (not isinstance(dropout, (int, float)) or isinstance(dropout, bool)
                or not 0 <= dropout <= 1):
            raise ValueError('dropout should be a number in range [0, 1] representing the '
                             'probability of an element being zeroed')
        if dropout > 0 and num_layers == 1:
            warnings.warn('dropout option adds dropout after all but last recurrent layer, so '
                          'non-zero dropout expects num_layers greater than 1, but got '
                          f'dropout={dropout} and num_layers={num_layers}')
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self._directions = 2 if bidirectional else 1
        kind = {'device': device, 'dtype': dtype}
        rows = gates * hidden_size
        for layer in range(num_layers):
            for reverse in range(self._directions):
                size = input_size if layer == 0 else hidden_size * self._directions
                suffix = f'_l{layer}' + ('_reverse' if reverse else '')
                setattr(self, 'weight_ih' + suffix, Parameter(torch.empty(rows, size, **kind)))
                setattr(self, 'weight_hh' + suffix,
                        Parameter(torch.empty(rows, hidden_size, **kind)))
                if bias:
                    setattr(self, 'bias_ih' + suffix, Parameter(torch.empty(rows, **kind)))
                    setattr(self, 'bias_hh' + suffix, Parameter(torch.empty(rows, **kind)))
        self.reset_parameters()

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for p in self.parameters():
            init.uniform_(p, -bound, bound)

    def flatten_parameters(self):
        """Nothing to do: it is for GPUs."""

    def _weights(self, layer, reverse):
        suffix = f'_l{layer}' + ('_reverse' if reverse else '')
        biases = [getattr(self, name + suffix) if self.bias else None
                  for name in ('bias_ih', 'bias_hh')]
        return [getattr(self, 'weight_ih' + suffix), getattr(self, 'weight_hh' + suffix)] + biases

    def _walk(self, xs, state, weights, reverse):
        """xs: a list of (B_t, gates); returns the outputs in order and the last state.

        Of a packed batch B_t falls from step to step: forward, a sequence that has ended leaves
        its state behind; backward, one begins with its initial state.
        """
        outputs, ended, first = [], [], state
        for x in (reversed(xs) if reverse else xs):
            now, size = state[0].size(0), x.size(0)
            if size > now:
                state = tuple(torch.cat([h, f[now:size]]) for h, f in zip(state, first))
            elif size < now and reverse:  # the first one of them
                state = tuple(h[:size] for h in state)
            elif size < now:
                ended.append(tuple(h[size:] for h in state))
                state = tuple(h[:size] for h in state)
            state = self._step(x, state, weights)
            outputs.append(state[0])
        if reverse:
            outputs.reverse()
        for left in reversed(ended):
            state = tuple(torch.cat(pair) for pair in zip(state, left))
        return outputs, state

    def _run(self, data, cut, join, states):
        """data: the inputs of all steps, which cut makes a list of and join makes again of a list;
        states: for each layer and direction a tuple of (B, H)."""
        last = []
        for layer in range(self.num_layers):
            ways = []
            for reverse in range(self._directions):
                w_ih, w_hh, b_ih, b_hh = self._weights(layer, reverse)
                outputs, state = self._walk(cut(F.linear(data, w_ih, b_ih)),
                                            states[layer * self._directions + reverse],
                                            (w_hh, b_hh), reverse == 1)
                ways.append(join(outputs))
                last.append(state)
            data = ways[0] if len(ways) == 1 else torch.cat(ways, dim=-1)
            if self.dropout > 0 and layer < self.num_layers - 1:
                data = F.dropout(data, self.dropout, self.training)
        return data, last

    def _check(self, input):
        if input.dim() not in (2, 3):
            raise RuntimeError(f'{self._get_name()}: Expected input to be 2-D or 3-D but received '
                               f'{input.dim()}-D tensor')
        if input.size(-1) != self.input_size:
            raise RuntimeError(f'input.size(-1) must be equal to input_size. Expected '
                               f'{self.input_size}, got {input.size(-1)}')

    def _zeros(self, batch, dtype):
        count = self.num_layers * self._directions
        return (torch.zeros(count, batch, self.hidden_size, dtype=dtype),) * self._nstates

    def _check_states(self, given, batch):
        wanted = (self.num_layers * self._directions, batch, self.hidden_size)
        for i, state in enumerate(given):
            which = 'hidden' if self._nstates == 1 else f'hidden[{i}]'
            if state.size() != wanted:
                raise RuntimeError(f'Expected {which} size {wanted}, got {list(state.size())}')

    def _batch_of_states(self, given, dims):
        """The initial states (layers, B, H); without a batch (layers, H) is one of 1."""
        if any(h.dim() != dims for h in given):
            names = 'hx' if self._nstates == 1 else 'hx and cx'
            came = ', '.join(f'{h.dim()}-D' for h in given)
            came = f'{came} tensor' if self._nstates == 1 else f'({came}) tensors'
            raise RuntimeError(f'For {"batched" if dims == 3 else "unbatched"} {dims}-D input, '
                               f'{names} should also be {dims}-D but got {came}')
        return given if dims == 3 else tuple(h.unsqueeze(1) for h in given)

    def _run_from(self, data, cut, join, given):
        count = self.num_layers * self._directions
        states = [tuple(h[i] for h in given) for i in range(count)]
        output, last = self._run(data, cut, join, states)
        return output, [torch.stack([state[k] for state in last]) for k in range(self._nstates)]

    def _forward_packed(self, input, given):
        data, batch_sizes, order, back = input
        sizes = batch_sizes.tolist()
        if given is None:
            given = self._zeros(sizes[0], data.dtype)
        else:
            self._check_states(given, sizes[0])
            if order is not None:
                given = tuple(h.index_select(1, order) for h in given)
        output, finals = self._run_from(data, lambda t: list(t.split(sizes)), torch.cat, given)
        if back is not None:
            finals = [h.index_select(1, back) for h in finals]
        return PackedSequence(output, batch_sizes, order, back), finals

    def _forward(self, input, given):
        """given: the initial states as a tuple of (layers, B, H), or None."""
        if isinstance(input, PackedSequence):
            return self._forward_packed(input, given)
        self._check(input)
        batched = input.dim() == 3
        x = input if batched else input.unsqueeze(1)
        if batched and self.batch_first:
            x = x.transpose(0, 1)
        if given is None:
            given = self._zeros(x.size(1), x.dtype)
        else:
            given = self._batch_of_states(given, input.dim())
            self._check_states(given, x.size(1))
        output, finals = self._run_from(x, lambda t: list(t.unbind(0)), torch.stack, given)
        if not batched:
            return output.squeeze(1), [h.squeeze(1) for h in finals]
        if not self.batch_first:
            return output, finals
        # PyTorch turns an LSTM's output into a view and the others' in place: their nodes differ in name
        return output.transpose(0, 1) if self.mode == 'LSTM' else output.transpose_(0, 1), finals

    def extra_repr(self):
        s = f'{self.input_size}, {self.hidden_size}'
        if self.num_layers != 1:
            s += f', num_layers={self.num_layers}'
        if self.bias is not True:
            s += f', bias={self.bias}'
        if self.batch_first is not False:
            s += f', batch_first={self.batch_first}'
        if self.dropout != 0:
            s += f', dropout={self.dropout}'
        if self.bidirectional is not False:
            s += f', bidirectional={self.bidirectional}'
        return s


class RNN(RNNBase):
    """h_t = tanh(W x_t + b + U h_{t-1} + c)   (Elman 1990)"""
    _nstates = 1

    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True,
                 batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        if nonlinearity not in ('tanh', 'relu'):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'")
        mode = 'RNN_' + nonlinearity.upper()
        super().__init__(mode, 1, input_size, hidden_size, num_layers, bias, batch_first, dropout,
                         bidirectional, device=device, dtype=dtype)
        self.nonlinearity = nonlinearity

    def _step(self, x, state, weights):
        act = torch.tanh if self.nonlinearity == 'tanh' else torch.relu
        return (_rnn_step(x, state[0], *weights, act),)

    def forward(self, input, hx=None):
        output, finals = self._forward(input, None if hx is None else (hx,))
        return output, finals[0]


class LSTM(RNNBase):
    """An RNN whose cell state is added to, not overwritten; states are (h, c)."""
    _nstates = 2

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False,
                 dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        if proj_size:
            raise NotImplementedError('LSTM(proj_size=...) is not in qkv')
        super().__init__('LSTM', 4, input_size, hidden_size, num_layers, bias, batch_first,
                         dropout, bidirectional, device=device, dtype=dtype)

    def _step(self, x, state, weights):
        return _lstm_step(x, state[0], state[1], *weights)

    def forward(self, input, hx=None):
        if hx is not None:
            h, c = hx
            hx = (h, c)
        output, finals = self._forward(input, hx)
        return output, (finals[0], finals[1])


class GRU(RNNBase):
    """An RNN with a reset and an update gate."""
    _nstates = 1

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False,
                 dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__('GRU', 3, input_size, hidden_size, num_layers, bias, batch_first,
                         dropout, bidirectional, device=device, dtype=dtype)

    def _step(self, x, state, weights):
        return (_gru_step(x, state[0], *weights),)

    def forward(self, input, hx=None):
        output, finals = self._forward(input, None if hx is None else (hx,))
        return output, finals[0]


class _Cell(Module):
    def __init__(self, gates, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        kind = {'device': device, 'dtype': dtype}
        rows = gates * hidden_size
        self.weight_ih = Parameter(torch.empty(rows, input_size, **kind))
        self.weight_hh = Parameter(torch.empty(rows, hidden_size, **kind))
        if bias:
            self.bias_ih = Parameter(torch.empty(rows, **kind))
            self.bias_hh = Parameter(torch.empty(rows, **kind))
        else:
            self.register_parameter('bias_ih', None)
            self.register_parameter('bias_hh', None)
        bound = 1.0 / math.sqrt(hidden_size) if hidden_size > 0 else 0
        for p in self.parameters():
            init.uniform_(p, -bound, bound)

    def _zeros(self, input):
        return torch.zeros(input.shape[:-1] + (self.hidden_size,), dtype=input.dtype)

    def _check(self, input, *states):
        """input (B, in) or (in), states (B, H) or (H)."""
        if input.dim() not in (1, 2):
            raise AssertionError(f'{self._get_name()}: Expected input to be 1-D or 2-D but '
                                 f'received {input.dim()}-D tensor')
        if input.size(-1) != self.input_size:
            raise RuntimeError(f'input has inconsistent input_size: got {input.size(-1)} expected '
                               f'{self.input_size}')
        for state in states:
            if state.dim() != input.dim():
                raise RuntimeError(f'hidden0 should be {input.dim()}-D as the input is, but got '
                                   f'{state.dim()}-D tensor')
            if input.dim() == 2 and state.size(0) != input.size(0):
                raise RuntimeError(f"Input batch size {input.size(0)} doesn't match hidden0 "
                                   f'batch size {state.size(0)}')
            if state.size(-1) != self.hidden_size:
                raise RuntimeError(f'hidden0 has inconsistent hidden_size: got '
                                   f'{state.size(-1)}, expected {self.hidden_size}')

    def _all(self, input):
        """The input through its weights, and the weights of the state."""
        return F.linear(input, self.weight_ih, self.bias_ih), self.weight_hh, self.bias_hh

    def extra_repr(self):
        s = f'{self.input_size}, {self.hidden_size}'
        return s if self.bias is True else s + f', bias={self.bias}'


class RNNCell(_Cell):
    """One step of an RNN."""

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity='tanh', device=None,
                 dtype=None):
        super().__init__(1, input_size, hidden_size, bias, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        hx = self._zeros(input) if hx is None else hx
        self._check(input, hx)
        if self.nonlinearity not in ('tanh', 'relu'):
            raise RuntimeError(f'Unknown nonlinearity: {self.nonlinearity}')
        act = torch.tanh if self.nonlinearity == 'tanh' else torch.relu
        xw, w_hh, b_hh = self._all(input)
        return _rnn_step(xw, hx, w_hh, b_hh, act)

    def extra_repr(self):
        s = super().extra_repr()
        return s if self.nonlinearity == 'tanh' else s + f', nonlinearity={self.nonlinearity}'


class LSTMCell(_Cell):
    """One step of an LSTM; the state is (h, c)."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(4, input_size, hidden_size, bias, device, dtype)

    def forward(self, input, hx=None):
        h, c = (self._zeros(input), self._zeros(input)) if hx is None else hx
        self._check(input, h, c)
        xw, w_hh, b_hh = self._all(input)
        return _lstm_step(xw, h, c, w_hh, b_hh)


class GRUCell(_Cell):
    """One step of a GRU."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(3, input_size, hidden_size, bias, device, dtype)

    def forward(self, input, hx=None):
        hx = self._zeros(input) if hx is None else hx
        self._check(input, hx)
        xw, w_hh, b_hh = self._all(input)
        return _gru_step(xw, hx, w_hh, b_hh)
