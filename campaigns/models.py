"""Nothing of its own yet."""
