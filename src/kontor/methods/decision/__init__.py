"""Decisions among several candidates on several criteria."""
