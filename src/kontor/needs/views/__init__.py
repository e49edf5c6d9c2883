"""Pages of the needs."""
