"""The version of archiver, in one place; it stands in every package."""

__version__ = "0.1.0"
