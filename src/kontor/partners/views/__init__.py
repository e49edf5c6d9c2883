"""Pages of the partner clusters."""
