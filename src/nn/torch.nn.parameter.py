"""torch.nn.parameter: Parameter; what has no shape yet is loaded when it is asked for."""
from torch.nn._base import Parameter
