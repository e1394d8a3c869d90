"""Five real scraped articles with hand-made gold: every field, every paragraph, every removed line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import archiver
from archiver.model.article import BlockKind

NUMBERS = (1, 2, 3, 4, 5)


def _load(shared: Path, number: int) -> tuple[archiver.Article, dict[str, Any]]:
    folder = shared / "articles"
    gold = json.loads((folder / f"article-{number}.expected.json").read_text(encoding="utf-8"))
    article = archiver.extract((folder / f"article-{number}.txt").read_bytes(), media_type="text/plain")
    return article, gold


def _texts(article: archiver.Article, kind: BlockKind) -> list[str]:
    return [block.text for block in article.kept if block.kind is kind]


def _described(article: archiver.Article) -> dict[str, Any]:
    """The article in the words of the gold."""
    metadata = article.metadata
    published = metadata.published
    return {
        "title": article.title,
        "description": metadata.description,
        "authors": [author.name for author in metadata.authors],
        "byline": metadata.byline,
        "date": published.value if published else None,
        "date_text": next(iter(_texts(article, BlockKind.DATE)), None),
        "publisher": metadata.publisher,
        "place": metadata.dateline.place if metadata.dateline else None,
        "captions": _texts(article, BlockKind.CAPTION),
        "headings": _texts(article, BlockKind.HEADING),
        "removed": [block.text for block in article.removed],
        "language": metadata.language,
        "paragraphs": _texts(article, BlockKind.PARAGRAPH),
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_every_field_is_as_the_gold_says(shared: Path, number: int) -> None:
    article, gold = _load(shared, number)
    found = _described(article)
    assert set(gold) == set(found)
    assert {field: found[field] for field in gold} == gold


@pytest.mark.parametrize("number", NUMBERS)
def test_what_gold_leaves_open_is_listed_as_unknown(shared: Path, number: int) -> None:
    article, gold = _load(shared, number)
    for field, ours in (("description", "description"), ("date", "published"), ("publisher", "publisher")):
        assert (gold[field] is None) == (ours in article.metadata.unknown), field


@pytest.mark.parametrize("number", NUMBERS)
def test_kept_and_removed_together_are_every_line(shared: Path, number: int) -> None:
    article, _ = _load(shared, number)
    lines = (shared / "articles" / f"article-{number}.txt").read_text(encoding="utf-8").splitlines()
    assert [block.text for block in article.blocks] == [line.strip() for line in lines if line.strip()]
    assert len(article.kept) + len(article.removed) == len(article.blocks)
