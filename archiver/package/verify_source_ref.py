"""Comparing what an article says of its source with the input file and with the record that holds it."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.model.metadata import SourceRef
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.holdings import Holdings
from archiver.package.listing import SourceFile

_ARTICLES = f"{layout.DATA}/{layout.ARTICLES}"
_SOURCES = f"{layout.DATA}/{layout.SOURCES}"
#: Files of several articles, which are stored so only if they are damaged.
_CONTAINERS = frozenset({"application/warc", "application/wacz"})
_STAMP = 14


def is_of_record(file: SourceFile | None) -> bool | None:
    """Tell whose record the articles of an input file stand in: ours, made of the article (True), or that of the input.

    None if that cannot be told: a damaged container is stored whole, and what could be read of it as well or not.
    """
    if file is None or (file.encoding == "payload" and file.media_type in _CONTAINERS):
        return None
    return file.encoding == "payload"


def check_against_file(source: SourceRef, line: int, file: SourceFile) -> Iterator[Finding]:
    """Yield what is said of the source of an article otherwise than of its input ``file``, if that is one article.

    ``line`` is that of articles.jsonl.
    """
    if not is_of_record(file) or source.pointer is not None:
        return
    pairs = (
        ("sha256", source.sha256, file.sha256),
        ("bytes", source.bytes, file.size),
        ("media_type", source.media_type, file.media_type),
        ("captured", source.captured, None),
    )
    for name, said, right in pairs:
        if said != right:
            yield _differs(name, said, f"by {_SOURCES} it must be {right!r} for {file.path!r}", source, line)


def check_against_record(source: SourceRef, line: int, holdings: Holdings, *, own: bool) -> Iterator[Finding]:
    """Yield what is said of the source of an article otherwise than the record in ``archive/`` has it.

    ``own`` as :func:`is_of_record` has it.
    """
    place = holdings.archive_ids.get(source.warc_record_id, ("", 0))
    found = holdings.indexed.get((place[0].rpartition("/")[2], place[1]))
    if found is None:
        return
    indexed, _, length = found
    if not own:
        if source.captured is not None and source.captured.endswith("Z"):
            stamp = "".join(filter(str.isdigit, source.captured))[:_STAMP]
            if stamp != indexed.timestamp and not holdings.has_another(source.warc_record_id, stamp):
                yield _differs("captured", source.captured, f"the record is of {indexed.timestamp}", source, line)
        return
    size, sha256 = holdings.blocks.get((*place, length), (0, ""))
    if not size:
        return  # the record points to an earlier one with the same content, or is too long to be held
    if source.sha256 != sha256:
        yield _differs("sha256", source.sha256, f"the block of the record has {sha256!r}", source, line)
    if source.bytes != size:
        yield _differs("bytes", source.bytes, f"the block of the record has {size}", source, line)


def _differs(name: str, said: object, right: str, source: SourceRef, line: int) -> Finding:
    message = f"source.{name} is {said!r}, {right}"
    code, pointer = "package.source-differs", f"/source/{name}"
    return Finding(code, message, file=_ARTICLES, line=line, pointer=pointer, record_id=source.warc_record_id)
