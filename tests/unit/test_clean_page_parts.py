"""Pages: structure first, then the words of what is kept, and of furniture right beside it."""

from __future__ import annotations

from archiver.clean.match import Matcher
from archiver.clean.page_parts import PagePart, page_parts
from archiver.model.article import BlockKind
from archiver.model.verdict import Action, Profile
from archiver.parse.html import parse_html

SOLID = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear."
)


def parts(body: str) -> dict[str, PagePart]:
    page = f"<html><head><title>Lighthouse stays open</title></head><body>{body}</body></html>"
    document = parse_html(page, charset="utf-8", charset_origin="given", url=None, media_type="text/html")
    found = page_parts(document, Matcher([]), language="en", profile=Profile.BALANCED)
    assert len(found) == len(document.blocks)
    return {block.text: part for block, part in zip(document.blocks, found, strict=True)}


STORY = f"<h1>Lighthouse stays open</h1><p>By Jane Doe</p><p>21 October 2026</p><p>{SOLID}</p><p>{SOLID} Yes.</p>"


def test_the_words_name_bylines_dates_and_captions_among_paragraphs() -> None:
    found = parts(f"<article>{STORY}<p>The tower at dusk. Photograph: Jane Doe</p><p>{SOLID} No.</p></article>")
    assert found["By Jane Doe"].kind is BlockKind.BYLINE
    assert found["21 October 2026"].kind is BlockKind.DATE
    assert found["The tower at dusk. Photograph: Jane Doe"].kind is BlockKind.CAPTION
    assert found[SOLID].kind is BlockKind.PARAGRAPH
    assert found["Lighthouse stays open"].kind is BlockKind.HEADLINE


def test_what_the_words_say_outweighs_the_place() -> None:
    part = parts(f"<article>{STORY}</article>")["By Jane Doe"]
    keeping = [verdict for verdict in part.verdicts if verdict.action is Action.KEEP]
    removing = [verdict for verdict in part.verdicts if verdict.action is Action.REMOVE]
    assert max(verdict.weight for verdict in keeping) > max((verdict.weight for verdict in removing), default=0)


def test_a_date_in_the_menu_or_footer_is_none_of_the_article() -> None:
    found = parts(
        f"<nav><p>20 October 2026</p></nav><article>{STORY}</article><footer><p>Photograph: John Roe</p></footer>"
    )
    for text in ("20 October 2026", "Photograph: John Roe"):
        assert any(verdict.action is Action.REMOVE for verdict in found[text].verdicts)
        assert not any(verdict.rule.startswith("text.") for verdict in found[text].verdicts)


def test_a_page_without_blocks_has_no_parts() -> None:
    assert parts("") == {}
