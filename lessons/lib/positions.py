"""What tells attention where a token stands: tables that are added, angles that turn queries and
keys, numbers that are taken off scores."""

import torch


def sinusoidal(n, d, base=10000.0):
    """(n, d): sine and cosine of p / base**(2i/d), in turns (Vaswani et al. 2017, section 3.5)."""
    pairs = torch.arange((d + 1) // 2).float()
    angle = torch.arange(n).float()[:, None] / base ** (2 * pairs / d)
    return torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1)[:, :d]


def rotated(x, base=10000.0, start=0):
    """x (n, d) with each pair of numbers turned by the token's place times the pair's frequency
    (Su et al. 2021, section 3.2.2); the first token stands at `start`. An odd last number stays."""
    n, d = x.shape
    even = d // 2 * 2
    if even == 0:
        return x
    pairs = torch.arange(even // 2).float()
    angle = (torch.arange(n).float()[:, None] + start) / base ** (2 * pairs / even)
    a, b = x[:, 0:even:2], x[:, 1:even:2]
    turned = torch.stack([a * angle.cos() - b * angle.sin(),
                          a * angle.sin() + b * angle.cos()], dim=-1).flatten(1)
    return torch.cat([turned, x[:, even:]], dim=1)


def alibi(n, slope):
    """(n, n): minus the distance times a slope, added to scores (Press et al. 2022, section 3)."""
    place = torch.arange(n).float()
    return -slope * (place[:, None] - place).abs()
