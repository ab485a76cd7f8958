"""torch.cpu: amp."""
