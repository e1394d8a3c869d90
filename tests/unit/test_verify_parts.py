"""A WARC file that is read in parts has the outcome of one that is read in one go, to the last finding."""

from __future__ import annotations

import gzip
import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.errors import UnreadableError
from archiver.package import verify_parts
from archiver.package.verify_parts import scan_tasks, whole_files
from archiver.package.verify_warc import Scanned, scan_warc
from archiver.warc import check, feed, gzip_feed
from archiver.warc.part import WHOLE, Part
from archiver.warc.scan import scan_part

from .test_warc_pieces import FILES
from .test_warc_scan import gz, record

_NOISE = random.Random(2).randbytes(60_000)
_DUPLICATE = "warc.duplicate-record-id"


def _records(count: int = 40, ids: Callable[[int], int] = int) -> list[bytes]:
    return [record(ids(number), _NOISE[number : number + 97 * number]) for number in range(count)]


def _flipped(data: bytes, seed: int) -> bytes:
    draw, changed = random.Random(seed), bytearray(data)
    for _ in range(draw.choice((1, 1, 3))):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _cut_out(data: bytes, seed: int) -> bytes:
    draw = random.Random(seed)
    at = draw.randrange(len(data))
    return data[:at] + draw.choice((b"", _NOISE[:50])) + data[at + draw.randrange(3000) :]


def _spread_record() -> bytes:
    """A record in very many members, so that cuts fall between them."""
    whole = record(900, _NOISE)
    return gz(*_records(5), *(whole[at : at + 300] for at in range(0, len(whole), 300)), *_records(5))


def _within() -> bytes:
    """A block with gzip members of records in it, as they are: they look like members of the file."""
    inner = gz(*(record(number, b"inner") for number in range(300, 500)))
    return gz(*_records(5)) + _stored(record(901, inner)) + gz(*_records(9)[5:])


_ARC_URIS = [b"filedesc://x.arc", *(b"http://news.example/%d" % number for number in range(200))]


def _stored(content: bytes) -> bytes:
    return gzip.compress(content, 0, mtime=0)


_SOUND = gz(*_records())
_FILES: dict[str, Callable[[], bytes]] = {
    **FILES,
    "many": lambda: _SOUND,
    "the same ids again": lambda: gz(*_records(ids=lambda number: number % 7)),
    "one id at both ends": lambda: gz(*_records(ids=lambda number: 0 if number == 39 else number)),
    "one id in the middle and at the end": lambda: gz(*_records(ids=lambda number: 30 if number == 39 else number)),
    "no ids": lambda: gz(*(record(number, b"x" * 900, WARC_Record_ID="") for number in range(40))),
    "one record in many members": _spread_record,
    "members in a member": _within,
    "empty members": lambda: gz(*_records(9), *[b""] * 200, *_records(9)[8:]),
    "empty members first": lambda: gz(*[b""] * 200, *_records(9)),
    "ARC": lambda: gz(*(b"%s 192.0.2.1 20260101000000 text/plain 4\none\n\n" % uri for uri in _ARC_URIS)),
    "garbage behind": lambda: _SOUND + _NOISE[:5000],
    "zeros behind": lambda: _SOUND + bytes(5000),
    "no WARC file": lambda: _stored(_NOISE),
    "plain noise": lambda: b"\x1f\x8b" + _NOISE,
    **{f"flipped {seed}": (lambda seed=seed: _flipped(_SOUND, seed)) for seed in range(40)},
    **{f"cut out {seed}": (lambda seed=seed: _cut_out(_SOUND, seed)) for seed in range(20)},
}


def _both(root: Path, file: str, data: bytes, size: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Scanned, Scanned]:
    path = root / "data" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    monkeypatch.setattr(verify_parts, "_PART", size)
    tasks = scan_tasks(root / "data")
    assert sum(task.size for task in tasks) == len(data)
    (put_together,) = whole_files([task.run(root) for task in tasks], root)
    return scan_warc(root, file, WHOLE)[0], put_together


