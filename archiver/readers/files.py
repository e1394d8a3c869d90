"""Files that hold one article: plain text and HTML. And files that hold none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from archiver import canon
from archiver.errors import TooLargeError, UnreadableError
from archiver.model.intake import Form, InputFile, Unit
from archiver.model.source import Source
from archiver.readers.forms import media_type_of

#: A text or page larger than this is no article; it is stored and rejected.
MAX_ARTICLE_BYTES = 64 * 1024 * 1024


def read_bytes(file: InputFile) -> bytes:
    """Return the content of ``file``; raises UnreadableError with the reason of the operating system."""
    if file.data is not None:
        return file.data
    if file.form is Form.UNREADABLE:
        raise UnreadableError(_why_unreadable(file.path), place=file.name, advice="check its permissions and kind")
    try:
        return Path(file.path).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"cannot be read: {reason}", place=file.name, advice="check its permissions") from error


@contextmanager
def on_disk(file: InputFile) -> Iterator[Path]:
    """Give a path at which the content of ``file`` can be read, a temporary one for standard input."""
    if file.data is None:
        yield Path(file.path)
        return
    with NamedTemporaryFile(prefix="archiver-") as copy:
        copy.write(file.data)
        copy.flush()
        yield Path(copy.name)


def _why_unreadable(path: str) -> str:
    there = Path(path)
    if there.is_symlink() and not there.exists():
        return "is a link that leads nowhere"
    if there.is_dir():
        return "is a folder that cannot be listed, or a link to a folder, which is not followed"
    if there.is_file():
        return "cannot be read: permission denied"
    return "is no regular file (a pipe, socket or device)"


def file_uri(name: str, *, encoding: str = "utf-8") -> str:
    """Return a ``file:`` URI (RFC 8089) of the name in the package: stable, and no pretended web address.

    A name that is already percent-encoded keeps its escapes.
    """
    return "file:///" + quote(name, safe="/%" if encoding == "percent" else "/")


def read_file(file: InputFile) -> Iterator[Unit]:
    """Yield the one unit of a text, HTML or other file; raises UnreadableError."""
    data = read_bytes(file)
    uri = file_uri(file.name, encoding=file.name_encoding)
    media_type = media_type_of(Path(PurePosixPath(file.name).name), file.form)
    sha256 = canon.sha256_hex(data)
    record_id = canon.content_urn("resource", uri, sha256)
    if file.form is Form.OTHER:
        yield Unit(data, media_type, record_id, uri, 0, None)
        return
    if len(data) > MAX_ARTICLE_BYTES:
        error = TooLargeError(
            f"has {len(data)} bytes, more than the {MAX_ARTICLE_BYTES} of the longest article",
            place=file.name,
            advice="split it, or give it as JSON Lines if it holds many articles",
        )
        yield Unit(data, media_type, record_id, uri, 0, None, error)
        return
    source = Source(
        path=file.name,
        data=data,
        media_type=media_type,
        sha256=sha256,
        size=len(data),
        record_id=record_id,
        target_uri=uri,
    )
    yield Unit(data, media_type, record_id, uri, 0, source)
