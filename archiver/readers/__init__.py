"""Finding and reading inputs: folders, files, and the candidate articles in each."""
