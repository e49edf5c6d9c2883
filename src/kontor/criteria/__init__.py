"""Criteria catalogues: what a choice is judged by, versioned and reusable."""
