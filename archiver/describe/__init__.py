"""Hints and blocks to a description that the schema accepts."""
