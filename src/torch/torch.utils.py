"""torch.utils: data."""
from torch.utils import data
