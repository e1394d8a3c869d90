"""Bytes to :class:`archiver.model.document.Document`: decoding, blocks, hints."""
