"""What is at a path, by its content: a bag, an unpacked WACZ, a WARC, ARC or TEI file, a container of a package."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.parsers import expat

from archiver.errors import PackageError
from archiver.package import layout
from archiver.package.containers import ContainerKind, Member, container_kind, is_eark, members
from archiver.package.eark_names import METS
from archiver.package.ownership import unpacked_head

#: Checksum algorithms as they stand in the names of manifests: RFC 8493 section 2.4, and its registry.
_MANIFEST = re.compile(
    r"manifest-(?:md5|sha[-_]?(?:1|224|256|384|512|3[-_]?(?:224|256|384|512))|blake2[bs])\.txt", re.IGNORECASE
)
_ANY_MANIFEST = re.compile(r"manifest-[^/]+\.txt", re.IGNORECASE)
_TAG_MANIFEST = re.compile(r"tagmanifest-[^/]+\.txt", re.IGNORECASE)
_WARC = (".warc", ".warc.gz", ".arc", ".arc.gz")
_CONTAINERS = (".zip", ".tar", ".tar.gz", ".tgz")
TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
#: Elements that TEI documents begin with; without the name space they are damaged ones.
_TEI_ROOTS = frozenset({"TEI", "teiCorpus"})
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|(?:\w+:)?TEI\b|(?:\w+:)?teiCorpus\b)")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_HEAD = 1 << 12
#: So far the first element of a document is looked for.
_FAR = 1 << 20


def kind_of(path: Path) -> str | None:
    """Return ``bag``, ``wacz`` (unpacked), ``folder``, ``warc`` (also ARC) or ``tei``, None else. Raises OSError.

    A folder is a bag if anything in it says so, so that a bag that lost its declaration is told. XML is TEI if
    its first element is, or if it is not well-formed and has the name space of TEI at its beginning.
    """
    if path.is_dir():
        return _kind_of_folder(path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    name = path.name.lower()
    if unpacked_head(head, 16).startswith((b"WARC/", b"filedesc:")) or name.endswith(_WARC):
        return "warc"
    if name.endswith(".tei"):
        return "tei"
    if name.endswith(".xml") or _XML.match(head) or head.startswith(_WIDE):
        return "tei" if _is_tei(path, head, named=name.endswith(".xml")) else None
    return None


def _kind_of_folder(path: Path) -> str:
    with os.scandir(path) as entries:
        names = {entry.name for entry in entries if entry.is_file()}
    if "bagit.txt" in names or "bag-info.txt" in names:
        return "bag"
    if any(_MANIFEST.fullmatch(name) or _TAG_MANIFEST.fullmatch(name) for name in names):
        return "bag"
    if (path / layout.DATA).is_dir() and any(_ANY_MANIFEST.fullmatch(name) for name in names):
        return "bag"
    return "wacz" if is_wacz_folder(path) else "folder"


def is_wacz_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder with the files of a WACZ, also if one of them is missing. Raises OSError."""
    if (path / layout.DATAPACKAGE_DIGEST).is_file():
        return True
    described = path / layout.DATAPACKAGE
    if described.is_file():
        with described.open("rb") as file:
            if b'"wacz_version"' in file.read(_FAR):
                return True
    if (path / layout.ARCHIVE).is_dir() and (path / "indexes").is_dir() and (path / layout.PAGES).is_file():
        return True
    return all((path / name).is_file() for name in (layout.ARTICLES, layout.SOURCES))


def is_package(path: Path) -> bool:
    """Tell whether a folder or file that stands in a folder is a bag, WACZ or E-ARK package. Raises OSError.

    Of other ZIP and tar files only those that cannot be read count: nothing is known of them but that they are
    damaged. A folder with METS.xml is a package if it says that it keeps to E-ARK.
    """
    if path.is_dir():
        return kind_of(path) in ("bag", "wacz") or (is_eark(path) and _keeps_to_eark(path / METS))
    kind = container_kind(path)
    if kind is None:
        return False
    if kind is ContainerKind.WACZ and path.name.lower().endswith(".wacz"):
        return True
    try:
        return any(isinstance(one, Member) and _belongs_to_a_package(one.name) for one in members(path, kind))
    except PackageError:
        return path.name.lower().endswith(_CONTAINERS)


def _belongs_to_a_package(name: str) -> bool:
    if name == layout.DATAPACKAGE_DIGEST:
        return True
    folder, _, last = name.rpartition("/")
    if "/" in folder:
        return False
    return last == "bagit.txt" or _MANIFEST.fullmatch(last) is not None or _TAG_MANIFEST.fullmatch(last) is not None


def _keeps_to_eark(path: Path) -> bool:
    with path.open("rb") as file:
        return b"eark" in file.read(_HEAD).lower().replace(b"-", b"")


def _is_tei(path: Path, head: bytes, *, named: bool) -> bool:
    root = _first_element(path)
    if root is None:
        return TEI_NAMESPACE.encode() in head.replace(b"\x00", b"") or (named and _cut_tei(head))
    space, _, name = root.rpartition(" ")
    return space == TEI_NAMESPACE or (not space and name in _TEI_ROOTS)


def _cut_tei(head: bytes) -> bool:
    """Tell whether a document that is not well-formed begins as TEI does."""
    match = _XML.match(head)
    return match is not None and not match[0].endswith(b"?xml")


def _first_element(path: Path) -> str | None:
    """Return the first element as ``URI name``; None if the document is not well-formed up to there."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []

    def begin(name: str, _: object) -> None:
        found.append(name)
        parser.StartElementHandler = None

    parser.StartElementHandler = begin
    so_far = 0
    try:
        with path.open("rb") as file:
            while not found and so_far < _FAR and (piece := file.read(_HEAD)):
                so_far += len(piece)
                parser.Parse(piece, False)
    except (expat.ExpatError, LookupError, ValueError):
        pass
    return found[0] if found else None
