"""Pages of phone campaigns."""
