"""What a report names of many rejects: some of every cause, however late it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.canon import canonical_json
from archiver.model.outcome import Reject
from archiver.model.shard import ShardRecord
from archiver.pipeline.run_folder import RunFolder
from archiver.pipeline.run_tally import REJECTS_IN_REPORT, REJECTS_OF_EACH, RunTally
from archiver.pipeline.shard_files import REJECTS


def told(tmp_path: Path, *codes: str) -> RunTally:
    folder = RunFolder(tmp_path)
    folder.shard("ab").mkdir(parents=True)
    rejects = [
        Reject(id=f"a-{number:016x}", path=f"{number}", code=code, message="no") for number, code in enumerate(codes)
    ]
    lines = b"".join(canonical_json(reject.to_dict()) + b"\n" for reject in rejects)
    (folder.shard("ab") / REJECTS).write_bytes(lines)
    tally = RunTally()
    tally.add(ShardRecord(0, "ab", rejects=len(codes)), folder)
    return tally


def test_a_rare_cause_is_named_behind_a_thousand_of_another(tmp_path: Path) -> None:
    tally = told(tmp_path, *["article.empty"] * 1200, "article.binary", *["article.too-large"] * 9, "article.empty")
    assert len(tally.rejects) == REJECTS_IN_REPORT
    named = [reject.code for reject in tally.rejects]
    assert named.count("article.binary") == 1
    assert named.count("article.too-large") == REJECTS_OF_EACH
    assert tally.codes == {"article.empty": 1201, "article.binary": 1, "article.too-large": 9}
    assert [int(reject.path) for reject in tally.rejects] == sorted(int(reject.path) for reject in tally.rejects)


@pytest.mark.parametrize("count", [0, 3, 1000])
def test_all_are_named_where_there_is_room(tmp_path: Path, count: int) -> None:
    assert len(told(tmp_path, *["article.empty"] * count).rejects) == count


def test_more_causes_than_there_is_room_for_name_the_first(tmp_path: Path) -> None:
    """It cannot happen with the causes that there are; it must not fail with more."""
    tally = told(tmp_path, *[f"article.x{number // 5}" for number in range(REJECTS_IN_REPORT)], "article.other")
    assert len(tally.rejects) == REJECTS_IN_REPORT
