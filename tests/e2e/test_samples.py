"""Every case of samples/: what comes out is what a careful archivist would have written down.

A case is a folder with inputs and an ``expected.json`` (docs/samples.md); a new one needs no code.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import archiver
from archiver.errors import ArticleError
from archiver.model.article import BODY_KINDS, Article, BlockKind
from archiver.model.metadata import Metadata

from .sample_cases import CASES, SampleFile, expected_order, one_space, squeezed, texts_of

#: Fields of an expected article that hold one line, and the kind of block it is.
LINES = {
    "title_line": BlockKind.HEADLINE,
    "standfirst": BlockKind.STANDFIRST,
    "byline_line": BlockKind.BYLINE,
    "publisher_text": BlockKind.SOURCE,
    "dateline": BlockKind.DATELINE,
}
#: Fields that hold a list of blocks.
LISTS = {
    "headings": BlockKind.HEADING,
    "paragraphs": BlockKind.PARAGRAPH,
    "list_items": BlockKind.LIST_ITEM,
    "quotes": BlockKind.QUOTE,
    "table_rows": BlockKind.TABLE,
    "captions": BlockKind.CAPTION,
    "credits": BlockKind.CREDIT,
    "notes": BlockKind.NOTE,
    "author_notes": BlockKind.AUTHOR_NOTE,
}
#: Fields of the description that are compared as they stand.
VERBATIM = ("title", "description", "byline", "publisher")


def _differing(name: str, expected: object, found: object) -> list[str]:
    return [] if expected == found else [f"{name}\n    expected {expected!r}\n    found    {found!r}"]


def _differing_lists(name: str, expected: list[str], found: list[str]) -> list[str]:
    if expected == found:
        return []
    missing = list((Counter(expected) - Counter(found)).elements())
    surplus = list((Counter(found) - Counter(expected)).elements())
    lines = [f"    missing  {text!r}" for text in missing] + [f"    surplus  {text!r}" for text in surplus]
    return ["\n".join([name, *(lines or ["    in another order"])])]


def _instant(value: str | None) -> object:
    return datetime.fromisoformat(value) if value and "T" in value else value


def describe(metadata: Metadata, expected: dict[str, Any], source: str) -> list[str]:
    """Return how the description differs from what the case expects."""
    found: dict[str, Any] = {name: getattr(metadata, name) for name in VERBATIM}
    problems = [
        problem
        for name in VERBATIM
        for problem in _differing(name, expected[name], found[name] and one_space(found[name]))
    ]
    names = [person.name for person in metadata.authors if person.role == "author"]
    problems += _differing("authors", expected["authors"], names)
    problems += _differing("language", expected["language"], metadata.language.split("-")[0])
    place = metadata.dateline.place if metadata.dateline else None
    problems += _differing("place", (expected["place"] or "").casefold(), (place or "").casefold())
    if expected.get("url"):
        problems += _differing("url", expected["url"], metadata.url)
    for name in ("published", "modified"):
        date = getattr(metadata, name)
        problems += _differing(name, _instant(expected[name]), _instant(date.value) if date else None)
        if date and squeezed(date.text) not in squeezed(source):
            problems.append(f"{name}: its wording {date.text!r} is not in the source")
    if expected["published"] is None and "published" not in metadata.unknown:
        problems.append("published: not listed among what is unknown")
    return problems


def _same_text(data: bytes, one: str, other: str) -> bool:
    return data.decode(one).lstrip("\ufeff") == data.decode(other).lstrip("\ufeff")


def _judged(article: Article, expected: dict[str, Any], *, markup: bool) -> list[str]:
    blocks: dict[BlockKind, list[str]] = {kind: [] for kind in BlockKind}
    for block in article.kept:
        blocks[block.kind].append(one_space(block.text, cells=block.kind is BlockKind.TABLE))
    problems = [
        problem
        for name, kind in LINES.items()
        for problem in _differing_lists(name, [expected[name]] if expected[name] else [], blocks[kind])
    ]
    for name, kind in LISTS.items():
        problems += _differing_lists(name, expected[name], blocks[kind])
    dates = [expected[name] for name in ("published_text", "modified_text") if expected[name]]
    problems += _differing_lists("published_text, modified_text", sorted(dates), sorted(blocks[BlockKind.DATE]))
    if blocks[BlockKind.LEFTOVER]:
        problems.append(f"leftovers are kept: {blocks[BlockKind.LEFTOVER]!r}")
    removed = [(one_space(block.text), str(block.category)) for block in article.removed]
    return problems + _removals(removed, expected, markup=markup)


def _removals(removed: list[tuple[str, str]], expected: dict[str, Any], *, markup: bool) -> list[str]:
    """Return what is not among the removed lines, or with a category that is not true of it."""
    problems = []
    for line in expected["removed"]:
        # A page may hold several lines in one element: then the block is all of them.
        holders = [category for text, category in removed if text == line["text"] or (markup and line["text"] in text)]
        if not holders:
            problems.append(f"removed\n    missing  {line['text']!r}")
        elif not set(holders) & set(line["category"]):
            problems += _differing(f"category of {line['text']!r}", line["category"], holders)
    if not markup:
        problems += _differing_lists(
            "removed", [line["text"] for line in expected["removed"]], [text for text, _ in removed]
        )
    return problems


def _whole(article: Article) -> list[str]:
    """Every block has one fate, in order, and says why it was removed."""
    problems = _differing(
        "index of blocks", list(range(len(article.blocks))), [block.index for block in article.blocks]
    )
    both = sorted((*article.kept, *article.removed), key=lambda block: block.index)
    if tuple(both) != article.blocks:
        problems.append("kept and removed blocks together are not all blocks")
    for block in article.removed:
        if block.rule is None or block.category is None or not block.evidence:
            problems.append(f"removed without rule, category or evidence: {block.text!r}")
    problems += [f"kept, but with a category: {block.text!r}" for block in article.kept if block.category is not None]
    return problems


def _in_order(article: Article, order: list[tuple[str, str]]) -> list[str]:
    problems = _differing_lists(
        "all blocks", [text for _, text in order], [one_space(block.text) for block in article.blocks]
    )
    fields = {name for name, kind in LISTS.items() if kind in BODY_KINDS} | {"standfirst"}
    body = [text for name, text in order if name in fields]
    return problems + _differing_lists("text", body, [one_space(line) for line in article.text.split("\n")])


@pytest.mark.parametrize("sample", [case for case in CASES if case.single and not case.reject], ids=str)
def test_extract_gives_what_an_archivist_would_write_down(sample: SampleFile) -> None:
    expected = sample.articles[0]
    data = sample.path.read_bytes()
    article = archiver.extract(data, media_type=sample.media_type)
    source = texts_of(sample)[0]
    problems = describe(article.metadata, expected, source)
    charset = article.metadata.source.charset
    if not _same_text(data, expected["charset"], charset):
        problems += _differing("charset", expected["charset"], charset)
    problems += _judged(article, expected, markup=sample.markup) + _whole(article)
    if not sample.markup:
        problems += _in_order(article, expected_order(source, expected))
    assert not problems, f"{sample}\n" + "\n".join(problems)


@pytest.mark.parametrize("sample", [case for case in CASES if case.reject], ids=str)
def test_what_is_no_article_is_rejected_with_its_code(sample: SampleFile) -> None:
    with pytest.raises(ArticleError) as caught:
        archiver.extract(sample.path.read_bytes(), media_type=sample.media_type)
    assert caught.value.code == sample.reject
    assert caught.value.message


def _tei_problems(tei: bytes, expected: dict[str, Any]) -> list[str]:
    body = etree.fromstring(tei).find(".//{*}text/{*}body")
    assert body is not None
    found = [one_space("".join(element.itertext())) for element in body.iter("{*}p")]
    kept = [text for text in found if text in expected["paragraphs"]]
    problems = _differing_lists("paragraphs of the TEI", expected["paragraphs"], kept)
    whole = {one_space("".join(element.itertext())) for element in body.iter("{*}*")}
    return problems + [f"in the TEI body: {line['text']!r}" for line in expected["removed"] if line["text"] in whole]


@pytest.mark.parametrize("sample", [case for case in CASES if not case.single], ids=str)
def test_export_of_a_container_describes_each_article(sample: SampleFile, tmp_path: Path) -> None:
    package = tmp_path / "package"
    report = archiver.export([sample.path], package)
    problems = _differing("articles", len(sample.articles), report.articles)
    problems += _differing("rejects", sample.rejects, [(reject.ordinal, reject.code) for reject in report.rejects])
    if sample.carried is not None and report.carried not in (sample.carried, sample.carried + 1):
        # The warcinfo record describes the file and may be counted or not.
        problems += _differing("carried", sample.carried, report.carried)
    with archiver.open_package(package) as opened:
        entries = list(opened.articles())
        for entry, expected, source in zip(entries, sample.articles, texts_of(sample), strict=True):
            found = describe(entry.metadata, expected, source) + _tei_problems(entry.tei(), expected)
            removed = [(one_space(block.text), block.category) for block in entry.removed]
            found += _removals(removed, expected, markup=True)
            problems += [f"{expected['title']}: {problem}" for problem in found]
    assert not problems, f"{sample}\n" + "\n".join(problems)
