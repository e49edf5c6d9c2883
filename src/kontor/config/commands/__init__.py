"""The commands, by what they serve: running, data, papers, safety."""
