### batch norm made for other channels
# BatchNorm1d made for C features, given (N, L, C): an error, and the program goes on
import torch, torch.nn as nn
bn = nn.BatchNorm1d(64)
try:
    bn(torch.randn(8, 128, 64))
except RuntimeError as e:
    print(e)
print(bn.running_mean.abs().sum(), bn.running_var.sum())
bn = nn.BatchNorm1d(4, affine=False)
try:
    bn(torch.randn(2, 40, 4))
except RuntimeError as e:
    print(e)
print('alive')
