"""Reads: the studies, and the arrays that the methods need."""
