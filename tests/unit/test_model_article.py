"""The article: kept and removed make the whole, the body is what a reader reads."""

from __future__ import annotations

import pickle

import pytest

import archiver
from archiver.model.article import BODY_KINDS, BlockKind
from archiver.model.verdict import CATEGORY_TEXT, Category, Fate

TEXT = (
    "Lighthouse stays open for years\nBy Jane Doe\n21 October 2026\n"
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear.\nThe tower at dusk. Photograph: Jane Doe\nShare this article\n"
)


def test_kept_and_removed_are_the_whole_in_order() -> None:
    article = archiver.extract(TEXT)
    assert sorted((*article.kept, *article.removed), key=lambda block: block.index) == list(article.blocks)
    assert {block.fate for block in article.removed} == {Fate.REMOVED}


def test_furniture_is_neither_body_nor_boilerplate() -> None:
    article = archiver.extract(TEXT)
    furniture = [block.kind for block in article.kept if block not in article.body]
    assert furniture == [BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.DATE, BlockKind.CAPTION]
    assert article.text == TEXT.splitlines()[3]
    assert article.title == article.metadata.title == "Lighthouse stays open for years"


def test_body_kinds_are_what_a_reader_reads() -> None:
    assert {kind.value for kind in BODY_KINDS} == {"standfirst", "paragraph", "heading", "list_item", "quote", "table"}


def test_an_article_crosses_to_another_process_and_cannot_be_changed() -> None:
    article = archiver.extract(TEXT)
    assert pickle.loads(pickle.dumps(article)) == article
    with pytest.raises(AttributeError):
        article.blocks = ()  # type: ignore[misc]


def test_every_category_is_explained_to_people() -> None:
    assert set(CATEGORY_TEXT) == set(Category)
    assert len(set(CATEGORY_TEXT.values())) == len(Category)
