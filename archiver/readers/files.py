"""Files that hold one article: plain text and HTML. And files that hold none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from archiver import canon
from archiver.errors import TooLargeError, UnreadableError
from archiver.model.intake import Form, InputFile, Stretch, Unit
from archiver.model.source import Source
from archiver.opening import open_regular
from archiver.readers.forms import media_type_of
from archiver.readers.stretch import digest_of, unreadable

#: A text or page larger than this is no article; it is stored and rejected.
MAX_ARTICLE_BYTES = 64 * 1024 * 1024
#: A file that is no article is held in memory up to this size.
_HELD_BYTES = 8 * 1024 * 1024


def require_readable(file: InputFile) -> None:
    """Raise UnreadableError for what is no file, or cannot be opened."""
    if file.data is None and file.form is Form.UNREADABLE:
        raise UnreadableError(_why_unreadable(file.path), place=file.name, advice="check its permissions and kind")


def _content(file: InputFile, most: int) -> bytes | Stretch:
    """Return the content of a file, or where it stands if it has more than ``most`` bytes."""
    if file.data is not None:
        return file.data
    require_readable(file)
    try:
        with open_regular(file.path) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > most:
                return Stretch(file.path, 0, size)
            data = stream.read(size + 1)
            if len(data) > size:
                # It grows while it is read.
                data += stream.read(most + 1 - len(data))
            return data if len(data) <= most else Stretch(file.path, 0, os.fstat(stream.fileno()).st_size)
    except OSError as error:
        raise unreadable(error, file.name) from error


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
    data = _content(file, _HELD_BYTES if file.form is Form.OTHER else MAX_ARTICLE_BYTES)
    uri = file_uri(file.name, encoding=file.name_encoding)
    media_type = media_type_of(Path(PurePosixPath(file.name).name), file.form)
    sha256 = canon.sha256_hex(data) if isinstance(data, bytes) else digest_of(data, name=file.name)
    record_id = canon.content_urn("resource", uri, sha256)
    if file.form is Form.OTHER:
        yield Unit(data, sha256, media_type, record_id, uri, 0, None)
        return
    size = len(data) if isinstance(data, bytes) else data.size
    if isinstance(data, Stretch) or size > MAX_ARTICLE_BYTES:
        error = TooLargeError(
            f"has {size} bytes, more than the {MAX_ARTICLE_BYTES} of the longest article",
            place=file.name,
            advice="split it, or give it as JSON Lines if it holds many articles",
        )
        yield Unit(data, sha256, media_type, record_id, uri, 0, None, error)
        return
    source = Source(
        path=file.name,
        data=data,
        media_type=media_type,
        sha256=sha256,
        size=size,
        record_id=record_id,
        target_uri=uri,
    )
    yield Unit(data, sha256, media_type, record_id, uri, 0, source)
