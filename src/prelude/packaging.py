"""packaging: version."""
