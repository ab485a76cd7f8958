"""torch.nn: every layer under one name. What is used often is loaded with it, the others (those that
name torch.nn in their __late__) when they are asked for."""
from torch.nn._base import Parameter
from torch.nn.modules.module import Module
from torch.nn.modules.container import (Sequential, ModuleList, ModuleDict, ParameterList,
                                        ParameterDict)
from torch.nn import init, functional, modules, parameter
from torch.nn.modules.linear import Identity, Linear, Bilinear
from torch.nn.modules.sparse import Embedding
from torch.nn.modules.normalization import LayerNorm, RMSNorm, GroupNorm
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.activation import (
    ReLU, SiLU, GELU, Tanh, Sigmoid, LogSigmoid, LeakyReLU, ELU, Softplus, Softmax, LogSoftmax)
