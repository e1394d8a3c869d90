"""Which articles of a package have the same text, or nearly the same."""
