"""Cellar: pure computing, arrays and dataclasses in and out."""
