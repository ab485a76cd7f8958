"""torch.nn.modules: the layers by file, each loaded when it is asked for."""
