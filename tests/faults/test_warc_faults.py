"""All of the 26 faults are found, with code and offset: in the file alone, or in a package with right checksums."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support_faults import copy_of, errors, findings, make_package, seal, warc_of
from .warc_faults import FAULTS, Fault, members_of, offset_of

_WHOLE_FILE = {"warc.empty", "warc.not-warc", "warc.not-record-compressed"}
#: Told by the code of a package rather than by that of a lone file.
_IN_PACKAGE = {"warc.duplicate-record-id": "package.duplicate-record-id"}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("good"))


def test_there_are_26() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) == 26


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_fault_is_found_in_a_package_with_right_checksums(good: Path, tmp_path: Path, fault: Fault) -> None:
    package = copy_of(good, tmp_path)
    path = warc_of(package, "archive")
    members, number = members_of(path.read_bytes())
    path.write_bytes(fault.damage(members, number))
    seal(package)
    code = _IN_PACKAGE.get(fault.code, fault.code)
    met = [one for one in findings(package) if one.code == code]
    assert met, [(one.code, one.offset) for one in findings(package)]
    assert all(one.offset is not None for one in met)
    if fault.code == "warc.trailing-garbage":
        assert met[0].offset == offset_of(members, len(members))
    elif fault.code not in _WHOLE_FILE:
        assert offset_of(members, number) in {one.offset for one in met}
    assert errors(package), "and the package is not intact"


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_fault_of_a_lone_file_is_found(good: Path, tmp_path: Path, fault: Fault) -> None:
    content = warc_of(good, "archive").read_bytes()
    members, number = members_of(content)
    (tmp_path / "x.warc.gz").write_bytes(fault.damage(members, number))
    found = findings(tmp_path / "x.warc.gz")
    codes = {one.code for one in found}
    if fault.in_package:
        assert fault.code not in codes
    else:
        assert fault.code in codes
        assert all(one.offset is not None for one in found if one.code == fault.code)
