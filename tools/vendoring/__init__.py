"""Helpers of tools/vendor.py: each turns one published source into one small file."""
