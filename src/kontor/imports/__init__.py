"""Workshop: bytes in, typed rows out."""
