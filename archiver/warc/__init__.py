"""The WARC room: records to bytes, bytes to records, and what is wrong with them (ISO 28500:2017)."""
