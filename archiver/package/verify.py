"""Verifying: a package of ours, anybody's bag, a lone WARC or TEI file; nothing is ever repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from archiver.errors import InputNotFoundError, PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_check import check_bag
from archiver.package.bag_read import Line, read_manifest
from archiver.package.fixity import Depth, walk
from archiver.package.holdings import Holdings, take_stock
from archiver.package.listing import read_objects
from archiver.package.verify_articles import (
    CheckCrosswalk,
    CheckDescription,
    Checkers,
    CheckTei,
    Tally,
    check_articles,
    check_rejects,
    count_articles,
)
from archiver.package.verify_index import check_index
from archiver.package.verify_sources import carried_by, check_sources
from archiver.package.wacz_check import check_datapackage, check_pages
from archiver.warc.check import check_warc

Progress = Callable[[int, int], None]
"""Called with the number of bytes that were checked and the number of all that will be."""

_REQUIRED = (
    "bag-info.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
    layout.README,
    *(f"{layout.DATA}/{name}" for name in (layout.DATAPACKAGE_DIGEST, layout.ARTICLES, layout.SOURCES)),
)


def verify_path(
    path: Path,
    *,
    depth: Depth,
    check_description: CheckDescription,
    check_tei: CheckTei,
    check_crosswalk: CheckCrosswalk | None = None,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with the package, bag, WARC, ARC or TEI file at ``path``.

    What is none of these gives the finding ``package.not-a-package``. Raises InputNotFoundError if
    there is nothing at ``path``, PackageError or UnreadableError where it cannot be read.
    """
    if not path.exists():
        raise InputNotFoundError("there is no such file or folder", place=str(path), advice="check the path")
    kind = kind_of(path)
    if kind == "bag":
        yield from verify_package(
            path,
            depth=depth,
            check_description=check_description,
            check_tei=check_tei,
            check_crosswalk=check_crosswalk,
            progress=progress,
        )
    elif kind == "warc":
        yield from check_warc(path, name=path.name)
    elif kind == "tei":
        yield from check_tei(path.read_bytes(), path.name)
    else:
        message = "this is no package, no bag, and no WACZ, WARC or TEI file"
        advice = "name the folder that holds bagit.txt, a WACZ, a bag as ZIP or tar, or a WARC or TEI file"
        yield Finding("package.not-a-package", message, file=str(path), advice=advice)


def kind_of(path: Path) -> str | None:
    """Return ``bag``, ``warc`` (also ARC) or ``tei``, None for everything else. Raises OSError.

    A folder is a bag if anything in it says so, so that a bag that lost its declaration is told.
    """
    if path.is_dir():
        marks = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt", "manifest-md5.txt")
        return "bag" if any((path / name).is_file() for name in marks) else None
    with path.open("rb") as file:
        head = file.read(4096)
    name = path.name.lower()
    warc_name = name.endswith((".warc", ".warc.gz", ".arc", ".arc.gz"))
    if head.startswith((b"WARC/", b"filedesc:")) or warc_name:
        return "warc"
    if name.endswith((".xml", ".tei")) or b"http://www.tei-c.org/ns/1.0" in head:
        return "tei"
    return None


