"""What the command line named, found and sorted; and what readers make of each file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archiver.errors import ArticleError
from archiver.model.source import Source


class Form(StrEnum):
    """How a file is read."""

    TEXT = "text"
    HTML = "html"
    WARC = "warc"
    JSON_LINES = "json-lines"
    OTHER = "other"
    """No form of article: carried into ``archive/`` as it is, and counted."""
    UNREADABLE = "unreadable"
    """A device, a pipe, a dangling link: nothing that can be read to its end."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of the input."""

    path: str
    """Where it lies, as the operating system wants it (undecodable bytes as surrogates, PEP 383)."""
    name: str
    """Name in the package: relative to what all inputs have in common, ``/``-separated, unique, valid Unicode."""
    name_encoding: str
    """``utf-8``, or ``percent`` where the name is no UTF-8 and ``name`` has its bytes percent-encoded."""
    size: int
    form: Form
    data: bytes | None = None
    """The content itself where there is no file (standard input)."""
    modified: int = 0
    """Last change in nanoseconds; only tells a resumed run that its input is not what it was."""
    only: tuple[int, ...] | None = None
    """Ordinals of the candidates that are to be made into articles, the others are carried; None for all.

    Bytes would not do: those of a body that could not be decoded are others once it can be.
    """


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes of a file that are too many to be held; they are read again when they are stored."""

    path: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One stored unit of an input file: bytes for ``archive/``, and the candidate article in them."""

    data: bytes | Stretch
    sha256: str
    """Of the bytes, in hexadecimal."""
    media_type: str
    record_id: str
    target_uri: str
    ordinal: int
    source: Source | None
    """None where the unit holds no article, or cannot be read as one (then ``error`` says why)."""
    error: ArticleError | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return self.data.size if isinstance(self.data, Stretch) else len(self.data)
