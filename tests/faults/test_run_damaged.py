"""The folder of an unfinished run is damaged: what is done again is done again, and the package is the same."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import archiver.api as api
from archiver.errors import NotAPackageError, PackageError, UsageError
from archiver.model.event import Event, Kind
from archiver.pipeline import merge, plan

from ..support_export import DATE, corpus, export, faults_of, invoke, tree

FILES = 24
#: In which folders there is a file that is no article.
BAD = (0, 3, 6)
#: What stands in the place of a commit record.
RECORDS = {
    "empty": b"",
    "no text": b"\xff\xfe",
    "cut": None,
    "another object": b'{"number":0}',
    "a list": b"[1,2]",
    "nothing": b"null",
    "deep": b"[" * 200_000,
    "many digits": b'{"number":' + b"1" * 5000 + b"}",
    "too large": b'{"number":1e999,"sha256":""}',
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder ``in``, its package ``whole``, and a run for ``out`` that was interrupted when it began to seal."""
    root = tmp_path_factory.mktemp("damaged")
    corpus(root / "in", FILES)
    for number in BAD:
        (root / f"in/{number}/bad.txt").write_bytes(b"")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "FILES_PER_SHARD", 2)
        assert export(root / "in", root / "whole").code == 3
        with patch.context() as second:
            second.setattr(merge, "write_datapackage", stop)
            assert export(root / "in", root / "out").code == 130
    return root


