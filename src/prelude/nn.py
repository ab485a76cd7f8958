"""torch.nn: every layer under one name. The files behind it are loaded with it;
recurrent and transformer layers only when they are asked for.
"""
from torch.nn._base import Parameter
from torch.nn.modules.module import Module
from torch.nn.modules.container import (Sequential, ModuleList, ModuleDict, ParameterList,
                                        ParameterDict)
from torch.nn import init, functional
from torch.nn.modules.layers import (
    Identity, Linear, Bilinear, Embedding, LayerNorm, RMSNorm, BatchNorm1d, BatchNorm2d, GroupNorm,
    Dropout, ReLU, SiLU, GELU, Tanh, Sigmoid, LogSigmoid, LeakyReLU, ELU, Softplus, Softmax,
    LogSoftmax, Flatten, Unflatten, CosineSimilarity)

_later = {
    'MultiheadAttention': 'activation',
    'RNN': 'rnn', 'LSTM': 'rnn', 'GRU': 'rnn',
    'RNNCell': 'rnn', 'LSTMCell': 'rnn', 'GRUCell': 'rnn', 'RNNBase': 'rnn',
    'Transformer': 'transformer',
    'TransformerEncoderLayer': 'transformer', 'TransformerEncoder': 'transformer',
    'TransformerDecoderLayer': 'transformer', 'TransformerDecoder': 'transformer',
    'CrossEntropyLoss': 'loss', 'NLLLoss': 'loss', 'MSELoss': 'loss', 'L1Loss': 'loss',
    'SmoothL1Loss': 'loss', 'HuberLoss': 'loss', 'KLDivLoss': 'loss', 'BCELoss': 'loss',
    'BCEWithLogitsLoss': 'loss',
}


def _load(where):
    if where == 'activation':
        from torch.nn.modules import activation as module
    elif where == 'rnn':
        from torch.nn.modules import rnn as module
    elif where == 'transformer':
        from torch.nn.modules import transformer as module
    else:
        from torch.nn.modules import loss as module
    return module


def __getattr__(name):
    if name in _later:
        return getattr(_load(_later[name]), name)
    raise AttributeError(f"module 'torch.nn' has no attribute '{name}'")


def __dir__():
    return list(_later)
