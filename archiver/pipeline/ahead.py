"""Articles made before their shard is done, kept in the folder of the run.

They only save work: a shard takes what was made of the very bytes that it has before it, and makes the rest itself.
What is damaged, or of a file that has changed, is passed over.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from archiver import canon
from archiver.errors import ArticleError, KilledWorkerError, TooMuchMemoryError, TooSlowError, UnreadableError
from archiver.model.shard import Portion, PortionRecord
from archiver.package.atomic import make_folder
from archiver.pipeline.making import Draft, Guard, Made, make
from archiver.pipeline.portions import drafts_of
from archiver.pipeline.prepare import Preparing, Written

#: Text is a quarter as long afterwards, and it is read again once.
_LEVEL = 1
#: Bytes of a line, which has no more than names and numbers.
_LONGEST = 1 << 20
_COSTLY = (TooSlowError, TooMuchMemoryError, KilledWorkerError)
_KINDS = {kind.__name__: kind for kind in _COSTLY}


def make_portion(portion: Portion, place: Path, prepare: Preparing, guard: Guard) -> PortionRecord:
    """Make the articles of a portion and keep them at ``place``; it has that name when it is whole.

    Candidates that are no article are left to the shard, and so is what cannot be read; but what took all the time
    or memory that an article may take is not tried again. Raises OSError.
    """
    made = 0
    make_folder(place.parent)
    attempt = place.with_name(f"{place.name}.{os.getpid()}")
    with attempt.open("wb") as file, suppress(UnreadableError):
        for draft in drafts_of(portion, guard):
            try:
                packed = _packed(draft, guard(partial(make, draft, prepare), draft.path))
                made += 1
            except _COSTLY as error:
                packed = _failed(draft, error)
            except ArticleError:
                continue
            file.writelines(packed)
    attempt.rename(place)
    return PortionRecord(portion.number, portion.index, made, portion.size)


class MadeAhead:
    """What was made ahead for a shard, to be asked for in the order of its candidates."""

    def __init__(self, places: Sequence[Path]) -> None:
        """Take the finished portions, in order."""
        self._kept = (kept for place in places for kept in _kept_at(place))
        self._next = next(self._kept, None)

    def take(self, draft: Draft) -> Made | None:
        """Return what was made of this very draft; None if nothing was. Raises the ArticleError that came of it."""
        while self._next is not None and self._next[0]["ordinal"] < draft.ordinal:
            self._next = next(self._kept, None)
        if self._next is None or self._next[0]["key"] != _key(draft):
            return None
        head, content = self._next
        if "error" in head:
            raise _KINDS[head["error"]](head["message"], place=head["place"], advice=head["advice"])
        return _unpacked(head, content)


def _key(draft: Draft) -> str:
    identity = (draft.path, draft.ordinal, draft.sha256, draft.size, draft.record_id)
    return canon.sha256_hex(canon.canonical_json([*identity, draft.told]))


def _packed(draft: Draft, made: Made) -> tuple[bytes, bytes]:
    """Return an article as a line of JSON and the bytes that follow it."""
    written = made.written
    parts = [*written.members, written.tei, *(lines for _, lines in written.lists)]
    content = zlib.compress(b"".join(parts), _LEVEL)
    head = {
        "key": _key(draft),
        "ordinal": draft.ordinal,
        "id": written.id,
        "members": len(written.members),
        "lists": [name for name, _ in written.lists],
        "parts": [len(part) for part in parts],
        "removed": made.removed,
        "doubtful": made.doubtful,
        "notices": made.notices,
        "row": made.row,
        "bytes": len(content),
    }
    return _sealed(head, content)


def _failed(draft: Draft, error: ArticleError) -> tuple[bytes, bytes]:
    said = {"error": type(error).__name__, "message": error.message, "place": error.place, "advice": error.advice}
    return _sealed({"key": _key(draft), "ordinal": draft.ordinal, "bytes": 0, **said}, b"")


def _sealed(head: dict[str, Any], content: bytes) -> tuple[bytes, bytes]:
    return canon.canonical_json({**head, "sha256": _seal(head, content)}) + b"\n", content


def _seal(head: dict[str, Any], content: bytes) -> str:
    return canon.sha256_hex(canon.canonical_json(head) + content)


def _kept_at(place: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield what is kept in a file, as far as it is what was written."""
    with suppress(OSError, ValueError), place.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        while line := file.readline(_LONGEST):
            yield _checked(line, file, size)


def _checked(line: bytes, file: BinaryIO, size: int) -> tuple[dict[str, Any], bytes]:
    """Return an entry that begins with ``line``. Raises ValueError for what is damaged."""
    try:
        head = json.loads(line)
    except RecursionError as error:
        raise ValueError("damaged") from error
    length = head.get("bytes") if isinstance(head, dict) else None
    if type(length) is not int or not 0 <= length <= size - file.tell():
        raise ValueError("damaged")
    seal, content = head.pop("sha256", None), file.read(length)
    if _seal(head, content) != seal:
        raise ValueError("damaged")
    return head, content


def _unpacked(head: dict[str, Any], content: bytes) -> Made:
    rest = memoryview(zlib.decompress(content))
    parts = []
    for size in head["parts"]:
        parts.append(bytes(rest[:size]))
        rest = rest[size:]
    members = head["members"]
    lists = tuple(zip(head["lists"], parts[members + 1 :], strict=True))
    written = Written(head["id"], tuple(parts[:members]), parts[members], lists)
    return Made(written, head["removed"], head["doubtful"], tuple(head["notices"]), head["row"])
