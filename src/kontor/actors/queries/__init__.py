"""Reads of the actors: one module for each question; whatever counts for a date uses what was true then."""
