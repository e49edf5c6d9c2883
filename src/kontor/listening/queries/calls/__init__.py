"""Reads of phone campaigns."""
