"""Agreements built from clauses, negotiated clause by clause with a guest."""
