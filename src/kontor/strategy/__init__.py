"""Story: the internationalisation concept."""
