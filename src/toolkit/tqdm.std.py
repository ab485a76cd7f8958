"""tqdm under another name."""
from tqdm import TqdmKeyError, TqdmTypeError, tqdm, trange
