"""Cooperation: protocols with partners, and the life afterwards."""
