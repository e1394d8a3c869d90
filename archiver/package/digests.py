"""Sizes and digests of very many files, in little more memory than their names take."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from archiver.package.fixity import FileDigest

_SHA256, _SHA512 = 32, 64
_EACH = _SHA256 + _SHA512


class Digests(Mapping[str, FileDigest]):
    """Path to digest; paths are added in bytewise order, and a few besides at the end."""

    def __init__(self, items: Iterable[tuple[str, FileDigest]] = ()) -> None:
        self._paths: list[str] = []
        self._sizes = array("Q")
        self._table = bytearray()
        self._late: dict[str, FileDigest] = {}
        for path, digest in items:
            self.add(path, digest)

    def add(self, path: str, digest: FileDigest) -> None:
        """Add a file; one that does not come behind the last one in order takes more memory."""
        if self._paths and path.encode() <= self._paths[-1].encode():
            self._late[path] = digest
            return
        self._paths.append(path)
        self._sizes.append(digest.bytes)
        self._table += bytes.fromhex(digest.sha256) + bytes.fromhex(digest.sha512)

    def __getitem__(self, path: str) -> FileDigest:
        late = self._late.get(path)
        if late is not None:
            return late
        place = bisect_left(self._paths, path.encode(), key=str.encode)
        if place == len(self._paths) or self._paths[place] != path:
            raise KeyError(path)
        start = place * _EACH
        return FileDigest(
            self._sizes[place],
            self._table[start : start + _SHA256].hex(),
            self._table[start + _SHA256 : start + _EACH].hex(),
        )

    def __iter__(self) -> Iterator[str]:
        """Yield the paths in order, then those added late."""
        yield from self._paths
        yield from self._late

    def __len__(self) -> int:
        return len(self._paths) + len(self._late)


class Below(Mapping[str, FileDigest]):
    """The same digests under paths that begin with the name of a folder."""

    def __init__(self, folder: str, digests: Mapping[str, FileDigest]) -> None:
        self._prefix = f"{folder}/"
        self._digests = digests

    def __getitem__(self, path: str) -> FileDigest:
        if not path.startswith(self._prefix):
            raise KeyError(path)
        return self._digests[path.removeprefix(self._prefix)]

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return (self._prefix + path for path in self._digests)

    def __len__(self) -> int:
        return len(self._digests)
