"""The TEI of every kind of article is valid for validators that are not ours: lxml with tei_all, and jing."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from archiver.model.article import Article, Block, BlockKind
from archiver.model.document import Notice, Span
from archiver.model.metadata import Alternative, Dateline, DateValue, Metadata, Person, SourceRef
from archiver.model.verdict import Action, Category, Fate, Profile, Verdict
from archiver.schemas import read_schema
from archiver.tei.header import TeiContext
from archiver.tei.read import kept_text
from archiver.tei.validate import validate_tei
from archiver.tei.write import write_tei

if TYPE_CHECKING:
    from pathlib import Path

CHECKOUT_SCHEMA = "schemas/tei-article.rng"
CONTEXT = TeiContext("2026-11-21T08:00:00Z", "Example Archive", "2026.1")
RECORD = "urn:uuid:b2f45b66-b334-53c1-b1ef-ae08c34ff336"
SOURCE = SourceRef("in/weir.txt", "file:in/weir.txt", "text/plain", "utf-8", 321, "0" * 64, RECORD)
BARE = Metadata(id="a-0123456789abcdef", source=SOURCE, text_sha256="1" * 64, word_count=7)
FULL = replace(
    BARE,
    url="https://news.example/weir?a=1&b=2",
    canonical_url="https://news.example/weir",
    title="Weir & wharf",
    description="What became of the weir.",
    authors=(Person("Ann Example"), Person("Bo Lens", "photographer")),
    dateline=Dateline("LINZ, 20 October", "LINZ", "2016-10-20"),
    published=DateValue("2016-10-21T10:25", "minute", "21 October 2016, 10.25"),
    modified=DateValue("2016-10", "month", "October 2016", "medium"),
    publisher="Example Press",
    site_name="The Example",
    section="Rivers",
    keywords=("weir", "wharf"),
    language="en-GB",
    rights="© Example Press",
    paywalled=False,
    corrections=("Corrected on Monday.",),
    duplicate_of="a-fedcba9876543210",
    provenance={"title": "text:line 1", "authors": "meta:author"},
    unknown=("images",),
    alternatives=(Alternative("title", "Weir & more", "meta:og:title"), Alternative("authors", "Cy", "html:a")),
    source=replace(SOURCE, captured="2026-11-20T08:00:00Z", pointer="/body"),
)
WORDS = {kind: f"A line of the kind {kind.value}." for kind in BlockKind}
WORDS[BlockKind.BYLINE] = "By Ann Example, pictures Bo Lens"
WORDS[BlockKind.DATE] = "Published 21 October 2016, 10.25, changed October 2016"
WORDS[BlockKind.DATELINE] = "LINZ, 20 October"
WORDS[BlockKind.TABLE] = "Monday\t\t3 m"
WORDS[BlockKind.NOTE] = "Corrected on Monday."
WORDS[BlockKind.SOURCE] = "Example Press"
EVERY_KIND = [kind for kind in BlockKind if kind is not BlockKind.LEFTOVER]


def kept(kind: BlockKind, text: str | None = None, **fields: object) -> Block:
    block = Block(0, kind, WORDS[kind] if text is None else text, Fate.KEPT, None, None, "")
    return replace(block, **fields)


def removed(text: str = "Share this", category: Category = Category.SHARE, **fields: object) -> Block:
    verdict = Verdict("en.share.01@1", Action.REMOVE, 60, category, "share this")
    block = Block(0, BlockKind.LEFTOVER, text, Fate.REMOVED, verdict.rule, category, "share this", verdicts=(verdict,))
    return replace(block, **fields)


def article(blocks: list[Block], metadata: Metadata = FULL) -> Article:
    numbered = tuple(replace(block, index=index) for index, block in enumerate(blocks))
    return Article(numbered, metadata, Profile.BALANCED, "2" * 64, (Notice("odd", "Odd."),), 12)


def text_article(*paragraphs: str, language: str) -> Article:
    metadata = replace(BARE, language=language, title=paragraphs[0], authors=(Person(paragraphs[0]),))
    headline = kept(BlockKind.HEADLINE, paragraphs[0])
    return article([headline, *(kept(BlockKind.PARAGRAPH, text) for text in paragraphs)], metadata)


def between(kind: BlockKind) -> Article:
    """Return an article in which ``kind`` stands first, amid the body, in a section, and last."""
    blocks = [kept(kind), kept(BlockKind.PARAGRAPH), kept(kind), removed(), kept(BlockKind.HEADING), kept(kind)]
    return article([*blocks, kept(BlockKind.PARAGRAPH), kept(kind), removed(), kept(kind)])


AMBIGUOUS = DateValue("2016-11-06", "day", "06/11/2016", "low", "2016-06-11", "2016-11-06")
CASES = {
    "every kind": article([kept(kind) for kind in EVERY_KIND]),
    "every kind backwards": article([kept(kind) for kind in reversed(EVERY_KIND)]),
    "every kind doubtful": article([replace(removed(), kind=k, fate=Fate.KEPT, doubtful=True) for k in EVERY_KIND]),
    "nothing known": article([kept(BlockKind.PARAGRAPH)], BARE),
    "no block": article([], BARE),
    "furniture alone": article([kept(BlockKind.HEADLINE), kept(BlockKind.BYLINE), removed(), kept(BlockKind.NOTE)]),
    "headings alone": article([kept(BlockKind.HEADING, level=level) for level in (2, 4, 3, 2, 1, 6)]),
    "removed alone": article([removed(), removed("Log in", Category.LOGIN)]),
    "every category": article([kept(BlockKind.PARAGRAPH), *(removed(c.value, c) for c in Category)]),
    "many removed": article([block for _ in range(300) for block in (kept(BlockKind.PARAGRAPH), removed(), removed())]),
    "places": article([removed(span=Span(0, 10)), removed(path="/html/body/div[@id='a b#c']/p[2]"), removed()]),
    "places of what was kept": article(
        [kept(kind, span=Span(3, 9)) for kind in EVERY_KIND]
        + [kept(kind, path="/html/body/p[2]") for kind in EVERY_KIND]
    ),
    "ambiguous date": article([kept(BlockKind.DATE, "06/11/2016")], replace(FULL, published=AMBIGUOUS)),
    "half an interval": article([], replace(FULL, published=replace(AMBIGUOUS, not_before=None), modified=AMBIGUOUS)),
    "no real date": article([], replace(FULL, published=DateValue("2016-02-30", "day", "30 February", "low"))),
    "right to left": text_article("שלום עולם", "كلمة \u202e123\u202c أخرى", language="he"),
    "Chinese": text_article("河流的堤坝", "星期一，市议会批准了堤坝。𠮷野", language="zh-Hans"),
    "characters that XML cannot hold": text_article("a\x00b\x1b[0m\ufffe\ud800", "\U0001fffe\x85", language="en"),
    "markup in the text": text_article("<p>&amp;</p> ]]> <!-- x -->", "<!DOCTYPE TEI>", language="en"),
    "white space": text_article(" \t\r\n ", "", "a\r\nb", language="en"),
    "no language tag": text_article("One.", language="plain English"),
    "hostile record id": article([removed()], replace(FULL, source=replace(SOURCE, warc_record_id="no uri at all"))),
    "hostile picture": article([kept(BlockKind.CAPTION, resource=url) for url in ("http://[", "a b", "http://x/{}")]),
    "very long": text_article(*["A word on the weir. " * 40] * 2_000, language="en"),
    **{f"{kind.value} everywhere": between(kind) for kind in EVERY_KIND},
}


@pytest.fixture(scope="session")
def tei_all(shared: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shared / "schemas" / "tei_all-4.5.0.rng"))


@pytest.mark.parametrize("name", CASES)
def test_valid_for_our_schema_and_read_back(name: str) -> None:
    data = write_tei(CASES[name], CONTEXT)
    assert validate_tei(data, file=name) == ()
    assert "\ufffd" in kept_text(data) or kept_text(data) == CASES[name].text


@pytest.mark.parametrize("name", CASES)
def test_valid_for_tei_all(tei_all: etree.RelaxNG, name: str) -> None:
    valid = tei_all.validate(etree.fromstring(write_tei(CASES[name], CONTEXT)))
    assert valid, str(tei_all.error_log)


def test_the_customization_is_valid_for_tei_all(tei_all: etree.RelaxNG) -> None:
    assert tei_all.validate(etree.fromstring(read_schema("tei-customization.odd"))), str(tei_all.error_log)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("tei")
    for number, given in enumerate(CASES.values()):
        (folder / f"{number}.xml").write_bytes(write_tei(given, CONTEXT))
    return sorted(str(path) for path in folder.iterdir())


def jing(schema: Path, files: list[str]) -> subprocess.CompletedProcess[str]:
    program = shutil.which("jing")
    if program is None:
        pytest.skip("jing is not installed (Debian package jing)")
    return subprocess.run([program, str(schema), *files], capture_output=True, text=True, check=False)


def test_valid_for_jing_with_our_schema(pytestconfig: pytest.Config, files: list[str]) -> None:
    result = jing(pytestconfig.rootpath / CHECKOUT_SCHEMA, files)
    assert (result.returncode, result.stdout) == (0, "")


def test_valid_for_jing_with_tei_all(shared: Path, files: list[str]) -> None:
    result = jing(shared / "schemas" / "tei_all-4.5.0.rng", files)
    assert (result.returncode, result.stdout) == (0, "")
