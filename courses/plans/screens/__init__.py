"""Pages under /ke-hoach/."""
