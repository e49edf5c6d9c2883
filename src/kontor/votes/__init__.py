"""Secret votes by signed link: one organisation, one vote."""
