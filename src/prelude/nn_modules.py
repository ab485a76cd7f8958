"""torch.nn.modules: the names of torch.nn by file."""
from torch.nn.modules.module import Module
