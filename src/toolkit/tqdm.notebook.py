"""tqdm under another name."""
from tqdm import tnrange, tqdm, tqdm_notebook, trange
