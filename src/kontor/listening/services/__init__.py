"""Services of this room."""
