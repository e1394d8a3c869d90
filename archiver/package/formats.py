"""What the files of a package are, by their names."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.package import layout


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format with its name, the media type of the IANA registry that fits, and its version where it is one."""

    name: str
    media_type: str
    version: str | None = None


TEI = FileFormat("TEI P5 XML", "application/tei+xml")
_UNKNOWN = FileFormat("application/octet-stream", "application/octet-stream")
#: The first that fits. JSON Lines, CDXJ and WARC are not in the IANA registry: the type tells what any program can do.
_FORMATS = (
    (".warc.gz", FileFormat("WARC, one gzip member a record", "application/gzip")),
    (".cdxj", FileFormat("CDXJ", "text/plain")),
    (".jsonl", FileFormat("JSON Lines", "text/plain")),
    (".jsonld", FileFormat("JSON-LD", "application/ld+json", "1.1")),
    (".json", FileFormat("JSON", "application/json")),
    (".rng", FileFormat("RELAX NG XML", "application/xml")),
    (".xml", FileFormat("XML", "application/xml", "1.0")),
    (".html", FileFormat("HTML", "text/html")),
    (".txt", FileFormat("plain text", "text/plain")),
)


def format_of(path: str) -> FileFormat:
    """Return the format of the file of a bag at ``path``, relative to the folder of the bag."""
    if path.startswith(f"{layout.DATA}/{layout.TEI}/"):
        return TEI
    return next((known for suffix, known in _FORMATS if path.endswith(suffix)), _UNKNOWN)
