"""torch.amp.autocast_mode: autocast, under the name of its file in PyTorch."""
from torch.amp import *
