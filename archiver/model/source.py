"""What a reader hands on: the bytes of one candidate article and what came with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archiver.model.document import Notice


@dataclass(frozen=True, slots=True)
class Source:
    """One candidate article as it was found, not yet parsed.

    ``data`` are the bytes to parse; ``sha256`` and ``size`` describe the stored source unit they
    come from (the file, the HTTP entity, the line of JSON), which differs from ``data`` only where
    ``pointer`` (a JSON Pointer, RFC 6901) says which member of it ``data`` was.
    """

    path: str
    """Name under which the input was given: ``/``-separated, relative; ``file.warc.gz`` for a record in it."""
    data: bytes
    media_type: str
    """Type without parameters, lower case: ``text/plain``, ``text/html``, ``application/xhtml+xml``."""
    sha256: str
    size: int
    record_id: str
    """``urn:uuid:…`` of the WARC record that holds the source unit in the package."""
    target_uri: str
    """WARC-Target-URI of that record."""
    charset: str | None = None
    """Encoding declared by the protocol or the container, not by the document itself."""
    url: str | None = None
    captured: str | None = None
    """Moment of capture as the source WARC gives it (RFC 3339); None for plain files."""
    pointer: str | None = None
    ordinal: int = 0
    """Place among the candidates of the same path (record or line number, from 0)."""
    given: Mapping[str, object] = field(default_factory=dict)
    """Description fields that came beside the text (members of a JSON line)."""
    notices: tuple[Notice, ...] = ()
    """What happened when it was taken out of its container."""
