"""torch.nn: every layer under one name. The files behind it are loaded with it;
recurrent and transformer layers only when they are asked for.
"""
from torch.nn._base import Parameter
from torch.nn.modules.module import Module
from torch.nn.modules.container import (Sequential, ModuleList, ModuleDict, ParameterList,
                                        ParameterDict)
from torch.nn import init, functional, modules
from torch.nn.modules.linear import Identity, Linear, Bilinear
from torch.nn.modules.sparse import Embedding
from torch.nn.modules.normalization import LayerNorm, RMSNorm, GroupNorm
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.activation import (
    ReLU, SiLU, GELU, Tanh, Sigmoid, LogSigmoid, LeakyReLU, ELU, Softplus, Softmax, LogSoftmax)

_later = {
    'MultiheadAttention': '_attention',
    'BatchNorm1d': 'batchnorm', 'BatchNorm2d': 'batchnorm',
    'Flatten': 'flatten', 'Unflatten': 'flatten', 'CosineSimilarity': 'distance',
    'Conv1d': 'conv', 'Conv2d': 'conv', 'Unfold': 'conv', 'MaxPool1d': 'conv', 'MaxPool2d': 'conv',
    'AvgPool1d': 'conv', 'AvgPool2d': 'conv',
    'RNN': 'rnn', 'LSTM': 'rnn', 'GRU': 'rnn',
    'RNNCell': 'rnn', 'LSTMCell': 'rnn', 'GRUCell': 'rnn', 'RNNBase': 'rnn',
    'Transformer': 'transformer',
    'TransformerEncoderLayer': 'transformer', 'TransformerEncoder': 'transformer',
    'TransformerDecoderLayer': 'transformer', 'TransformerDecoder': 'transformer',
    'CrossEntropyLoss': 'loss', 'NLLLoss': 'loss', 'MSELoss': 'loss', 'L1Loss': 'loss',
    'SmoothL1Loss': 'loss', 'HuberLoss': 'loss', 'KLDivLoss': 'loss', 'BCELoss': 'loss',
    'BCEWithLogitsLoss': 'loss',
}


def __getattr__(name):
    if name in _later:
        return getattr(getattr(modules, _later[name]), name)
    raise AttributeError(f"module 'torch.nn' has no attribute '{name}'")


def __dir__():
    return list(_later)
