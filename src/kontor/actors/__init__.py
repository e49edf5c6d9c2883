"""People: organisations, memberships, persons, competences and ties, true at a date."""
