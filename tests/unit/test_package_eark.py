"""A package in E-ARK form holds every file of its bag, and what METS says of it is checked."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

import archiver
from archiver.errors import NotAPackageError
from archiver.package import layout
from archiver.package.convert import Container, convert
from archiver.package.eark_names import bag_name, eark_name

from ..support_export import tree
from ..support_package import build

REP = "representations/rep1"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("eark") / "package"
    build(root)
    return root


@pytest.fixture(scope="module")
def eark(package: Path) -> Path:
    target = package.parent / "articles"
    convert(package, target, Container.EARK)
    return target


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("bagit.txt", "metadata/other/bag/bagit.txt"),
        ("metadata/dc.xml", "metadata/descriptive/dc.xml"),
        ("metadata/premis.xml", "metadata/preservation/premis.xml"),
        ("metadata/premis-00000.xml", f"{REP}/metadata/preservation/premis-00000.xml"),
        ("metadata/bagit-profile.json", "metadata/other/bag/metadata/bagit-profile.json"),
        ("README.txt", "documentation/README.txt"),
        ("schemas/tei-article.rng", "schemas/tei-article.rng"),
        ("data/tei/a-0123456789abcdef.xml", f"{REP}/data/tei/a-0123456789abcdef.xml"),
        ("data/METS.xml", f"{REP}/data/METS.xml"),
        ("METS.xml", "metadata/other/bag/METS.xml"),
        ("metadata/other/bag/x", "metadata/other/bag/metadata/other/bag/x"),
    ],
)
def test_every_file_of_a_bag_has_one_place(path: str, name: str) -> None:
    assert (eark_name(path), bag_name(name)) == (name, path)


@pytest.mark.parametrize("name", ["METS.xml", f"{REP}/METS.xml", "documentation/other.txt", "metadata/descriptive/x"])
def test_what_is_no_file_of_a_bag_has_none(name: str) -> None:
    assert bag_name(name) is None


def test_there_and_back_gives_the_same_bag(package: Path, eark: Path, tmp_path: Path) -> None:
    convert(eark, tmp_path / "back", Container.BAG)
    assert tree(tmp_path / "back") == tree(package)
    assert {eark_name(path.decode()) for path in tree(package)} == {
        path.decode() for path in tree(eark) if not path.endswith(b"METS.xml")
    }


def test_the_same_package_and_name_give_the_same_bytes(eark: Path, tmp_path: Path) -> None:
    convert(eark, tmp_path / "x.wacz", Container.WACZ)
    convert(tmp_path / "x.wacz", tmp_path / "articles", Container.EARK)
    assert tree(tmp_path / "articles") == tree(eark)


def test_it_is_read_as_any_package_is_also_in_a_tar(package: Path, eark: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        archive.add(eark, "articles")
    with archiver.open_package(package) as opened:
        wanted = [(entry.id, entry.original()) for entry in opened.articles()]
    for path in (eark, tmp_path / "x.tar"):
        with archiver.open_package(path) as opened:
            assert [(entry.id, entry.original()) for entry in opened.articles()] == wanted


def codes(path: Path, *, quick: bool = False) -> set[str]:
    """Codes of what is wrong, without what the hand-made package itself has wrong."""
    own = ("schema.", "tei.", "warc.", "package.")
    return {one.code for one in archiver.verify(path, quick=quick) if not one.code.startswith(own)}


def test_an_untouched_package_has_no_finding(eark: Path, tmp_path: Path) -> None:
    assert codes(eark) == codes(eark, quick=True) == set()
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        archive.add(eark, "articles")
    assert codes(tmp_path / "x.tar") == set()


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        content = (root / name).read_bytes()
        assert old in content
        (root / name).write_bytes(content.replace(old, new, 1))

    return change


FAULTS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a listed file gone": ("eark.file-missing", lambda root: (root / "documentation/README.txt").unlink()),
    "a file that nothing lists": ("eark.file-unlisted", lambda root: (root / "schemas/x.xsd").write_bytes(b"x")),
    "a longer file": ("eark.size", lambda root: (root / "documentation/README.txt").write_bytes(b"x")),
    "a changed file": ("eark.digest", replaced("documentation/README.txt", b"This", b"That")),
    "a changed file of the content": ("eark.digest", replaced(f"{REP}/data/{layout.PAGES}", b"River", b"Rover")),
    "another digest in METS": ("eark.digest", replaced("METS.xml", b'CHECKSUM="', b'CHECKSUM="0')),
    "white space in METS": ("eark.mets-form", replaced("METS.xml", b"<fileSec", b"<fileSec ")),
    "white space in the inner METS": ("eark.mets-form", replaced(f"{REP}/METS.xml", b"<fileSec", b"<fileSec ")),
    "METS that is cut": ("eark.mets-invalid", replaced("METS.xml", b"</mets>", b"")),
    "METS with a document type": ("eark.mets-invalid", replaced("METS.xml", b"<mets", b"<!DOCTYPE x><mets")),
    "a reference that leads out": ("eark.reference", replaced("METS.xml", b'href="doc', b'href="../doc')),
    "an unknown digest": ("eark.no-digest", replaced("METS.xml", b'TYPE="SHA-256"', b'TYPE="TIGER"')),
    "another name": ("eark.name", replaced("METS.xml", b'OBJID="articles"', b'OBJID="others"')),
    "no content": ("eark.structure", lambda root: shutil.rmtree(root / "representations")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_found(eark: Path, tmp_path: Path, fault: str) -> None:
    code, change = FAULTS[fault]
    shutil.copytree(eark, tmp_path / "articles")
    change(tmp_path / "articles")
    assert code in codes(tmp_path / "articles")


def test_a_foreign_package_is_checked_and_has_no_bag(tmp_path: Path) -> None:
    root = tmp_path / "foreign"
    (root / "representations").mkdir(parents=True)
    (root / "METS.xml").write_text('<mets xmlns="http://www.loc.gov/METS/" OBJID="foreign"/>')
    (root / "representations/a.txt").write_text("a")
    assert codes(root) == {"eark.file-unlisted"}
    with pytest.raises(NotAPackageError, match="no bag"):
        archiver.open_package(root)