@pytest.mark.parametrize("name", _FILES)
def test_parts_tell_what_one_go_tells(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _FILES[name]()
    for size in (1500, len(data) // 7 + 1, len(data) // 3 + 1):
        expected, found = _both(tmp_path, "derived/x.warc.gz", data, size, monkeypatch)
        assert found == expected


@pytest.mark.parametrize("seed", range(20))
def test_where_a_part_begins_does_not_change_what_is_had_of_damage(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is inflated before damage depends on where the file is cut into pieces to be inflated."""
    for module in (feed, gzip_feed):
        monkeypatch.setattr(module, "CHUNK", 331)
    draw = random.Random(seed)
    texts = (b" ".join(b"%d" % draw.randrange(99) for _ in range(2000)) for _ in range(20))
    data = _flipped(gz(*(record(number, text) for number, text in enumerate(texts))), seed)
    expected, found = _both(tmp_path, "derived/x.warc.gz", data, 5000, monkeypatch)
    assert found == expected


@pytest.mark.parametrize("name", ["many", "the same ids again", "flipped 1"])
def test_parts_of_captures(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that are used twice are told over all files of archive/, and so not here."""
    expected, found = _both(tmp_path, "archive/x.warc.gz", _FILES[name](), 5000, monkeypatch)
    assert found.held == expected.held
    others = [[one for one in scanned.findings if one.code != _DUPLICATE] for scanned in (found, expected)]
    assert others[0] == others[1]


def test_sound_parts_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again: list[int] = []
    read_again = verify_parts._read_again
    monkeypatch.setattr(verify_parts, "_read_again", lambda *told: again.append(told[2]) or read_again(*told))
    for name, times in {"many": 0, "flipped 1": 1, "members in a member": 1}.items():
        again.clear()
        _both(tmp_path, "derived/x.warc.gz", _FILES[name](), 20_000, monkeypatch)
        assert len(again) <= times, name


def test_small_files_are_read_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "x.warc.gz").write_bytes(_SOUND)
    (task,) = scan_tasks(tmp_path)
    assert (task.start, task.end, task.size) == (0, None, len(_SOUND))


def test_plain_files_are_read_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, found = _both(tmp_path, "derived/x.warc", b"".join(_records()), 1500, monkeypatch)
    assert found == expected
    assert len(scan_tasks(tmp_path / "data")) == 1


def test_a_lost_part_is_a_lost_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _both(tmp_path, "derived/x.warc.gz", _SOUND, 20_000, monkeypatch)
    tasks = scan_tasks(tmp_path / "data")
    parts = [task.lost() if number == 1 else task.run(tmp_path) for number, task in enumerate(tasks)]
    (found,) = whole_files(parts, tmp_path)
    assert [finding.code for finding in found.findings] == ["verify.process-lost"]
    assert not found.derived


def test_what_cannot_be_read_ends_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, _ = _both(tmp_path, "derived/x.warc.gz", _SOUND, 20_000, monkeypatch)
    tasks = scan_tasks(tmp_path / "data")

    def breaks(path: Path, part: Part, **more: object) -> object:
        if part.start >= tasks[2].start:
            raise UnreadableError("the file cannot be read: Input/output error")
        return scan_part(path, part, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "scan_part", breaks)
    (found,) = whole_files([task.run(tmp_path) for task in tasks], tmp_path)
    assert [finding.code for finding in found.findings] == ["warc.unreadable"]
    assert found.derived == expected.derived[: len(found.derived)]
    assert 0 < len(found.derived) < len(expected.derived)


def test_a_long_sound_capture_is_not_held_and_fully_compared(tmp_path: Path) -> None:
    """A change of block, payload or HTTP header is told for blocks of all sizes alike."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for size in (50_000, 150_000):
        body = _NOISE * 3
        block = head + body[:size]
        fields = {
            "WARC_Type": "response",
            "Content_Type": "application/http",
            "WARC_Payload_Digest": "sha256:" + hashlib.sha256(body[:size]).hexdigest(),
        }
        wrong = "sha256:" + "0" * 64
        data = gz(
            record(1, block, **fields),
            record(2, block, **{**fields, "WARC_Payload_Digest": wrong}),
            record(3, block, **{**fields, "WARC_Block_Digest": wrong}),
            record(4, block, **{**fields, "WARC_Type": "resource"}),
            record(5, block, WARC_Payload_Digest="sha256:" + hashlib.sha256(block).hexdigest()),
            record(6, block, WARC_Type="request", Content_Type="application/http", WARC_Payload_Digest=wrong),
        )
        path = tmp_path / "data" / "archive" / "x.warc.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        scanned, _ = scan_warc(tmp_path, "archive/x.warc.gz", WHOLE)
        assert [(finding.code, finding.record_id and finding.record_id[-1]) for finding in scanned.findings] == [
            ("warc.payload-digest-mismatch", "2"),
            ("warc.block-digest-mismatch", "3"),
            ("warc.payload-digest-mismatch", "4"),
            ("warc.payload-digest-mismatch", "6"),
        ]
        assert [held.block_length for held in scanned.held] == [len(block)] * 6
        expected = hashlib.sha256(block).hexdigest()
        assert [held.sha256 for held in scanned.held] == [expected, expected, None, expected, expected, expected]
