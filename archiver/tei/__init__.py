"""TEI P5: write an article, validate a file, read kept and removed text back (docs/tei.md)."""
