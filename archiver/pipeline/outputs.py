"""What an export makes: a bag, a WACZ, both, or an E-ARK package; and how they get their names."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archiver.package.atomic import publish
from archiver.package.containers import is_eark
from archiver.package.eark import write_eark
from archiver.package.eark_names import eark_name
from archiver.package.wacz_write import carried_name, write_wacz
from archiver.package.workplace import whole_file

_SUFFIX = ".wacz"
#: It holds the digests of the manifests, which hold those of everything else.
SEAL = "tagmanifest-sha256.txt"


class PackageFormat(StrEnum):
    """In which containers a package is sealed."""

    BAG = "bag"
    WACZ = "wacz"
    BOTH = "bag+wacz"
    EARK = "eark"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the containers of one package will stand; at least one of them is asked for."""

    bag: Path | None
    wacz: Path | None
    eark: Path | None = None

    def __iter__(self) -> Iterator[Path]:
        """Yield what is asked for, in the order in which it is published."""
        yield from (path for path in (self.wacz, self.eark, self.bag) if path is not None)

    @property
    def main(self) -> Path:
        """The one that a report names: the bag, if there is one."""
        *_, last = self
        return last


def outputs_for(target: Path, form: PackageFormat) -> Outputs:
    """Return what is made for the output ``target``: a WACZ has the name that ends with ``.wacz``, a bag the other."""
    if form is PackageFormat.BAG:
        return Outputs(target, None)
    if form is PackageFormat.EARK:
        return Outputs(None, None, target)
    bag = target.with_name(target.name.removesuffix(_SUFFIX) or target.name)
    wacz = bag.with_name(bag.name + _SUFFIX)
    return Outputs(bag if form is PackageFormat.BOTH else None, wacz)


def make_wacz(bag: Path, file: Path) -> None:
    """Write the finished ``bag`` as a WACZ to ``file``, anew if a killed run left one. Raises PackageError, OSError."""
    file.unlink(missing_ok=True)
    with whole_file(file) as opened:
        write_wacz(bag, opened)


def make_eark(bag: Path, folder: Path, identifier: str) -> None:
    """Write the finished ``bag`` as an E-ARK package to ``folder``, anew if a killed run left one.

    Raises PackageError, OSError.
    """
    if folder.exists():
        shutil.rmtree(folder)
    write_eark(bag, folder, identifier)


def publish_outputs(outputs: Outputs, *, bag: Path, wacz: Path, eark: Path) -> None:
    """Give the finished containers their names, each in one step; what an interrupted run has published stays.

    Raises OutputExistsError, PackageError.
    """
    seal = read_seal(bag)
    made = {outputs.wacz: wacz, outputs.eark: eark, outputs.bag: bag}
    for target in outputs:
        if not (os.path.lexists(target) and has_seal(target, seal)):
            publish(made[target], target)


def has_seal(path: Path, seal: bytes) -> bool:
    """Tell whether what is published at ``path`` is the package with this tag manifest."""
    try:
        return read_seal(path) == seal
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def read_seal(path: Path) -> bytes:
    """Return the tag manifest of a package. Raises OSError, KeyError if there is none, BadZipFile."""
    if path.is_dir():
        return (path / (eark_name(SEAL) if is_eark(path) else SEAL)).read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read(carried_name(SEAL))
