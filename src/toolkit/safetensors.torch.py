"""safetensors.torch: a dict of tensors to a .safetensors file and back."""
