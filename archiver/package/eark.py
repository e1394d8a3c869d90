"""A package as an E-ARK information package (CSIP and SIP 2.1, https://dilcis.eu) that holds every file of its bag.

``data/`` becomes the one representation, Dublin Core the descriptive and PREMIS the preservation
metadata; the tag files that make the bag are kept as other metadata. METS.xml at the top tells of the
package, that of the representation of every file in it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archiver.canon import Sha256
from archiver.errors import NotAPackageError, PackageError
from archiver.model.outcome import Finding
from archiver.package import layout, mets
from archiver.package.atomic import laid_file, lay_folder, package_error
from archiver.package.bag_read import read_info
from archiver.package.eark_names import METS, REPRESENTATION, bag_name, eark_name
from archiver.package.fixity import digest_file, walk
from archiver.package.formats import format_of
from archiver.package.listing import parse_object
from archiver.package.mets import MetsFacts, MetsFile
from archiver.package.sealed_files import SealedFile, sealed_files
from archiver.package.xml_text import tag
from archiver.version import __version__

_INSIDE = f"{REPRESENTATION}/"
_INNER = f"{_INSIDE}{METS}"
_GROUPS = (("Documentation", "documentation/"), ("Schemas", "schemas/"))
_USE = "Representations/rep1"


@dataclass(frozen=True, slots=True)
class _Contents:
    """The files of one METS document, by what they are."""

    descriptive: tuple[MetsFile, ...]
    premis: tuple[MetsFile, ...]
    bag: tuple[MetsFile, ...]
    groups: tuple[tuple[str, tuple[MetsFile, ...]], ...]
    """@USE of a file group, and its files."""

    @property
    def administrative(self) -> str:
        """The ids of the sections of ``amdSec``."""
        return " ".join(f"amd-{file.id}" for file in (*self.bag, *self.premis))

    @property
    def described(self) -> str:
        """The ids of ``dmdSec``."""
        return " ".join(f"dmd-{file.id}" for file in self.descriptive)


def write_eark(bag: Path, folder: Path, identifier: str) -> None:
    """Write the package at ``bag`` as an E-ARK package into the new ``folder``, which will be named ``identifier``.

    Same package and name, same bytes. Every file is compared with the manifests on the way. Raises
    FixityError for a package that is not whole, PackageError.
    """
    facts = _facts(bag, identifier, __version__)
    files = sealed_files(bag)
    for file in files:
        _copy(file, folder / eark_name(file.path))
    told = [_told(file) for file in files]
    _write(folder / _INNER, _representation(facts, told))
    written = digest_file(folder / _INNER)
    _write(folder / METS, _package(facts, told, written.bytes, written.sha256))


def mets_digests(bag: Path, identifier: str, version: str) -> dict[str, str]:
    """Return names and SHA-256 of the METS documents that this version writes of the package at ``bag``.

    ``version`` is what they say of the software. Raises FixityError, PackageError.
    """
    facts = _facts(bag, identifier, version)
    told = [_told(file) for file in sealed_files(bag)]
    inner = _hashed(_representation(facts, told))
    whole = _hashed(_package(facts, told, inner.size, inner.hexdigest()))
    return {METS: whole.hexdigest(), _INNER: inner.hexdigest()}


def _hashed(pieces: Iterable[str]) -> Sha256:
    hasher = Sha256()
    for piece in pieces:
        hasher.update(piece.encode("utf-8"))
    return hasher


def turn_into_bag(folder: Path) -> bool:
    """Make ``folder``, which holds an E-ARK package, the bag that it carries; tell whether it carries one.

    Raises PackageError.
    """
    names = {path: bag_name(path) for path, _ in walk(folder)}
    if "bagit.txt" not in names.values():
        return False
    before = folder.with_name(f"{folder.name}.eark")
    try:
        os.replace(folder, before)  # noqa: PTH105
        for name, path in names.items():
            if path is not None and layout.is_inside(path.encode("utf-8", "surrogateescape")):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(before / name, folder / path)  # noqa: PTH105
        shutil.rmtree(before)
    except OSError as error:
        raise package_error(error, folder, "lay out the bag") from error
    return True


def _facts(bag: Path, identifier: str, version: str) -> MetsFacts:
    described = bag / layout.DATA / layout.DATAPACKAGE
    try:
        created = parse_object(described.read_bytes()).get("created")
        info = [item for item in read_info(bag, "bag-info.txt", "utf-8") if not isinstance(item, Finding)]
    except OSError as error:
        raise package_error(error, described, "read the file") from error
    except ValueError as error:
        raise PackageError(str(error), place=str(described), advice="run `archiver verify` on the package") from error
    if not isinstance(created, str):
        advice = "only packages of archiver can become an E-ARK package"
        raise NotAPackageError("datapackage.json does not tell when it was made", place=str(described), advice=advice)
    organization = dict(info).get("Source-Organization")
    return MetsFacts(identifier, created, "archiver", version, organization)


def _copy(file: SealedFile, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as copy:
            copy.writelines(file.pieces())
    except OSError as error:
        raise package_error(error, target, "write the file") from error


def _told(file: SealedFile) -> MetsFile:
    sha256 = file.sha256 or digest_file(file.root / file.path).sha256
    return MetsFile(eark_name(file.path), file.size, sha256, format_of(file.path).media_type)


def _write(path: Path, pieces: Iterable[str]) -> None:
    lay_folder(path.parent)
    with laid_file(path) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8"))


def _package(facts: MetsFacts, told: Sequence[MetsFile], size: int, sha256: str) -> Iterator[str]:
    """Yield the document at the top; ``size`` and ``sha256`` are of that of the representation."""
    files = [file for file in told if not file.name.startswith(_INSIDE)]
    representation = MetsFile(_INNER, size, sha256, "application/xml")
    groups = ((use, _in(files, folder)) for use, folder in _GROUPS)
    contents = _Contents(
        descriptive=_in(files, "metadata/descriptive/"),
        premis=_in(files, "metadata/preservation/"),
        bag=_in(files, "metadata/other/"),
        groups=(*groups, (_USE, (representation,))),
    )
    pointer = mets.pointer_to_mets(representation.href, _group(_USE))
    yield from _document(facts, contents, mets.division(_USE, "div-rep1", pointer))


def _representation(facts: MetsFacts, told: Sequence[MetsFile]) -> Iterator[str]:
    files = [replace(file, beside=_INSIDE) for file in told if file.name.startswith(_INSIDE)]
    own = MetsFacts("rep1", facts.created, facts.software, facts.version)
    premis = _in(files, f"{_INSIDE}metadata/preservation/")
    contents = _Contents((), premis, (), ((f"{_USE}/data", _in(files, f"{_INSIDE}data/")),))
    yield from _document(own, contents, "", prefix="rep1-")


def _document(facts: MetsFacts, contents: _Contents, more: str, *, prefix: str = "") -> Iterator[str]:
    """Yield a METS document; its ids begin with ``prefix``, since an id stands once in the package (CSIP65, CSIP83)."""
    created = facts.created
    yield from mets.head(facts)
    for file in contents.descriptive:
        yield mets.descriptive(file, created)
    yield from mets.administrative(contents.premis, contents.bag, created)
    yield tag("fileSec", (("ID", f"{prefix}files"),)) + "\n"
    for use, files in contents.groups:
        yield from mets.file_group(use, _group(use), files, created)
    yield "</fileSec>\n"
    divisions = [
        mets.division("Metadata", f"{prefix}div-metadata", "", metadata=(contents.administrative, contents.described)),
        *(
            mets.division(_label(use), f"div-{_group(use)}", mets.pointer_to_group(_group(use)))
            for use, _ in contents.groups
        ),
        more,
    ]
    structure = (("ID", f"{prefix}structure"), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP"))
    yield tag("structMap", structure) + "\n"
    yield mets.division(facts.identifier, f"{prefix}div-package", "\n" + "".join(divisions))
    yield "</structMap>\n" + mets.TAIL


def _in(files: Iterable[MetsFile], folder: str) -> tuple[MetsFile, ...]:
    return tuple(file for file in files if file.name.startswith(folder))


def _group(use: str) -> str:
    """Return the id of the file group with this @USE."""
    return "group-" + use.replace("/", "-").lower()


def _label(use: str) -> str:
    """Return the label of the division with the files of a group (CSIP95, CSIP99, CSIP103)."""
    return use.partition("/")[0]
