"""distutils: version."""
