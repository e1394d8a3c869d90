"""Bags are written as RFC 8493 says, and every fault in anybody's bag is found and named."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package.bag_check import BagCheck, check_bag
from archiver.package.bag_read import read_info
from archiver.package.bagit import BagInfo, write_bag
from archiver.package.fixity import Depth, FileDigest

INFO = BagInfo("2026-11-21", "archiver 0")


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    root = tmp_path / "bag"
    for name, content in {"data/b.txt": b"bb", "data/a/1.txt": b"a", "data/100%.txt": b"c", "notes.txt": b"n"}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    write_bag(root, INFO)
    return root


def found(bag: Path, depth: Depth = Depth.FULL) -> list[Finding]:
    return list(check_bag(bag, depth=depth))


def codes(bag: Path, depth: Depth = Depth.FULL) -> set[str]:
    return {finding.code for finding in found(bag, depth)}


def test_a_written_bag_has_nothing_wrong(bag: Path) -> None:
    assert found(bag) == []
    assert found(bag, Depth.QUICK) == []


def test_the_declaration_is_the_two_lines_of_the_standard(bag: Path) -> None:
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def test_manifests_list_digest_two_spaces_path_in_bytewise_order(bag: Path) -> None:
    def digest(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    expected = f"{digest(b'c')}  data/100%25.txt\n{digest(b'a')}  data/a/1.txt\n{digest(b'bb')}  data/b.txt\n"
    assert (bag / "manifest-sha256.txt").read_text("ascii") == expected
    assert hashlib.sha512(b"bb").hexdigest() in (bag / "manifest-sha512.txt").read_text("ascii")


def test_tag_manifests_list_every_tag_file_but_themselves(bag: Path) -> None:
    lines = (bag / "tagmanifest-sha256.txt").read_text("ascii").splitlines()
    assert [line.split("  ")[1] for line in lines] == [
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
        "notes.txt",
    ]


def test_writing_twice_gives_the_same_bytes(bag: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(bag, again)
    write_bag(again, INFO)
    for path in bag.rglob("*.txt"):
        assert path.read_bytes() == (again / path.relative_to(bag)).read_bytes()


def test_payload_oxum_counts_bytes_and_files(bag: Path) -> None:
    assert ("Payload-Oxum", "4.3") in list(read_info(bag, "bag-info.txt", "utf-8"))


@pytest.mark.parametrize("name", ["line\nfeed", "carriage\rreturn", "per%cent", "per%0Acent", "snow☃", " space "])
def test_awkward_names_are_written_and_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_bytes(b"x")
    write_bag(tmp_path, INFO)
    assert {finding.code for finding in check_bag(tmp_path)} <= set()


def test_known_digests_are_taken_and_a_changed_size_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x").write_bytes(b"abc")
    digest = FileDigest(3, "0" * 64, "1" * 128)
    write_bag(tmp_path, INFO, known={"data/x": digest})
    assert "0" * 64 in (tmp_path / "manifest-sha256.txt").read_text("ascii")
    with pytest.raises(PackageError, match="3 bytes, 4 were written"):
        write_bag(tmp_path, INFO, known={"data/x": FileDigest(4, "0" * 64, "1" * 128)})


def test_no_control_character_reaches_bag_info(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x").write_bytes(b"")
    evil = "Town archive\nPayload-Oxum: 0.0\r\x00\u2028end"
    write_bag(tmp_path, BagInfo("2026-11-21", "a", source_organization=evil))
    info = list(read_info(tmp_path, "bag-info.txt", "utf-8"))
    assert info[0] == ("Source-Organization", "Town archive Payload-Oxum: 0.0 end")
    assert [value for label, value in info if label == "Payload-Oxum"] == ["0.1"]


def test_long_values_are_folded_and_come_back(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x").write_bytes(b"")
    long = " ".join(f"word{number}" for number in range(60)) + " http://example.org/" + "x" * 90
    write_bag(tmp_path, BagInfo("2026-11-21", "a", external_description=long))
    assert ("External-Description", long) in list(read_info(tmp_path, "bag-info.txt", "utf-8"))
    lines = (tmp_path / "bag-info.txt").read_text("utf-8").splitlines()
    assert all(len(line) <= 79 or " " not in line.strip() for line in lines)


def test_what_is_not_given_is_left_out(bag: Path) -> None:
    labels = [item[0] for item in read_info(bag, "bag-info.txt", "utf-8")]  # type: ignore[index]
    assert labels == ["Bagging-Date", "Bag-Software-Agent", "Payload-Oxum"]


def test_a_label_that_could_forge_another_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(PackageError, match="label"):
        write_bag(tmp_path, BagInfo("2026-11-21", "a", extra=(("A: b\nC", "d"),)))


def test_links_are_refused_in_writing(bag: Path) -> None:
    (bag / "data/link").symlink_to("b.txt")
    with pytest.raises(PackageError, match="plain files"):
        write_bag(bag, INFO)


def test_a_folder_without_payload_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="data/"):
        write_bag(tmp_path, INFO)


def resealed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Change a tag file and make the tag manifests right again, so that only the change itself can be found."""

    def act(bag: Path) -> None:
        (bag / name).write_bytes(change((bag / name).read_bytes()))
        for algorithm in ("sha256", "sha512"):
            lines = [
                f"{hashlib.new(algorithm, (bag / path).read_bytes()).hexdigest()}  {path}\n"
                for path in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt", "notes.txt")
            ]
            (bag / f"tagmanifest-{algorithm}.txt").write_text("".join(lines), "ascii")

    return act


