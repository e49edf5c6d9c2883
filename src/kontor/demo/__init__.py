"""Show house: a complete fictional cluster."""
