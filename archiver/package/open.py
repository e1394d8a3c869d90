"""Reading a package: its articles in order, each with description, TEI, original and what was removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archiver.errors import InputNotFoundError, NotAPackageError, PackageError
from archiver.model.metadata import Metadata
from archiver.model.metadata_from import metadata_from_dict
from archiver.model.outcome import Finding, Reject
from archiver.package import bag_read, layout, listing
from archiver.package.atomic import package_error
from archiver.package.containers import container_kind
from archiver.package.listing import Removed, SourceFile
from archiver.package.reach import require_readable, require_there, within_reach
from archiver.package.records import RecordFinder
from archiver.package.unpack import unpack_bag

if TYPE_CHECKING:
    from archiver.package.summary import Summary


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a package."""

    metadata: Metadata
    removed: tuple[Removed, ...]
    """The removed blocks, in reading order."""
    source: SourceFile
    """The input file that it comes from."""
    _package: Package

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.metadata.id

    def tei(self) -> bytes:
        """Return its TEI document. Raises PackageError."""
        path = self._package.data / layout.tei_path(self.id)
        try:
            return path.read_bytes()
        except OSError as error:
            raise package_error(error, path, "read the file") from error

    def original(self) -> bytes:
        """Return the bytes that it was made from: the file, the HTTP entity, the line.

        Raises PackageError if they are not there, FixityError if they have changed.
        """
        source = self.metadata.source
        return self._package.records.payload(source.warc_record_id, source.sha256, self.source)


class Package:
    """A package that was opened for reading; a context manager."""

    def __init__(self, root: Path, *, path: Path | None = None, close: Callable[[], None] | None = None) -> None:
        self.root = root
        self.path = path or root
        """What was opened: the folder, or the file that was unpacked into it."""
        self._close = close
        self.data = root / layout.DATA
        self.records = RecordFinder(self.data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.records = RecordFinder(self.data)
        if self._close is not None:
            self._close()

    def articles(self) -> Iterator[Entry]:
        """Yield the articles in the order of the input, reading all lists in step. Raises PackageError."""
        sources = self.sources()
        source: SourceFile | None = None
        ledger = listing.removed_blocks(self.data)
        block = next(ledger, None)
        for metadata in self.descriptions():
            while source is None or source.path != metadata.source.path:
                source = next(sources, None)
                if source is None:
                    raise self._out_of_order(f"{layout.SOURCES} does not list {metadata.source.path!r} in order")
            removed: list[Removed] = []
            while block is not None and block.article == metadata.id:
                removed.append(block)
                block = next(ledger, None)
            yield Entry(metadata, tuple(removed), source, self)
        if block is not None:
            raise self._out_of_order(f"{layout.LEDGER} does not list {block.article!r} in order")

    def article(self, article_id: str) -> Entry:
        """Return the article with this id. Raises InputNotFoundError if there is none, PackageError."""
        for entry in self.articles():
            if entry.id == article_id:
                return entry
        raise InputNotFoundError(
            f"no article has the id {article_id!r}",
            place=str(self.root),
            advice="data/metadata/articles.jsonl has the ids",
        )

    def descriptions(self) -> Iterator[Metadata]:
        """Yield the descriptions alone, in the order of the input. Raises PackageError."""
        path = self.data / layout.ARTICLES
        for number, value in listing.read_objects(path):
            try:
                yield metadata_from_dict(value)
            except ValueError as error:
                place = f"{path}, line {number}"
                raise PackageError(str(error), place=place, advice="run `archiver verify` on the package") from error

    def with_texts(self) -> Iterator[tuple[Metadata, str]]:
        """Yield each description with the kept text of its article, from pages.jsonl in step. Raises PackageError."""
        path = self.data / layout.PAGES
        pages = ((number, value) for number, value in listing.read_objects(path) if number > 1)
        for metadata in self.descriptions():
            number, page = next(pages, (0, {}))
            if page.get("id") != metadata.id:
                raise self._out_of_order(f"{layout.PAGES} does not list {metadata.id!r} in order")
            text = page.get("text", "")
            if not isinstance(text, str):
                place = f"{path}, line {number}"
                raise PackageError("text is no text", place=place, advice="run `archiver verify` on the package")
            yield metadata, text

    def rejects(self) -> Iterator[Reject]:
        """Yield what did not become an article, in the order of the input. Raises PackageError."""
        return listing.rejects(self.data)

    def sources(self) -> Iterator[SourceFile]:
        """Yield the input files in order. Raises PackageError."""
        return listing.source_files(self.data)

    def info(self) -> tuple[tuple[str, str], ...]:
        """Return labels and values of bag-info.txt in order; a label can stand there more than once."""
        try:
            items = list(bag_read.read_info(self.root, "bag-info.txt", "utf-8"))
        except OSError as error:
            raise package_error(error, self.root / "bag-info.txt", "read the file") from error
        return tuple(item for item in items if not isinstance(item, Finding))

    def summary(self) -> Summary:
        """Return the figures of the package; every list is read once. Raises PackageError."""
        from archiver.package.summary import summarize

        return summarize(self)

    def _out_of_order(self, message: str) -> PackageError:
        return PackageError(message, place=str(self.root), advice="run `archiver verify` on the package")


def open_package(path: Path) -> Package:
    """Open the package at ``path``: a folder, or a WACZ, ZIP or tar, which is unpacked into a temporary folder.

    That folder is as large as the package and is gone at the end of the ``with`` block. Raises
    InputNotFoundError if there is nothing or it may not be read, NotAPackageError if it is no package of
    archiver, PackageError for a container that is damaged.
    """
    require_readable(path)
    with within_reach(path):
        kind = container_kind(path)
    if kind is None:
        return open_folder(path)
    scratch = TemporaryDirectory(prefix="archiver-", ignore_cleanup_errors=True)
    try:
        root = Path(scratch.name) / "bag"
        unpack_bag(path, kind, root)
        open_folder(root)
    except PackageError:
        scratch.cleanup()
        raise
    return Package(root, path=path, close=scratch.cleanup)


def is_package(path: str | PathLike[str]) -> bool:
    """Tell whether ``path`` is a package that :func:`open_package` opens.

    Raises InputNotFoundError where there is nothing, or what is there may not be read.
    """
    try:
        with open_package(Path(path)):
            return True
    except PackageError:
        return False


def open_folder(path: Path) -> Package:
    """Open the package in the folder ``path``; nothing is read yet but its outside.

    Raises InputNotFoundError if there is nothing or it may not be read, NotAPackageError if it is no package of
    archiver.
    """
    with within_reach(path):
        return _opened(path)


def _opened(path: Path) -> Package:
    require_there(path)
    if not path.is_dir():
        advice = "name the folder that holds bagit.txt, or a WACZ, ZIP or tar of archiver"
        raise NotAPackageError("it is a file, and none that holds a package", place=str(path), advice=advice)
    if not (path / "bagit.txt").is_file():
        advice = "name the folder that holds bagit.txt"
        if path.name == layout.DATA and (path.parent / "bagit.txt").is_file():
            advice = f"name the folder above it: {path.parent}"
        raise NotAPackageError("there is no bagit.txt in it", place=str(path), advice=advice)
    for name in (layout.ARTICLES, layout.SOURCES):
        if not (path / layout.DATA / name).is_file():
            raise NotAPackageError(
                f"it is a bag, but not of articles: data/{name} is not there",
                place=str(path),
                advice="`archiver verify` checks any bag",
            )
    return Package(path)
