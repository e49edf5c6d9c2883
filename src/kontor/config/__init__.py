"""Entrance: settings, root URLs, ASGI and the `kontor` command."""
