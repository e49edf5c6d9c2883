"""Views of boards: planning, the desk, sorting, needs, results, the screen; and the phones'."""
