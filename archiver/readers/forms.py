"""Which form an input has: by its first bytes where they are sure, else by its name."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from archiver.errors import ParseError
from archiver.model.intake import Form
from archiver.opening import open_regular

HEAD_BYTES = 4096

_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_WARC = re.compile(rb"WARC/\d")
_ARC = re.compile(rb"filedesc://")
#: A name that ends so is an article in a form of its own, unless the bytes say otherwise.
_BY_SUFFIX = {
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.TEXT,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
    ".shtml": Form.HTML,
    ".warc": Form.WARC,
    ".arc": Form.WARC,
    ".wacz": Form.WARC,
    ".jsonl": Form.JSON_LINES,
    ".ndjson": Form.JSON_LINES,
    ".jsonlines": Form.JSON_LINES,
}
_WACZ = ".wacz"
#: These are read as what their names say even where their bytes do not: damage is then told.
_CONTAINERS = frozenset({".warc", ".arc", _WACZ})
MEDIA_TYPES = {
    Form.TEXT: "text/plain",
    Form.HTML: "text/html",
    Form.JSON_LINES: "application/jsonl",
    Form.WARC: "application/warc",
}
#: Types of the files that lie beside articles: IANA names.
_OTHER_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".wacz": "application/wacz",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def form_of_file(path: Path, *, head: bytes | None = None) -> Form:
    """Return the form of the file at ``path``; ``head`` are its first bytes where they are already known.

    Sure first bytes win (a WARC, an HTML document type), then the suffix; a name without suffix is
    text. Everything else is OTHER. A file that cannot be opened is UNREADABLE.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    suffix = suffixes[-1] if suffixes else ""
    if suffix == ".gz" and len(suffixes) > 1:
        suffix = suffixes[-2]
    if head is None:
        try:
            with open_regular(path) as stream:
                head = stream.read(HEAD_BYTES)
        except OSError:
            return Form.UNREADABLE
    plain = _inflated(head) if head.startswith(b"\x1f\x8b") else head
    if _WARC.match(plain) or _ARC.match(plain):
        return Form.WARC
    if suffix in _CONTAINERS:
        return Form.WARC
    if head.startswith(b"\x1f\x8b"):
        return Form.OTHER
    if _MARKUP.match(head):
        return Form.HTML
    if path.name.startswith("."):
        return Form.OTHER
    return _BY_SUFFIX.get(suffix, Form.OTHER if suffix and _is_suffix(suffix) else Form.TEXT)


def media_type_of(path: Path, form: Form) -> str:
    """Return the media type under which a file of ``form`` is stored."""
    if form is Form.WARC and path.suffix.lower() == _WACZ:
        return _OTHER_TYPES[_WACZ]
    return MEDIA_TYPES.get(form) or _OTHER_TYPES.get(path.suffix.lower(), "application/octet-stream")


def article_media_type(data: bytes, said: str | None, *, name: str) -> str:
    """Return the type as which an article is parsed: the one that is ``said``, else what the first bytes tell.

    Raises ParseError for a type that no article has.
    """
    if said is None:
        form = form_of_file(Path(name), head=data[:HEAD_BYTES])
        return MEDIA_TYPES[Form.HTML if form is Form.HTML else Form.TEXT]
    plain = said.partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml", "text/plain"):
        return plain
    if plain.startswith("text/"):
        return "text/plain"
    raise ParseError(f"{said} is no type of article", place=name, advice="give text/html or text/plain")


def _is_suffix(suffix: str) -> bool:
    """``report.final draft`` has no suffix in the sense of a file type."""
    return len(suffix) <= 8 and suffix[1:].isalnum() and not suffix[1:].isdigit()


def _inflated(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 512)
    except zlib.error:
        return b""
