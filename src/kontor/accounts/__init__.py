"""Keys: users, roles, permissions, signed links, audit trail."""
