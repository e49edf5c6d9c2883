"""Everything in one file: backup and restore of an installation, export of a cluster."""
