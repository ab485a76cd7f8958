"""A part of torch.distributions under the name of its file in PyTorch."""
from torch.distributions import *