def verify_package(
    root: Path,
    *,
    depth: Depth,
    check_description: CheckDescription,
    check_tei: CheckTei,
    check_crosswalk: CheckCrosswalk | None = None,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Yield everything that is wrong with the bag at ``root``, and if it is one of ours, with all that is in it.

    ``check_description`` is called with each description, its file and line, ``check_tei`` with each
    TEI document and its file, ``check_crosswalk`` with what older packages do not have. QUICK looks at
    structure, names, counts and sizes; FULL at every byte, so that a change of any single byte
    gives a finding of error severity. Raises OSError or PackageError if the package itself cannot be read.
    """
    meter = _Meter(root, depth, progress)
    yield from check_bag(root, depth=depth, advance=meter.advance)
    data = root / layout.DATA
    if not any((data / name).is_file() for name in (layout.ARTICLES, layout.SOURCES)):
        return
    yield from _check_outside(root)
    known = dict(_manifest_digests(root)) if depth is Depth.FULL else {}
    try:
        yield from check_datapackage(data, depth=depth, known_sha256=known)
        yield from check_pages(data)
        if depth is Depth.FULL:
            checkers = Checkers(check_description, check_tei)
            yield from _check_inside(data, checkers, meter.advance, check_crosswalk)
        else:
            yield from _check_counts(data)
    except PackageError as error:
        yield Finding(error.code, error.message, file=error.place, advice=error.advice)


def _check_outside(root: Path) -> Iterator[Finding]:
    """What our packages have and bags need not: all of the tag files, and tag manifests in one form only.

    Nothing lists the tag manifests themselves, so a change in their white space or in the case of
    their digits is found by the form in which they are written.
    """
    for name in _REQUIRED:
        if not (root / name).is_file():
            yield Finding("package.file-missing", "every package has this file", file=name)
    for algorithm in ("sha256", "sha512"):
        name = f"tagmanifest-{algorithm}.txt"
        if not (root / name).is_file():
            continue
        lines = [item for item in read_manifest(root, name, "utf-8") if isinstance(item, Line)]
        written = sorted((line.path.encode("utf-8"), line.digest.encode("ascii")) for line in lines)
        if (root / name).read_bytes() != b"".join(digest + b"  " + path + b"\n" for path, digest in written):
            message = "the tag manifest is not written as archiver writes it: sorted, lower case, two spaces, LF"
            yield Finding("package.tag-manifest-form", message, file=name, advice="somebody changed it: compare copies")
        listed = {line.path for line in lines}
        for path, _ in walk(root):
            if not path.startswith((f"{layout.DATA}/", "tagmanifest-")) and path not in listed:
                yield Finding("package.tag-file-unlisted", f"the file is not listed in {name}", file=path)


def _manifest_digests(root: Path) -> Iterator[tuple[str, str]]:
    """Yield path below ``data/`` and SHA-256 of the manifest, which the bag check compared with the files."""
    if not (root / "manifest-sha256.txt").is_file():
        return
    prefix = f"{layout.DATA}/"
    for item in read_manifest(root, "manifest-sha256.txt", "utf-8"):
        if isinstance(item, Line) and item.path.startswith(prefix) and "%" not in item.path:
            yield item.path.removeprefix(prefix), item.digest


def _check_inside(
    data: Path, checkers: Checkers, advance: Callable[[int], None], check_crosswalk: CheckCrosswalk | None
) -> Iterator[Finding]:
    holdings, tally = Holdings(), Tally()
    yield from take_stock(data, carried_by(data), holdings, advance=advance)
    yield from check_index(data, holdings)
    yield from check_articles(data, holdings, tally, checkers)
    yield from check_rejects(data, holdings, tally)
    yield from check_sources(data, depth=Depth.FULL, articles=tally.articles, rejects=tally.rejects, advance=advance)
    yield from _check_page_ids(data, tally)
    for name in (layout.DC, f"{layout.DATA}/{layout.JSONLD}"):
        file = data.parent / name
        if check_crosswalk is not None and file.is_file() and not file.is_symlink():
            yield from check_crosswalk(file, tally.ids, name)


def _check_counts(data: Path) -> Iterator[Finding]:
    tally = Tally()
    yield from count_articles(data, tally)
    yield from check_rejects(data, None, tally)
    yield from check_sources(data, depth=Depth.QUICK, articles=tally.articles, rejects=tally.rejects)
    yield from _check_page_ids(data, tally)


def _check_page_ids(data: Path, tally: Tally) -> Iterator[Finding]:
    """Every article has one line in pages.jsonl, in the same order."""
    name = f"{layout.DATA}/{layout.PAGES}"
    pages = (value.get("id") for number, value in read_objects(data / layout.PAGES) if number > 1)
    articles = iter(tally.ids)
    for number, page in enumerate(pages, start=2):
        article = next(articles, None)
        if page != article:
            message = f"the page is of {page!r}, in order it should be of {article!r}"
            yield Finding("package.page-order", message, file=name, line=number, pointer="/id")
            return
    missing = next(articles, None)
    if missing is not None:
        yield Finding("package.page-missing", f"article {missing} and all that follow have no page", file=name)


class _Meter:
    """Adds up what was read: every file for the bag, the WARC files once more, archive/ a third time."""

    def __init__(self, root: Path, depth: Depth, progress: Progress | None) -> None:
        self._progress = progress
        self._done = self._all = 0
        if progress is None or depth is Depth.QUICK:
            self._progress = None
            return
        for path, status in walk(root):
            times = 1 + path.startswith(f"{layout.DATA}/{layout.DERIVED}/")
            times += 2 * path.startswith(f"{layout.DATA}/{layout.ARCHIVE}/")
            self._all += times * status.st_size

    def advance(self, size: int) -> None:
        """Say that ``size`` bytes were read."""
        self._done = min(self._done + size, self._all)
        if self._progress is not None:
            self._progress(self._done, self._all)
