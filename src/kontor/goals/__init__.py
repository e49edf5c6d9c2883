"""Ground work: goals that answer needs."""
