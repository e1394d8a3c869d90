"""Laws: names survive, bags of any names are right, any single changed byte of a package is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.package import layout
from archiver.package.bag_check import check_bag
from archiver.package.bag_read import decode_manifest_path, encode_manifest_path, is_unsafe
from archiver.package.bagit import BagInfo, write_bag

from ..support_package import build, errors


@given(st.binary(min_size=1).filter(lambda raw: b"\x00" not in raw))
def test_file_names_of_any_bytes_survive(raw: bytes) -> None:
    path, encoding = layout.encode_path(raw)
    assert path.isprintable() or encoding == "utf-8"
    assert layout.decode_path(path, encoding) == raw


@given(st.text())
def test_manifest_paths_survive_and_stay_on_one_line(path: str) -> None:
    encoded = encode_manifest_path(path)
    assert decode_manifest_path(encoded) == path
    assert "\n" not in encoded
    assert "\r" not in encoded


@given(st.lists(st.sampled_from(["..", ".", "a", "", "~", "b c", "...", "a..b"]), min_size=1, max_size=5))
def test_a_path_with_a_parent_step_is_never_safe(parts: list[str]) -> None:
    path = "/".join(parts)
    if ".." in parts:
        assert is_unsafe(path)
        assert not layout.is_inside(path.encode())
    if layout.is_inside(path.encode()):
        assert (Path("/base") / path).resolve().is_relative_to("/base")


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\x00\\", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12
).filter(lambda name: name not in (".", ".."))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(NAMES, min_size=1, max_size=5), content=st.binary(max_size=20))
def test_bags_with_any_names_are_right_for_us_and_for_others(tmp_path: Path, names: set[str], content: bytes) -> None:
    shutil.rmtree(tmp_path)
    (tmp_path / "data").mkdir(parents=True)
    for name in names:
        (tmp_path / "data" / f"f{name}").write_bytes(content)
    write_bag(tmp_path, BagInfo("2026-11-21", "archiver 0"))
    assert not [finding for finding in check_bag(tmp_path) if finding.severity == "error"]
    # bagit-python takes percent-encoded signs as they stand, and trims and splits lines at Unicode white space.
    if all(name == name.rstrip() and not {"%", "\u2028", "\u2029"} & set(name) for name in names):
        assert bagit.Bag(str(tmp_path)).validate()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("laws") / "package"
    build(root)
    return root


@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_any_changed_byte_anywhere_is_found(package: Path, draw: st.DataObject) -> None:
    files = sorted(path for path in package.rglob("*") if path.is_file() and path.stat().st_size)
    path = draw.draw(st.sampled_from(files))
    content = path.read_bytes()
    place = draw.draw(st.integers(0, len(content) - 1))
    value = draw.draw(st.integers(0, 255).filter(lambda value: value != content[place]))
    path.write_bytes(content[:place] + bytes([value]) + content[place + 1 :])
    try:
        assert errors(package), f"{path.relative_to(package)}, byte {place}: {content[place]} to {value}"
    finally:
        path.write_bytes(content)
