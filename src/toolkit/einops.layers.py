"""einops.layers: see einops.layers.torch."""
