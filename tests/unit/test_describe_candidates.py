"""Everything that is said of an article, with where it was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archiver.describe.candidates import Candidate, Candidates, gather, place_of
from archiver.model.article import Block, BlockKind
from archiver.model.document import Context, Document, Hint, RawBlock, Span
from archiver.model.verdict import Category, Fate


def block(kind: BlockKind, text: str, *, category: Category | None = None, span: Span | None = None) -> Block:
    fate = Fate.REMOVED if category else Fate.KEPT
    return Block(0, kind, text, fate, "text.x@1", category, "seen", span=span, path="" if span else "/html/body/p")


def document(*hints: Hint, media_type: str = "text/html") -> Document:
    return Document(media_type, "utf-8", "utf-8", (), hints)


def test_what_came_beside_the_text_is_given() -> None:
    given = {
        "title": " A  title ",
        "authors": [{"name": "Jane Doe"}, "John Roe", {"url": "x"}, None, ["nested"]],
        "keywords": ["coast", ""],
        "published": 2016,
        "section": None,
    }
    assert gather(document(), (), given).items == (
        Candidate("title", "A title", "given:title"),
        Candidate("author", "Jane Doe", "given:authors"),
        Candidate("author", "John Roe", "given:authors"),
        Candidate("keyword", "coast", "given:keywords"),
        Candidate("published", "2016", "given:published"),
    )


def test_hints_keep_their_origin_and_lose_their_blanks() -> None:
    found = gather(document(Hint("title", " A\n title ", "html:title"), Hint("title", " ", "meta:og:title")), (), {})
    assert found.items == (Candidate("title", "A title", "html:title"),)


def test_kept_furniture_speaks_and_leftovers_do_not() -> None:
    blocks = [
        block(BlockKind.HEADLINE, "H"),
        block(BlockKind.BYLINE, "By Jane Doe", span=Span(2, 13)),
        block(BlockKind.NOTE, "Correction: x"),
        block(BlockKind.PARAGRAPH, "Words."),
        block(BlockKind.LEFTOVER, "© Harbour News", category=Category.COPYRIGHT),
        block(BlockKind.LEFTOVER, "Subscribe to read on", category=Category.PAYWALL),
        block(BlockKind.LEFTOVER, "Share", category=Category.SHARE),
    ]
    told = ("title", "byline", "correction", "rights", "paywalled")
    said = [item for item in gather(document(), blocks, {}).items if item.field in told]
    assert [(item.field, item.value, item.origin) for item in said] == [
        ("title", "H", "html:/html/body/p"),
        ("byline", "By Jane Doe", "text:#char=2,13"),
        ("correction", "Correction: x", "html:/html/body/p"),
        ("rights", "© Harbour News", "html:/html/body/p"),
        ("paywalled", "true", "html:/html/body/p"),
    ]


def test_lines_between_headline_and_text_can_hold_a_date_and_teasers_cannot() -> None:
    blocks = [
        block(BlockKind.LEFTOVER, "4 June 2031 | Harbour"),
        block(BlockKind.HEADLINE, "H"),
        block(BlockKind.LEFTOVER, "Storm of 3 June 2031", category=Category.RELATED),
        block(BlockKind.LEFTOVER, "4 June 2031 | 3 comments", category=Category.RELATED),
        block(BlockKind.BYLINE, "By Jane Doe, 4 June 2031"),
        block(BlockKind.PARAGRAPH, "Words."),
        block(BlockKind.LEFTOVER, "Posted 5 June 2031"),
    ]
    ordered = [replace(one, index=index) for index, one in enumerate(blocks)]
    said = gather(document(), ordered, {}).of("dated")
    assert [item.value for item in said] == [
        "By Jane Doe, 4 June 2031",
        "4 June 2031 | Harbour",
        "4 June 2031 | 3 comments",
        "Words.",
    ]


def page_block(text: str, *, path: str, names: str = "", context: Context = Context.NONE) -> RawBlock:
    return RawBlock(text, "p", path=path, names=names, context=context)


@pytest.mark.parametrize(
    ("names", "context", "aside"),
    [
        ("vcard/comment/comments-area/single", Context.NONE, True),
        ("respond/page", Context.NONE, True),
        ("byline/post no-comments/single", Context.NONE, False),
        ("byline/comments-open", Context.NONE, False),
        ("byline/article", Context.NAV, True),
        ("byline/article", Context.FOOTER | Context.ARTICLE, False),
    ],
)
def test_an_author_among_comments_or_in_a_menu_stands_aside(names: str, context: Context, aside: bool) -> None:
    raw = page_block("Jane Doe", path="/html/body/div[2]/p[1]", names=names, context=context)
    hint = Hint("author", "Jane Doe", "class:author", "/html/body/div[2]/p[1]/span[1]")
    made = Document("text/html", "utf-8", "utf-8", (raw,), (hint,))
    assert gather(made, (), {}).of("author")[0].aside is aside


def test_headings_and_the_lines_around_the_text_are_candidates() -> None:
    blocks = [
        replace(block(BlockKind.LEFTOVER, "Harbour News", category=Category.NAV), level=1),
        block(BlockKind.HEADLINE, "H"),
        block(BlockKind.LEFTOVER, "Posted by jdoe", category=Category.RELATED),
        block(BlockKind.PARAGRAPH, "5.6.2031 – Words."),
        block(BlockKind.LEFTOVER, "Author: Jane Doe"),
    ]
    said = gather(
        document(), [replace(one, index=index) for index, one in enumerate(blocks)], {}, url="https://n.example/"
    )
    assert [item.value for item in said.of("heading")] == ["Harbour News"]
    assert [item.value for item in said.of("opening")] == ["5.6.2031 – Words."]
    assert {"Posted by jdoe", "Author: Jane Doe"} <= {item.value for item in said.of("signed")}
    assert said.of("address") == (Candidate("address", "https://n.example/", "url"),)


def test_a_place_is_named_as_rfc_5147_and_xpath_do() -> None:
    assert place_of(document(), block(BlockKind.DATE, "x", span=Span(3, 9))) == "text:#char=3,9"
    assert place_of(document(), block(BlockKind.DATE, "x")) == "html:/html/body/p"
    assert place_of(document(media_type="text/plain"), block(BlockKind.DATE, "x")) == "text:block 0"


def test_candidates_are_asked_by_field_and_origin_in_that_order() -> None:
    a, b, c = Candidate("t", "1", "meta:x"), Candidate("t", "2", "json-ld:x"), Candidate("u", "3", "meta:x")
    said = Candidates((a, b, c))
    assert said.of("t") == (a, b)
    assert said.of("t", "json-ld:", "meta:") == (b, a)
    assert said.first("t", "json-ld:", "meta:") == b
    assert said.first("t", "given:") is None
    assert said.first("v") is None
