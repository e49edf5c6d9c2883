"""The pages of this room: for the cluster management, for the board, and for guests with a link."""
