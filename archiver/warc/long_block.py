"""A block that is too long to be held: its beginning, and the digests of all of it, made while it passes."""

from __future__ import annotations

from archiver.warc.digest import Hasher, Label, parse_label
from archiver.warc.http import split_http
from archiver.warc.record import field_value


class LongBlock:
    """Takes the pieces of one block."""

    def __init__(self, fields: tuple[tuple[str, str], ...], head_bytes: int) -> None:
        self.head = bytearray()
        self._head_bytes = head_bytes
        self._block = _hasher(fields, "WARC-Block-Digest")
        self._payload = _hasher(fields, "WARC-Payload-Digest")
        kind = (field_value(fields, "WARC-Type") or "").lower()
        if kind == "request":
            self._payload = None
        self._before_body = bytearray() if kind == "response" else None
        """What came of an HTTP response up to now; None once its header has passed, or where there is none."""

    def take(self, piece: bytes) -> None:
        """Take in the next piece."""
        if len(self.head) < self._head_bytes:
            self.head += piece[: self._head_bytes - len(self.head)]
        if self._block is not None:
            self._block.update(piece)
        if self._payload is not None:
            self._take_payload(piece)

    def _take_payload(self, piece: bytes) -> None:
        assert self._payload is not None
        if self._before_body is None:
            self._payload.update(piece)
            return
        self._before_body += piece
        size = len(self._before_body)
        head = split_http(bytes(self._before_body))
        if (head is None or head.size == size) and size < self._head_bytes:
            return
        if head is None or head.chunked:
            # Which bytes of the body count can be told only by who holds all of it.
            self._payload = None
        else:
            self._payload.update(bytes(self._before_body[head.size :]))
        self._before_body = None

    @property
    def block_digest(self) -> bytes | None:
        """Digest by the algorithm of WARC-Block-Digest; None where there is none that is known."""
        return self._block.digest() if self._block is not None else None

    @property
    def payload_digest(self) -> bytes | None:
        """Digest by the algorithm of WARC-Payload-Digest; None where the payload could not be told."""
        return self._payload.digest() if self._payload is not None and self._before_body is None else None


def _hasher(fields: tuple[tuple[str, str], ...], name: str) -> Hasher | None:
    label = parse_label(field_value(fields, name) or "")
    return label.hasher() if isinstance(label, Label) else None
