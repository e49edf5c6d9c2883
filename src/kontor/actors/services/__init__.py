"""Writes of the actors: one module for each noun; every change of a fact keeps what was true before."""
