"""Pages of the members: find, permit, one service, render."""
