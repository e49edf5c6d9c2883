"""Reads of member surveys."""
