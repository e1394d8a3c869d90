"""Labelled digests of WARC headers: read in Base16, Base32 or Base64, compared with the bytes.

Labels and encodings follow WARC 1.1 clauses 5.8 and 5.9 with the community recommendations 48 and 80.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from archiver.model.outcome import Severity
from archiver.warc.header import HeaderProblem
from archiver.warc.record import ScannedRecord

_SIZES = {
    "md5": 16,
    "sha1": 20,
    "sha224": 28,
    "sha256": 32,
    "sha384": 48,
    "sha512": 64,
    "blake2s": 32,
    "blake2b": 64,
}
_COMPATIBILITY = {f"sha-{bits}": f"sha{bits}" for bits in (1, 224, 256, 384, 512)}


class Hasher(Protocol):
    """What hashlib hands out."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Take in ``data``."""

    def digest(self) -> bytes:
        """Return the digest of all that was taken in."""


#: Asking hashlib for them by name takes as long as digesting a short block.
_CONSTRUCTORS: dict[str, Callable[..., Hasher]] = {name: getattr(hashlib, name) for name in _SIZES}


@dataclass(frozen=True, slots=True)
class Label:
    """A digest as a header claims it."""

    algorithm: str
    expected: bytes
    encoding: str
    """``hex``, ``base32`` or ``base64``."""

    def hasher(self) -> Hasher:
        """Return a fresh hasher of the algorithm."""
        return _CONSTRUCTORS[self.algorithm](usedforsecurity=False)

    def digest(self, *pieces: bytes | memoryview) -> bytes:
        """Return the digest of ``pieces`` by the algorithm."""
        hasher = self.hasher()
        for piece in pieces:
            hasher.update(piece)
        return hasher.digest()

    def matches(self, data: bytes | memoryview) -> bool:
        """Tell whether ``data`` has this digest."""
        return self.digest(data) == self.expected


@lru_cache(maxsize=16)
def parse_label(value: str) -> Label | HeaderProblem:
    """Read ``algorithm:value``; a problem is returned where it cannot be checked.

    Those read last are remembered: each is asked for several times while its record is looked at.
    An algorithm that is not known is a warning (clause 5.8 recommends none), a value that cannot be
    a digest of its algorithm is an error.
    """
    name, colon, text = value.strip().partition(":")
    algorithm = _COMPATIBILITY.get(name.lower(), name.lower())
    if not colon or not name:
        return HeaderProblem("warc.bad-digest", f"this is no labelled digest: {value[:80]!r}")
    if algorithm not in _SIZES:
        message = f"the digest algorithm {name[:40]!r} is not known; the digest was not checked"
        return HeaderProblem("warc.unknown-digest", message, Severity.WARNING)
    try:
        encoding, expected = _decode(text, _SIZES[algorithm])
    except ValueError:
        encoding, expected = "", b""
    if len(expected) != _SIZES[algorithm]:
        return HeaderProblem("warc.bad-digest", f"the value cannot be a digest by {algorithm}: {value[:160]!r}")
    return Label(algorithm, expected, encoding)


def _decode(text: str, size: int) -> tuple[str, bytes]:
    """Tell the encoding by the length; Base16 and Base32 of MD5 are told apart by the padding."""
    if len(text) == 2 * size and not text.endswith("="):
        return "hex", bytes.fromhex(text)
    bare = text.rstrip("=").upper()
    if len(bare) == -(-size * 8 // 5):
        return "base32", base64.b32decode(bare + "=" * (-len(bare) % 8))
    # RFC 4648 has two alphabets of Base64; they differ in two characters.
    return "base64", base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)


def any_matches(label: Label, readings: Iterable[bytes | memoryview]) -> bool:
    """Tell whether one of several readings of a payload has the digest."""
    return any(label.matches(reading) for reading in readings)


def block_sha256(record: ScannedRecord) -> str | None:
    """Return the SHA-256 of a block in hexadecimal, where the record says it and the scanner found it to be true."""
    label = parse_label(record.get("WARC-Block-Digest") or "") if record.block_digest else None
    return label.expected.hex() if isinstance(label, Label) and label.algorithm == "sha256" else None
