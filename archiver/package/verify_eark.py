"""Checking an E-ARK package, anybody's: every METS document, and every file against what METS says of it."""

from __future__ import annotations

import posixpath
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import PackageError
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.eark import mets_digests
from archiver.package.eark_names import METS, REPRESENTATION
from archiver.package.fixity import Depth, hash_file, walk
from archiver.package.xml_scan import Element, Text, scan_xml
from archiver.version import __version__

_NS = "http://www.loc.gov/METS/ "
_HREF = "http://www.w3.org/1999/xlink href"
_ANOTHER_COPY = "get the file from another copy, or ask who made the package"
#: @CHECKSUMTYPE of METS that are compared; others are told to be unknown.
_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@dataclass(frozen=True, slots=True)
class _Reference:
    """What a METS document says of a file."""

    mets: str
    line: int
    name: str
    """Relative to the folder of the package."""
    size: str | None
    digest: str | None
    algorithm: str | None


def check_eark(root: Path, *, name: str, depth: Depth) -> Iterator[Finding]:
    """Yield what is wrong with the E-ARK package in the folder ``root`` as its METS documents tell it.

    ``name`` is that of its folder, which need not be that of ``root``. QUICK compares names and sizes, FULL digests
    as well. Raises OSError, PackageError.
    """
    there = {path for path, _ in walk(root)}
    told: set[str] = {METS}
    documents = [METS]
    for document in documents:
        try:
            for item in _read(root, document):
                if isinstance(item, str):
                    if item in there and item not in documents:
                        documents.append(item)
                elif isinstance(item, Finding):
                    yield item
                else:
                    told.add(item.name)
                    yield from _check_file(root, item, there, depth)
        except ValueError as error:
            yield Finding("eark.mets-invalid", str(error), file=document, advice=_ANOTHER_COPY)
    for path in sorted(there - told):
        message = "no METS document tells of the file"
        yield Finding("eark.file-unlisted", message, file=path, advice="CSIP58: list it, or take it out")
    yield from _check_name(root, name)
    if not any(path.startswith("representations/") for path in there):
        message = "there is no folder representations"
        yield Finding("eark.structure", message, advice="CSIPSTR9", severity=Severity.WARNING)


def _read(root: Path, document: str) -> Iterator[_Reference | Finding | str]:
    """Yield references to files, and the names of further METS documents. Raises ValueError for what is no METS."""
    folder = posixpath.dirname(document)
    said: dict[str, str] = {}
    begun = False
    for element in scan_xml(root / document):
        if isinstance(element, Text):
            continue
        if not begun and element.name != f"{_NS}mets":
            raise ValueError("the root is no mets")
        begun = True
        kind = element.name.removeprefix(_NS)
        if kind == "file":
            said = dict(element.attributes)
        elif kind in ("FLocat", "mdRef", "mptr"):
            name = _place(element, folder)
            if name is None:
                message = f"the reference {element.attributes.get(_HREF, '')!r} leads out of the package"
                yield Finding("eark.reference", message, file=document, line=element.line, advice="do not follow it")
            elif kind == "mptr":
                yield name
            else:
                attributes = said if kind == "FLocat" else element.attributes
                values = (attributes.get(key) for key in ("SIZE", "CHECKSUM", "CHECKSUMTYPE"))
                yield _Reference(document, element.line, name, *values)


def _place(element: Element, folder: str) -> str | None:
    """Return the file that a reference names; None if it is none of the package."""
    href = element.attributes.get(_HREF, "").removeprefix("file:").removeprefix("//./").removeprefix("./")
    name = posixpath.normpath(posixpath.join(folder, urllib.parse.unquote(href)))
    return name if layout.is_inside(name.encode("utf-8", "surrogateescape")) else None


def _check_file(root: Path, one: _Reference, there: set[str], depth: Depth) -> Iterator[Finding]:
    path = root / one.name
    if one.name not in there or path.is_symlink() or not path.is_file():
        message = f"{one.mets} tells of the file, and it is not there"
        yield Finding("eark.file-missing", message, file=one.name, advice=_ANOTHER_COPY)
        return
    size = path.stat().st_size
    if one.size is not None and one.size.strip() != str(size):
        message = f"the file has {size} bytes, {one.mets} says {one.size}"
        yield Finding("eark.size", message, file=one.name, advice=_ANOTHER_COPY)
    algorithm = _ALGORITHMS.get(one.algorithm or "")
    if algorithm is None or one.digest is None:
        message = f"{one.mets} gives no digest of the file that can be compared ({one.algorithm})"
        yield Finding("eark.no-digest", message, file=one.name, severity=Severity.WARNING, advice="CSIP71, CSIP72")
    elif depth is Depth.FULL:
        actual = hash_file(path, (algorithm,))[1][algorithm]
        if actual != one.digest.strip().lower():
            message = f"the file has changed: {one.mets} says {one.algorithm} {one.digest}, it is {actual}"
            yield Finding("eark.digest", message, file=one.name, advice=_ANOTHER_COPY)


@dataclass(frozen=True, slots=True)
class Signature:
    """What the METS documents of an E-ARK package are, taken before its bag is laid out."""

    identifier: str
    version: str | None
    """Of the archiver that wrote them; None if it was not this software."""
    digests: Mapping[str, str]
    """Name to SHA-256."""


def signature(root: Path) -> Signature:
    """Return that of the package in the folder ``root``. Raises PackageError, OSError."""
    identifier, version, names = "", None, [METS, f"{REPRESENTATION}/{METS}"]
    software = ""
    with suppress(ValueError):  # told by check_eark
        for element in scan_xml(root / METS):
            kind = element.name.removeprefix(_NS)
            if isinstance(element, Element):
                identifier = identifier or element.attributes.get("OBJID", "")
            elif kind == "name":
                software = element.text
            elif kind == "note" and software == "archiver":
                version = element.text
            elif kind == "metsHdr":
                break
    digests = {name: hash_file(root / name, ("sha256",))[1]["sha256"] for name in names if (root / name).is_file()}
    return Signature(identifier, version, digests)


def check_signature(bag: Path, before: Signature) -> Iterator[Finding]:
    """Yield METS documents that are not, byte for byte, what this version writes of the ``bag``.

    Nothing lists METS.xml itself, so any change in it is found by making it again. Documents of
    another version are compared file by file alone.
    """
    if before.version != __version__:
        return
    try:
        made = mets_digests(bag, before.identifier, before.version)
    except PackageError:
        return  # what is missing or damaged is told elsewhere
    for name, digest in made.items():
        if before.digests.get(name) != digest:
            message = "the document is not what archiver writes of this package"
            yield Finding("eark.mets-form", message, file=name, advice="convert the package anew from its bag")


def _check_name(root: Path, name: str) -> Iterator[Finding]:
    try:
        first = next(scan_xml(root / METS), None)
    except ValueError:
        return
    identifier = first.attributes.get("OBJID") if isinstance(first, Element) else None
    if identifier != name:
        message = f"the package calls itself {identifier!r}, its folder is named {name!r}"
        advice = "CSIPSTR2: give the folder the name of the package"
        yield Finding("eark.name", message, file=METS, severity=Severity.WARNING, advice=advice)
