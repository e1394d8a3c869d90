"""The lists of shards become one list of descriptions in which relations are told."""

from __future__ import annotations

import json
from pathlib import Path

from archiver.canon import canonical_json, sha256_hex
from archiver.package.pages import page_line, pages_header
from archiver.pipeline.relations import LIKENESS, related_descriptions


def shard(folder: Path, ids: list[str], text: str) -> Path:
    folder.mkdir()
    lines = [{"id": one, "title": "Zoë", "x": 1.5} for one in ids]
    (folder / "articles.jsonl").write_bytes(b"".join(canonical_json(line) + b"\n" for line in lines))
    kept = [[one, sha256_hex(text.encode()), ""] for one in ids]
    (folder / LIKENESS).write_bytes(b"".join(canonical_json(line) + b"\n" for line in kept))
    return folder


def test_only_what_has_a_relation_is_written_anew(tmp_path: Path) -> None:
    ids = [f"a-{number:016x}" for number in range(4)]
    shards = [
        shard(tmp_path / "0", ids[:1], "one"),
        shard(tmp_path / "1", ids[1:3], "two"),
        shard(tmp_path / "2", ids[3:], "one"),
    ]
    pages = tmp_path / "pages.jsonl"
    texts = ["one", "two", "two", "one"]
    lines = [page_line("u", "t", page_id=one, title=None, text=text) for one, text in zip(ids, texts, strict=True)]
    pages.write_bytes(pages_header() + b"".join(lines))
    # Left by a sealing that was killed.
    (tmp_path / "relations" / "texts").mkdir(parents=True)
    (tmp_path / "relations" / "entries").write_bytes(b"cut")
    found = list(related_descriptions(shards, "articles.jsonl", pages, tmp_path / "relations"))
    assert [json.loads(line).get("duplicate_of") for line in found] == [None, None, ids[1], ids[0]]
    assert (
        found[:2] == [one for part in shards[:2] for one in (part / "articles.jsonl").read_bytes().splitlines(True)][:2]
    )
    assert all(line == canonical_json(json.loads(line)) + b"\n" for line in found)
    assert not (tmp_path / "relations").exists()
