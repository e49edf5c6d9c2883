"""Countries: open indicators, distances and region sheets, true as of their year."""
