"""safetensors: see safetensors.torch."""
