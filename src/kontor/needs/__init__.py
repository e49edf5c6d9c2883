"""Ground work: what the members need."""