def add_line(name: str, line: bytes) -> Callable[[Path], None]:
    return resealed(name, lambda data: data + line)


FAULTS: list[tuple[str, str, Callable[[Path], object]]] = [
    ("changed payload", "bag.checksum-mismatch", lambda bag: (bag / "data/b.txt").write_bytes(b"bB")),
    ("changed tag file", "bag.checksum-mismatch", lambda bag: (bag / "notes.txt").write_bytes(b"m")),
    ("missing payload", "bag.file-missing", lambda bag: (bag / "data/b.txt").unlink()),
    ("missing tag file", "bag.file-missing", lambda bag: (bag / "notes.txt").unlink()),
    ("extra payload", "bag.file-extra", lambda bag: (bag / "data/new").write_bytes(b"")),
    ("sizes", "bag.oxum-mismatch", lambda bag: (bag / "data/b.txt").write_bytes(b"bbb")),
    ("no declaration", "bag.declaration-missing", lambda bag: (bag / "bagit.txt").unlink()),
    ("mark", "bag.declaration-bom", resealed("bagit.txt", lambda data: b"\xef\xbb\xbf" + data)),
    ("third line", "bag.declaration-invalid", resealed("bagit.txt", lambda data: data + b"More: x\n")),
    ("white space", "bag.declaration-whitespace", resealed("bagit.txt", lambda data: data.replace(b": ", b":  "))),
    ("version", "bag.version-unknown", resealed("bagit.txt", lambda data: data.replace(b"1.0", b"1.9"))),
    ("encoding", "bag.encoding-unknown", resealed("bagit.txt", lambda data: data.replace(b"UTF-8", b"KLINGON"))),
    ("no name", "bag.encoding-unknown", resealed("bagit.txt", lambda data: data.replace(b"UTF-8", b"UTF\x008"))),
    ("no text", "bag.encoding-unknown", resealed("bagit.txt", lambda data: data.replace(b"UTF-8", b"zlib"))),
    ("not UTF-8", "bag.encoding-invalid", add_line("bag-info.txt", b"Note: \xff\n")),
    ("no payload folder", "bag.payload-missing", lambda bag: shutil.rmtree(bag / "data")),
    ("no manifest", "bag.manifest-missing", lambda bag: [path.unlink() for path in bag.glob("manifest-*")]),
    ("algorithm", "bag.algorithm-unknown", lambda bag: (bag / "manifest-rot13.txt").write_bytes(b"")),
    ("syntax", "bag.manifest-syntax", add_line("manifest-sha256.txt", b"zz data/b.txt\n")),
    ("short digest", "bag.manifest-syntax", add_line("manifest-sha256.txt", b"abcd  data/c\n")),
    ("twice", "bag.listed-twice", resealed("manifest-sha256.txt", lambda data: data + data.splitlines(True)[0])),
    (
        "twice, differently",
        "bag.listed-twice-differently",
        add_line("manifest-sha256.txt", b"0" * 64 + b"  data/b.txt\n"),
    ),
    ("parent", "bag.path-unsafe", add_line("manifest-sha256.txt", b"0" * 64 + b"  data/../../x\n")),
    ("absolute", "bag.path-unsafe", add_line("manifest-sha256.txt", b"0" * 64 + b"  /etc/x\n")),
    ("home", "bag.path-unsafe", add_line("manifest-sha256.txt", b"0" * 64 + b"  ~/x\n")),
    ("backslash", "bag.path-unsafe", add_line("manifest-sha256.txt", b"0" * 64 + b"  data\\x\n")),
    ("drive", "bag.path-unsafe", add_line("manifest-sha256.txt", b"0" * 64 + b"  C:/x\n")),
    ("tag file in manifest", "bag.manifest-scope", add_line("manifest-sha256.txt", b"0" * 64 + b"  notes.txt\n")),
    (
        "one manifest short",
        "bag.file-extra",
        resealed("manifest-sha512.txt", lambda data: data[: data.index(b"\n") + 1]),
    ),
    ("size syntax", "bag.oxum-syntax", resealed("bag-info.txt", lambda data: data.replace(b"4.3", b"four"))),
    ("info syntax", "bag.info-syntax", add_line("bag-info.txt", b"no colon\n")),
    ("link", "bag.symlink", lambda bag: (bag / "data/link").symlink_to("/etc")),
    ("pipe", "bag.special-file", lambda bag: os.mkfifo(bag / "data/pipe")),
    ("fetch out of the bag", "bag.path-unsafe", lambda bag: (bag / "fetch.txt").write_bytes(b"http://e.org - ../x\n")),
    ("fetch syntax", "bag.fetch-syntax", lambda bag: (bag / "fetch.txt").write_bytes(b"http://e.org\n")),
    ("not fetched", "bag.fetch-incomplete", lambda bag: (bag / "fetch.txt").write_bytes(b"http://e.org/ 3 data/z\n")),
]


