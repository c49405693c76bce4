"""Sound files, read safely and written atomically."""
