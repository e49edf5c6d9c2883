"""Kontor: from the members' needs to the strategy document."""

__version__ = "0.1.0"