@pytest.mark.parametrize(("code", "act"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_each_fault_has_its_code(bag: Path, code: str, act: Callable[[Path], object]) -> None:
    act(bag)
    assert code in {finding.code for finding in found(bag) if finding.severity == "error"}


def test_a_changed_file_is_named_with_both_digests(bag: Path) -> None:
    (bag / "data/b.txt").write_bytes(b"bB")
    changed = [finding for finding in found(bag) if finding.code == "bag.checksum-mismatch"]
    assert {finding.file for finding in changed} == {"data/b.txt"}
    assert hashlib.sha256(b"bb").hexdigest() in changed[0].message
    assert hashlib.sha256(b"bB").hexdigest() in changed[0].message


def test_quick_sees_sizes_but_reads_no_payload(bag: Path) -> None:
    (bag / "data/b.txt").write_bytes(b"bB")
    assert codes(bag, Depth.QUICK) == set()
    (bag / "data/b.txt").write_bytes(b"bbb")
    assert "bag.oxum-mismatch" in codes(bag, Depth.QUICK)


def test_names_that_differ_in_case_or_composition_are_a_warning(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("Story", "story", "caf\u00e9", "cafe\u0301"):
        (tmp_path / "data" / name).write_bytes(b"x")
    write_bag(tmp_path, INFO)
    collisions = [finding for finding in check_bag(tmp_path) if finding.code == "bag.name-collision"]
    assert len(collisions) == 2
    assert {finding.severity for finding in collisions} == {"warning"}


def test_a_holey_bag_is_a_warning_when_everything_is_there(bag: Path) -> None:
    (bag / "fetch.txt").write_bytes(b"http://example.org/b 2 data/b.txt\n")
    (fetch,) = found(bag)
    assert (fetch.code, fetch.severity) == ("bag.fetch", "warning")


def test_weak_algorithms_are_noted(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x").write_bytes(b"x")
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    (tmp_path / "manifest-md5.txt").write_text(f"{hashlib.md5(b'x').hexdigest()}  data/x\n")
    assert [(finding.code, finding.severity) for finding in check_bag(tmp_path)] == [("bag.algorithm-weak", "note")]


def test_each_listed_file_is_read_once(bag: Path) -> None:
    check = BagCheck(bag)
    list(check.structure())
    read = [path for task in check.tasks() for path, _ in task.files]
    listed = [path for path in bag.rglob("*") if path.is_file() and not path.name.startswith("tagmanifest")]
    assert sorted(read) == sorted(path.relative_to(bag).as_posix() for path in listed)


def test_a_bag_that_lost_its_declaration_still_has_its_files_compared(bag: Path) -> None:
    (bag / "bagit.txt").unlink()
    (bag / "data/b.txt").write_bytes(b"BB")
    assert ("bag.checksum-mismatch", "data/b.txt") in {(one.code, one.file) for one in found(bag)}
