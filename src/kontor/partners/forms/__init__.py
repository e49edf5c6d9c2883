"""What people type about partner clusters."""
