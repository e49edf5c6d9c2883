"""Untrusted input: the entrance, second factors, the person, the settings of a cluster."""
