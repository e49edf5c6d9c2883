"""Face: page shell, components, error sentences."""
