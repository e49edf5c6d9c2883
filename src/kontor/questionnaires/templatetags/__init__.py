"""Template tags of the form room."""
