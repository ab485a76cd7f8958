"""torch.nn: every layer under one name. The files behind it are loaded with it;
recurrent and transformer layers only when they are asked for.
"""
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

_later = {
    'MultiheadAttention': '_attention',
    'BatchNorm1d': 'batchnorm', 'BatchNorm2d': 'batchnorm', 'BatchNorm3d': 'batchnorm',
    'InstanceNorm1d': 'batchnorm', 'InstanceNorm2d': 'batchnorm', 'InstanceNorm3d': 'batchnorm',
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

for _file, _names in (('_lazy', '''LazyLinear LazyConv1d LazyConv2d LazyConvTranspose1d LazyConvTranspose2d
    LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyInstanceNorm1d LazyInstanceNorm2d
    LazyInstanceNorm3d'''),
                      ('_more_activation', '''Hardtanh ReLU6 Hardswish Hardsigmoid Mish SELU CELU GLU PReLU RReLU Threshold
    Hardshrink Softshrink Tanhshrink Softsign Softmin Softmax2d'''),
                      ('_more_loss', '''MarginRankingLoss CosineEmbeddingLoss HingeEmbeddingLoss TripletMarginLoss
    TripletMarginWithDistanceLoss PoissonNLLLoss GaussianNLLLoss SoftMarginLoss
    MultiLabelSoftMarginLoss MultiLabelMarginLoss MultiMarginLoss CTCLoss'''),
                      ('_more_image', '''ConstantPad1d ConstantPad2d ZeroPad2d ReflectionPad1d ReflectionPad2d
    ReplicationPad1d ReplicationPad2d Upsample UpsamplingNearest2d UpsamplingBilinear2d
    PixelShuffle PixelUnshuffle ChannelShuffle Fold AdaptiveAvgPool1d AdaptiveAvgPool2d
    AdaptiveMaxPool1d AdaptiveMaxPool2d LPPool1d LPPool2d Dropout1d Dropout2d Dropout3d
    AlphaDropout FeatureAlphaDropout LocalResponseNorm PairwiseDistance EmbeddingBag
    ConvTranspose1d ConvTranspose2d''')):
    for _name in _names.split():
        _later[_name] = _file


def __getattr__(name):
    if name in ('UninitializedParameter', 'UninitializedBuffer'):
        return getattr(parameter, name)
    if name in _later:
        return getattr(getattr(modules, _later[name]), name)
    raise AttributeError(f"module 'torch.nn' has no attribute '{name}'")


def __dir__():
    return list(_later)
