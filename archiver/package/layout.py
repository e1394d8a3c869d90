"""Where everything stands in a package: names of files and folders, in one place."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import Path, PurePosixPath

DATA = "data"
ARCHIVE = "archive"
DERIVED = "derived"
TEI = "tei"
INDEX = "indexes/index.cdxj"
#: In place of it where it is large: the same lines in compressed blocks, and the list of the blocks.
INDEX_BLOCKS = "indexes/index.cdx.gz"
INDEX_OF_BLOCKS = "indexes/index.idx"
PAGES = "pages/pages.jsonl"
DATAPACKAGE = "datapackage.json"
DATAPACKAGE_DIGEST = "datapackage-digest.json"
ARTICLES = "metadata/articles.jsonl"
JSONLD = "metadata/articles.jsonld"
SOURCES = "metadata/sources.jsonl"
#: Of a package that was made on the base of another.
BASE = "metadata/base.json"
UNCHANGED = "metadata/unchanged.jsonl"
LEDGER = "removed/ledger.jsonl"
REJECTS = "rejected/rejects.jsonl"
README = "README.txt"
#: The TEI corpus: a header, and an inclusion of each article.
CORPUS = f"{TEI}/corpus.xml"
#: Tag files, beside ``data/``.
DC = "metadata/dc.xml"
PREMIS = "metadata/premis.xml"
BAGIT_PROFILE = "metadata/bagit-profile.json"

_ARTICLE_ID = re.compile(r"a-[0-9a-f]{16,64}")


def is_article_id(text: str) -> bool:
    """Tell whether ``text`` has the form of an article id: ``a-`` and hexadecimal digits."""
    return _ARTICLE_ID.fullmatch(text) is not None


def tei_path(article_id: str) -> str:
    """Return where the TEI of an article stands, relative to ``data/``.

    One folder deep: the public WACZ validator compares only the last two parts of a path with
    ``datapackage.json`` and refuses files that stand deeper.
    """
    return f"{TEI}/{article_id}.xml"


def premis_part(number: int) -> str:
    """Return where the part ``number`` of PREMIS stands, counted from 0; a tag file."""
    return f"metadata/premis-{number:05d}.xml"


def warc_files(data: Path, folder: str) -> tuple[Path, ...]:
    """Return the WARC files of ``data/archive`` or ``data/derived`` in bytewise order of their names."""
    found = [path for path in (data / folder).glob("*") if path.name.endswith((".warc", ".warc.gz"))]
    return tuple(sorted(found, key=lambda path: path.name.encode("utf-8", "surrogateescape")))


def encode_path(raw: bytes) -> tuple[str, str]:
    """Return ``path`` and ``path_encoding`` of sources.jsonl for the raw bytes of a file name.

    UTF-8 names stand as they are; others are percent-encoded (RFC 3986 section 2.1).
    """
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return urllib.parse.quote_from_bytes(raw, safe="/"), "percent"


def decode_path(path: str, encoding: str) -> bytes:
    """Return the raw bytes of a file name from ``path`` and ``path_encoding``; the inverse of :func:`encode_path`.

    Raises ValueError for an unknown encoding or a path that UTF-8 cannot hold.
    """
    if encoding == "utf-8":
        return path.encode("utf-8")
    if encoding == "percent":
        return urllib.parse.unquote_to_bytes(path)
    raise ValueError(f"path_encoding is {encoding!r}, known are 'utf-8' and 'percent'")


def is_inside(path: bytes) -> bool:
    """Tell whether a relative ``/``-separated path names a file that can only be inside its folder."""
    if not path or b"\x00" in path or path.startswith(b"/"):
        return False
    return all(part not in (b"", b".", b"..") for part in path.split(b"/"))


def relative(path: Path, root: Path) -> str:
    """Return ``path`` relative to ``root`` with forward slashes."""
    return str(PurePosixPath(path.relative_to(root)))
