"""Files are whole or not there; sealing never overwrites; errors tell what to do."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from archiver.errors import OutputExistsError, PackageError
from archiver.package import atomic


def test_a_written_file_is_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    atomic.write_file(tmp_path / "list.jsonl", (piece for piece in (b"one\n", b"two\n")))
    assert (tmp_path / "list.jsonl").read_bytes() == b"one\ntwo\n"
    assert [path.name for path in tmp_path.iterdir()] == ["list.jsonl"]


def test_a_fault_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "list.jsonl"
    target.write_bytes(b"old")

    def pieces() -> object:
        yield b"new"
        raise ValueError("fault")

    with pytest.raises(ValueError, match="fault"):
        atomic.write_file(target, pieces())  # type: ignore[arg-type]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "permission"), (errno.EROFS, "read-only"), (errno.EIO, "device")],
)
def test_errors_name_the_file_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(atomic.os, "fsync", fail)
    with pytest.raises(PackageError) as caught:
        atomic.write_file(tmp_path / "x", b"data")
    assert str(tmp_path / "x") in str(caught.value)
    assert advice in caught.value.advice
    assert not (tmp_path / "x").exists()


def test_the_file_is_flushed_before_the_rename_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(descriptor: int) -> None:
        calls.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")  # noqa: PTH112
        fsync(descriptor)

    def note_replace(source: Path, target: Path) -> None:
        calls.append("rename")
        replace(source, target)

    monkeypatch.setattr(atomic.os, "fsync", note_fsync)
    monkeypatch.setattr(atomic.os, "replace", note_replace)
    atomic.write_file(tmp_path / "x", b"data")
    assert calls == ["file", "rename", "folder"]


@pytest.fixture(params=["system call", "claim"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to rename without replacing: the system's own call, and where it is missing."""
    if request.param == "claim":
        monkeypatch.setattr(atomic, "_system_exclusive_rename", lambda: None)
    return str(request.param)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    (tmp_path / "work/file").write_bytes(b"whole")
    return tmp_path / "work"


def test_publishing_renames(work: Path, way: str) -> None:
    atomic.publish(work, work.with_name("package"))
    assert (work.with_name("package") / "file").read_bytes() == b"whole"
    assert not work.exists()


@pytest.mark.parametrize("kind", ["empty folder", "full folder", "file", "dangling link"])
def test_publishing_never_replaces(work: Path, way: str, kind: str) -> None:
    target = work.with_name("package")
    if kind == "file":
        target.write_bytes(b"")
    elif kind == "dangling link":
        target.symlink_to("nowhere")
    else:
        target.mkdir()
        if kind == "full folder":
            (target / "other").write_bytes(b"")
    with pytest.raises(OutputExistsError):
        atomic.publish(work, target)
    assert (work / "file").read_bytes() == b"whole"
    assert os.path.lexists(target)


def test_an_empty_folder_made_in_the_same_moment_is_not_replaced(
    work: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = work.with_name("package")
    rename = atomic._rename_exclusively

    def late(source: Path, to: Path) -> None:
        to.mkdir()
        rename(source, to)

    monkeypatch.setattr(atomic, "_rename_exclusively", late)
    with pytest.raises(OutputExistsError):
        atomic.publish(work, target)
    assert list(target.iterdir()) == []


def test_of_many_that_publish_at_once_one_wins(tmp_path: Path, way: str) -> None:
    target = tmp_path / "package"
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def run(number: int) -> None:
        folder = tmp_path / f"work{number}"
        folder.mkdir()
        barrier.wait()
        try:
            atomic.publish(folder, target)
        except OutputExistsError:
            outcomes.append("exists")
        else:
            outcomes.append("done")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] + ["exists"] * 7


def test_publishing_to_another_file_system_tells_why(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(atomic, "_rename_exclusively", fail)
    with pytest.raises(PackageError, match="one file system"):
        atomic.publish(work, work.with_name("package"))


def test_a_file_system_that_cannot_be_flushed_is_told(tmp_path: Path) -> None:
    atomic.sync_file_system(tmp_path)
    with pytest.raises(PackageError, match="cannot open the folder") as caught:
        atomic.sync_file_system(tmp_path / "gone")
    assert caught.value.place == str(tmp_path / "gone")


def test_folders_are_made_with_their_parents(tmp_path: Path) -> None:
    atomic.make_folder(tmp_path / "a/b/c")
    atomic.make_folder(tmp_path / "a/b/c")
    assert (tmp_path / "a/b/c").is_dir()


def test_what_cannot_be_read_is_not_told_as_what_cannot_be_written(tmp_path: Path) -> None:
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    assert "may write" in atomic.package_error(refused, tmp_path, "write the file").advice
    for doing in ("read the file", "read the manifest"):
        assert "may read" in atomic.package_error(refused, tmp_path, doing).advice
    gone = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    assert "archiver verify" in atomic.package_error(gone, tmp_path, "read the file").advice
