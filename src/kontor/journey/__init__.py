"""Front room: Today, the 19 points, the red thread."""
