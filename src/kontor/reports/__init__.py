"""Workshop: one report, many papers."""
