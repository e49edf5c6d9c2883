"""Workshop: background work with progress."""