@pytest.fixture
def root(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, to be damaged; ``in`` stays where it is."""
    monkeypatch.setattr(plan, "FILES_PER_SHARD", 2)
    shutil.copytree(begun / "out.partial", tmp_path / "out.partial", symlinks=True)
    return tmp_path


def shards_of(root: Path) -> list[Path]:
    """Return the folders of the shards, those with rejects first."""
    folders = [path.parent for path in sorted((root / "out.partial/shards").glob("*/rejects.jsonl"))]
    return sorted(folders, key=lambda folder: not (folder / "rejects.jsonl").stat().st_size)


def shard_with_rejects(root: Path) -> Path:
    return shards_of(root)[0]


def goes_on(begun: Path, root: Path, *damaged: str) -> None:
    """The run is taken up, the named files are told as damaged, and the package is that of an untroubled run."""
    log = root / "log.jsonl"
    outcome = export(begun / "in", root / "out", "--resume", "--log", log)
    assert outcome.code == 3, outcome.err
    events = [json.loads(line) for line in log.read_bytes().splitlines()]
    assert [fault for event in events for fault in faults_of(event, "run-log")] == []
    told = [event["file"] for event in events if event["event"] == "shard-damaged"]
    assert sorted(told) == sorted(damaged)
    last = max(at for at, event in enumerate(events) if event["event"] == "run-begun")
    again = {event["shard"] for event in events[last:] if event["event"] == "shard-begun"}
    assert again == {event["shard"] for event in events[last:] if event["event"] == "shard-damaged"}
    assert tree(root / "out") == tree(begun / "whole")
    assert not (root / "out.partial").exists()


@pytest.mark.parametrize("kind", RECORDS)
def test_a_run_with_a_damaged_commit_record_is_told_of(root: Path, kind: str) -> None:
    spoil(shard_with_rejects(root), kind)
    status = api.run_status(root / "out.partial")
    assert status.done_shards == status.shards - 1
    assert invoke("inspect", root / "out.partial").code == 0


def test_shards_with_damaged_commit_records_are_all_done_again_in_one_run(begun: Path, root: Path) -> None:
    goes_on(begun, root, *[spoil(shard, kind) for shard, kind in zip(shards_of(root), RECORDS, strict=False)])


def spoil(shard: Path, kind: str) -> str:
    """Damage the commit record of a shard; return its name."""
    record = shard.with_suffix(".json")
    data = RECORDS[kind]
    record.write_bytes(record.read_bytes()[:-9] if data is None else data)
    return f"shards/{record.name}"


def test_commit_records_that_are_sound_and_wrong(begun: Path, root: Path) -> None:
    """Still JSON, and of the right form: only their digests can tell; and one of another shard."""
    first, second, third, *_ = (shard.with_suffix(".json") for shard in shards_of(root))
    data = first.read_bytes()
    first.write_bytes(re.sub(rb'"rejects":\d', b'"rejects":7', data))
    assert first.read_bytes() != data
    second.write_bytes(third.read_bytes())
    goes_on(begun, root, f"shards/{first.name}", f"shards/{second.name}")


def cut_rejects(shard: Path) -> str:
    path = shard / "rejects.jsonl"
    path.write_bytes(path.read_bytes()[:40])
    return "rejects.jsonl"


def take_rejects(shard: Path) -> str:
    (shard / "rejects.jsonl").unlink()
    return "rejects.jsonl"


def empty_tei(shard: Path) -> str:
    path = min(shard.glob("tei/*.xml"))
    path.write_bytes(b"")
    return f"tei/{path.name}"


def add_tei(shard: Path) -> str:
    (shard / "tei/a-0000000000000000.xml").write_bytes(b"<TEI/>")
    return "tei/a-0000000000000000.xml"


def link_tei(shard: Path) -> str:
    (shard / "tei/a-0000000000000000.xml").symlink_to("nowhere")
    return "tei/a-0000000000000000.xml"


def flip_archive(shard: Path) -> str:
    path = shard / "archive.warc.gz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return "archive.warc.gz"


def take_all(shard: Path) -> str:
    shutil.rmtree(shard)
    return "archive.warc.gz"


def put_a_file(shard: Path) -> str:
    shutil.rmtree(shard)
    shard.write_bytes(b"")
    return "archive.warc.gz"


def test_damaged_files_of_shards_are_all_made_again_in_one_run(begun: Path, root: Path) -> None:
    damages = [cut_rejects, take_rejects, flip_archive, empty_tei, add_tei, link_tei, take_all, put_a_file]
    told = [f"shards/{shard.name}/{damage(shard)}" for shard, damage in zip(shards_of(root), damages, strict=False)]
    assert len(told) == len(damages)
    goes_on(begun, root, *told)


def test_a_folder_of_shards_that_has_gone(begun: Path, root: Path) -> None:
    shutil.rmtree(root / "out.partial/shards")
    log = root / "log.jsonl"
    assert export(begun / "in", root / "out", "--resume", "--log", log).code == 3
    assert tree(root / "out") == tree(begun / "whole")


@pytest.mark.parametrize("victim", ["*.json", "*/archive.warc.gz"])
def test_damage_while_the_run_is_at_work_is_an_error_that_says_what_to_do(
    begun: Path, root: Path, monkeypatch: pytest.MonkeyPatch, victim: str
) -> None:
    """Once: the next run does the shard again."""

    def damage(event: Event) -> None:
        if event.kind is Kind.RUN_BEGUN:
            next((root / "out.partial/shards").glob(victim)).write_bytes(b"")

    with pytest.raises(PackageError, match="--resume"):
        api.export([begun / "in"], root / "out", resume=True, date=DATE, jobs=1, watch=damage)
    assert not (root / "out").exists()
    assert export(begun / "in", root / "out", "--resume").code == 3
    assert tree(root / "out") == tree(begun / "whole")


@pytest.mark.parametrize(
    "line", [b"[" * 200_000, b'{"event":"run-begun","time":3}', b"1" * 5000, b"\xff", b'{"a":1e999}']
)
def test_a_run_with_a_damaged_log_is_told_of(root: Path, line: bytes) -> None:
    with (root / "out.partial/log.jsonl").open("ab") as file:
        file.write(line + b"\n")
    assert api.run_status(root / "out.partial").done_files == FILES + len(BAD)


def test_counts_in_a_log_that_cannot_be(root: Path) -> None:
    events = [
        {"time": "2026-01-01T00:00:00Z", "event": "run-begun", "done_files": 0},
        {"time": "2026-01-01T00:00:01Z", "event": "shard-done", "done_files": int("9" * 4000)},
    ]
    (root / "out.partial/log.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events), "ascii")
    assert api.run_status(root / "out.partial").files_per_second is None
    assert invoke("inspect", root / "out.partial", "--json").code == 0


@pytest.mark.parametrize("rejects", [b"", b"{", b'{"code":', b"[1]\n", b"{}\n", b"3\n", b"[" * 200_000])
def test_a_shard_whose_rejects_are_damaged_does_not_count_as_done(root: Path, rejects: bytes) -> None:
    (shard_with_rejects(root) / "rejects.jsonl").write_bytes(rejects)
    status = api.run_status(root / "out.partial")
    assert (status.shards - status.done_shards, invoke("inspect", root / "out.partial").code) == (bool(rejects), 0)


@pytest.mark.parametrize("cut", [b"[" * 200_000, b'[["a",1e999,1]]', b"[3]", b'[["a",1]]', b"{}"])
def test_a_damaged_list_of_shards_is_no_list(root: Path, cut: bytes) -> None:
    (root / "out.partial/shards.json").write_bytes(cut)
    assert api.run_status(root / "out.partial").done_shards == 0


@pytest.mark.parametrize("said", [b"", b"{", b"[1]", b'{"recipe":3}', b"[" * 200_000])
def test_a_damaged_plan_is_named_as_what_it_is(begun: Path, root: Path, said: bytes) -> None:
    plan_file = root / "out.partial/run.json"
    plan_file.write_bytes(said)
    before = tree(root)
    outcome = export(begun / "in", root / "out", "--resume")
    assert outcome.code == 2
    error = outcome.document()["error"]
    assert "run.json" in error["message"]
    assert "damaged" in error["message"]
    assert "changed since" not in error["message"]
    assert "remove that folder" in outcome.err
    assert {**tree(root), b"out.partial/lock": b""} == {**before, b"out.partial/lock": b""}
    with pytest.raises(NotAPackageError, match=r"run\.json"):
        api.run_status(root / "out.partial")


@pytest.mark.parametrize("line", [b"\xff\n", b"[]\n", b"3\n", b"[" * 200_000, b"[1]\n"])
def test_a_damaged_list_of_files_tells_no_names(begun: Path, root: Path, tmp_path: Path, line: bytes) -> None:
    shutil.copytree(begun / "in", root / "other")
    (root / "other/another.txt").write_bytes(b"another")
    next((root / "out.partial").glob("input-*")).write_bytes(line)
    outcome = export(root / "other", root / "out", "--resume", "--add")
    assert outcome.code == 2
    assert outcome.document()["error"]["message"].endswith("changed since then: input")


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_a_link_to_the_folder_of_a_run_is_refused_before_any_work(begun: Path, root: Path, options: tuple[str]) -> None:
    (root / "out.partial").rename(root / "elsewhere")
    (root / "out.partial").symlink_to("elsewhere")
    before = tree(root)
    outcome = export(begun / "in", root / "out", *options)
    assert outcome.code == 2
    assert "symbolic link" in outcome.document()["error"]["message"]
    assert tree(root) == before


@pytest.mark.parametrize("output", ["/", ".", "", "./", "//"])
@pytest.mark.parametrize("options", [(), ("--resume",), ("--format", "wacz")])
def test_an_output_without_a_name_is_refused(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, options: tuple[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = invoke("export", begun / "in", "-o", output, *options)
    assert outcome.code == 2, outcome.err
    assert "Traceback" not in outcome.err
    assert tree(tmp_path) == {}
    with pytest.raises(UsageError):
        api.export([begun / "in"], output)
