"""Who changes where a record of a package leads, and makes all checksums right again, is found out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import archiver

from ..support_export import DATE, page, story
from ..support_faults import copy_of, errors, findings, records, seal, unpacked, warc_of


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package of two texts and two pages of which each is there twice."""
    folder = tmp_path_factory.mktemp("revisits")
    (folder / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / "in" / name).write_text(story(1), "utf-8")
    for name in ("c.html", "d.html"):
        (folder / "in" / name).write_text(page(2), "utf-8")
    archiver.export([folder / "in"], folder / "package", date=DATE, jobs=1)
    return folder / "package"


def changed(pattern: bytes, new: bytes, kind: bytes = b"revisit") -> Callable[[list[bytes]], list[bytes]]:
    """Return what changes each record of this type that has ``pattern``."""

    def change(members: list[bytes]) -> list[bytes]:
        after = [re.sub(pattern, new, one) if b"WARC-Type: " + kind in one else one for one in members]
        assert after != members
        return after

    return change


def test_sound_revisits(package: Path) -> None:
    members = unpacked(warc_of(package, "archive").read_bytes())
    assert sum(b"WARC-Type: revisit" in one for one in members) == 2
    assert findings(package) == []


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        (rb"(WARC-Refers-To: <urn:uuid:)[0-9a-f]{8}", rb"\g<1>00000000"),
        (rb"(WARC-Refers-To-Target-URI: )[^\r]*", rb"\1https://elsewhere.example/"),
        (rb"(WARC-Refers-To-Date: )\d{4}", rb"\g<1>1999"),
        (rb"WARC-Refers-To[^\r]*\r\n", b""),
        (rb"(WARC-Profile: )[^\r]*", rb"\1https://profiles.example/1"),
        (rb"(WARC-Payload-Digest: sha256:)[0-9a-f]{8}", rb"\g<1>00000000"),
    ],
)
def test_a_revisit_that_leads_elsewhere(package: Path, tmp_path: Path, pattern: bytes, new: bytes) -> None:
    copy = copy_of(package, tmp_path)
    records("archive", changed(pattern, new))(copy)
    seal(copy)
    assert len([one for one in errors(copy) if one.code == "package.revisit-mismatch"]) >= 2
    shutil.rmtree(copy)


@pytest.mark.parametrize(("folder", "kind"), [("archive", b"resource"), ("derived", b"conversion")])
def test_a_record_that_names_no_warcinfo_of_the_package(
    package: Path, tmp_path: Path, folder: str, kind: bytes
) -> None:
    copy = copy_of(package, tmp_path)
    change = changed(rb"(WARC-Warcinfo-ID: <urn:uuid:)[0-9a-f]{8}", rb"\g<1>00000000", kind)
    records(folder, change)(copy)
    seal(copy)
    (one,) = [one for one in errors(copy) if one.code == "package.warcinfo-unknown"]
    assert one.file.startswith(f"data/{folder}/")
    assert one.record_id
