"""Bytes that are too many to be held: read once for their digest, and a second time to be stored."""

from __future__ import annotations

from collections.abc import Iterator

from archiver import canon
from archiver.errors import UnreadableError
from archiver.model.intake import Stretch, Unit
from archiver.opening import open_regular

_PIECE = 1024 * 1024


def digest_of(stretch: Stretch, *, name: str) -> str:
    """Return the SHA-256 of a stretch in hexadecimal; ``name`` is what errors call the file. Raises UnreadableError."""
    digest = canon.Sha256()
    for piece in _read(stretch, name):
        digest.update(piece)
    return digest.hexdigest()


def pieces_of(unit: Unit, *, name: str) -> Iterator[bytes]:
    """Yield the bytes of a unit, in pieces if they are many.

    Raises UnreadableError, also after the last piece, if they are not those that the unit was made from.
    """
    if isinstance(unit.data, bytes):
        yield unit.data
        return
    digest = canon.Sha256()
    for piece in _read(unit.data, name):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != unit.sha256:
        raise UnreadableError("changed while it was read", place=name, advice="export again when nobody writes to it")


def unreadable(error: OSError, name: str) -> UnreadableError:
    """Return the error for what the system would not read."""
    reason = error.strerror or type(error).__name__
    return UnreadableError(f"cannot be read: {reason}", place=name, advice="check its permissions")


def _read(stretch: Stretch, name: str) -> Iterator[bytes]:
    left = stretch.size
    try:
        with open_regular(stretch.path) as file:
            file.seek(stretch.offset)
            while left:
                piece = file.read(min(_PIECE, left))
                if not piece:
                    raise UnreadableError("became shorter while it was read", place=name, advice="export it again")
                left -= len(piece)
                yield piece
    except OSError as error:
        raise unreadable(error, name) from error
