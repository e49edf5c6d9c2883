"""Speeds, printed as medians; nothing here passes or fails."""
