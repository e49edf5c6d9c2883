"""Pages of the countries."""
