"""What builders type, read into a definition and shown again without loss."""
