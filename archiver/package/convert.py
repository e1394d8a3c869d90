"""Converting a package between its containers: bag, WACZ, tar, ZIP and E-ARK; nothing is lost on any way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from archiver.errors import FixityError
from archiver.model.choice import chosen
from archiver.model.outcome import Severity
from archiver.package.atomic import sync_file_system
from archiver.package.bag_check import check_bag
from archiver.package.containers import container_kind
from archiver.package.eark import write_eark
from archiver.package.fixity import Depth, walk
from archiver.package.open import open_folder
from archiver.package.reach import require_readable
from archiver.package.sealed_files import sealed_files
from archiver.package.serialise import folder_name, write_tar, write_zip
from archiver.package.unpack import unpack_bag
from archiver.package.wacz_write import write_wacz
from archiver.package.workplace import whole_file, workplace


class Container(StrEnum):
    """What a package can be kept in."""

    BAG = "bag"
    """A folder."""
    WACZ = "wacz"
    TAR = "tar"
    ZIP = "zip"
    EARK = "eark"
    """A folder: METS, and the files of the bag where the E-ARK specifications want them."""


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What was made."""

    output: str
    container: Container
    bytes: int
    files: int
    """Files of the package, as a bag."""


def convert(
    package: str | PathLike[str], output: str | PathLike[str], to: str | Container = Container.WACZ
) -> ConvertReport:
    """Write a package, in whatever container, as ``bag``, ``wacz``, ``tar``, ``zip`` or ``eark`` at ``output``.

    Every file is compared with the manifests of the bag. Raises InputNotFoundError,
    OutputExistsError and UsageError (nothing was touched), NotAPackageError, FixityError for a
    package that is not whole, PackageError; in all cases there is nothing at ``output``.
    """
    source, target, container = Path(package), Path(output), chosen(Container, to, place="to")
    require_readable(source)
    with workplace(target) as (whole, scratch), _bag(source, whole if container is Container.BAG else scratch) as bag:
        if container is Container.BAG:
            if bag != whole:
                _copy(bag, whole)
            _refuse_damage(whole)
            sync_file_system(whole)
        elif container is Container.EARK:
            write_eark(bag, whole, target.name)
            sync_file_system(whole)
        else:
            with whole_file(whole) as file:
                _WRITERS[container](bag, target, file)
        sizes = [status.st_size for _, status in walk(bag)]
        total = _size(whole)
        return ConvertReport(str(target), container, total, len(sizes))


def _size(path: Path) -> int:
    return sum(status.st_size for _, status in walk(path)) if path.is_dir() else path.stat().st_size


_WRITERS: dict[Container, Callable[[Path, Path, BinaryIO], None]] = {
    Container.WACZ: lambda bag, _, file: write_wacz(bag, file),
    Container.TAR: lambda bag, target, file: write_tar(bag, folder_name(target), file),
    Container.ZIP: lambda bag, target, file: write_zip(bag, folder_name(target), file),
}


@contextmanager
def _bag(source: Path, unpacked: Path) -> Iterator[Path]:
    """Give the folder of the package: ``source`` itself, or what it holds, in ``unpacked``."""
    kind = container_kind(source)
    if kind is not None:
        unpack_bag(source, kind, unpacked)
    bag = source if kind is None else unpacked
    open_folder(bag)
    yield bag


def _copy(bag: Path, target: Path) -> None:
    for file in sealed_files(bag):
        (target / file.path).parent.mkdir(parents=True, exist_ok=True)
        with (target / file.path).open("xb") as copy:
            copy.writelines(file.pieces())


def _refuse_damage(bag: Path) -> None:
    for finding in check_bag(bag, depth=Depth.FULL):
        if finding.severity is Severity.ERROR:
            advice = "run `archiver verify` on it, and get the package from another copy"
            raise FixityError(f"the package is not whole: {finding.message}", place=finding.file, advice=advice)
